"""When a bill is paid: definitions of the payment date, case by case."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.documents.attachments import AttachmentForm, AttachmentKind, Requirement
from rozlicz.documents.bases import LODZ_PAGE
from rozlicz.documents.payment_dates import (
    Part,
    bill_due,
    delivery_day,
    payment_due,
    payment_due_when_completed,
    payment_term,
    payment_term_when_completed,
)
from rozlicz.documents.ways import Way
from rozlicz.kernel.months import Month
from rozlicz.kernel.working_days import is_working_day, nth_working_day_after
from rozlicz.settlement.explanation import Explanation

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))

CASES = [
    pytest.param(date(2025, 4, 15), date(2025, 4, 23), id="PAY-01-R10-over-Easter"),
    pytest.param(date(2025, 12, 19), date(2025, 12, 31), id="PAY-03-R10-Christmas-Eve-off"),
    pytest.param(date(2026, 1, 10), date(2026, 1, 16), id="PAY-06-R10-delivered-on-a-Saturday"),
    pytest.param(date(2026, 4, 30), date(2026, 5, 8), id="PAY-07-R10-Sunday-holiday-not-moved"),
    pytest.param(date(2027, 12, 23), date(2027, 12, 31), id="PAY-09-R10-Christmas-2027"),
    pytest.param(date(2026, 6, 3), date(2026, 6, 11), id="PAY-11-R10-regular-date-over-Corpus-Christi"),
    pytest.param(date(2018, 1, 9), date(2018, 1, 16), id="DATE-03-R10-plain-week"),
    pytest.param(date(2022, 5, 2), date(2022, 5, 10), id="DATE-12-R10-limit-over-3-May"),
    pytest.param(date(2022, 5, 5), date(2022, 5, 12), id="DATE-14-R10-limit"),
    pytest.param(date(2024, 12, 20), date(2024, 12, 31), id="R10-Christmas-Eve-2024-still-worked"),
]


@pytest.mark.parametrize(("delivered", "expected"), CASES)
def test_the_last_day_of_payment(delivered, expected):
    assert payment_due(delivered) == expected
    assert payment_due(delivered, branch="05") == expected
    assert payment_term(delivered).last_day == expected


@pytest.mark.parametrize(
    ("first", "completed", "last_day", "not_before"),
    [
        pytest.param(
            date(2026, 6, 3), date(2026, 6, 8), date(2026, 6, 15), date(2026, 6, 11), id="PAY-11-incomplete"
        ),
        pytest.param(
            date(2026, 3, 10),
            date(2026, 3, 12),
            date(2026, 3, 19),
            date(2026, 3, 17),
            id="DATE-05-incomplete",
        ),
        pytest.param(
            date(2026, 6, 3), date(2026, 6, 6), date(2026, 6, 15), date(2026, 6, 11), id="ends-on-a-Saturday"
        ),
    ],
)
def test_incomplete_documents_are_paid_after_completion_but_never_early(
    first, completed, last_day, not_before
):
    assert payment_due_when_completed(first, completed) == (last_day, not_before)


def test_documents_completed_before_they_came_are_a_programmers_mistake():
    with pytest.raises(ValueError):
        payment_due_when_completed(date(2026, 6, 3), date(2026, 6, 2))


def test_the_explanation_counts_each_day_and_names_each_day_off():
    counted = payment_term(date(2025, 4, 15), branch="05").explanation.step("payment.working-days")
    told = [(day.pl, why.pl) for day, why in counted.inputs]
    assert told == [
        ("środa, 16.04.2025", "1. dzień roboczy"),
        ("czwartek, 17.04.2025", "2. dzień roboczy"),
        ("piątek, 18.04.2025", "3. dzień roboczy"),
        ("sobota, 19.04.2025", "nie liczy się: sobota"),
        ("niedziela, 20.04.2025", "nie liczy się: Niedziela Wielkanocna"),
        ("poniedziałek, 21.04.2025", "nie liczy się: Poniedziałek Wielkanocny"),
        ("wtorek, 22.04.2025", "4. dzień roboczy"),
        ("środa, 23.04.2025", "5. dzień roboczy"),
    ]
    assert counted.inputs[-3][1].en == "not counted: Easter Monday"
    assert counted.basis.confirmed
    assert counted.demand == "R10"


def test_a_branch_without_its_own_ruling_says_that_the_term_is_a_policy():
    counted = payment_term(date(2025, 4, 15), branch="04").explanation.step("payment.working-days")
    assert not counted.basis.confirmed


def test_the_explanation_survives_storing():
    explained = payment_term_when_completed(date(2026, 6, 3), date(2026, 6, 6)).explanation
    assert Explanation.from_json(explained.to_json()) == explained
    assert [step.rule for step in explained.steps] == [
        "payment.delivery",
        "payment.working-days",
        "payment.completion",
        "payment.completion.moved",
        "payment.later-of-both",
    ]


@given(DAYS)
def test_the_last_day_is_a_working_day_with_four_working_days_before_it(delivered):
    due = payment_due(delivered)
    between = [delivered + timedelta(days=n) for n in range(1, (due - delivered).days + 1)]
    assert is_working_day(due)
    assert sum(is_working_day(day) for day in between) == 5


@given(DAYS, st.integers(0, 60))
def test_completion_never_shortens_the_regular_term(first, later):
    last_day, not_before = payment_due_when_completed(first, first + timedelta(days=later))
    assert not_before == nth_working_day_after(first, 5) <= last_day
    assert is_working_day(last_day)
    assert last_day >= first + timedelta(days=later + 7)


def wanted(kind: AttachmentKind, form: AttachmentForm) -> Requirement:
    return Requirement(kind=kind, form=form, basis=LODZ_PAGE)


DECISION = wanted(AttachmentKind.DECISION, AttachmentForm.SCAN)
ORDERS = wanted(AttachmentKind.ORDERS, AttachmentForm.PAPER)
MON, TUE, WED = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)


@pytest.mark.parametrize(
    ("way", "requirements", "received", "expected"),
    [
        pytest.param(Way.E_DOCUMENT, (), {Part.E_DOCUMENT: MON}, MON, id="e-document"),
        pytest.param(Way.E_DOCUMENT, (DECISION,), {Part.E_DOCUMENT: MON}, None, id="R2-scan-missing"),
        pytest.param(
            Way.E_DOCUMENT, (DECISION,), {Part.E_DOCUMENT: MON, Part.SCANS: TUE}, TUE, id="R2-scan-later"
        ),
        pytest.param(Way.REF_AND_PAPER, (), {Part.REF: TUE}, None, id="R7-paper-missing"),
        pytest.param(Way.REF_AND_PAPER, (), {Part.REF: TUE, Part.PAPER: MON}, TUE, id="R7-later-of-two"),
        pytest.param(
            Way.E_DOCUMENT,
            (ORDERS,),
            {Part.E_DOCUMENT: MON, Part.ORIGINALS: WED},
            WED,
            id="R55-originals-of-orders",
        ),
        pytest.param(Way.PAPER_AND_DATA, (), {Part.PAPER: WED, Part.DATA: MON}, WED, id="R49-spa"),
    ],
)
def test_a_bill_is_delivered_when_its_last_part_came(way, requirements, received, expected):
    assert delivery_day(way=way, requirements=requirements, received=received) == expected


def test_bill_due_is_offered_beside_the_payment_dates():
    assert bill_due(Month(2026, 4)) == date(2026, 5, 11)
