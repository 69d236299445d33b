"""Reads reports of services (SWIAD) into columns, with memory that stays flat whatever the shape of the file.

No tree is built, and no record can stop the rest: a value is text until verification has looked at it.
The versions 8;7.0 to 10;10.1 are read alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Self
from weakref import finalize

import polars as pl

from rozlicz.messages import swiad_names as names
from rozlicz.messages.envelope import Source, opened
from rozlicz.messages.header import Header
from rozlicz.messages.limits import REPORT_LIMITS, Limits
from rozlicz.messages.refusals import excerpt, refused
from rozlicz.messages.root import (
    HEADER_NAMES,
    PROVIDER_CODE,
    PROVIDER_INSTALLATION,
    header_of,
    is_schema_hint,
    wrong_root,
)
from rozlicz.messages.stream import FRAMEWORK, Attributes, End, Start, Walker, framework, fund, shown_name
from rozlicz.messages.swiad_rows import Rows, Take, Unread

_PIECE = 1000
"""Rows that gather as Python values before they become columns: so few that they stay in the cache."""


class Place:
    """A kind of element at its place: what it does, what it holds, what holds it."""

    __slots__ = ("inside", "name", "outer", "take")

    def __init__(self, name: str, take: Take, outer: Place | None = None) -> None:
        self.name = name
        self.take = take
        self.inside: dict[str, Place] = {}
        self.outer = outer or self

    def holds(self, name: str, take: Take) -> Place:
        """The place of a kind of element inside this one."""
        place = self.inside[name] = Place(name, take, self)
        return place

    @property
    def path(self) -> str:
        """`/komunikat/swiadczeniodawca`; empty outside the root."""
        return "" if self.outer is self else f"{self.outer.path}/{shown_name(self.name)}"


class SwiadReader:
    """A report being read: `header` at once, then frames of `batch_size` rows with exactly RAW_COLUMNS.

    Raises MessageRefused when the file is no report: while it is opened or at any later step. `rows_read`,
    `bytes_read` and `total_bytes` (None when unknown) tell the progress, `unread` what the file holds and the
    columns do not. It closes at its end, at the end of a `with`, or when it is forgotten.
    """

    def __init__(self, source: Source, batch_size: int = 50_000, *, limits: Limits = REPORT_LIMITS) -> None:
        self._batch_size = batch_size
        self._limits = limits
        self._closing = ExitStack()
        # a reader of whom only the header was wanted is closed when it is forgotten
        finalize(self, self._closing.close)
        self._stream = self._closing.enter_context(opened(source, limits=limits))
        self._root: Attributes | None = None
        self._root_line = 0
        self._provider: Attributes | None = None
        self._depth = 0
        self._foreign_names: set[str] = set()
        self._walker = Walker(
            self._stream, where=self._where, progress=lambda: self._rows.count, limits=limits
        )
        self._rows = Rows(self._walker, limits=limits)
        self._start, self._end, self._path = self._handlers()
        self._walker.use(self._start, self._end)
        self._walker.read_text_with(self._take_text)
        try:
            self.header = self._read_header()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; reading further is not possible."""
        self._closing.close()

    @property
    def rows_read(self) -> int:
        """How many rows were found so far."""
        return self._rows.count

    @property
    def bytes_read(self) -> int:
        """How many bytes of XML were read so far."""
        return self._stream.bytes_read

    @property
    def total_bytes(self) -> int | None:
        """How many bytes of XML there are; None when that cannot be known before the end."""
        return self._stream.total_bytes

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of the file as it was sent."""
        return self._stream.sha256

    @property
    def unread(self) -> Mapping[str, Unread]:
        """Elements and attributes met so far that have no column, by their place."""
        return self._rows.unread

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

    def _where(self) -> str:
        return self._path()

    def _pieces(self) -> Iterator[pl.DataFrame]:
        rows = self._rows
        while self._walker.step():
            if rows.waiting > _PIECE:
                yield rows.piece(last=False)
        rows.close_service()
        yield rows.piece(last=True)

    def _read_header(self) -> Header:
        while self._provider is None:
            if not self._walker.step():
                raise self._walker.refusal("element-missing", name=names.PROVIDER)
        header = header_of(
            self._root or {},
            kind=names.KIND,
            namespace=FRAMEWORK,
            line=self._root_line,
            provider=self._provider,
        )
        if header.area != names.AREA:
            found = excerpt(header.area) or "–"
            line = self._root_line
            raise refused("area", line=line, path=f"/{names.ROOT}", found=found, expected=names.AREA)
        return header

    # ---- nesting -------------------------------------------------------------------------------------------------

    def _places(self) -> Place:
        """Which elements may stand inside which, and what each does."""
        rows = self._rows
        outermost = Place("", self._take_root)
        root = outermost.holds(framework(names.ROOT), self._take_root)
        provider = root.holds(framework(names.PROVIDER), self._take_provider)
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
        return outermost

    def _handlers(self) -> tuple[Start, End, Callable[[], str]]:
        """The walker's two functions, and one that names the open elements.

        They are called tens of millions of times a report, so where they stand is a local variable.
        """
        place = self._places()

        def start(name: str, attributes: Attributes) -> None:
            nonlocal place
            found = place.inside.get(name)
            if found is None:
                self._pass_over(name, attributes)
                return
            place = found
            found.take(attributes)

        def end(_name: str) -> None:
            nonlocal place
            place = place.outer

        return start, end, lambda: place.path

    def _take_root(self, attributes: Attributes) -> None:
        self._root = attributes
        self._root_line = self._walker.line
        self._rows.note(names.ROOT, attributes, _HEADER | frozenset(filter(is_schema_hint, attributes)))

    def _take_provider(self, attributes: Attributes) -> None:
        if self._provider is not None:
            raise self._walker.refusal("element-repeated", name=names.PROVIDER)
        self._provider = attributes
        known = frozenset({names.PROVIDER_ID_TYPE, PROVIDER_CODE, PROVIDER_INSTALLATION})
        self._rows.note(names.PROVIDER, attributes, known)

    def _take_stay(self, attributes: Attributes) -> None:
        self._rows.note(names.STAY, attributes)

    # ---- what is not read ----------------------------------------------------------------------------------------

    def _take_text(self, text: str) -> None:
        if not text.isspace() and not self._depth:
            self._rows.note_place(f"{self._path().rpartition('/')[2]}/text()")

    def _pass_over(self, name: str, attributes: Attributes) -> None:
        """An element that has no place here is noted and passed over with all it holds."""
        path = self._path()
        if not path:
            raise wrong_root(name, namespace=FRAMEWORK, line=self._walker.line)
        self._rows.note_place(f"{path.rpartition('/')[2]}/{shown_name(name)}")
        self._depth = 0
        self._walker.use(self._foreign_start, self._foreign_end)
        self._foreign_start(name, attributes)

    def _foreign_start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > self._limits.max_depth:
            raise self._walker.refusal("too-deep", limit=self._limits.max_depth)
        # expat keeps every name it meets for as long as it lives
        self._foreign_names.add(name)
        self._foreign_names.update(attributes)
        if len(self._foreign_names) > self._limits.max_unread_names:
            raise self._walker.refusal("too-many-names", limit=self._limits.max_unread_names)

    def _foreign_end(self, _name: str) -> None:
        self._depth -= 1
        if not self._depth:
            self._walker.use(self._start, self._end)


_HEADER = HEADER_NAMES | {fund(name) for name in HEADER_NAMES}

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
