"""Gathers the values of a report of services into rows, and rows into pieces of a frame.

One function an element, called by the walker for every element of the file, so these functions are kept
short in time too: the values of the present set and service lie in two lists that are reused, and a
settlement position copies them into its row.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

import polars as pl

from rozlicz.messages.swiad import grammar, names
from rozlicz.messages.swiad.columns import RAW_COLUMNS
from rozlicz.messages.wire.element_kinds import NO, YES, Kind
from rozlicz.messages.wire.limits import KIB, Limits
from rozlicz.messages.wire.places import Notes, Take
from rozlicz.messages.wire.refusals import size_text
from rozlicz.messages.wire.stream import Attributes, Walker

# The order in which values are gathered; frames have the order of RAW_COLUMNS.
_SET = (
    *("set_type", "patient_id_type", "patient_id", "patient_sex", "patient_birth_date"),
    *("patient_surname", "patient_first_name", "discharge_mode"),
)
_SERVICE = (
    *("service_id", "service_version", "service_code", "deleted", "date_from", "date_to", "admission_mode"),
    *("diagnosis", "referral_issuer", "referral_date", "cell", "staff_id_type", "staff_id"),
    *("entitlement_basis", "entitlement_document", "entitlement_number", "entitlement_country"),
    *("entitlement_from", "entitlement_to"),
)
_WRAPPER = ("contract", "month")
_POSITION = ("position", "scope", "distinguisher", "product", "actual_multiplicity", "multiplicity")
_GATHERED = ("row", "line", *_SET, *_SERVICE, *_WRAPPER, *_POSITION)
_SLOT = {column: slot for slot, column in enumerate((*_SET, *_SERVICE))}
_ID, _VERSION, _CODE, _DELETED = (
    _SLOT[name] for name in ("service_id", "service_version", "service_code", "deleted")
)
_DOCUMENT, _NUMBER, _FROM, _TO = (
    _SLOT[f"entitlement_{name}"] for name in ("document", "number", "from", "to")
)
_NOTHING = (None,) * (len(_WRAPPER) + len(_POSITION))

_BYTES_PER_ROW = 8 * KIB


class Rows:
    """The rows of a report while the walker goes through it."""

    def __init__(self, walker: Walker, notes: Notes, *, limits: Limits) -> None:
        self.count = 0
        self._note = notes.note
        self._note_place = notes.note_place
        self._parser = walker.parser
        self._refusal = walker.refusal
        self._limits = limits
        self._rows: list[tuple[str | int | bool | None, ...]] = []
        self._coefficients: list[list[str] | None] = []
        self._set: list[str | bool | None] = [None] * len(_SLOT)
        self._service: list[str | bool | None] = [None] * len(_SLOT)
        self._wrapper: tuple[str | None, ...] = (None, None)
        self._without_position = False
        self._service_line = 0

    # ---- what the elements do ------------------------------------------------------------------------------------

    def take_set(self, attributes: Attributes) -> None:
        """A new set: nothing of the one before holds any longer."""
        self.close_service()
        self._set[:] = [None] * len(_SLOT)
        self._set[0] = kind = attributes.get(names.SET_TYPE)
        if kind is None or len(attributes) != 1:
            self._note(names.SET, attributes, grammar.SET.known)

    def take_service(self, attributes: Attributes) -> None:
        """A new service of the present set."""
        self.close_service()
        service = self._service
        service[:] = self._set
        service[_DELETED] = names.DELETED in attributes and self._is_deleted(attributes.pop(names.DELETED))
        try:
            service[_ID:_DELETED] = _service(attributes)
            if len(attributes) != 3:
                self._partly(_OF_SERVICE, attributes)
        except KeyError:
            service[_ID:_DELETED] = self._partly(_OF_SERVICE, attributes)
        self._wrapper = (None, None)
        self._without_position = True
        self._service_line = self._parser.CurrentLineNumber

    def _is_deleted(self, value: str) -> bool:
        """T; what is neither T nor N does not delete, and is noted."""
        if value not in (YES, NO):
            self._note_place(f"{names.SERVICE}/@{names.DELETED}")
        return value == YES

    def take_wrapper(self, attributes: Attributes) -> None:
        """The contract and month of the positions that follow."""
        try:
            self._wrapper = _wrapper(attributes)
            if len(attributes) != 2:
                self._partly(_OF_WRAPPER, attributes)
        except KeyError:
            self._wrapper = self._partly(_OF_WRAPPER, attributes)

    def take_position(self, attributes: Attributes) -> None:
        """A settlement position: one row."""
        self.count += 1
        try:
            values = _position(attributes)
            if len(attributes) != 6:
                self._partly(_OF_POSITION, attributes)
        except KeyError:
            values = self._partly(_OF_POSITION, attributes)
        line = self._parser.CurrentLineNumber
        self._rows.append((self.count, line, *self._service, *self._wrapper, *values))
        self._coefficients.append(None)
        self._without_position = False

    def take_coefficient(self, attributes: Attributes) -> None:
        """A coefficient of the last position, as `R01=1.2`."""
        code, value = attributes.get(names.COEFFICIENT_CODE), attributes.get(names.COEFFICIENT_VALUE)
        if code is None or value is None or len(attributes) != 2:
            self._note(names.COEFFICIENT, attributes, grammar.COEFFICIENT.known)
        used = f"{code or ''}={value or ''}"
        before = self._coefficients[-1]
        if before is None:
            self._coefficients[-1] = [used]
        else:
            before.append(used)

    def of_set(self, kind: Kind, values: dict[str, str]) -> Take:
        """The function of an element whose attributes hold for the whole set: attribute → column."""
        return self._copier(self._set, kind, values)

    def of_service(self, kind: Kind, values: dict[str, str]) -> Take:
        """The function of an element whose attributes belong to the present service: attribute → column.

        The first of several counts (the first diagnosis is the principal one).
        """
        return self._copier(self._service, kind, values)

    def beside(self, kind: Kind) -> Take:
        """The function of an element without columns: only what the message does not know is noted."""
        known = kind.known

        def take(attributes: Attributes) -> None:
            if not attributes.keys() <= known:
                self._note(kind.tag, attributes, known)

        return take

    def take_electronic_document(self, attributes: Attributes) -> None:
        """A confirmation of the right to services in the Fund's system (eWUŚ)."""
        number = attributes.get(names.DOCUMENT_ID)
        if number is None or len(attributes) != 1:
            self._note(names.ELECTRONIC_DOCUMENT, attributes, grammar.ELECTRONIC_DOCUMENT.known)
        self._take_document(names.EWUS, number, None, None)

    def take_statement(self, attributes: Attributes) -> None:
        """The patient's statement: it holds from its own date where no other is given."""
        number, begins, ends, date = self._partly(_OF_STATEMENT, attributes)
        self._take_document(names.STATEMENT_CODE, number, begins if begins is not None else date, ends)

    def take_residence_card(self, attributes: Attributes) -> None:
        """A residence card."""
        number, begins, ends = self._partly(_OF_RESIDENCE_CARD, attributes)
        self._take_document(names.RESIDENCE_CARD_CODE, number, begins, ends)

    def _take_document(self, code: str, number: str | None, begins: str | None, ends: str | None) -> None:
        service = self._service
        if service[_DOCUMENT] is not None:
            self._note_place(_SECOND_DOCUMENT)
            return
        service[_DOCUMENT] = code
        service[_NUMBER] = number
        service[_FROM] = begins
        service[_TO] = ends

    def close_service(self) -> None:
        """A service that ended without any position is a row of its own."""
        if self._without_position:
            self._without_position = False
            self.count += 1
            self._rows.append((self.count, self._service_line, *self._service, *_NOTHING))
            self._coefficients.append(None)

    def _copier(self, target: list[str | bool | None], kind: Kind, values: dict[str, str]) -> Take:
        slots = [_SLOT[column] for column in values.values()]
        first, stop = slots[0], slots[-1] + 1
        if slots != list(range(first, stop)):
            raise ValueError(f"the columns of {kind.tag} do not follow each other")
        wanted = _Wanted(kind, *values)
        if len(values) == 1:
            return self._copier_of_one(target, first, wanted)
        all_of, count = itemgetter(*values), len(values)

        def take(attributes: Attributes) -> None:
            if target[first] is not None:
                self._repeated(wanted, attributes)
                return
            try:
                target[first:stop] = all_of(attributes)
                if len(attributes) != count:
                    self._partly(wanted, attributes)
            except KeyError:
                for slot, value in zip(slots, self._partly(wanted, attributes), strict=True):
                    if value is not None:
                        target[slot] = value

        return take

    def _copier_of_one(self, target: list[str | bool | None], slot: int, wanted: _Wanted) -> Take:
        (name,) = wanted.attributes

        def take(attributes: Attributes) -> None:
            if target[slot] is not None:
                self._repeated(wanted, attributes)
                return
            target[slot] = value = attributes.get(name)
            if value is None or len(attributes) != 1:
                self._partly(wanted, attributes)

        return take

    def _partly(self, wanted: _Wanted, attributes: Attributes) -> tuple[str | None, ...]:
        """The values of an element, None for what is not written; what the message does not know is noted."""
        self._note(wanted.kind.tag, attributes, wanted.kind.known)
        return tuple(map(attributes.get, wanted.attributes))

    def _repeated(self, wanted: _Wanted, attributes: Attributes) -> None:
        """A further element of a kind of which the first counts; where only one may stand it is noted."""
        if wanted.kind in grammar.DOCUMENTS.inside:
            self._note_place(_SECOND_DOCUMENT)
        elif not wanted.kind.many:
            self._note_place(f"{wanted.kind.tag}[2]")
        self._note(wanted.kind.tag, attributes, wanted.kind.known)

    # ---- what becomes of them ------------------------------------------------------------------------------------

    @property
    def waiting(self) -> int:
        """How many rows are not yet in a piece."""
        return len(self._rows)

    def piece(self, *, last: bool) -> pl.DataFrame:
        """The waiting rows as a frame with the columns of RAW_COLUMNS.

        Unless it is the last piece, the newest row waits on: its coefficients may still come.
        """
        if self.count > self._limits.max_records:
            raise self._refusal("too-many-elements", limit=self._limits.max_records)
        ready = len(self._rows) if last else len(self._rows) - 1
        columns = self._columns(ready)
        del self._rows[:ready], self._coefficients[:ready]
        return pl.DataFrame(columns)

    def _columns(self, ready: int) -> list[pl.Series]:
        values = dict(zip(_GATHERED, zip(*self._rows[:ready], strict=True), strict=True)) if ready else {}
        joined = [None if used is None else " ".join(used) for used in self._coefficients[:ready]]
        columns: list[pl.Series] = []
        size = 0
        for name, kind in RAW_COLUMNS.items():
            column = pl.Series(name, joined if name == "coefficients" else values.get(name, ()), dtype=kind)
            columns.append(column)
            size += int(column.estimated_size())
            if size > (ready + 8) * _BYTES_PER_ROW:
                raise self._refusal("values-too-long", size=size_text(size), count=ready)
        return columns


