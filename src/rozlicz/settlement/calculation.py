"""One calculation K(m) in one cap unit: corrections, room, candidates, lines (R20–R23).

A cap unit is contract × scope × distinguishing number. Money moves between cap units by annex only, and
nothing crosses the border of a settlement period.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Contract, Scope
from rozlicz.settlement.books import Billed, Candidate, CapUnit, Issued
from rozlicz.settlement.cap import NO_LIMIT, ByMonth, Room, paid, planned, room
from rozlicz.settlement.corrections import Corrections, corrections
from rozlicz.settlement.parameters import Policy
from rozlicz.settlement.taking import Taken, in_order, take


@dataclass(frozen=True, slots=True, kw_only=True)
class CapCalculation:
    """Everything one calculation in one cap unit started from and found.

    `plan` p(i) and `paid_before` B(i) of every month of the period, in grosze; `corrected` what step 1 adds to
    B(i), by month, never positive, months of other periods included; `performed` the exact value
    (10⁻⁴ grosza) of all accepted positions by reporting month (yyyymm).
    """

    unit: CapUnit
    scope: Scope | None
    month: Month
    period: SettlementPeriod
    policy: Policy
    plan: ByMonth
    issued: Sequence[Issued]
    paid_before: ByMonth
    corrections: Corrections
    corrected: ByMonth
    room: Room
    taken: Taken
    performed: Mapping[int, int]


def calculate(
    *,
    contract: Contract,
    unit: CapUnit,
    month: Month,
    period: SettlementPeriod,
    candidates: Iterable[Candidate],
    billed: Iterable[Billed],
    issued: Iterable[Issued],
    performed: Mapping[int, int],
    policy: Policy,
    ordered: bool,
) -> CapCalculation:
    """Calculate one month of one cap unit. Pure; the same books give the same result."""
    scope = contract.scope(unit.scope, unit.distinguisher)
    plan = planned(scope, period)
    templates = sorted(issued)
    paid_before = paid(templates, period)

    taken_back = corrections(billed, contract.settlement_period_of)
    corrected = _by_month(taken_back)

    limit = NO_LIMIT
    if scope is None or not scope.unlimited:
        spent = {i: amount + corrected.get(i, 0) for i, amount in paid_before.items()}
        with_templates = (i for t in templates if (i := Month.from_number(t.month)) in period)
        limit = room(month=month, plan=plan, paid=spent, last_billed=max(with_templates, default=month))

    taken = take(
        in_order(candidates, ordered=ordered),
        month=month,
        period=period,
        room=limit.amount,
        policy=policy,
        again=any(template.month == month.number for template in templates),
    )
    return CapCalculation(
        unit=unit,
        scope=scope,
        month=month,
        period=period,
        policy=policy,
        plan=plan,
        issued=templates,
        paid_before=paid_before,
        corrections=taken_back,
        corrected=corrected,
        room=limit,
        taken=taken,
        performed=performed,
    )


def _by_month(taken_back: Corrections) -> ByMonth:
    sums: defaultdict[Month, int] = defaultdict(int)
    for (_, month), lines in taken_back.items():
        sums[Month.from_number(month)] += sum(line.amount for line in lines.values())
    return dict(sums)
