"""The coordinator's lump sum with its threshold of 5,000 adults, and persons enrolled in a programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.persons import PersonIdType
from rozlicz.messages.rates import RatePer
from rozlicz.messages.templates import CalculatedBy
from rozlicz.settlement.capitation.coordinator import settle_coordinator
from rozlicz.settlement.capitation.enrolment import Enrolment, settle_enrolments
from rozlicz.settlement.capitation.people import PersonKey
from rozlicz.settlement.lump_sums.due import settle_lump_sums
from rozlicz.settlement.lump_sums.facts import ScopeFacts
from rozlicz.settlement.lump_sums.parameters import LumpSumPolicy
from tests.settlement.capitation.clinic import (
    COORDINATOR,
    LAST,
    MARCH,
    PROGRAMME,
    Books,
    contract_of,
    rate,
    scope,
)


def at(*rates) -> Books:
    lump_sum = scope(COORDINATOR, settled_by=SettledBy.LUMP_SUM, rates=rates)
    return Books(contract_of(lump_sum))


def coordinated(books: Books, adults: int | None, month: Month = MARCH):
    return settle_coordinator(
        contract=books.contract, unit=COORDINATOR, month=month, adults=adults, issued=books.templates
    )


MONTHLY = rate(765_750, per=RatePer.MONTH)
PER_ADULT = rate(120, per=RatePer.PERSON_MONTH)
PER_ADULT_A_YEAR = rate(1_000, per=RatePer.PERSON_YEAR)


@pytest.mark.parametrize(
    ("adults", "expected"),
    [
        pytest.param(4_800, 765_750, id="KOORD-01"),
        pytest.param(5_000, 765_750, id="KOORD-02"),
        pytest.param(5_001, 765_750 + 150, id="5,001: one adult × 1.20 × 1.25"),
        pytest.param(6_000, 765_750 + 150_000, id="6,000"),
        pytest.param(0, 765_750, id="no adult"),
    ],
)
def test_the_lump_sum_up_to_5000_adults_and_above(adults, expected):
    """Order 89/2025/DSOZ."""
    assert coordinated(at(MONTHLY, PER_ADULT), adults).amount == expected


def test_the_lump_sum_of_the_order_holds_where_the_contract_has_none():
    """KOORD-01; from November 2025."""
    books = at(PER_ADULT)
    assert coordinated(books, 4_800).amount == 765_750
    october = coordinated(books, 4_800, Month(2025, 10))
    assert not october.drafts
    assert [refusal.code for refusal in october.refusals] == ["D-106"]


@settings(max_examples=60)
@given(adults=st.integers(5_001, 40_000), annual=st.integers(1, 5_000))
def test_a_rate_of_a_year_is_paid_in_twelfths_and_rounded_once(adults, annual):
    books = at(MONTHLY, rate(annual, per=RatePer.PERSON_YEAR))
    (draft,) = coordinated(books, adults).drafts
    exact = Fraction((adults - 5_000) * annual * 5, 48)
    assert draft.amount == 765_750 + int(exact + Fraction(1, 2))
    assert all(line.adds_up for line in draft.lines)
    assert draft.calculated_by is CalculatedBy.OTHER_LUMP_SUM


def test_above_the_threshold_the_rate_of_an_adult_must_be_in_the_contract():
    settlement = coordinated(at(MONTHLY), 5_001)
    assert not settlement.drafts
    assert [refusal.code for refusal in settlement.refusals] == ["D-106"]


def test_without_a_count_or_a_scope_there_is_no_bill():
    """R64, R63."""
    assert [r.code for r in coordinated(at(MONTHLY), None).refusals] == ["D-101"]
    assert [r.code for r in coordinated(Books(), 10).refusals] == ["D-102"]


def test_adults_recognised_later_are_corrected():
    books = at(MONTHLY, PER_ADULT)
    for adults in (5_010, 5_004, 5_004, 4_000):
        books.issue(coordinated(books, adults))
    assert [(t.corrects, t.amount) for t in books.templates] == [(None, 767_250), (1, -900), (1, -600)]


@pytest.mark.parametrize("adults", [4_000, 5_000, 5_123])
def test_among_all_lump_sums_of_a_contract_it_is_the_same_and_paid_once(adults):
    books = at(MONTHLY, PER_ADULT)

    def together():
        return settle_lump_sums(
            contract=books.contract,
            month=MARCH,
            facts={COORDINATOR: ScopeFacts(adults=adults)},
            issued=books.templates,
            policy=LumpSumPolicy(),
        )

    alone = coordinated(books, adults).amount
    assert together().amount == alone
    books.issue(together())
    assert not together().drafts
    assert not coordinated(books, adults).drafts


def test_among_all_lump_sums_it_is_refused_alone():
    settlement = settle_lump_sums(
        contract=at(MONTHLY).contract,
        month=MARCH,
        facts={COORDINATOR: ScopeFacts(adults=5_001)},
        policy=LumpSumPolicy(),
    )
    assert [refusal.code for refusal in settlement.refusals] == ["D-106"]


@pytest.mark.parametrize("per_adult", [PER_ADULT, PER_ADULT_A_YEAR])
@pytest.mark.parametrize("adults", [4_000, 5_007])
def test_the_lump_sum_follows_from_its_explanation(per_adult, adults):
    (cap,) = coordinated(at(MONTHLY, per_adult), adults).caps
    told = dict(cap.explanation.step("coordinator.adults").figures)
    lines = dict(cap.explanation.step("coordinator.lines").figures)
    over = max(0, told["adults"] - told["threshold"])
    above = 0
    if over:
        exact = Fraction(over * lines["rate"] * lines["factor"], 10_000 * lines["parts"])
        above = int(exact + Fraction(1, 2))
        assert above == lines["above.amount"]
    assert lines["lump-sum"] + above == cap.due


class TestEnrolment:
    BOOKS = Books(
        contract_of(
            scope(
                PROGRAMME, settled_by=SettledBy.DMP_ENROLMENT, rates=(rate(2_550, per=RatePer.PERSON_MONTH),)
            )
        )
    )

    def settled(self, *enrolments, contract=None):
        return settle_enrolments(
            contract=contract or self.BOOKS.contract, month=MARCH, enrolments=enrolments, issued=()
        )

    @staticmethod
    def of(person: str, since=date(2026, 1, 1), until=None) -> Enrolment:
        return Enrolment(PROGRAMME, PersonKey(PersonIdType.PESEL, person), since, until)

    def test_persons_enrolled_on_the_first_day_are_paid_for_once(self):
        settlement = self.settled(
            self.of("1"),
            self.of("1", since=date(2026, 2, 1)),
            self.of("2", until=date(2026, 3, 1)),
            self.of("3", until=date(2026, 2, 28)),
            self.of("4", since=date(2026, 3, 2)),
        )
        (draft,) = settlement.drafts
        (line,) = draft.lines
        assert (line.units, line.price, line.amount, line.adds_up) == (20_000, 2_550, 5_100, True)
        assert draft.calculated_by is CalculatedBy.DMP_PRIMARY_CARE

    def test_the_amount_follows_from_its_explanation(self):
        (cap,) = self.settled(self.of("1"), self.of("2")).caps
        step = cap.explanation.step("enrolment.lines")
        assert step.figure("persons") * step.figure("rate") == step.figure("amount") == cap.due

    def test_nobody_enrolled_nothing_due_and_no_rate_needed(self):
        contract = contract_of(
            scope(PROGRAMME, settled_by=SettledBy.DMP_ENROLMENT, rates=(rate(1, last=LAST),))
        )
        assert not self.settled(contract=contract).drafts
        assert [r.code for r in self.settled(self.of("1"), contract=contract).refusals] == ["D-106"]

    def test_an_enrolment_told_late_is_corrected(self):
        books = replace(self.BOOKS, templates=[])
        for people in (["1"], ["1", "2"], ["2"]):
            books.issue(
                settle_enrolments(
                    contract=books.contract,
                    month=MARCH,
                    enrolments=[self.of(person) for person in people],
                    issued=books.templates,
                )
            )
        assert [(t.corrects, t.amount) for t in books.templates] == [(None, 2_550), (1, 2_550), (1, -2_550)]
