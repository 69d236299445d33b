"""By which day documents are due."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.documents.deadlines import (
    bill_due,
    bill_term,
    complaint_again_term,
    complaint_decision_term,
    complaint_term,
    final_settlement_term,
    population_count_term,
    population_list_term,
    spa_outpatient_term,
    spa_round_term,
)
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.working_days import is_working_day

YEAR_2015 = SettlementPeriod(Month(2015, 1), Month(2015, 12))
MONTHS = st.builds(Month, st.integers(2004, 2040), st.integers(1, 12))


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        pytest.param(bill_term(Month(2026, 4)), date(2026, 5, 11), id="DUE-1-R9-Sunday"),
        pytest.param(bill_term(Month(2026, 10)), date(2026, 11, 10), id="R9-Tuesday"),
        pytest.param(bill_term(Month(2026, 12)), date(2027, 1, 11), id="R9-over-the-year"),
        pytest.param(population_list_term(Month(2026, 3)), date(2026, 3, 9), id="DUE-3-R26-Saturday"),
        pytest.param(population_list_term(Month(2026, 1)), date(2026, 1, 7), id="R26-January"),
        pytest.param(spa_round_term(date(2026, 4, 1)), date(2026, 4, 7), id="DUE-5-R48-Easter-Monday"),
        pytest.param(spa_outpatient_term(Month(2026, 3)), date(2026, 4, 7), id="R48-Easter-Sunday"),
        pytest.param(population_count_term(Month(2028, 2)), date(2028, 2, 29), id="DUE-8-R27-leap-year"),
        pytest.param(final_settlement_term(YEAR_2015), date(2016, 2, 15), id="DATE-02-art-115-Sunday"),
        pytest.param(complaint_term(date(2026, 6, 1)), date(2026, 6, 15), id="DATE-07-complaint"),
        pytest.param(complaint_decision_term(date(2026, 6, 15)), date(2026, 6, 29), id="DATE-07-decision"),
        pytest.param(complaint_again_term(date(2026, 6, 29)), date(2026, 7, 13), id="DATE-07-again"),
    ],
)
def test_due_days(term, expected):
    assert term.last_day == expected


def test_the_final_settlement_names_its_45_days_and_the_sunday_it_is_moved_from():
    """DATE-02: 45 days after 31 December 2015 are 14 February 2016, a Sunday."""
    explanation = final_settlement_term(YEAR_2015).explanation
    counted = explanation.step("final-settlement-due.counted")
    assert (counted.figure("days"), counted.outcome.pl) == (45, "niedziela, 14.02.2016")
    assert explanation.step("final-settlement-due.moved")


def test_a_moved_term_says_from_which_day_and_why():
    moved = spa_round_term(date(2026, 4, 1)).explanation.step("spa-round-due.moved")
    assert [(day.pl, why.pl) for day, why in moved.inputs] == [
        ("poniedziałek, 06.04.2026", "Poniedziałek Wielkanocny")
    ]
    assert "115" in moved.basis.reference.pl


def test_a_term_that_ends_on_a_working_day_is_not_moved():
    assert [step.rule for step in bill_term(Month(2026, 10)).explanation.steps] == ["bill-due.counted"]


@given(MONTHS)
def test_a_bill_is_never_due_before_the_10th_nor_on_a_day_off(month):
    due = bill_due(month)
    assert is_working_day(due)
    assert 0 <= (due - month.plus(1).first_day.replace(day=10)).days <= 4
