"""What a shift does to the rows of a plan, to the grosz: units × price of a changed row is the amount asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from rozlicz.kernel.money import UNIT_SCALE, round_half_up
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import PlanMonth, Scope
from rozlicz.settlement.books import CapUnit


class Change(NamedTuple):
    """What a request changes in one cap unit and month: grosze more, or less where negative."""

    contract: str
    unit: CapUnit
    month: Month
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """The row at a place of the scope's plan, before and after a shift."""

    change: Change
    place: int
    before: PlanMonth
    after: PlanMonth


class MoreThanPlanned(NamedTuple):
    """The month has only so much, in grosze."""

    planned: int


class NoSuchUnits(NamedTuple):
    """No number of 0.0001 units makes the amount at this price; `nearest` is the nearest change, in grosze."""

    price: int
    nearest: int


Changed = tuple[ChangedRow, ...] | MoreThanPlanned | NoSuchUnits
"""The rows, or why there are none."""


def changed_rows(scope: Scope, change: Change) -> Changed:
    """The rows of the month that change: a raise goes to the first row, a lowering from the last one backwards."""
    rows = [(place, row) for place, row in enumerate(scope.plan) if row.month == change.month]
    planned = sum(row.amount for _, row in rows)
    if change.amount < -planned:
        return MoreThanPlanned(planned)
    found: list[ChangedRow] = []
    rest = change.amount
    for place, row in rows if rest > 0 else reversed(rows):
        part = max(rest, -row.amount)
        after = _row_worth(row, row.amount + part)
        if after.amount != row.amount + part:
            return NoSuchUnits(row.price, change.amount - part + after.amount - row.amount)
        if part:
            found.append(ChangedRow(change=change, place=place, before=row, after=after))
        rest -= part
    return tuple(found)


def with_rows(scope: Scope, rows: Iterable[ChangedRow]) -> Scope:
    """The scope with its changed rows in the places of the old ones."""
    after = {row.place: row.after for row in rows}
    return replace(scope, plan=tuple(after.get(place, row) for place, row in enumerate(scope.plan)))


def _row_worth(row: PlanMonth, amount: int) -> PlanMonth:
    """The row with the units whose value is nearest to the amount."""
    units = round_half_up(amount * UNIT_SCALE, scale=row.price) if row.price else row.units
    return replace(row, units=units)
