"""A reported supply with typed values, and what in it cannot be read.

A report of supply carries texts (`messages.supply`). Whatever the calculation needs is read here, in one place; a
text that is no such value, or is missing, is a refusal of the position that names the field. The rest of the report
goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from rozlicz.kernel.identifiers import birth_date_of_pesel
from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import Grosze, Price, Units, grosze_from_text, units_from_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text
from rozlicz.messages.supply import (
    AdditionalEntitlement,
    CoordinationRight,
    OrderKind,
    Side,
    Supply,
    SupplyPosition,
    SupplySettlement,
)
from rozlicz.messages.wire import value_texts
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.devices import reasons

PatientKey = tuple[str, str]
"""Type and number of what identifies a person; nobody has the empty number."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyFacts:
    """What one accepted position says.

    `pieces` (×10,000) at `price` (grosze) each. `order` is the number of the order; `on_line` whether the Fund's
    system verified it. `months`: the first and the last month of a part of monthly supply. `entitlements` are the
    codes of additional ones that are valid on the day of receipt. `stated` is what the report says of the amounts, by
    the name of its field, in grosze.
    """

    id: str
    contract: str
    month: Month
    unit: CapUnit
    device: str
    kind: OrderKind
    patient: PatientKey
    born_on: date | None
    order: str
    on_line: bool
    issued_on: date
    accepted_on: date
    completed_on: date
    pieces: Units
    price: Price
    side: Side | None = None
    months: tuple[Month, Month] | None = None
    entitlements: frozenset[str] = frozenset()
    right: CoordinationRight | None = None
    stated: tuple[tuple[str, Grosze], ...] = ()


def read_supply(position: SupplyPosition, *, field: str) -> tuple[SupplyFacts | None, tuple[Refusal, ...]]:
    """The facts of a position, or every reason why they cannot be read; `field` is its place in the report."""
    supply = position.supply
    if supply is None or not supply.order or not supply.device or not supply.settlement or not position.id:
        return None, (reasons.INCOMPLETE.because(field=field, position=position.id or "—"),)
    reading = _Reading(position.id, field)
    facts = _facts(reading, position.id, supply)
    return (None, tuple(reading.refusals)) if reading.refusals else (facts, ())


class _Reading:
    """Texts on their way to values; what is no value is noted, so that all of it is named at once."""

    def __init__(self, position: str, field: str) -> None:
        self.position, self.field = position, field
        self.refusals: list[Refusal] = []

    def value(
        self, name: str, text: str | None, read: Callable[[str], Value], expected: Text, placeholder: Value
    ) -> Value:
        """What a text says; where it says no such thing, a note and the placeholder, which is used for nothing."""
        try:
            return read(text or "")
        except ValueError:
            self.refuse(name, text, expected)
            return placeholder

    def maybe(
        self, name: str, text: str | None, read: Callable[[str], Value], expected: Text
    ) -> Value | None:
        """The same of what may be missing."""
        try:
            return None if text is None else read(text)
        except ValueError:
            self.refuse(name, text, expected)
            return None

    def refuse(self, name: str, found: str | None, expected: Text, basis: Basis | None = None) -> None:
        """Note that a field cannot be read."""
        self.refusals.append(
            reasons.UNREADABLE.because(
                field=f"{self.field}.{name}",
                found=found or "",
                expected=expected,
                basis=basis,
                position=self.position,
                what=name,
            )
        )


_NO_DAY = date.min
_NO_MONTH = Month(1900, 1)
_A_KIND = Text(pl="Z (zaopatrzenie) albo N (naprawa)", en="Z (supply) or N (repair)")
_A_SIDE = Text(pl="L, P albo O", en="L, P or O")


