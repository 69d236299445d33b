"""The cap of one cap unit in one settlement period: what the plan allows, what is paid, what room is left.

R21 is R23 in the last month of the period; R22 is what follows when earlier months left slack.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Scope
from rozlicz.settlement.books import Issued

ByMonth = dict[Month, int]
"""Grosze of each month of a settlement period, in order; every month is there."""


def planned(scope: Scope | None, period: SettlementPeriod) -> ByMonth:
    """p(i): Σ over the plan rows of month i of units × price, each rounded. No row, or no scope: 0 (R63).

    The plan is that of the contract as given: the version in force when the calculation is made.
    """
    plan = dict.fromkeys(period.months(), 0)
    for row in scope.plan if scope else ():
        if row.month in plan:
            plan[row.month] += row.amount
    return plan


def paid(issued: Iterable[Issued], period: SettlementPeriod) -> ByMonth:
    """B(i): the signed sum of the issued templates of month i, corrections included."""
    sums = dict.fromkeys(period.months(), 0)
    for template in issued:
        month = Month.from_number(template.month)
        if month in sums:
            sums[month] += template.amount
    return sums


def cumulated(by_month: Mapping[Month, int]) -> ByMonth:
    """Σ up to each month: L(j) of p, T(j) of B."""
    total = 0
    sums: ByMonth = {}
    for month, amount in by_month.items():
        total += amount
        sums[month] = total
    return sums


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What one month j leaves: L(j), T(j) and their difference, in grosze; negative when overdrawn."""

    month: Month
    planned: int
    paid: int

    @property
    def left(self) -> int:
        """L(j) − T(j)."""
        return self.planned - self.paid


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What a calculation may pay, in grosze, and the months that decide it. `amount` None: no limit."""

    amount: int | None
    limits: tuple[Limit, ...]

    @property
    def binding(self) -> Limit | None:
        """The first month that leaves least; None in an unlimited scope."""
        return None if self.amount is None else min(self.limits, key=lambda limit: limit.left)


NO_LIMIT = Room(amount=None, limits=())
"""An unlimited scope: what was performed is paid in full."""


def room(*, month: Month, plan: ByMonth, paid: ByMonth, last_billed: Month) -> Room:
    """What may still be paid when month m is calculated, so that no month's sum passes its plan (R23).

    room(m) = max(0, min over j = m … M of (L(j) − T(j))). M is the last month of the period with a template, at
    least m: when an earlier month is calculated again, what is paid now counts in the later sums too.
    """
    last = max(month, last_billed)
    allowed, spent = cumulated(plan), cumulated(paid)
    limits = tuple(Limit(month=j, planned=allowed[j], paid=spent[j]) for j in allowed if month <= j <= last)
    return Room(amount=max(0, min(limit.left for limit in limits)), limits=limits)
