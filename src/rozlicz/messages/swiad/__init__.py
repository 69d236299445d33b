"""Reads reports of services (SWIAD) into columns, with memory that stays flat whatever the shape of the file.

No tree is built, and no record can stop the rest: a value is text until verification has looked at it. The columns
hold what verification needs; everything a report says is read by `swiad.typed`. The versions 8;7.0 to 10;10.1 are
read alike.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from rozlicz.messages.swiad import grammar, names
from rozlicz.messages.swiad.rows import Rows
from rozlicz.messages.wire.element_kinds import Kind
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.framework import FrameworkReader
from rozlicz.messages.wire.limits import REPORT_LIMITS, Limits
from rozlicz.messages.wire.places import Place, Take

_PIECE = 1000
"""Rows that gather as Python values before they become columns: so few that they stay in the cache."""


class SwiadReader(FrameworkReader):
    """A report being read: `header` at once, then frames of `batch_size` rows with exactly RAW_COLUMNS.

    Raises MessageRefused when the file is no report: while it is opened or at any later step. `rows_read`,
    `bytes_read` and `total_bytes` (None when unknown) tell the progress, `unread` what the file holds and the message
    does not know. It closes at its end, at the end of a `with`, or when it is forgotten.
    """

    def __init__(self, source: Source, batch_size: int = 50_000, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(source, limits=limits)
        self._batch_size = batch_size
        self._rows = Rows(self._walker, self._notes, limits=limits)
        try:
            self.header = self.open_report(kind=names.KIND, area=names.SERVICES)
        except BaseException:
            self.close()
            raise

    @property
    def rows_read(self) -> int:
        """How many rows were found so far."""
        return self._rows.count

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """The frames, in the order of the file; once only."""
        with self._closing:
            pieces: list[pl.DataFrame] = []
            height = 0
            for piece in self._pieces():
                pieces.append(piece)
                height += piece.height
                if height >= self._batch_size:
                    frame = pl.concat(pieces, rechunk=True)
                    whole = height - height % self._batch_size
                    yield from frame[:whole].iter_slices(self._batch_size)
                    pieces, height = [frame[whole:]], height - whole
            if height:
                yield pl.concat(pieces, rechunk=True)

    def _pieces(self) -> Iterator[pl.DataFrame]:
        rows = self._rows
        while self._walker.step():
            if rows.waiting > _PIECE:
                yield rows.piece(last=False)
        rows.close_service()
        yield rows.piece(last=True)

    def add_places(self, provider: Place) -> None:
        """Which elements may stand inside which, and what each does."""
        self._add_places(provider, grammar.SET, self._takes())

    def _add_places(self, outer: Place, kind: Kind, takes: dict[Kind, Take]) -> None:
        place = outer.holds(kind.name, takes.get(kind) or self._rows.beside(kind))
        for child in kind.inside:
            self._add_places(place, child, takes)

    def _takes(self) -> dict[Kind, Take]:
        """What each kind of element does that has columns; every other one is known, and passed over."""
        rows = self._rows
        return {
            grammar.SET: rows.take_set,
            grammar.SERVICE: rows.take_service,
            grammar.ELECTRONIC_DOCUMENT: rows.take_electronic_document,
            grammar.STATEMENT: rows.take_statement,
            grammar.RESIDENCE_CARD: rows.take_residence_card,
            grammar.SETTLEMENT: rows.take_wrapper,
            grammar.POSITION: rows.take_position,
            grammar.COEFFICIENT: rows.take_coefficient,
            **{kind: rows.of_set(kind, columns) for kind, columns in _OF_SET.items()},
            **{kind: rows.of_service(kind, columns) for kind, columns in _OF_SERVICE.items()},
        }


(_CELL_CODE,) = grammar.CELL.attributes  # with its namespace

# attribute → column, in the order of the columns
_OF_SET = {
    grammar.PATIENT: {names.PATIENT_ID_TYPE: "patient_id_type", names.PATIENT_ID: "patient_id"},
    grammar.STATISTICS: {names.SEX: "patient_sex", names.BIRTH_DATE: "patient_birth_date"},
    grammar.PERSON: {names.SURNAME: "patient_surname", names.FIRST_NAME: "patient_first_name"},
    grammar.ADMISSION: {names.MODE: "admission_mode"},
    grammar.DISCHARGE: {names.MODE: "discharge_mode"},
}
_OF_SERVICE = {
    grammar.SERVICE_DATA: {
        names.DATE_FROM: "date_from",
        names.DATE_TO: "date_to",
        names.MODE: "admission_mode",
    },
    grammar.DIAGNOSIS: {names.DIAGNOSIS_CODE: "diagnosis"},
    grammar.REFERRAL: {names.REFERRAL_ISSUER: "referral_issuer", names.REFERRAL_DATE: "referral_date"},
    grammar.CELL: {_CELL_CODE: "cell"},
    grammar.STAFF: {names.STAFF_TYPE: "staff_id_type", names.STAFF_ID: "staff_id"},
    grammar.DOCUMENTS: {names.ENTITLEMENT_BASIS: "entitlement_basis"},
    grammar.OTHER_DOCUMENT: {
        names.DOCUMENT_TYPE: "entitlement_document",
        names.DOCUMENT_NUMBER: "entitlement_number",
        names.DOCUMENT_COUNTRY: "entitlement_country",
        names.DOCUMENT_FROM: "entitlement_from",
        names.DOCUMENT_TO: "entitlement_to",
    },
}