def _facts(reading: _Reading, position: str, supply: Supply) -> SupplyFacts | None:
    order, device, settled = supply.order, supply.device, supply.settlement
    if order is None or device is None or settled is None:
        return None
    completed_on = reading.value(
        "completed_on", supply.completed_on, value_texts.day_from_text, value_texts.A_DAY, _NO_DAY
    )
    return SupplyFacts(
        id=position,
        contract=reading.value("contract", settled.contract, _some_text, value_texts.A_TEXT, ""),
        month=reading.value("month", settled.month, Month.parse, value_texts.A_MONTH, _NO_MONTH),
        unit=CapUnit(
            reading.value("scope", settled.scope, _some_text, value_texts.A_TEXT, ""),
            reading.value(
                "distinguisher",
                settled.distinguisher,
                value_texts.whole_from_text,
                value_texts.A_WHOLE_NUMBER,
                0,
            ),
        ),
        device=reading.value("device", device.code, _some_text, value_texts.A_TEXT, ""),
        kind=reading.value("order.kind", order.kind, OrderKind, _A_KIND, OrderKind.SUPPLY),
        patient=_patient(reading, supply),
        born_on=_born_on(reading, supply),
        order=reading.value(
            "order.number", order.number or order.paper_number, _some_text, value_texts.A_TEXT, ""
        ),
        on_line=order.number is not None,
        issued_on=reading.value(
            "order.issued_on", order.issued_on, value_texts.day_from_text, value_texts.A_DAY, _NO_DAY
        ),
        accepted_on=reading.value(
            "accepted_on", supply.accepted_on, value_texts.day_from_text, value_texts.A_DAY, _NO_DAY
        ),
        completed_on=completed_on,
        pieces=reading.value("quantity", device.quantity, _pieces, value_texts.SOME_UNITS, 0),
        price=reading.value("price", settled.price, _price, value_texts.AN_AMOUNT, 0),
        side=reading.maybe("side", device.side, Side, _A_SIDE),
        months=_months(reading, supply),
        entitlements=frozenset(
            one.code for one in supply.additional_entitlements if one.code and _valid(one, completed_on)
        ),
        right=supply.patient.right if supply.patient else None,
        stated=tuple(_stated(reading, settled)),
    )


def _months(reading: _Reading, supply: Supply) -> tuple[Month, Month] | None:
    part = supply.monthly
    if part is None:
        return None
    return (
        reading.value("monthly.first_month", part.first_month, Month.parse, value_texts.A_MONTH, _NO_MONTH),
        reading.value("monthly.last_month", part.last_month, Month.parse, value_texts.A_MONTH, _NO_MONTH),
    )


def _patient(reading: _Reading, supply: Supply) -> PatientKey:
    if supply.pesel:
        return ("P", supply.pesel)
    if supply.patient and supply.patient.id:
        return (supply.patient.id_type or "", supply.patient.id)
    reading.refuse("patient", None, value_texts.A_TEXT)
    return ("", "")


def _born_on(reading: _Reading, supply: Supply) -> date | None:
    if supply.patient and supply.patient.birth_date is not None:
        return reading.maybe(
            "patient.birth_date", supply.patient.birth_date, value_texts.day_from_text, value_texts.A_DAY
        )
    try:
        return birth_date_of_pesel(supply.pesel or "")
    except ValueError:
        return None


def _valid(entitlement: AdditionalEntitlement, day: date) -> bool:
    """Whether it holds on a day; a day that is not told sets no bound, one that cannot be read proves nothing."""
    try:
        first, last = (
            value_texts.day_from_text(text) if text else None
            for text in (entitlement.valid_from, entitlement.valid_to)
        )
    except ValueError:
        return False
    return (first is None or first <= day) and (last is None or day <= last)


_STATED = ("value", "due", "own_share", "over_limit")


def _stated(reading: _Reading, settled: SupplySettlement) -> list[tuple[str, Grosze]]:
    found = ((name, getattr(settled, name)) for name in _STATED)
    read = (
        (name, reading.maybe(name, text, grosze_from_text, value_texts.AN_AMOUNT)) for name, text in found
    )
    return [(name, amount) for name, amount in read if amount is not None]


def _some_text(text: str) -> str:
    if not text.strip():
        raise ValueError(text)
    return text


def _pieces(text: str) -> int:
    units = units_from_text(text)
    if units <= 0:
        raise ValueError(text)
    return units


def _price(text: str) -> int:
    grosze = grosze_from_text(text)
    if grosze < 0:
        raise ValueError(text)
    return grosze
