"""The answer to a bill: its days, what is missing, and every reason (R10)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from rozlicz.documents.attachments import required
from rozlicz.documents.replies import PAPER_BILL, reply_to_bill
from rozlicz.documents.ways import ServiceGroup, Way
from rozlicz.messages.bill_replies import BillOutcome
from rozlicz.messages.replies import Receipt
from tests.documents.desk import bill_of, checked

RECEIPT = Receipt(
    number="05/2026/1", received_at=datetime(2026, 6, 3, 9, 0), sha256="0" * 64, report_generation=7
)


def answer(bill=None, refusals=(), **given):
    facts = {"receipt": RECEIPT, "delivered_on": date(2026, 6, 3), "branch": "05"} | given
    return reply_to_bill(bill or bill_of(), refusals=refusals, **facts)


def test_pay_01_an_accepted_bill_is_paid_by_the_fifth_working_day():
    reply = answer(delivered_on=date(2025, 4, 15))
    assert (reply.outcome, reply.payment.last_day) == (BillOutcome.ACCEPTED, date(2025, 4, 23))
    assert reply.payment.regular_day == reply.payment.last_day
    assert (reply.bill.number, reply.bill.amount, reply.reasons) == ("17/10/2026", 74737, ())


def test_a_refused_bill_tells_every_reason_and_no_day():
    refusals = checked(bill_of(number="", vat_exemption=None), received_on=date(2026, 11, 12))
    reply = answer(refusals=refusals)
    assert reply.outcome is BillOutcome.REFUSED
    assert [(one.code, one.severity) for one in reply.reasons] == [
        ("B-121", "error"),
        ("B-403", "warning"),
        ("B-411", "error"),
    ]
    assert all(one.message.pl and one.basis.en and one.remedy.pl for one in reply.reasons)
    assert reply.payment is None


def test_a_warning_goes_with_an_accepted_bill():
    reply = answer(refusals=checked(bill_of(), received_on=date(2026, 11, 12)))
    assert (reply.outcome, [one.code for one in reply.reasons]) == (BillOutcome.ACCEPTED, ["B-403"])


def test_pay_11_an_incomplete_bill_is_paid_after_completion_and_never_before_the_regular_day():
    reports = required(services={ServiceGroup.GENERAL}, entitlements=(), way=Way.REF_AND_PAPER)
    reply = answer(missing=reports, complete_by=date(2026, 6, 10))
    assert reply.outcome is BillOutcome.INCOMPLETE
    assert [one.kind for one in reply.missing.parts] == ["STAT"]
    assert (reply.missing.days_after_completion, reply.missing.complete_by) == (7, date(2026, 6, 10))
    assert (reply.payment.regular_day, reply.payment.last_day) == (date(2026, 6, 11), None)
    later = answer(completed_on=date(2026, 6, 8))
    assert (later.payment.regular_day, later.payment.last_day) == (date(2026, 6, 11), date(2026, 6, 15))


def test_r55_a_bill_that_does_not_count_as_delivered_has_no_days_yet():
    orders = required(services={ServiceGroup.DEVICES}, entitlements=(), way=Way.E_DOCUMENT)
    reply = answer(missing=[*orders, PAPER_BILL], delivered_on=None)
    assert [one.kind for one in reply.missing.parts] == ["ORD", "PAPER"]
    assert reply.outcome is BillOutcome.INCOMPLETE
    assert reply.payment is None
    assert reply.missing.days_after_completion is None
    with pytest.raises(ValueError, match="last day of payment"):
        answer(delivered_on=None)
