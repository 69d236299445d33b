"""Step 1 of a calculation: what templates hold of positions that are no longer so goes back at once.

For each billed position since deleted, changed or verified negatively, d = new − billed. d < 0: a correcting
template. d > 0: the rest is a candidate like others. A position whose product, price, bill or country changed,
or that left the settlement period, is taken back in full and is a candidate in its new form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.settlement.books import Billed
from rozlicz.settlement.lines import Line, LineKey

PeriodOf = Callable[[Month], SettlementPeriod | None]
Lines = dict[LineKey, Line]
Corrections = dict[tuple[int, int], Lines]
"""Negative lines by template: its number and its month (yyyymm)."""


def corrections(billed: Iterable[Billed], period_of: PeriodOf) -> Corrections:
    """The negative lines of every template that holds too much. A line of 0.00 waits until it is worth a grosz."""

    def form(row: Billed) -> tuple[object, ...]:
        return (row.key, *_line_key(row), period_of(Month.from_number(row.template_month)))

    found: Corrections = {}
    for _, rows in groupby(sorted(billed, key=form), key=form):
        for row, excess in _taken_back(list(rows), period_of):
            lines = found.setdefault((row.template, row.template_month), {})
            line = lines.setdefault(_line_key(row), Line(row.price))
            line.add(row.key, -excess)
    return {
        template: worth
        for template, lines in sorted(found.items())
        if (worth := {key: line for key, line in sorted(lines.items()) if line.amount})
    }


def _taken_back(rows: list[Billed], period_of: PeriodOf) -> Iterator[tuple[Billed, int]]:
    """What each template gives back of one position in one form: the newest template first (policy)."""
    excess = sum(row.units for row in rows) - _may_stay(rows[0], period_of)
    for row in sorted(rows, key=lambda row: (row.template_month, row.template), reverse=True):
        units = min(excess, row.units)
        if units > 0:
            excess -= units
            yield row, units


def _may_stay(row: Billed, period_of: PeriodOf) -> int:
    """How many units of the position may stay billed in this form, in all templates of the period together."""
    now = LineKey(bill=row.now_bill, country=row.now_country, product=row.now_product, price=row.now_price)
    if not row.now_units or now != _line_key(row):
        return 0
    period = period_of(Month.from_number(row.template_month))
    stayed = period is not None and Month.from_number(row.now_month) in period
    return row.now_units if stayed else 0


def _line_key(row: Billed) -> LineKey:
    return LineKey(bill=row.bill, country=row.country, product=row.product, price=row.price)
