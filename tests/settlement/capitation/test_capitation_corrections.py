"""R25, R27: provisional numbers, numbers that change, and the correcting templates between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.messages.rates import RatePer
from rozlicz.messages.templates import CalculatedBy
from rozlicz.settlement.capitation.parameters import CapitationPolicy, capitation_policy_for
from tests.settlement.capitation.clinic import (
    HEADS,
    MARCH,
    NURSE,
    PHYSICIAN,
    Books,
    contract_of,
    group,
    merged,
    numbers,
    rate,
    scope,
)

FEB = Month(2026, 2)
TEN = {"LEK-20-39": 10, "LEK-76": 2}


def provisional() -> Books:
    return Books(policy=CapitationPolicy(provisional=True))


def shown(draft) -> list[tuple[str, int, int]]:
    return [(line.product, line.capitation.persons, line.amount) for line in draft.lines if line.capitation]


def test_by_default_no_count_means_no_bill():
    """R64: provisional bills are the branch's policy (nfz-lodz.pl 1210)."""
    assert not capitation_policy_for(month=MARCH, branch="05").provisional


def test_a_provisional_bill_by_the_numbers_of_the_month_before_is_corrected_by_the_difference():
    """January 2010 was billed by December's report and then corrected (nfz-lodz.pl 1210)."""
    books = provisional()
    settlement = books.calculate(None, previous=numbers(TEN))
    (draft,) = settlement.drafts
    assert draft.corrects is None
    assert {line.capitation.counted_on for line in draft.lines} == {FEB.first_day}
    assert shown(draft) == [("LEK-20-39", 10, 18_390), ("LEK-76", 2, 11_402)]

    settlement = books.calculate(numbers({"LEK-20-39": 12, "LEK-76": 2}))
    (draft,) = settlement.drafts
    assert (draft.corrects, draft.month, draft.amount) == (1, MARCH, 3_678)
    assert shown(draft) == [("LEK-20-39", -10, -18_390), ("LEK-20-39", 12, 22_068)]
    assert all(line.adds_up for line in draft.lines)
    assert books.total() == numbers_alone({"LEK-20-39": 12, "LEK-76": 2})


def numbers_alone(heads) -> int:
    return Books().settled(numbers(heads)).amount


def test_the_same_numbers_confirm_a_provisional_bill_without_a_correction():
    books = provisional()
    books.calculate(None, previous=numbers(TEN))
    settlement = books.settled(numbers(TEN))
    assert not settlement.drafts
    assert settlement.caps[0].explanation.step("capitation.due").figure("held") == books.total()


def test_numbers_of_the_fund_that_are_provisional_themselves():
    (draft,) = Books().settled(numbers(TEN, provisional_from=FEB)).drafts
    assert draft.lines[0].capitation.counted_on == FEB.first_day


def test_a_correction_names_the_first_template_also_after_other_corrections():
    books = Books()
    for persons in (10, 12, 9, 9, 11):
        books.calculate(numbers({"LEK-20-39": persons}))
    assert [(t.number, t.corrects) for t in books.templates] == [(1, None), (2, 1), (3, 1), (4, 1)]
    assert [(line.capitation.persons, line.amount) for line in books.templates[3].lines] == [
        (-9, -16_551),
        (11, 20_229),
    ]
    assert books.total() == 20_229


def test_only_groups_that_differ_are_corrected_and_new_ones_added():
    books = Books()
    books.calculate(numbers(TEN))
    (draft,) = books.calculate(numbers({"LEK-20-39": 10, "LEK-0-6": 1})).drafts
    assert shown(draft) == [("LEK-76", -2, -11_402), ("LEK-0-6", 1, 4_965)]


def test_a_list_that_ceases_is_taken_back_whole_and_may_come_again():
    books = Books()
    books.calculate(numbers(TEN))
    (draft,) = books.calculate(numbers({})).drafts
    assert (draft.corrects, draft.amount) == (1, -29_792)
    (draft,) = books.calculate(numbers(TEN)).drafts
    assert (draft.corrects, draft.amount) == (None, 29_792)


def test_numbers_of_a_second_list_that_come_later_are_a_new_template():
    """Each scope's corrections then go to the template that billed it."""
    nurse = scope(NURSE, rates=(rate(5_004),), groups=(group("PIEL", 10_000),))
    books = Books(contract_of(scope(), nurse))
    physician, first = numbers(TEN), numbers({"PIEL": 100}, unit=NURSE)
    books.calculate(physician)
    (draft,) = books.calculate(merged(physician, first)).drafts
    assert (draft.corrects, draft.amount) == (None, 41_700)
    drafts = books.calculate(merged(numbers({"LEK-20-39": 10}), numbers({"PIEL": 101}, unit=NURSE))).drafts
    assert [(draft.corrects, draft.amount) for draft in drafts] == [(1, -11_402), (2, 417)]


def test_an_annex_that_reaches_back_changes_the_rate_of_a_billed_month():
    books = Books()
    books.calculate(numbers(TEN))
    books.contract = contract_of(scope(rates=(rate(22_680),)))
    (draft,) = books.calculate(numbers(TEN)).drafts
    assert draft.corrects == 1
    assert books.total() == 10 * 1_890 + 11_718


