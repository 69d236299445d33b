"""R28: lump sums by days, months, duties and visits, at the rates of the days; never outside the contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.rates import RatePer, WardRate
from rozlicz.messages.templates import CalculatedBy
from rozlicz.settlement.lump_sums.due import settle_hospital_network, settle_lump_sums
from rozlicz.settlement.lump_sums.emergency_ward import WardCondition, ward_rate
from rozlicz.settlement.lump_sums.facts import Duty, ScopeFacts, VisitedBy, Visits
from rozlicz.settlement.lump_sums.parameters import LumpSumPolicy
from rozlicz.settlement.unit_price import UnableToSettle
from tests.settlement.lump_sum_world import (
    DENTAL,
    NETWORK,
    NIGHT,
    WARD,
    amount_again,
    holds,
    issued,
    lump_contract,
    lump_scope,
    rate,
    year_rate,
)

POLICY = LumpSumPolicy()
JUNE = Month(2026, 6)
DAY_IN_2026 = year_rate(RatePer.DAY, 50_000, 2026)


def settled(*scopes, month=JUNE, policy=POLICY, **more):
    terms = {name: more.pop(name) for name in ("first", "last") if name in more}
    return settle_lump_sums(
        contract=lump_contract(*scopes, year=month.year, **terms), month=month, policy=policy, **more
    )


def codes(settlement):
    return [refusal.code for refusal in settlement.refusals]


def duties_of(month, *, each_day=1, cell="0599-022"):
    days = (month.first_day + timedelta(days=n) for n in range(month.days))
    return ScopeFacts(duties=tuple(Duty(day, cell) for day in days for _ in range(each_day)))


@pytest.mark.parametrize(
    ("month", "due"),
    [(Month(2024, 2), 1_450_000), (Month(2023, 2), 1_400_000), (Month(2023, 3), 1_550_000)],
    ids=["LUMP-02 R28 leap February", "LUMP-02 R28 February", "LUMP-02 R28 March"],
)
def test_the_days_of_the_month_times_the_price_of_a_day(month, due):
    settlement = settled(
        lump_scope(WARD, year_rate(RatePer.DAY, 50_000, month.year), year=month.year), month=month
    )
    (draft,) = settlement.drafts
    (line,) = draft.lines
    assert (settlement.amount, line.units, line.price) == (due, month.days * 10_000, 50_000)
    assert (draft.calculated_by, draft.corrects, draft.bill) == (CalculatedBy.OTHER_LUMP_SUM, None, "")
    assert line.adds_up
    assert amount_again(settlement.explanations[WARD]) == due


def test_lump_01_r28_duties_times_the_price_of_a_duty():
    """LUMP-01: 500.00 a duty, one a day, 30 days."""
    scope = lump_scope(DENTAL, year_rate(RatePer.DUTY, 50_000, 2026), unit_name="dyżur")
    settlement = settled(scope, facts={DENTAL: duties_of(JUNE)})
    assert settlement.amount == 1_500_000 == amount_again(settlement.explanations[DENTAL])
    assert settlement.explanations[DENTAL].step("lump-sum.duties").figure("paid") == 30
    assert not settlement.refusals


def test_a_day_holds_two_duties_in_one_cell():
    scope = lump_scope(DENTAL, year_rate(RatePer.DUTY, 50_000, 2026), duties=100)
    day = date(2026, 6, 5)
    facts = ScopeFacts(duties=(Duty(day, "A"),) * 3 + (Duty(day, "B"),) * 2)
    settlement = settled(scope, facts={DENTAL: facts})
    assert settlement.amount == 4 * 50_000
    assert codes(settlement) == ["L-5"]


@pytest.mark.parametrize(("within_plan", "due"), [(True, 20 * 50_000), (False, 30 * 50_000)])
def test_duties_above_the_plan_are_paid_or_not_by_policy(within_plan, due):
    scope = lump_scope(DENTAL, year_rate(RatePer.DUTY, 50_000, 2026), duties=20)
    policy = replace(POLICY, duties_within_plan=within_plan)
    settlement = settled(scope, facts={DENTAL: duties_of(JUNE)}, policy=policy)
    assert settlement.amount == due
    assert codes(settlement) == (["L-6"] if within_plan else [])
    assert not any(refusal.stops_the_bill for refusal in settlement.refusals)


def test_a_price_that_changes_inside_the_month_parts_it_into_lines():
    scope = lump_scope(
        WARD,
        rate(RatePer.DAY, 50_000, date(2026, 1, 1), date(2026, 6, 9)),
        rate(RatePer.DAY, 52_000, date(2026, 6, 10), date(2026, 12, 31)),
    )
    settlement = settled(scope)
    (draft,) = settlement.drafts
    assert [(line.units, line.price) for line in draft.lines] == [(90_000, 50_000), (210_000, 52_000)]
    assert settlement.amount == 9 * 50_000 + 21 * 52_000 == amount_again(settlement.explanations[WARD])


def test_a_contract_that_begins_or_ends_inside_the_month_is_paid_for_its_days():
    begun = settled(lump_scope(WARD, DAY_IN_2026), first=date(2026, 6, 11))
    ended = settled(lump_scope(WARD, DAY_IN_2026), last=date(2026, 6, 10))
    assert (begun.amount, ended.amount) == (20 * 50_000, 10 * 50_000)
    assert begun.explanations[WARD].step("lump-sum.days").figure("covered") == 20


def test_a_month_outside_the_contract_has_no_lump_sum_r63():
    outside = settled(lump_scope(WARD, DAY_IN_2026), last=date(2026, 5, 31))
    assert (outside.drafts, codes(outside)) == ((), ["L-1"])
    with pytest.raises(UnableToSettle):
        settle_lump_sums(
            contract=lump_contract(lump_scope(WARD, DAY_IN_2026)), month=Month(2027, 1), policy=POLICY
        )


def test_days_without_readiness_are_not_paid():
    closed = frozenset({date(2026, 6, 5), date(2026, 6, 6), date(2026, 7, 1)})
    settlement = settled(lump_scope(WARD, DAY_IN_2026), facts={WARD: ScopeFacts(closed=closed)})
    assert settlement.amount == 28 * 50_000
    assert codes(settlement) == ["L-4"]
    assert "1.07.2026" in settlement.refusals[0].text.pl


def test_lump_08_r28_a_day_of_an_emergency_ward_is_base_structure_and_function():
    """LUMP-08: base 20,000, conditions met 15 %, function part 3,000: 26,000 a day."""
    asked = [
        WardCondition("lądowisko", 1_000, met=True),
        WardCondition("rezonans", 500, met=True),
        WardCondition("trauma", 2_000, met=False),
    ]
    ward = ward_rate(base=2_000_000, conditions=asked, function_part=300_000)
    assert ward == WardRate(base=2_000_000, structure_share=1_500, function_part=300_000)
    settlement = settled(lump_scope(WARD, year_rate(RatePer.DAY, ward.amount, 2026, ward=ward)))
    assert settlement.amount == 30 * 2_600_000
    figures = dict(settlement.explanations[WARD].step("lump-sum.ward").figures)
    assert figures["base"] * figures["share"] == figures["structure"] * 10_000
    assert figures["base"] + figures["structure"] + figures["function"] == figures["rate"] == 2_600_000


def test_a_whole_month_of_a_monthly_lump_sum_is_one_unit():
    settlement = settled(lump_scope(NIGHT, year_rate(RatePer.MONTH, 10_000_000, 2026)))
    (line,) = settlement.drafts[0].lines
    assert (line.units, line.price, line.amount) == (10_000, 10_000_000, 10_000_000)


@pytest.mark.parametrize(
    ("part", "due"),
    [("days", (2 * 10_000_001 * 11 + 30) // 60), ("whole", 10_000_001)],
)
def test_a_part_of_a_month_is_paid_by_days_or_in_full_by_policy(part, due):
    policy = replace(POLICY, part_of_month=part)
    scope = lump_scope(NIGHT, year_rate(RatePer.MONTH, 10_000_001, 2026))
    settlement = settled(scope, first=date(2026, 6, 20), policy=policy)
    assert settlement.amount == due == amount_again(settlement.explanations[NIGHT])
    assert all(line.adds_up for draft in settlement.drafts for line in draft.lines)


def test_a_monthly_rate_that_changes_inside_the_month_is_paid_for_the_days_of_each():
    scope = lump_scope(
        NIGHT,
        rate(RatePer.MONTH, 9_000_000, date(2026, 1, 1), date(2026, 6, 10)),
        rate(RatePer.MONTH, 12_000_000, date(2026, 6, 11), date(2026, 12, 31)),
    )
    assert settled(scope).amount == 3_000_000 + 8_000_000


def test_days_without_a_rate_are_named_and_the_rest_is_settled():
    settlement = settled(lump_scope(WARD, rate(RatePer.DAY, 50_000, date(2026, 1, 1), date(2026, 6, 20))))
    assert settlement.amount == 20 * 50_000
    (refusal,) = settlement.refusals
    assert refusal.code == "L-2"
    assert "21.06.2026 – 30.06.2026" in refusal.text.pl
    assert "21 Jun 2026 – 30 Jun 2026" in refusal.text.en


def test_a_scope_without_any_rate_is_refused_and_its_templates_stay():
    paid = lump_scope(WARD, DAY_IN_2026)
    templates = issued(settled(paid))
    without = settled(replace(paid, rates=()), issued=templates)
    assert (without.drafts, codes(without)) == ((), ["L-3"])


def test_facts_for_a_scope_that_has_no_lump_sum_are_refused_and_the_rest_is_settled():
    settlement = settled(lump_scope(WARD, DAY_IN_2026), facts={DENTAL: duties_of(JUNE)})
    assert (settlement.amount, codes(settlement)) == (30 * 50_000, ["L-8"])


def test_duties_without_a_rate_or_outside_the_month_are_not_settled():
    late = ScopeFacts(duties=(Duty(date(2026, 7, 1)), Duty(date(2026, 6, 1))))
    settlement = settled(lump_scope(WARD, DAY_IN_2026), facts={WARD: late})
    assert settlement.amount == 30 * 50_000
    assert codes(settlement) == ["L-4", "L-2"]


def test_the_newer_night_care_is_a_base_and_the_price_of_each_visit():
    """A6: several providers in the area: base + doctors' visits + nurses' visits."""
    scope = lump_scope(
        NIGHT,
        year_rate(RatePer.MONTH, 5_000_000, 2026),
        year_rate(RatePer.VISIT, 9_000, 2026, variant=VisitedBy.DOCTOR.value),
        year_rate(RatePer.VISIT, 3_000, 2026, variant=VisitedBy.NURSE.value),
    )
    seen = (
        Visits(date(2026, 6, 1), VisitedBy.DOCTOR, 40),
        Visits(date(2026, 6, 2), VisitedBy.DOCTOR, 10),
        Visits(date(2026, 6, 2), VisitedBy.NURSE, 7),
        Visits(date(2026, 6, 3), VisitedBy.NURSE, -1),
    )
    settlement = settled(scope, facts={NIGHT: ScopeFacts(visits=seen)})
    assert settlement.amount == 5_000_000 + 50 * 9_000 + 7 * 3_000
    assert amount_again(settlement.explanations[NIGHT]) == settlement.amount
    assert codes(settlement) == ["L-7"]


def test_the_instalment_of_the_hospital_network_has_a_process_of_its_own():
    contract = lump_contract(
        lump_scope(
            NETWORK,
            year_rate(RatePer.MONTH, 81_500_000, 2026),
            way=SettledBy.HOSPITAL_NETWORK_LUMP_SUM,
        ),
        lump_scope(WARD, DAY_IN_2026),
    )
    settlement = settle_hospital_network(contract=contract, month=JUNE, policy=POLICY)
    (draft,) = settlement.drafts
    assert draft.calculated_by is CalculatedBy.HOSPITAL_NETWORK_LUMP_SUM
    assert settlement.amount == 81_500_000
    assert amount_again(settlement.explanations[NETWORK], "hospital-network.lines") == 81_500_000
    others = settle_lump_sums(contract=contract, month=JUNE, policy=POLICY)
    assert others.amount == 30 * 50_000


def test_a_rate_changed_retroactively_is_corrected_by_the_difference_in_the_right_template():
    before = lump_contract(lump_scope(WARD, DAY_IN_2026), lump_scope(DENTAL, DAY_IN_2026))
    templates = issued(settle_lump_sums(contract=before, month=Month(2026, 5), policy=POLICY))
    templates = issued(settle_lump_sums(contract=before, month=JUNE, policy=POLICY), templates)
    changed = lump_scope(
        WARD,
        rate(RatePer.DAY, 50_000, date(2026, 1, 1), date(2026, 6, 9)),
        rate(RatePer.DAY, 52_000, date(2026, 6, 10), date(2026, 12, 31)),
    )
    after = lump_contract(changed, lump_scope(DENTAL, DAY_IN_2026))
    again = settle_lump_sums(contract=after, month=JUNE, issued=templates, policy=POLICY)
    (draft,) = again.drafts
    assert (draft.corrects, draft.month, draft.amount) == (2, JUNE, 21 * 2_000)
    assert {line.scope for line in draft.lines} == {WARD.scope}
    templates = issued(again, templates)
    assert holds(templates, WARD) == 31 * 50_000 + 9 * 50_000 + 21 * 52_000
    assert not settle_lump_sums(contract=after, month=JUNE, issued=templates, policy=POLICY).drafts


def test_a_scope_that_an_annex_took_out_retroactively_goes_back():
    templates = issued(settled(lump_scope(WARD, DAY_IN_2026), lump_scope(DENTAL, DAY_IN_2026)))
    again = settled(lump_scope(WARD, DAY_IN_2026), issued=templates)
    (draft,) = again.drafts
    assert (draft.corrects, draft.amount) == (1, -30 * 50_000)
    assert holds(issued(again, templates), DENTAL) == 0
