"""Reads reports of services (SWIAD) into columns, with memory that stays flat whatever the shape of the file.

No tree is built, and no record can stop the rest: a value is text until verification has looked at it.
The versions 8;7.0 to 10;10.1 are read alike.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from rozlicz.messages import swiad_names as names
from rozlicz.messages.envelope import Source
from rozlicz.messages.framework import FrameworkReader
from rozlicz.messages.header import Header
from rozlicz.messages.limits import REPORT_LIMITS, Limits
from rozlicz.messages.places import Place
from rozlicz.messages.refusals import excerpt, refused
from rozlicz.messages.root import ROOT
from rozlicz.messages.stream import Attributes, framework, fund
from rozlicz.messages.swiad_rows import Rows

_PIECE = 1000
"""Rows that gather as Python values before they become columns: so few that they stay in the cache."""


class SwiadReader(FrameworkReader):
    """A report being read: `header` at once, then frames of `batch_size` rows with exactly RAW_COLUMNS.

    Raises MessageRefused when the file is no report: while it is opened or at any later step. `rows_read`,
    `bytes_read` and `total_bytes` (None when unknown) tell the progress, `unread` what the file holds and the
    columns do not. It closes at its end, at the end of a `with`, or when it is forgotten.
    """

    def __init__(self, source: Source, batch_size: int = 50_000, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(source, limits=limits)
        self._batch_size = batch_size
        self._rows = Rows(self._walker, self._notes, limits=limits)
        try:
            self.header = self._read_header()
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

    def _read_header(self) -> Header:
        header = self.open_report(kind=names.KIND)
        if header.area != names.AREA:
            found = excerpt(header.area) or "–"
            line = self._root_line
            raise refused("area", line=line, path=f"/{ROOT}", found=found, expected=names.AREA)
        return header

    def add_places(self, provider: Place) -> None:
        """Which elements may stand inside which, and what each does."""
        rows = self._rows
        of_set = provider.holds(framework(names.SET), rows.take_set)

        patient = of_set.holds(framework(names.PATIENT), rows.of_set(names.PATIENT, _PATIENT))
        patient.holds(framework(names.PATIENT_STATISTICS), rows.of_set(names.PATIENT_STATISTICS, _STATISTICS))
        patient.holds(framework(names.PATIENT_PERSON), rows.of_set(names.PATIENT_PERSON, _PERSON))
        stay = of_set.holds(framework(names.STAY), self._take_stay)
        stay.holds(framework(names.ADMISSION), rows.of_set(names.ADMISSION, _ADMISSION))
        stay.holds(framework(names.DISCHARGE), rows.of_set(names.DISCHARGE, _DISCHARGE))

        service = of_set.holds(framework(names.SERVICE), rows.take_service)
        data = service.holds(
            framework(names.SERVICE_DATA), rows.of_service(names.SERVICE_DATA, _SERVICE_DATA)
        )
        data.holds(framework(names.DIAGNOSIS), rows.of_service(names.DIAGNOSIS, _DIAGNOSIS))
        data.holds(framework(names.REFERRAL), rows.of_service(names.REFERRAL, _REFERRAL))
        data.holds(framework(names.CELL), rows.of_service(names.CELL, _CELL))
        data.holds(framework(names.STAFF), rows.of_service(names.STAFF, _STAFF))

        right = data.holds(framework(names.ENTITLEMENT), rows.of_service(names.ENTITLEMENT, _ENTITLEMENT))
        right.holds(framework(names.ELECTRONIC_DOCUMENT), rows.take_electronic_document)
        right.holds(framework(names.STATEMENT), rows.take_statement)
        right.holds(framework(names.OTHER_DOCUMENT), rows.of_service(names.OTHER_DOCUMENT, _DOCUMENT))

        wrapper = data.holds(fund(names.SETTLEMENT), rows.take_wrapper)
        position = wrapper.holds(fund(names.POSITION), rows.take_position)
        position.holds(fund(names.COEFFICIENT), rows.take_coefficient)

    def _take_stay(self, attributes: Attributes) -> None:
        self._notes.note(names.STAY, attributes)


# attribute → column, in the order of the columns
_PATIENT = {names.PATIENT_ID_TYPE: "patient_id_type", names.PATIENT_ID: "patient_id"}
_STATISTICS = {names.SEX: "patient_sex", names.BIRTH_DATE: "patient_birth_date"}
_PERSON = {names.SURNAME: "patient_surname", names.FIRST_NAME: "patient_first_name"}
_ADMISSION = {names.MODE: "admission_mode"}
_DISCHARGE = {names.MODE: "discharge_mode"}
_SERVICE_DATA = {names.DATE_FROM: "date_from", names.DATE_TO: "date_to", names.MODE: "admission_mode"}
_DIAGNOSIS = {names.DIAGNOSIS_CODE: "diagnosis"}
_REFERRAL = {names.REFERRAL_ISSUER: "referral_issuer", names.REFERRAL_DATE: "referral_date"}
_CELL = {fund(names.CELL_CODE): "cell"}
_STAFF = {names.STAFF_TYPE: "staff_id_type", names.STAFF_ID: "staff_id"}
_ENTITLEMENT = {names.ENTITLEMENT_BASIS: "entitlement_basis"}
_DOCUMENT = {
    names.DOCUMENT_TYPE: "entitlement_document",
    names.DOCUMENT_NUMBER: "entitlement_number",
    names.DOCUMENT_COUNTRY: "entitlement_country",
    names.DOCUMENT_FROM: "entitlement_from",
    names.DOCUMENT_TO: "entitlement_to",
}