class _Wanted:
    """A kind of element and the attributes that are taken from it together."""

    __slots__ = ("attributes", "kind")

    def __init__(self, kind: Kind, *attributes: str) -> None:
        self.kind = kind
        self.attributes = attributes


_SECOND_DOCUMENT = f"{grammar.DOCUMENTS.tag}/{grammar.DOCUMENTS.alternatives}[2]"
_OF_SERVICE = _Wanted(grammar.SERVICE, names.SERVICE_ID, names.VERSION, names.SERVICE_CODE)
_OF_WRAPPER = _Wanted(grammar.SETTLEMENT, names.CONTRACT, names.MONTH)
_OF_POSITION = _Wanted(
    grammar.POSITION,
    *(names.POSITION_NUMBER, names.SCOPE, names.DISTINGUISHER, names.PRODUCT),
    *(names.ACTUAL_MULTIPLICITY, names.MULTIPLICITY),
)
_OF_STATEMENT = _Wanted(
    grammar.STATEMENT,
    *(names.DOCUMENT_ID, names.STATEMENT_FROM, names.STATEMENT_TO, names.STATEMENT_DATE),
)
_OF_RESIDENCE_CARD = _Wanted(
    grammar.RESIDENCE_CARD, names.DOCUMENT_NUMBER, names.DOCUMENT_FROM, names.DOCUMENT_TO
)

# All attributes of an element at once, or KeyError when one is not written.
_service: Callable[[Attributes], tuple[str | None, ...]] = itemgetter(*_OF_SERVICE.attributes)
_wrapper: Callable[[Attributes], tuple[str | None, ...]] = itemgetter(*_OF_WRAPPER.attributes)
_position: Callable[[Attributes], tuple[str | None, ...]] = itemgetter(*_OF_POSITION.attributes)
