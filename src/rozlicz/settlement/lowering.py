"""The correction with which an annex that lowers a plan below what is billed can be accepted.

Positions go back newest first, so that what was performed first stays paid. They are accepted still: they wait
again, and are paid when there is room for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.messages.contracts import Contract
from rozlicz.settlement.annexes import LoweredTooFar, lowered_too_far
from rozlicz.settlement.assembling import correcting_templates
from rozlicz.settlement.books import CapUnit, Issued, Key
from rozlicz.settlement.corrections import Corrections, Lines
from rozlicz.settlement.drafts import TemplateDraft
from rozlicz.settlement.lines import Line, LineKey


class Holding(NamedTuple):
    """What one template, its corrections counted, holds of one position. Fields as in `Billed`.

    `month` (yyyymm) and `last_day` are the position's own: they say which positions are the newest.
    """

    key: Key
    template: int
    template_month: int
    month: int
    last_day: date
    product: str
    price: int
    units: int
    bill: str = ""
    country: str = ""


def correction_for_annex(
    *,
    proposed: Contract,
    issued_by_cap: Mapping[CapUnit, Iterable[Issued]],
    holdings_by_cap: Mapping[CapUnit, Iterable[Holding]],
) -> tuple[TemplateDraft, ...]:
    """Correcting templates after which the proposed plan is nowhere below what is billed (R23).

    The least is taken back: the last position is split to 0.0001 unit. `issued_by_cap` as in `lowered_too_far`;
    `holdings_by_cap`: every position the templates of the concerned cap units hold.
    """
    issued = {CapUnit(*unit): list(rows) for unit, rows in issued_by_cap.items()}
    refusals: dict[CapUnit, list[LoweredTooFar]] = {}
    for refusal in lowered_too_far(proposed=proposed, issued_by_cap=issued):
        refusals.setdefault(refusal.unit, []).append(refusal)
    return correcting_templates(
        proposed,
        [
            (
                unit,
                _taken_back(proposed, months, sorted(holdings_by_cap.get(unit, ()), key=_age, reverse=True)),
            )
            for unit, months in refusals.items()
        ],
    )


def _taken_back(
    proposed: Contract, months: Iterable[LoweredTooFar], newest_first: list[Holding]
) -> Corrections:
    """For each overdrawn month j, in order, what templates up to j give back until T(j) ≤ L(j)."""
    found: Corrections = {}
    rest = dict.fromkeys(newest_first, 0)
    for month in sorted(months, key=lambda refusal: refusal.month):
        period = proposed.settlement_period_of(month.month)
        first = (period.first if period else month.month).number
        for holding in newest_first:
            back = _sum_up_to(found, first, month.month.number)
            if month.billed + back <= month.planned:
                break
            if holding.price and first <= holding.template_month <= month.month.number:
                lines = found.setdefault((holding.template, holding.template_month), {})
                missing = month.billed + back - month.planned
                units = min(holding.units - rest[holding], -(-missing * UNIT_SCALE // holding.price))
                if units:
                    rest[holding] += units
                    _line(lines, holding).add(holding.key, -units)
    return {
        template: {key: line for key, line in sorted(lines.items()) if line.amount}
        for template, lines in sorted(found.items())
    }


def _sum_up_to(found: Corrections, first: int, last: int) -> int:
    return sum(
        line.amount
        for (_, month), lines in found.items()
        if first <= month <= last
        for line in lines.values()
    )


def _line(lines: Lines, holding: Holding) -> Line:
    key = LineKey(holding.bill, holding.country, holding.product, holding.price)
    return lines.setdefault(key, Line(holding.price))


def _age(holding: Holding) -> tuple[int, date, str, int]:
    service, position = holding.key
    return (holding.month, holding.last_day, service, position)
