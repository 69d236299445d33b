"""R21–R23 looked at from the front: what a provider may still earn, when the cap will bind, what will be left."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.money import round_half_up
from rozlicz.kernel.months import SettlementPeriod
from rozlicz.messages.contracts import PlanMonth
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.forecast import forecast
from rozlicz.settlement.unit_price import CapUnit, UnableToSettle
from tests import world
from tests.settlement.ledger import FEB, JAN, MAR, NEUROLOGY, UNIT, Ledger, contract_of, plan_of
from tests.settlement.strategies import MONTHS, acts, ledgers, months, perform, performance
from tests.settlement.test_explanation import amounts_again, by_month, leaves
from tests.settlement.test_unit_price_histories import play

HUNDRED = 100 * UNIT
APR = MAR.plus(1)
FOUR_MONTHS = SettlementPeriod(JAN, APR)
paces = st.sampled_from(["period", "last_three", "none"])


def clinic(*planned: int, visits: int = 0, **terms) -> Ledger:
    """A scope at 10.00 with this plan; in January so many visits, billed as far as they fit."""
    ledger = Ledger(
        contract_of(plan_of(*planned, **terms), periods=[SettlementPeriod(JAN, MONTHS[len(planned) - 1])])
    )
    ledger.perform_visits(JAN, visits)
    ledger.calculate(JAN)
    return ledger


def test_r23_the_cap_binds_in_the_month_in_which_something_does_not_fit():
    """R22: 80 in January leave room for 20 of the 110 a month that come then: March is full, February is not."""
    ledger = clinic(*[HUNDRED] * 4, visits=80)
    ledger.perform_visits(FEB, 110)
    ledger.calculate(FEB)
    ledger.perform_visits(MAR, 140)
    (cap,) = forecast(ledger=ledger, month=MAR, pace="period").caps
    assert (cap.left, cap.waiting) == (400_000 - 190_000, 140_000)
    assert cap.pace.units == 110 * UNIT
    assert [one.due for one in cap.months] == [0, 0, 110_000, 100_000]
    assert [one.waiting for one in cap.months] == [0, 0, 30_000, 40_000]
    assert cap.binds_in == MAR
    assert (cap.earned, cap.unpaid, cap.unused) == (210_000, 40_000, 0)


def test_r22_slack_that_nobody_will_use_is_told():
    (cap,) = forecast(ledger=clinic(*[HUNDRED] * 3, visits=80), month=JAN).caps
    assert [one.expected for one in cap.months] == [0, 80 * UNIT, 80 * UNIT]
    assert (cap.left, cap.earned, cap.unpaid, cap.unused, cap.binds_in) == (220_000, 160_000, 0, 60_000, None)


def test_the_last_three_months_count_idle_ones_too():
    ledger = clinic(*[HUNDRED] * 4, visits=90)
    ledger.perform_visits(MAR, 30)
    of = {
        pace: forecast(ledger=ledger, month=MAR, pace=pace).caps[0].pace for pace in ("period", "last_three")
    }
    assert of["period"].units == 60 * UNIT
    assert of["last_three"].units == 40 * UNIT
    assert of["last_three"].counted == {JAN: 90 * UNIT, FEB: 0, MAR: 30 * UNIT}


def test_what_a_later_month_has_already_is_not_expected_twice():
    ledger = clinic(*[HUNDRED] * 3, visits=80)
    ledger.perform_visits(FEB, 30)
    ledger.perform_visits(MAR, 95)
    (cap,) = forecast(ledger=ledger, month=JAN).caps
    assert [(one.known, one.expected) for one in cap.months[1:]] == [
        (30 * UNIT, 50 * UNIT),
        (95 * UNIT, 0),
    ]
    assert [one.waiting for one in cap.months] == [0, 0, 0]


def test_an_unlimited_scope_is_paid_in_full():
    """UP-19: the plan is there to compare with."""
    (cap,) = forecast(ledger=clinic(*[HUNDRED] * 3, visits=130, unlimited=True), month=JAN).caps
    assert (cap.left, cap.unused, cap.binds_in, cap.earned, cap.unpaid) == (None, None, None, 260_000, 0)


def test_a_price_that_changes_counts_with_its_own_months():
    scope = plan_of(HUNDRED, HUNDRED, HUNDRED)
    dearer = replace(scope, plan=(*scope.plan[:2], PlanMonth(month=MAR, units=HUNDRED, price=1200)))
    ledger = Ledger(contract_of(dearer))
    ledger.perform_visits(JAN, 50)
    ledger.calculate(JAN)
    (cap,) = forecast(ledger=ledger, month=JAN).caps
    assert [one.due for one in cap.months] == [0, 50_000, 60_000]


def test_nothing_crosses_the_border_of_a_settlement_period():
    half_years = (SettlementPeriod(JAN, FEB), SettlementPeriod(MAR, APR))
    ledger = Ledger(contract_of(plan_of(*[HUNDRED] * 4), periods=half_years))
    ledger.perform_visits(JAN, 150)
    ledger.calculate(JAN)
    (first,) = forecast(ledger=ledger, month=JAN).caps
    (second,) = forecast(ledger=ledger, month=MAR).caps
    assert (first.left, first.unpaid) == (100_000, 100_000)
    assert (second.left, second.waiting, second.earned, second.unpaid) == (200_000, 0, 0, 0)


def test_each_cap_unit_has_its_own_forecast():
    """UP-18: caps do not share."""
    ledger = Ledger(contract_of(plan_of(*[HUNDRED] * 3), plan_of(*[HUNDRED] * 3, distinguisher=2)))
    ledger.perform_visits(JAN, 80)
    ledger.perform_visits(JAN, 130, unit=CapUnit(world.NEUROLOGY, 2))
    told_of = forecast(ledger=ledger, month=JAN)
    assert [(cap.unit.distinguisher, cap.unpaid, cap.unused) for cap in told_of.caps] == [
        (1, 0, 60_000),
        (2, 90_000, 0),
    ]
    assert told_of.earned == 240_000 + 300_000


def test_a_month_without_settlement_period_is_refused_with_a_sentence():
    with pytest.raises(UnableToSettle) as refused:
        forecast(ledger=clinic(HUNDRED), month=MAR)
    assert "marzec 2026" in refused.value.text.pl


@pytest.mark.slow
@settings(max_examples=60)
@given(ledger=ledgers(), history=acts, month=months)
def test_without_pace_nothing_but_the_books_is_earned(ledger, history, month):
    """Unused = plan − paid − what waits and fits; with nothing waiting, plan − paid."""
    for act in history:
        play(ledger, act)
    (cap,) = forecast(ledger=ledger, month=month, pace="none").caps
    assert not any(one.expected for one in cap.months)
    assert cap.unused == cap.left - cap.earned
    if not ledger.candidates() and not ledger.billed():
        assert (cap.earned, cap.unpaid, cap.unused) == (0, 0, cap.left)


@pytest.mark.slow
@settings(max_examples=60)
@given(ledger=ledgers(unlimited=st.booleans()), history=acts, month=months, pace=paces)
def test_the_forecast_is_what_the_calculations_then_give(ledger, history, month, pace):
    """The same engine: perform what was expected, calculate the months, and the sums are those of the forecast."""
    for act in history:
        play(ledger, act)
    before = [(t.number, t.draft.amount) for t in ledger.templates], dict(ledger.positions)
    (cap,) = forecast(ledger=ledger, month=month, pace=pace).caps
    assert ([(t.number, t.draft.amount) for t in ledger.templates], dict(ledger.positions)) == before
    for one in cap.months:
        if one.expected:
            ledger.perform(one.month, one.expected)
    paid = ledger.paid_up_to(cap.period.last)
    for i in cap.period.months():
        ledger.calculate(i, known_up_to=i)
    tolerance = Fraction(len(ledger.templates) + 4, 1) + 4 * (1 + Fraction(30_000, UNIT))
    assert abs(ledger.paid_up_to(cap.period.last) - paid - cap.earned) <= tolerance
    assert cap.unlimited or all(
        sum(cap.paid_then[i] for i in cap.plan if i <= j) <= sum(cap.plan[i] for i in cap.plan if i <= j)
        for j in cap.plan
    )


@pytest.mark.slow
@settings(max_examples=60)
@given(ledger=ledgers(unlimited=st.booleans()), positions=performance, month=months, pace=paces)
def test_a_forecast_follows_from_its_explanation_alone(ledger, positions, month, pace):
    perform(ledger, positions)
    ledger.calculate(MONTHS[0])
    told_of = forecast(ledger=ledger, month=month, pace=pace)
    (cap,) = told_of.caps
    explanation = told_of.explanations[NEUROLOGY]
    data = json.loads(json.dumps(explanation.to_json()))
    assert Explanation.from_json(data) == explanation
    assert not any(isinstance(leaf, float) for leaf in leaves(told_of))
    figures = {step["rule"]: dict(step["figures"]) for step in data["steps"]}
    left = figures["forecast.left"]
    allowed = sum(by_month(left, "plan").values()) - sum(by_month(left, "paid").values())
    assert left.get("left") == (None if cap.unlimited else allowed)
    waiting = figures["forecast.waiting"]
    assert waiting["waiting"] == round_half_up(sum(by_month(waiting, "waiting.exact").values()))
    counted = by_month(figures["forecast.pace"], "counted.units")
    units = round_half_up(sum(counted.values()), len(counted)) if counted else 0
    assert figures["forecast.pace"]["pace.units"] == units
    projected = figures["forecast.months"]
    for i in (one.month.number for one in cap.months if one.month > month):
        assert projected[f"expected.units.{i}"] == max(0, units - projected[f"known.units.{i}"])
    outcome = figures["forecast.outcome"]
    assert outcome["earned"] == sum(by_month(projected, "due").values())
    assert outcome["unpaid"] == projected[f"waiting.{cap.period.last.number}"]
    assert outcome.get("unused") == (None if cap.unlimited else allowed - outcome["earned"])
    assert sum(row["due_now"] for row in data["months"]) == outcome["earned"]
    for one in cap.months:
        calculated = one.explanation.to_json()
        assert amounts_again(calculated, "lines", "line") + amounts_again(
            calculated, "corrections", "correction"
        ) == (one.due)


def test_the_explanation_speaks_both_languages():
    told_of = forecast(ledger=clinic(*[HUNDRED] * 3, visits=120), month=JAN)
    explanation = told_of.explanations[NEUROLOGY]
    said = [explanation.title] + [
        text
        for step in explanation.steps
        for pair in ((step.title, step.outcome), *step.inputs)
        for text in pair
    ]
    assert all(text.pl and text.en and "{" not in text.pl + text.en for text in said)
    assert explanation.step("forecast.months").outcome.pl == "Limit zatrzyma część wykonania: styczeń 2026"
