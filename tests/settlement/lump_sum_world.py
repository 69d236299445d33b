"""Contracts with lump sums, and the templates a branch issues from a calculation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Contract, PlanMonth, Scope, SettledBy
from rozlicz.messages.rates import Rate, RatePer
from rozlicz.messages.templates import Template
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.drafts import Settlement
from rozlicz.settlement.explanation import Explanation
from tests import world

DENTAL = CapUnit("07.1800.115.02", 1)
WARD = CapUnit("03.4900.008.03", 1)
WARD_UE = CapUnit("03.4900.008.13", 1)
NETWORK = CapUnit("03.0000.300.02", 1)
NIGHT = CapUnit("01.0000.155.16", 1)
UNIT = 10_000


def rate(per: RatePer, amount: int, first: date, last: date, **more) -> Rate:
    return Rate(per=per, amount=amount, valid_from=first, valid_to=last, **more)


def year_rate(per: RatePer, amount: int, year: int, **more) -> Rate:
    return rate(per, amount, date(year, 1, 1), date(year, 12, 31), **more)


def lump_scope(
    unit: CapUnit,
    *rates: Rate,
    name: str = "ryczałt",
    way: SettledBy = SettledBy.LUMP_SUM,
    unit_name: str = "dobodzień",
    duties: int = 62,
    year: int = 2026,
) -> Scope:
    """A scope with these rates, and a plan of so many units each month."""
    return replace(
        world.scope(unit.scope, distinguisher=unit.distinguisher),
        name=name,
        settled_by=way,
        unit_name=unit_name,
        plan=tuple(PlanMonth(month=Month(year, m), units=duties * UNIT, price=1) for m in range(1, 13)),
        products=(),
        rates=rates,
    )


def lump_contract(
    *scopes: Scope, year: int = 2026, first: date | None = None, last: date | None = None
) -> Contract:
    return replace(
        world.contract(scopes=scopes),
        valid_from=first or date(year, 1, 1),
        valid_to=last or date(year, 12, 31),
        settlement_periods=(SettlementPeriod(Month(year, 1), Month(year, 12)),),
    )


def issued(
    settlement: Settlement, earlier: Sequence[Template] = (), contract: Contract | None = None
) -> list[Template]:
    """The templates issued before and those of the calculation, numbered on."""
    terms = contract or world.contract()
    return [
        *earlier,
        *(
            Template(
                number=number,
                contract=terms.code,
                annex=terms.annex,
                branch=terms.branch,
                provider=terms.provider.code,
                month=draft.month,
                issued_at=datetime(2026, 12, 1),
                lines=draft.lines,
                corrects=draft.corrects,
                person=draft.bill,
                country=draft.country,
                calculated_by=draft.calculated_by,
            )
            for number, draft in enumerate(settlement.drafts, len(earlier) + 1)
        ),
    ]


def amount_again(explanation: Explanation, rule: str = "lump-sum.lines") -> int:
    """Σ of the lines, each calculated by hand from the explanation's figures alone."""
    figures = dict(explanation.step(rule).figures)
    total = number = 0
    while f"line.units.{(number := number + 1)}" in figures:
        units, price = figures[f"line.units.{number}"], figures[f"line.price.{number}"]
        if f"line.rate.{number}" in figures:
            days, of_days = figures[f"line.days.{number}"], figures[f"line.of_days.{number}"]
            assert price == (2 * figures[f"line.rate.{number}"] * days + of_days) // (2 * of_days)
        assert units * price % UNIT == 0
        assert figures[f"line.amount.{number}"] == units * price // UNIT
        total += units * price // UNIT
    return total


def holds(templates: Sequence[Template], unit: CapUnit) -> int:
    """What all templates together hold in a scope, in grosze."""
    return sum(line.amount for t in templates for line in t.lines if (line.scope, line.distinguisher) == unit)
