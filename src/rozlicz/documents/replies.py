"""What the branch answers to a bill that was checked: the message's values from the checks' results."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rozlicz.documents.attachments import Requirement
from rozlicz.documents.payment_dates import COMPLETION_DAYS, payment_due, payment_due_when_completed
from rozlicz.documents.refusals import Refusal, is_refused
from rozlicz.kernel.texts import Text
from rozlicz.messages.bill_replies import (
    AnsweredBill,
    BillOutcome,
    BillReply,
    MissingPart,
    MissingParts,
    PaymentDays,
)
from rozlicz.messages.bills import Bill
from rozlicz.messages.replies import Receipt, ReplyFinding

PAPER_BILL = MissingPart(kind="PAPER", name=Text(pl="dokument papierowy", en="the paper document"))
"""What is missing while only the data (REF) of a paper bill have come."""


def reply_to_bill(
    bill: Bill,
    *,
    receipt: Receipt,
    refusals: Sequence[Refusal],
    delivered_on: date | None,
    missing: Sequence[Requirement | MissingPart] = (),
    complete_by: date | None = None,
    completed_on: date | None = None,
    branch: str | None = None,
) -> BillReply:
    """The answer to a bill: refused by `refusals`, incomplete while something is `missing`, else accepted.

    `delivered_on` is the day of delivery, for documents that were incomplete that of the first one, None while the
    bill does not count as delivered (`payment_dates.delivery_day`: a REF without its paper, devices without the
    originals of the orders). `completed_on`: the day on which the rest of incomplete documents came, None when
    nothing was missing. `complete_by` is the day by which the branch asks for what is missing. `branch` chooses the
    branch's own days. `refusals` hold warnings too. An accepted bill without a day of delivery raises ValueError.
    """
    outcome = _outcome(refusals, missing)
    is_incomplete = outcome is BillOutcome.INCOMPLETE
    return BillReply(
        receipt=receipt,
        bill=answered(bill),
        outcome=outcome,
        payment=None
        if outcome is BillOutcome.REFUSED or delivered_on is None
        else _payment(delivered_on, completed_on, branch=branch, known=not is_incomplete),
        missing=_missing(missing, delivered_on, complete_by, branch=branch) if is_incomplete else None,
        reasons=tuple(_finding(one) for one in refusals),
    )


def answered(bill: Bill) -> AnsweredBill:
    """What of a bill its answer repeats."""
    return AnsweredBill(
        kind=bill.kind,
        number=bill.number,
        issued_on=bill.issued_on,
        contract=bill.contract,
        template=bill.template,
        amount=bill.amount,
    )


def _outcome(refusals: Sequence[Refusal], missing: Sequence[object]) -> BillOutcome:
    if is_refused(refusals):
        return BillOutcome.REFUSED
    return BillOutcome.INCOMPLETE if missing else BillOutcome.ACCEPTED


def _payment(
    delivered_on: date, completed_on: date | None, *, branch: str | None, known: bool
) -> PaymentDays:
    """The days of payment (R10); the last one is not `known` while something is missing."""
    regular = payment_due(delivered_on, branch=branch)
    if not known:
        last_day = None
    elif completed_on is None:
        last_day = regular
    else:
        last_day, _ = payment_due_when_completed(delivered_on, completed_on, branch=branch)
    return PaymentDays(
        delivered_on=delivered_on, regular_day=regular, completed_on=completed_on, last_day=last_day
    )


def _missing(
    parts: Sequence[Requirement | MissingPart],
    delivered_on: date | None,
    complete_by: date | None,
    *,
    branch: str | None,
) -> MissingParts:
    days = None if delivered_on is None else COMPLETION_DAYS.on(delivered_on, branch).value
    return MissingParts(
        parts=tuple(_part(one) for one in parts), days_after_completion=days, complete_by=complete_by
    )


def _part(one: Requirement | MissingPart) -> MissingPart:
    if isinstance(one, MissingPart):
        return one
    return MissingPart(kind=one.kind.value, name=one.name, document_number=one.document_number)


def _finding(refusal: Refusal) -> ReplyFinding:
    return ReplyFinding(
        code=refusal.code,
        severity="error" if refusal.stops_the_bill else "warning",
        message=refusal.text,
        basis=refusal.basis.reference,
        remedy=refusal.remedy,
    )
