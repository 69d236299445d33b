"""Every write to payments."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby

from django.db import transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.payments.models import Payment, PaymentRun
from rozlicz.portal.providers.queries import account_on


class UnableToMarkPaymentRun(UnableTo):
    """There is nothing to pay that day."""


@transaction.atomic
def mark_payment_run(*, operator: Operator, day: date, at: datetime) -> PaymentRun:
    """Mark the transfers of a day: every approved bill whose last day of payment is that day or earlier.

    Corrections are set off inside a provider's transfer; while they outweigh its bills, nothing of that provider
    is paid and all stays open. Marking a day again adds what was approved since. Raises UnableToMarkPaymentRun
    when nothing is payable.
    """
    demand(operator, Right.MARK_PAYMENTS)
    waiting = (
        Bill.objects.select_for_update(of=("self",))
        .filter(state=BillState.APPROVED, due_on__lte=day)
        .select_related("provider")
        .order_by("provider_id", "due_on", "id")
    )
    transfers = [list(bills) for _, bills in groupby(waiting, key=lambda bill: bill.provider_id)]
    payable = [bills for bills in transfers if sum(bill.amount for bill in bills) > 0]
    if not payable:
        raise UnableToMarkPaymentRun(
            Text(
                pl="Na dzień {day} nie ma zatwierdzonych rachunków do zapłaty.",
                en="There are no approved bills to pay by {day}.",
            ).filled(day=day)
        )
    run, _ = PaymentRun.objects.get_or_create(day=day, defaults={"marked_at": at, "marked_by": operator})
    for bills in payable:
        account = account_on(bills[0].provider, day)
        Payment.objects.bulk_create(
            Payment(
                provider_id=bill.provider_id,
                run=run,
                bill=bill,
                amount=bill.amount,
                account_number=account,
            )
            for bill in bills
        )
        Bill.objects.filter(pk__in=[bill.pk for bill in bills]).update(state=BillState.PAID)
    record("payments.marked", operator=operator, provider_id=None, subject=day.isoformat(), at=at)
    return run
