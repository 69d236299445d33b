"""R24, R25, R27: what is due by capitation for a month."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import CoefficientUse
from rozlicz.messages.declarations import Category
from rozlicz.messages.templates import CalculatedBy, Capitation, Template
from rozlicz.settlement.capitation.due import part_of_month
from rozlicz.settlement.capitation.parameters import (
    DIAGNOSTICS_VARIANT,
    CapitationPolicy,
    capitation_policy_for,
    variant_for,
)
from rozlicz.settlement.unit_price import UnableToSettle
from tests.settlement.capitation.clinic import (
    FLUORIDE,
    HEADS,
    MARCH,
    NURSE,
    PHYSICIAN,
    TRANSPORT,
    Books,
    coefficient,
    contract_of,
    counted,
    declared,
    following,
    group,
    merged,
    numbers,
    rate,
    scope,
)

EIGHT = "LEK-20-39"


def at(*rates, **more) -> Books:
    return Books(contract_of(scope(rates=rates, **more)))


def due(books: Books, heads, month: Month = MARCH, **facts) -> int:
    return books.settled(numbers(heads), month, **facts).amount


@pytest.mark.parametrize(
    ("annual", "heads", "expected"),
    [
        pytest.param(10_000, {"LEK-40-65": 7}, 7_817, id="CA-1 R24"),
        pytest.param(22_068, HEADS, 6_589_137, id="CA-5 R24"),
        pytest.param(9_600, {EIGHT: 1}, 800, id="CAP-01 R24"),
        pytest.param(22_068, {EIGHT: 1}, 1_839, id="CAP-03 R24"),
        pytest.param(9_600, HEADS, 2_866_400, id="CAP-04 R24"),
        pytest.param(20_436, {EIGHT: 1}, 1_703, id="CAP-08 TRAP physician R24"),
        pytest.param(5_004, {EIGHT: 1}, 417, id="CAP-08 TRAP nurse R24"),
        pytest.param(3_312, {EIGHT: 1}, 276, id="CAP-08 TRAP midwife R24"),
    ],
)
def test_a_twelfth_of_the_annual_rate_for_each_person(annual, heads, expected):
    """CAP-08: the printed rates are annual, though a blog calls them monthly."""
    assert due(at(rate(annual)), heads) == expected


def test_each_group_is_one_line_rounded_once():
    """CA-1 R24: 78.1666… → 78.17, not 7 × 11.17 = 78.19."""
    (draft,) = at(rate(10_000)).settled(numbers({"LEK-40-65": 7})).drafts
    (line,) = draft.lines
    assert (line.amount, line.price, line.units, line.product) == (7_817, 7_817, 10_000, "LEK-40-65")
    assert line.capitation == Capitation(
        persons=7, coefficient=13_400, annual_rate=10_000, counted_on=date(2026, 3, 1)
    )
    assert line.adds_up
    assert (draft.calculated_by, draft.corrects, draft.bill) == (CalculatedBy.DECLARATIONS, None, "")


def test_the_rate_rises_in_the_middle_of_a_year():
    """CAP-02, CAP-03 R24: 17.94 a month until June 2025, 18.39 from July: + 0.45."""
    books = at(
        rate(21_528, first=date(2025, 1, 1), last=date(2025, 6, 30)),
        rate(22_068, first=date(2025, 7, 1), last=date(2025, 12, 31)),
    )
    june, july = (due(books, {EIGHT: 1}, Month(2025, m)) for m in (6, 7))
    assert (june, july, july - june) == (1_794, 1_839, 45)


def test_a_list_is_counted_and_settled():
    """R25, R27: the numbers of the count are what the bill rests on."""
    count = counted(*(declared(date(1980, 1, 1), code=f"D{n}") for n in range(7)))
    assert at(rate(10_000)).settled(count.population).amount == 7_817


def test_certificate_holders_stay_in_the_collective_bill():
    """RT-18 R57: a person with S1 on the list is paid for with all others."""
    (draft,) = at(rate(22_068)).settled(numbers({EIGHT: 3}, holders=1)).drafts
    assert (draft.bill, draft.country, draft.amount) == ("", "", 3 * 1_839)


def test_without_numbers_of_the_fund_there_is_no_bill():
    """R25, R27, R64."""
    settlement = Books().settled(None, previous=numbers())
    assert (settlement.drafts, settlement.caps) == ((), ())
    (refusal,) = settlement.refusals
    assert (refusal.code, refusal.stops_the_bill) == ("D-101", True)
    assert "marzec 2026" in refusal.text.pl


def test_nothing_is_due_for_an_empty_list():
    settlement = Books().settled(numbers({}))
    assert not settlement.drafts
    assert [cap.due for cap in settlement.caps] == [0]


def test_own_groups_of_a_nurses_contract():
    own = scope(NURSE, rates=(rate(5_004),), groups=(group("PIEL", 10_000), group("DPS", 25_000)))
    books = Books(contract_of(own))
    heads = numbers({"PIEL": 100}, unit=NURSE, category=Category.NURSE)
    assert books.settled(heads).amount == 41_700


def test_two_counts_of_one_group_are_one_line():
    (draft,) = at(rate(10_000)).settled(merged(numbers({"LEK-40-65": 3}), numbers({"LEK-40-65": 4}))).drafts
    assert [line.amount for line in draft.lines] == [7_817]


@pytest.mark.parametrize(
    ("books", "heads", "code"),
    [
        pytest.param(at(rate(10_000)), numbers({"X": 1}), "D-103", id="a group that does not hold"),
        pytest.param(
            Books(contract_of(scope(groups=(group("LEK-76", 20_000),)))),
            numbers({"LEK-76": 1}),
            "D-104",
            id="another coefficient",
        ),
        pytest.param(
            at(rate(10_000, last=date(2026, 2, 28))), numbers({EIGHT: 1}), "D-106", id="no rate R63"
        ),
        pytest.param(Books(), numbers({EIGHT: 1}, unit=NURSE), "D-102", id="no such scope R63"),
        pytest.param(
            Books(contract_of(following(TRANSPORT, contract="other"))),
            numbers({}),
            "D-105",
            id="no numbers of the followed contract R64",
        ),
    ],
)
def test_a_scope_that_cannot_be_settled_is_refused_with_a_sentence(books, heads, code):
    settlement = books.settled(heads)
    assert not settlement.drafts
    (refusal,) = settlement.refusals
    assert refusal.code == code
    for text in (refusal.text, refusal.remedy):
        assert text.pl
        assert text.en
        assert "{" not in text.pl + text.en


def test_a_refused_scope_stops_no_other():
    books = Books(contract_of(scope(), scope(NURSE)))
    settlement = books.settled(merged(numbers({EIGHT: 1}), numbers({"X": 1}, unit=NURSE)))
    assert settlement.amount == 1_839
    assert [refusal.code for refusal in settlement.refusals] == ["D-103"]


def test_a_month_outside_the_settlement_periods_cannot_be_settled():
    with pytest.raises(UnableToSettle):
        Books().settled(numbers(), Month(2027, 1))


class TestScopeCoefficients:
    """R24: “corrected by coefficients”, also by one that the contract sets for the whole scope."""

    def test_each_group_is_corrected_and_rounded_to_four_decimals(self):
        books = at(rate(10_000), coefficients=(coefficient(10_501),))
        (line,) = books.settled(numbers({"LEK-40-65": 7})).drafts[0].lines
        assert line.capitation
        assert line.capitation.coefficient == 14_071
        assert line.amount == 8_208

    def test_one_of_another_quarter_changes_nothing(self):
        books = at(rate(10_000), coefficients=(coefficient(7_500, last=date(2026, 2, 28)),))
        assert due(books, {"LEK-40-65": 7}) == 7_817

    def test_coefficients_that_exclude_each_other_stop_the_scope(self):
        none = CoefficientUse.NOT_APPLICABLE
        books = at(
            rate(10_000), coefficients=(coefficient(7_500, use=none), coefficient(8_000, code="K2", use=none))
        )
        settlement = books.settled(numbers({"LEK-40-65": 7}))
        assert not settlement.drafts
        assert [refusal.code for refusal in settlement.refusals] == ["U-2"]


class TestFollowers:
    def test_transport_is_paid_for_all_persons_of_the_followed_list(self):
        books = Books(contract_of(scope(), following(TRANSPORT)))
        settlement = books.settled(numbers())
        (draft,) = settlement.drafts
        (line,) = [line for line in draft.lines if line.scope == TRANSPORT.scope]
        assert line.capitation
        assert (line.capitation.persons, line.capitation.coefficient, line.product) == (2_230, 10_000, "")
        assert line.amount == 124_880

    def test_the_followed_scope_may_be_in_another_contract(self):
        books = Books(contract_of(following(TRANSPORT, contract="05/other")))
        settlement = books.settled(numbers({}), populations={"05/other": numbers()})
        assert settlement.amount == 124_880

    def test_fluoride_counts_its_own_groups(self):
        fluoride = following(FLUORIDE, groups=(group("FLUOR", 10_000, ages=(6, 18)),), rates=(rate(1_200),))
        contract = contract_of(scope(), fluoride)
        count = counted(
            *(declared(date(2015, 1, 1), code=f"D{n}") for n in range(3)),
            declared(code="D9"),
            contract=contract,
        )
        settlement = Books(contract).settled(count.population)
        by_unit = {cap.unit: cap.due for cap in settlement.caps}
        assert by_unit[FLUORIDE] == 300
        assert by_unit[PHYSICIAN] == 6_620 + 2_464


class TestQuality:
    BOOKS = at(rate(22_068), rate(22_680, variant=DIAGNOSTICS_VARIANT))

    @pytest.mark.parametrize(
        ("index", "expected"),
        [
            pytest.param(None, 1_839, id="no index told"),
            pytest.param(29_999_999, 1_839, id="2,999.9999 points"),
            pytest.param(30_000_000, 1_890, id="3,000 points"),
        ],
    )
    def test_an_index_of_diagnostics_opens_the_higher_rate(self, index, expected):
        """Order 77/2015: 3,000 points."""
        assert due(self.BOOKS, {EIGHT: 1}, diagnostics_index=index) == expected

    def test_where_the_contract_has_no_such_rate_the_usual_one_holds(self):
        assert due(at(rate(22_068)), {EIGHT: 1}, diagnostics_index=99_000_000) == 1_839

    def test_before_2016_there_were_no_variants(self):
        assert variant_for(index=99_000_000, on=date(2015, 12, 1), branch="05") == ""


class TestCareThatEnds:
    """Rules of April 2020 (Dz.U. 2020 poz. 696): days of care ÷ working days. March 2026 has 22 working days."""

    @pytest.mark.parametrize(
        ("reading", "expected"),
        [
            pytest.param("working-days", 11 * 22_068, id="11 of 22 working days"),
            pytest.param("calendar-days", 15 * 22_068, id="15 calendar days of 22 working days"),
            pytest.param("whole-month", 22 * 22_068, id="the whole month"),
        ],
    )
    def test_care_to_16_march_by_each_reading(self, reading, expected):
        """Sunday the 15th is the last day: 10 working days by then, 11 by Monday the 16th."""
        last = date(2026, 3, 16) if reading == "working-days" else date(2026, 3, 15)
        books = at(rate(22_068))
        books.policy = CapitationPolicy(part_of_month=reading)
        settlement = books.settled(numbers({EIGHT: 264}), last_days={PHYSICIAN: last})
        assert settlement.amount == expected
        assert settlement.drafts[0].lines[0].adds_up

    @pytest.mark.parametrize(
        ("last_day", "reading", "expected"),
        [
            (date(2026, 3, 31), "working-days", None),
            (date(2026, 4, 2), "calendar-days", None),
            (date(2026, 3, 30), "working-days", (21, 22)),
            (date(2026, 3, 1), "working-days", (0, 22)),
            (date(2026, 3, 1), "calendar-days", (1, 22)),
            (date(2026, 3, 30), "calendar-days", (22, 22)),
            (date(2026, 2, 27), "working-days", (0, 22)),
            (date(2026, 2, 27), "calendar-days", (0, 22)),
            (date(2026, 2, 27), "whole-month", (0, 22)),
            (date(2026, 3, 1), "whole-month", None),
        ],
    )
    def test_the_part_of_a_month(self, last_day, reading, expected):
        assert part_of_month(MARCH, last_day, reading) == expected

    def test_before_april_2020_the_whole_month_was_due(self):
        assert capitation_policy_for(month=Month(2020, 3), branch="05").part_of_month == "whole-month"
        assert capitation_policy_for(month=Month(2020, 4), branch="05").part_of_month == "working-days"

    def test_a_line_of_nothing_is_none(self):
        settlement = at(rate(22_068)).settled(numbers(), last_days={PHYSICIAN: date(2026, 3, 1)})
        assert not settlement.drafts


heads = st.dictionaries(st.sampled_from(sorted(HEADS)), st.integers(0, 5_000), max_size=6)


@settings(max_examples=100)
@given(
    heads=heads,
    annual=st.integers(1, 100_000),
    last=st.none() | st.dates(date(2026, 3, 1), date(2026, 3, 31)),
)
def test_each_line_is_the_exact_product_rounded_half_up(heads, annual, last):
    """R24: sums are exact; no line is off by more than half a grosz from persons × coefficient × rate ÷ 12."""
    days = {PHYSICIAN: last} if last else {}
    settlement = at(rate(annual)).settled(numbers(heads), last_days=days)
    lines = [line for draft in settlement.drafts for line in draft.lines]
    part = Fraction(*(part_of_month(MARCH, last, "working-days") or (1, 1))) if last else Fraction(1)
    exact = {
        count.group: Fraction(count.persons * count.coefficient * annual, 120_000) * part
        for count in numbers(heads).counts
    }
    amounts = {line.product: line.amount for line in lines}
    for code, value in exact.items():
        assert amounts.get(code, 0) == int(value + Fraction(1, 2))
    assert settlement.amount == sum(amounts.values()) == sum(cap.due for cap in settlement.caps)
    assert all(line.adds_up for line in lines)


@settings(max_examples=60)
@given(data=st.data(), heads=heads)
def test_groups_and_lists_add_up_in_any_order(data, heads):
    """Additive: one group at a time gives the lines of all; the order of counts plays no part."""
    books = at(rate(22_068))
    whole = books.settled(numbers(heads))
    apart = sum(books.settled(numbers({code: persons})).amount for code, persons in heads.items())
    assert whole.amount == apart
    shuffled = dict(data.draw(st.permutations(list(heads.items()))))
    again = books.settled(numbers(shuffled))
    assert [draft.lines for draft in again.drafts] == [draft.lines for draft in whole.drafts]


def test_templates_carry_the_lines_both_ways():
    """R16: a draft becomes a template whose lines add up, as the message needs it."""
    books = Books()
    books.calculate(numbers())
    (template,) = books.templates
    assert isinstance(template, Template)
    assert template.amount == 6_589_137
    assert [line.unit_name for line in template.lines] == ["kapitacja"] * 6
