"""Services inside a lump sum to persons insured in another EU/EFTA state: their real cost, a bill a person (R3, R61).

They stand in scopes "… – UE", beside the lump sum, which is not lowered by them (policy). The attachments they need
are demanded where bills are checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple
from typing import NamedTuple

from rozlicz.kernel.money import UNIT_SCALE, amount_text, count_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.contracts import Contract, Scope, SettledBy
from rozlicz.messages.templates import CalculatedBy, Template, TemplateLine
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.coordination import BillOf
from rozlicz.settlement.drafts import CapSettlement, TemplateDraft
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.lump_sums import reasons
from rozlicz.settlement.lump_sums.counting import lump_sum_line
from rozlicz.settlement.lump_sums.days import days_of, days_text
from rozlicz.settlement.lump_sums.facts import RealCost
from rozlicz.settlement.lump_sums.parameters import REAL_COSTS
from rozlicz.settlement.method import Figure, method_step
from rozlicz.settlement.recalculated import CountedUnit, Recalculated, explained, recalculated


class RealCosts(NamedTuple):
    """Templates of persons, and the sums and explanation of each scope "… – UE"."""

    drafts: tuple[TemplateDraft, ...]
    caps: tuple[CapSettlement, ...]
    refusals: tuple[Refusal, ...]


class _Priced(NamedTuple):
    """A line of one person's bill."""

    bill: BillOf
    line: TemplateLine


def settle_real_costs(
    *, contract: Contract, month: Month, costs: Iterable[RealCost], issued: Sequence[Template]
) -> RealCosts:
    """What is due for these services, corrected by the difference to the issued templates of the persons."""
    refusals: list[Refusal] = []
    sound = list(_sound(contract, month, costs, refusals))
    units = sorted(
        {CapUnit(s.code, s.distinguisher) for s in contract.scopes if _takes_real_costs(s)}
        | units_gone(contract, month, CalculatedBy.OTHER_LUMP_SUM, (t for t in issued if t.person))
    )
    priced = {unit: list(_lines(contract, unit, sound)) for unit in units}
    earlier = {BillOf(t.person, t.country) for t in issued if t.person}
    bills = sorted(earlier | {cost.bill for cost in sound}, key=astuple)
    compared = [
        recalculated(
            month=month,
            lines_by_unit={
                unit: [one.line for one in lines if one.bill == bill] for unit, lines in priced.items()
            },
            issued=issued,
            calculated_by=CalculatedBy.OTHER_LUMP_SUM,
            bill=bill.person,
            country=bill.country,
        )
        for bill in bills
    ]
    return RealCosts(
        drafts=_corrections_first(compared),
        caps=tuple(explained(contract, month, _counted(unit, priced[unit]), compared) for unit in units),
        refusals=tuple(refusals),
    )


def units_gone(
    contract: Contract, month: Month, process: CalculatedBy, issued: Iterable[Template]
) -> frozenset[CapUnit]:
    """Scopes that templates of the month hold and the contract no longer has: all of it goes back."""
    return frozenset(
        CapUnit(line.scope, line.distinguisher)
        for template in issued
        if template.month == month and template.calculated_by is process
        for line in template.lines
        if contract.scope(line.scope, line.distinguisher) is None
    )


def _corrections_first(compared: Iterable[Recalculated]) -> tuple[TemplateDraft, ...]:
    drafts = [draft for one in compared for draft in one.drafts]
    return tuple(sorted(drafts, key=lambda draft: draft.corrects is None))


def _takes_real_costs(scope: Scope) -> bool:
    return scope.settled_by is SettledBy.LUMP_SUM and scope.is_for_real_costs


def _sound(
    contract: Contract, month: Month, costs: Iterable[RealCost], refusals: list[Refusal]
) -> Iterator[RealCost]:
    """The services that are settled; each other one is refused for the first reason found."""
    covered = days_of(contract, month).covered
    seen = set()
    for cost in costs:
        refusal = _refusal(contract, cost)
        if cost.key in seen:
            refusal = reasons.TWICE.because(field="service", service=_named(cost))
        elif cost.last_day not in covered or cost.first_day > cost.last_day:
            refusal = refusal or reasons.OUTSIDE.because(
                field="day",
                found=days_text((cost.first_day, cost.last_day)),
                expected=days_text(covered),
                scope=cost.unit.scope,
                what=_SERVICE.filled(service=_named(cost)),
            )
        seen.add(cost.key)
        if refusal is None:
            yield cost
        else:
            refusals.append(refusal)


def _refusal(contract: Contract, cost: RealCost) -> Refusal | None:
    scope = contract.scope(*cost.unit)
    if scope is None or not _takes_real_costs(scope):
        return reasons.NOT_FOR_REAL_COSTS.because(
            field="scope", found=cost.unit.scope, service=_named(cost), contract=contract.code
        )
    if not cost.route.is_individual or not cost.bill.person:
        return reasons.NO_BILL_OF_ITS_OWN.because(
            field="document", found=cost.bill.country, service=_named(cost), basis=cost.route.basis
        )
    if cost.cost <= 0:
        return reasons.NOT_POSITIVE.because(
            field="cost", found=amount_text(cost.cost), scope=cost.unit.scope, what=_COST
        )
    return None


def _named(cost: RealCost) -> str:
    service, position = cost.key
    return f"{service}/{position}"


def _lines(contract: Contract, unit: CapUnit, costs: Iterable[RealCost]) -> Iterator[_Priced]:
    """One line for all services of a person that cost the same."""
    scope = contract.scope(*unit)
    if scope is None:
        return
    alike = Counter((astuple(cost.bill), cost.cost) for cost in costs if cost.unit == unit)
    for (bill, cost), number in sorted(alike.items()):
        yield _Priced(BillOf(*bill), lump_sum_line(scope, number=number, price=cost))


def _counted(unit: CapUnit, lines: Sequence[_Priced]) -> CountedUnit:
    return CountedUnit(
        unit=unit,
        method="lump-sum",
        lines=tuple(one.line for one in lines),
        steps=(_step(lines),),
        demand="R3, R61",
        basis=REAL_COSTS,
    )


def _step(lines: Sequence[_Priced]) -> Step:
    """The lines of all persons, without saying who they are."""
    label = Text(
        pl="Rachunek osoby ({country}): {number} × {cost}",
        en="Bill of a person ({country}): {number} × {cost}",
    )
    return method_step(
        "lump-sum.real-costs",
        Text(
            pl="Rzeczywisty koszt świadczeń, obok ryczałtu", en="Real cost of services, beside the lump sum"
        ),
        Text(pl="Razem: {amount}", en="Together: {amount}").filled(
            amount=amount_text(sum(one.line.amount for one in lines))
        ),
        demand="R3, R61",
        basis=REAL_COSTS,
        inputs=(
            (
                label.filled(
                    country=same(bill.country),
                    number=count_text(line.units // UNIT_SCALE),
                    cost=amount_text(line.price),
                ),
                amount_text(line.amount),
            )
            for bill, line in lines
        ),
        figures=_figures(lines),
    )


def _figures(lines: Iterable[_Priced]) -> Iterator[Figure]:
    for number, (_, line) in enumerate(lines, 1):
        yield f"line.units.{number}", line.units
        yield f"line.price.{number}", line.price
        yield f"line.amount.{number}", line.amount


_SERVICE = Text(pl="świadczenie {service}", en="service {service}")
_COST = Text(pl="rzeczywisty koszt", en="the real cost")
