"""A6, DATE-01: night and holiday care: thresholds of population, the newer rule, the raise, another performer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.messages.rates import RatePer
from rozlicz.settlement.lump_sums.due import settle_lump_sums
from rozlicz.settlement.lump_sums.facts import Area, ScopeFacts
from rozlicz.settlement.lump_sums.night_care import (
    ONE_OF_SEVERAL,
    SOLE_PROVIDER,
    Statement,
    performed_from,
    performer_in,
    raised,
    variant_of,
)
from rozlicz.settlement.lump_sums.parameters import LumpSumPolicy, lump_sum_policy_for
from tests.settlement.lump_sum_world import NIGHT, issued, lump_contract, lump_scope, rate, year_rate

OLD, NEW = LumpSumPolicy(night_care_rule="population"), LumpSumPolicy()
BANDS = ("do 50 tys.", "do 100 tys.", "do 150 tys.", "powyżej 150 tys.")


@pytest.mark.parametrize(
    ("population", "band"),
    [
        (1, 0),
        (50_000, 0),
        (50_001, 1),
        (100_000, 1),
        (100_001, 2),
        (150_000, 2),
        (150_001, 3),
        (2_000_000, 3),
    ],
)
def test_the_population_of_the_area_chooses_the_lump_sum(population, band):
    """A6: up to 50,000, up to 100,000, up to 150,000, above 150,000."""
    assert variant_of(Area(population=population), OLD) == BANDS[band]


def test_the_number_of_providers_chooses_it_since_the_hospital_network():
    assert variant_of(Area(population=1, providers=1), NEW) == SOLE_PROVIDER
    assert variant_of(Area(population=1, providers=3), NEW) == ONE_OF_SEVERAL


def test_each_month_has_the_law_of_its_day():
    assert lump_sum_policy_for(month=Month(2017, 9), branch="05").night_care_rule == "population"
    assert lump_sum_policy_for(month=Month(2017, 10), branch="05").night_care_rule == "providers"


def settled(area, policy, **more):
    rates = (
        year_rate(RatePer.MONTH, 1_000 * (n + 1), 2026, variant=variant)
        for n, variant in enumerate((*BANDS[:3], SOLE_PROVIDER, ONE_OF_SEVERAL))
    )
    contract = lump_contract(lump_scope(NIGHT, *rates))
    facts = {NIGHT: ScopeFacts(area=area)}
    return settle_lump_sums(contract=contract, month=Month(2026, 6), facts=facts, policy=policy, **more)


def test_the_contract_is_paid_by_the_variant_of_its_area():
    assert settled(Area(population=100_000), OLD).amount == 2_000
    assert settled(Area(population=100_000), NEW).amount == 4_000
    assert settled(Area(population=100_000, providers=2), NEW).amount == 5_000
    step = settled(Area(population=100_000), OLD).explanations[NIGHT].step("lump-sum.area")
    assert step.figure("population") == 100_000
    assert "do 100 tys." in step.outcome.pl


def test_without_a_rate_for_the_area_nothing_is_said_and_templates_stay():
    templates = issued(settled(Area(population=100_000), OLD))
    settlement = settled(Area(population=150_001), OLD, issued=templates)
    assert (settlement.drafts, [r.code for r in settlement.refusals]) == ((), ["L-2"])
    assert "powyżej 150 tys." in settlement.refusals[0].text.en


@pytest.mark.parametrize("area", [Area(population=0), Area(population=1, providers=0)])
def test_an_area_without_persons_or_providers_is_refused(area):
    assert [r.code for r in settled(area, OLD).refusals] == ["L-7", "L-2"]


@pytest.mark.parametrize(
    ("filed", "first"),
    [
        (date(2008, 5, 10), date(2008, 6, 1)),
        (date(2008, 5, 11), date(2008, 7, 1)),
        (date(2026, 11, 10), date(2026, 12, 1)),
        (date(2026, 11, 30), date(2027, 1, 1)),
        (date(2026, 12, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2027, 2, 1)),
    ],
    ids=["DATE-01 10 May", "DATE-01 11 May", "10 Nov", "30 Nov", "1 Dec", "31 Dec"],
)
def test_a_statement_filed_by_the_10th_takes_effect_with_the_next_month(filed, first):
    assert performed_from(filed) == first


def test_the_newest_statement_in_effect_says_who_performs():
    statements = [
        Statement(performer="B", filed=date(2026, 5, 10)),
        Statement(performer="C", filed=date(2026, 5, 11)),
    ]
    months = [Month(2026, number) for number in (5, 6, 7)]
    assert [performer_in(m, before="A", statements=statements) for m in months] == ["A", "B", "C"]


def test_lump_09_a_monthly_lump_sum_rose_by_23_61_per_cent_in_july_2022():
    """LUMP-09: 100,000.00 → 123,610.00."""
    agreed = year_rate(RatePer.MONTH, 10_000_000, 2022)
    before, after = raised((agreed,))
    assert (before.valid_to, before.amount) == (date(2022, 6, 30), 10_000_000)
    assert (after.valid_from, after.valid_to, after.amount) == (
        date(2022, 7, 1),
        date(2022, 12, 31),
        12_361_000,
    )
    contract = lump_contract(lump_scope(NIGHT, before, after, year=2022), year=2022)
    due = [settle_lump_sums(contract=contract, month=Month(2022, m), policy=NEW).amount for m in (6, 7)]
    assert due == [10_000_000, 12_361_000]


def test_a_rate_agreed_at_the_new_level_does_not_rise_again():
    agreed = rate(RatePer.MONTH, 10_000_000, date(2022, 7, 1), date(2022, 12, 31))
    assert raised((agreed,)) == (agreed,)
    ended = replace(agreed, valid_from=date(2022, 1, 1), valid_to=date(2022, 6, 30))
    assert raised((ended,)) == (ended,)
    assert raised(raised((year_rate(RatePer.MONTH, 5, 2022),))) == raised(
        (year_rate(RatePer.MONTH, 5, 2022),)
    )


@given(amount=st.integers(1, 10**9))
def test_every_visit_and_base_rises_alike(amount):
    _, after = raised((year_rate(RatePer.VISIT, amount, 2022),))
    assert abs(after.amount * 10_000 - amount * 12_361) <= 5_000
