"""Every write to reporting periods."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.periods.models import Closing, Unlock
from rozlicz.portal.periods.queries import closed_months


class UnableToClosePeriod(UnableTo):
    """The month has not ended, or is already as it is to be."""


@transaction.atomic
def close_period(*, operator: Operator, month: Month, reason: str = "", at: datetime) -> Closing:
    """Close a month for reports: its positions are refused from now on, unless they are unlocked.

    Raises UnableToClosePeriod for a month that has not ended or is closed.
    """
    if warsaw_day(at) <= month.last_day:
        raise UnableToClosePeriod(
            Text(
                pl="Miesiąc {month} jeszcze trwa; zamknąć można miesiąc zakończony.",
                en="{month} has not ended; a month can be closed when it has.",
            ).filled(month=month.name)
        )
    return _enter(operator, month, reason, at, is_closed=True)


@transaction.atomic
def open_period(*, operator: Operator, month: Month, reason: str, at: datetime) -> Closing:
    """Open a closed month again for all providers. Raises UnableToClosePeriod when it is open."""
    return _enter(operator, month, reason, at, is_closed=False)


def _enter(operator: Operator, month: Month, reason: str, at: datetime, *, is_closed: bool) -> Closing:
    demand(operator, Right.VERIFY_REPORTS)
    if (month.number in closed_months(at)) == is_closed:
        raise UnableToClosePeriod(
            Text(
                pl="Miesiąc {month} jest już zamknięty." if is_closed else "Miesiąc {month} jest otwarty.",
                en="{month} is closed already." if is_closed else "{month} is open.",
            ).filled(month=month.name)
        )
    entry = Closing.objects.create(
        month=month.number, is_closed=is_closed, at=at, operator=operator, reason=reason
    )
    record(
        "period.closed" if is_closed else "period.opened",
        operator=operator,
        provider_id=None,
        subject=str(month),
        reason=reason,
        at=at,
    )
    return entry


@transaction.atomic
def unlock(
    *,
    operator: Operator,
    contract: Contract,
    scope: str,
    distinguisher: int,
    first: Month,
    last: Month,
    services: Sequence[str],
    aims: Sequence[str],
    until: date,
    request_number: str,
    at: datetime,
) -> Unlock:
    """Let a provider report, or have computed, named services of a scope in closed months, through the day `until`.

    `aims`: which of `adds`, `changes`, `deletes` (reports) and `computes` (settlement) are allowed.
    """
    demand(operator, Right.DECIDE_REQUESTS)
    granted = Unlock.objects.create(
        provider_id=contract.provider_id,
        contract=contract,
        scope=scope,
        distinguisher=distinguisher,
        first_month=first.number,
        last_month=last.number,
        services=list(services),
        **dict.fromkeys(aims, True),
        granted_at=at,
        until=until,
        request_number=request_number,
    )
    record(
        "period.unlocked",
        operator=operator,
        provider_id=contract.provider_id,
        subject=f"{contract.code}, {scope}/{distinguisher}, {first}–{last}",
        at=at,
    )
    return granted


def end_unlock(*, operator: Operator | None, unlock_id: int, reason: str, at: datetime) -> None:
    """End an unlock before its day; what was reported under it stays."""
    if operator:
        demand(operator, Right.DECIDE_REQUESTS)
    found = Unlock.objects.select_for_update(of=("self",)).get(pk=unlock_id)
    found.ended_at = found.ended_at or at
    found.save(update_fields=["ended_at"])
    record(
        "period.unlock_ended",
        operator=operator,
        provider_id=found.provider_id,
        subject=found.request_number,
        reason=reason,
        at=at,
    )
