"""Every read of payments."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Max, QuerySet, Sum

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.bills.queries import bills_for
from rozlicz.portal.payments.models import Payment
from rozlicz.portal.providers.models import Provider


class DueDay(NamedTuple):
    """What falls due on one day, in grosze: bills still to be approved, approved, and paid."""

    day: date
    state: str
    bills: int
    amount: int


def due_by_day(operator: Operator) -> list[DueDay]:
    """Accepted and approved bills by their last day of payment, the earliest first."""
    sums = (
        bills_for(operator)
        .filter(state__in=[BillState.ACCEPTED, BillState.APPROVED])
        .order_by("due_on", "state")
        .values("due_on", "state")
        .annotate(bills=Count("pk"), total=Sum("amount"))
    )
    return [DueDay(row["due_on"], row["state"], row["bills"], row["total"]) for row in sums]


def due_on_for(operator: Operator, day: date) -> QuerySet[Bill]:
    """Accepted and approved bills whose last day of payment is that day."""
    return bills_for(operator).filter(due_on=day, state__in=[BillState.ACCEPTED, BillState.APPROVED])


def payments_for(operator: Operator) -> QuerySet[Payment]:
    """Payments an operator may see, the newest first."""
    visible = Payment.objects.select_related("run", "bill", "bill__contract", "provider").order_by(
        "-run__day", "provider__sort_key", "id"
    )
    return visible if operator.is_payer else visible.filter(provider=operator.provider_id)


def last_paid_on(provider: Provider) -> date | None:
    """The day of the newest payment run in which a provider is paid; None before the first."""
    newest: date | None = Payment.objects.filter(provider=provider).aggregate(newest=Max("run__day"))[
        "newest"
    ]
    return newest


class Transfer(NamedTuple):
    """What was transferred to one account in one run, in grosze: its bills together, corrections set off.

    `key` is that of its newest payment, by which the list goes on.
    """

    key: int
    run_id: int
    day: date
    account_number: str
    bills: int
    amount: int


def transfers_for(operator: Operator, *, before: int | None, most: int) -> list[Transfer]:
    """The transfers to an operator's provider, the one marked last first; `before` is the key of one of them."""
    sums = (
        Payment.objects.filter(provider=operator.provider_id)
        .values("run_id", "run__day", "account_number")
        .annotate(bills=Count("pk"), total=Sum("amount"), key=Max("pk"))
        .order_by("-key")
    )
    if before is not None:
        sums = sums.filter(key__lt=before)
    return [
        Transfer(
            row["key"], row["run_id"], row["run__day"], row["account_number"], row["bills"], row["total"]
        )
        for row in sums[:most]
    ]