def test_a_scope_taken_out_of_the_contract_is_taken_back():
    """R63: what is in no contract is not settled."""
    books = Books(contract_of(scope(), scope(NURSE)))
    books.calculate(numbers(TEN))
    books.contract = contract_of(scope(NURSE))
    (draft,) = books.calculate(numbers({})).drafts
    assert (draft.corrects, draft.amount) == (1, -29_792)


def test_a_refused_scope_keeps_its_templates():
    books = Books()
    books.calculate(numbers(TEN))
    settlement = books.settled(numbers({"X": 3}))
    assert not settlement.drafts
    assert settlement.refusals


def test_other_months_processes_and_single_persons_are_left_alone():
    books = Books()
    books.calculate(numbers(TEN), FEB)
    (february,) = books.templates
    books.templates.append(replace(february, number=2, month=MARCH, person="EHIC", country="DE"))
    (draft,) = books.settled(numbers(TEN)).drafts
    assert (draft.corrects, draft.amount) == (None, 29_792)


def test_templates_of_another_process_are_no_business_of_the_lists():
    books = Books()
    books.calculate(numbers(TEN))
    lump_sum = replace(
        books.templates[0],
        number=2,
        calculated_by=CalculatedBy.OTHER_LUMP_SUM,
        lines=(replace(books.templates[0].lines[0], scope=NURSE.scope, capitation=None),),
    )
    books.templates.append(lump_sum)
    settlement = books.settled(numbers(TEN))
    assert [cap.unit for cap in settlement.caps] == [PHYSICIAN]
    assert not settlement.drafts


def test_each_group_is_corrected_in_the_template_that_billed_it():
    books = Books()
    books.calculate(numbers(TEN))
    first = books.templates[0]
    young, old = first.lines
    books.templates[:] = [replace(first, lines=(young,)), replace(first, number=2, lines=(old,))]
    drafts = books.settled(numbers({"LEK-20-39": 12, "LEK-76": 3})).drafts
    assert [(draft.corrects, shown(draft)) for draft in drafts] == [
        (1, [("LEK-20-39", -10, -18_390), ("LEK-20-39", 12, 22_068)]),
        (2, [("LEK-76", -2, -11_402), ("LEK-76", 3, 17_103)]),
    ]


def test_provisional_numbers_are_paid_with_the_coefficients_of_the_month_itself():
    """The numbers of the month before may tell an older coefficient; the contract's own holds."""
    books = Books(contract_of(scope(groups=(group("LEK-76", 32_000),))), CapitationPolicy(provisional=True))
    (draft,) = books.settled(None, previous=numbers({"LEK-76": 10})).drafts
    assert draft.amount == 58_848


def test_a_new_name_of_a_group_is_no_correction():
    books = Books(contract_of(scope(groups=(group("LEK-76", 31_000),))))
    books.calculate(numbers({"LEK-76": 2}))
    books.contract = contract_of(scope(groups=(replace(group("LEK-76", 31_000), name="inaczej"),)))
    assert not books.settled(numbers({"LEK-76": 2})).drafts


acts = st.lists(
    st.one_of(
        st.tuples(
            st.just("count"),
            st.dictionaries(st.sampled_from(sorted(HEADS)), st.integers(0, 40), max_size=4),
        ),
        st.tuples(
            st.just("provisional"), st.dictionaries(st.sampled_from(sorted(HEADS)), st.integers(0, 40))
        ),
        st.tuples(st.just("rate"), st.integers(1, 40_000)),
        st.tuples(st.just("care"), st.none() | st.dates(date(2026, 2, 20), date(2026, 4, 5))),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=100)
@given(history=acts)
def test_after_any_history_the_templates_are_what_the_last_calculation_says(history):
    """Totals are conserved through provisional and corrected numbers, annexes and ends of care, in any sequence."""
    books, last_days, known = provisional(), {}, numbers({})
    for act, value in history:
        facts = {}
        if act == "rate":
            books.contract = contract_of(scope(rates=(rate(value, per=RatePer.PERSON_YEAR),)))
        elif act == "care":
            last_days = {PHYSICIAN: value} if value else {}
        elif act == "count":
            known = numbers(value)
        else:
            facts = {"previous": numbers(value)}
        settlement = books.calculate(None if facts else known, last_days=last_days, **facts)
        counted = numbers(value, provisional_from=FEB) if facts else known
        alone = Books(books.contract, books.policy).settled(counted, last_days=last_days)
        assert books.total() == alone.amount
        (cap,) = settlement.caps
        assert cap.due + cap.corrected == settlement.amount
        assert all(draft.corrects in (None, *range(1, len(books.templates))) for draft in settlement.drafts)
        assert not books.settled(counted, last_days=last_days).drafts
    roots = {template.number for template in books.templates if template.corrects is None}
    assert all(t.corrects in roots for t in books.templates if t.corrects is not None)
    for root in roots:
        family = [t.amount for t in books.templates if root in (t.number, t.corrects)]
        assert sum(family) >= 0
