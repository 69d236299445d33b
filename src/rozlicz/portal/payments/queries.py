"""Every read of payments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, QuerySet, Sum

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.bills.queries import bills_for
from rozlicz.portal.payments.models import Payment
from rozlicz.portal.providers.models import GENERAL, BankAccount, Provider
from rozlicz.portal.providers.queries import AccountsOnDay


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


def last_paid_on(provider: Provider, kind: str) -> date | None:
    """The day of the newest payment run in which a provider is paid for services of a kind; None before the first.

    GENERAL: for those kinds that had no account of their own on the day of the run.
    """
    paid = Payment.objects.filter(provider=provider)
    if kind == GENERAL:
        own = BankAccount.objects.filter(
            provider=provider, kind=OuterRef("bill__contract__kind"), since__lte=OuterRef("run__day")
        ).exclude(kind=GENERAL)
        paid = paid.exclude(Exists(own))
    else:
        paid = paid.filter(bill__contract__kind=kind)
    newest: date | None = paid.aggregate(newest=Max("run__day"))["newest"]
    return newest


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTransfer:
    """Approved bills of one provider that a run pays to one account, corrections set off, if that leaves anything."""

    provider: Provider
    account_number: str
    bills: list[Bill]

    @property
    def amount(self) -> int:
        """In grosze; negative while corrections outweigh the bills."""
        return sum(bill.amount for bill in self.bills)

    @property
    def is_payable(self) -> bool:
        """A transfer moves money, and somewhere; otherwise its bills wait for a later run."""
        return self.amount > 0 and self.account_number != ""

    @property
    def kinds(self) -> list[str]:
        """The kinds of services of its bills, in words."""
        return sorted({bill.contract.kind_name for bill in self.bills if bill.contract})


def waiting_transfers(day: date, approved: QuerySet[Bill]) -> list[WaitingTransfer]:
    """What a run of a day would transfer of these approved bills, each to the account of its kind on that day.

    In the order of providers; a provider with accounts for several kinds of services has a transfer to each.
    """
    payable = approved.filter(state=BillState.APPROVED, due_on__lte=day)
    bills = list(payable.select_related("provider", "contract").order_by("provider_id", "due_on", "id"))
    accounts = AccountsOnDay(day, (bill.provider_id for bill in bills))
    together: dict[tuple[int, str], list[Bill]] = {}
    for bill in bills:
        number = accounts.number(bill.provider_id, bill.contract.kind if bill.contract else GENERAL)
        together.setdefault((bill.provider_id, number), []).append(bill)
    return [
        WaitingTransfer(provider=bills[0].provider, account_number=number, bills=bills)
        for (_, number), bills in together.items()
    ]


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
