"""Every write to payments."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.payments.models import Payment, PaymentRun
from rozlicz.portal.payments.queries import waiting_transfers


class UnableToMarkPaymentRun(UnableTo):
    """There is nothing to pay that day."""


@transaction.atomic
def mark_payment_run(*, operator: Operator, day: date, at: datetime) -> PaymentRun:
    """Mark the transfers of a day: every approved bill whose last day of payment is that day or earlier.

    Each bill is paid to the account that its kind of services has on the day. Corrections are set off inside a
    transfer, which goes to one account; while they outweigh its bills, it is not made and all of it stays open.
    Marking a day again adds what was approved since. Raises UnableToMarkPaymentRun when nothing is payable.
    """
    demand(operator, Right.MARK_PAYMENTS)
    # The providers too are locked: no account of theirs changes while it is being paid to.
    locked = Bill.objects.select_for_update(of=("self", "provider"), no_key=True)
    payable = [one for one in waiting_transfers(day, locked) if one.is_payable]
    if not payable:
        raise UnableToMarkPaymentRun(
            Text(
                pl="Na dzień {day} nie ma zatwierdzonych rachunków do zapłaty.",
                en="There are no approved bills to pay by {day}.",
            ).filled(day=day)
        )
    run, _ = PaymentRun.objects.get_or_create(day=day, defaults={"marked_at": at, "marked_by": operator})
    for transfer in payable:
        Payment.objects.bulk_create(
            Payment(
                provider_id=bill.provider_id,
                run=run,
                bill=bill,
                amount=bill.amount,
                account_number=transfer.account_number,
            )
            for bill in transfer.bills
        )
        Bill.objects.filter(pk__in=[bill.pk for bill in transfer.bills]).update(state=BillState.PAID)
    record("payments.marked", operator=operator, provider_id=None, subject=day.isoformat(), at=at)
    return run
