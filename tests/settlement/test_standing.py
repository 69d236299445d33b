"""R24, R28 looked at from the front: what days, heads and rates bring in the months to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.rates import RatePer
from rozlicz.settlement.lump_sums.due import settle_lump_sums
from rozlicz.settlement.lump_sums.parameters import LumpSumPolicy
from rozlicz.settlement.standing import forecast_standing
from tests.settlement.capitation.clinic import PHYSICIAN, Books, contract_of, numbers
from tests.settlement.lump_sum_world import DENTAL, WARD, lump_contract, lump_scope, rate, year_rate
from tests.settlement.test_explanation import by_month

OCTOBER = Month(2026, 10)


def lump_sums(contract, month=OCTOBER):
    settle = partial(_settled, contract)
    return forecast_standing(contract=contract, month=month, settle=settle)


def _settled(contract, month):
    return settle_lump_sums(contract=contract, month=month, policy=LumpSumPolicy())


def test_r28_days_left_times_the_rate_that_holds_on_them():
    until, since = date(2026, 11, 30), date(2026, 12, 1)
    rates = (
        rate(RatePer.DAY, 10_000, date(2026, 1, 1), until),
        rate(RatePer.DAY, 20_000, since, date(2026, 12, 31)),
    )
    forecast = lump_sums(lump_contract(lump_scope(DENTAL, *rates)))
    (scope,) = forecast.scopes
    assert [(month.month, cap.due) for month, cap in scope.months] == [(11, 30 * 10_000), (12, 31 * 20_000)]
    assert scope.earned == 30 * 10_000 + 31 * 20_000
    figures = dict(scope.explanation.step("forecast.standing").figures)
    assert figures["earned"] == sum(by_month(figures, "due").values()) == scope.earned


def test_nothing_is_expected_after_the_period_or_the_contract_ends():
    scope = lump_scope(DENTAL, year_rate(RatePer.DAY, 10_000, 2026))
    ends = lump_contract(scope, last=date(2026, 11, 15))
    (until_november,) = lump_sums(ends).scopes
    assert until_november.earned == 15 * 10_000
    december = lump_sums(lump_contract(scope), month=Month(2026, 12))
    assert (december.scopes, december.refusals) == ((), ())


def test_a_scope_without_a_rate_is_named_for_each_month_it_cannot_be_settled():
    forecast = lump_sums(
        lump_contract(lump_scope(DENTAL, year_rate(RatePer.DAY, 10_000, 2026)), lump_scope(WARD))
    )
    assert [scope.unit for scope in forecast.scopes] == [DENTAL]
    assert {month.month for month, _ in forecast.refusals} == {11, 12}


def test_r24_the_last_count_brings_the_same_in_each_month_to_come():
    """CA-5: 3,583.0 weighted persons at 220.68 a year: 65,891.37 a month."""
    year = SettlementPeriod(Month(2026, 1), Month(2026, 12))
    books = Books(contract=replace(contract_of(), settlement_periods=(year,)))
    forecast = forecast_standing(
        contract=books.contract, month=OCTOBER, settle=lambda month: books.settled(numbers(), month)
    )
    (scope,) = forecast.scopes
    assert (scope.unit, scope.earned) == (PHYSICIAN, 2 * 6_589_137)
    said = [scope.explanation.title, *(step.outcome for step in scope.explanation.steps)]
    assert all(text.pl and text.en and "{" not in text.pl + text.en for text in said)
