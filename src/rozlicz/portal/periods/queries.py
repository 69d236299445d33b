"""Every read of closed periods and of what was unlocked in them."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet

from rozlicz.kernel.months import Month
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house.lists import holding
from rozlicz.portal.periods.models import Closing, Unlock
from rozlicz.verification.closed_periods import ClosedPeriods, UnlockedScope

UNLOCK_STATES = ("in_force", "expired")
"""Codes of `house.states`: whether an unlock holds still."""


def closings_at(at: datetime) -> dict[int, Closing]:
    """The row that counted at a moment for each month the branch has closed or opened, by yyyymm."""
    newest = Closing.objects.filter(at__lte=at).order_by("month", "-at", "-id").distinct("month")
    return {one.month: one for one in newest}


def closed_months(at: datetime) -> list[int]:
    """The months (yyyymm) that were closed at a moment, the newest first."""
    return sorted((month for month, one in closings_at(at).items() if one.is_closed), reverse=True)


def closed_periods(provider_id: int, at: datetime) -> ClosedPeriods:
    """What verification must know for a report that was received at a moment."""
    months = closed_months(at)
    if not months:
        return ClosedPeriods()
    unlocks = unlocks_in_force(provider_id, at).select_related("contract")
    return ClosedPeriods(
        months=frozenset(months),
        unlocked=tuple(
            UnlockedScope(
                contract=one.contract.code,
                scope=one.scope,
                distinguisher=one.distinguisher,
                first=one.first_month,
                last=one.last_month,
                services=frozenset(one.services),
                adds=one.adds,
                changes=one.changes,
                deletes=one.deletes,
            )
            for one in unlocks
        ),
    )


def unlocks_in_force(provider_id: int, at: datetime) -> QuerySet[Unlock]:
    """A provider's unlocks that held at a moment."""
    return Unlock.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=at),
        provider_id=provider_id,
        granted_at__lte=at,
        until__gte=warsaw_day(at),
    )


def may_be_computed(*, provider_id: int, contract_id: int, month: Month, at: datetime) -> bool:
    """Whether a provider may ask for the calculation of a contract for a month: it is open, or unlocked for that."""
    if month.number not in closed_months(at):
        return True
    return (
        unlocks_in_force(provider_id, at)
        .filter(
            contract_id=contract_id,
            computes=True,
            first_month__lte=month.number,
            last_month__gte=month.number,
        )
        .exists()
    )


def unlocks_for(operator: Operator, today: date, *, text: str = "", state: str = "") -> QuerySet[Unlock]:
    """The unlocks an operator may see and that fit the filter: a provider's own, all of them for the payer.

    `text` is a part of the request's number, of the contract or of the scope; `state` one of UNLOCK_STATES.
    """
    visible = Unlock.objects.select_related("contract", "provider")
    if not operator.is_payer:
        visible = visible.filter(provider=operator.provider_id)
    if text:
        visible = visible.filter(holding(text, operator, "request_number", "contract__code", "scope"))
    holds = Q(ended_at=None, until__gte=today)
    return visible.filter({"": Q(), "in_force": holds, "expired": ~holds}[state])


def state_of(unlock: Unlock, today: date) -> str:
    """Whether an unlock holds still, one of UNLOCK_STATES."""
    return "expired" if unlock.ended_at or unlock.until < today else "in_force"
