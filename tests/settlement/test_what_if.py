"""R20–R23, R63 under other terms: the same calculations twice, and what lies between them."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import SettlementPeriod
from rozlicz.messages.contracts import Contract, PlanMonth
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.unit_price import CapUnit, Policy, UnableToSettle
from rozlicz.settlement.what_if import what_if
from tests import world
from tests.settlement.ledger import (
    FEB,
    FIRST_QUARTER,
    JAN,
    MAR,
    NEUROLOGY,
    UNIT,
    Ledger,
    contract_of,
    plan_of,
)
from tests.settlement.strategies import MONTHS, acts, ledgers, perform, performance, planned_units, policies
from tests.settlement.test_explanation import amounts_again, leaves
from tests.settlement.test_unit_price_closed_forms import EXACT, exact_plans, plans, year
from tests.settlement.test_unit_price_histories import play

HUNDRED = 100 * UNIT
raises = st.lists(planned_units, min_size=4, max_size=4)


def clinic(*visits: int, plan: int = HUNDRED) -> Ledger:
    """So many visits in January, February and March, nothing billed yet."""
    ledger = Ledger(contract_of(plan_of(plan, plan, plan)))
    for month, count in zip(FIRST_QUARTER, visits, strict=False):
        ledger.perform_visits(month, count)
    return ledger


def replanned(contract: Contract, more: list[int], price: int | None = None) -> Contract:
    """The contract with so many units more in its first months, perhaps at another price."""
    (scope,) = contract.scopes
    more = more + [0] * (len(scope.plan) - len(more))
    plan = tuple(
        PlanMonth(month=row.month, units=row.units + units, price=price or row.price)
        for row, units in zip(scope.plan, more, strict=True)
    )
    return world.annexed(contract, scopes=(replace(scope, plan=plan),))


def test_r22_what_waits_for_carry_over_is_paid_when_the_branch_allows_it():
    """CAPS-02: 120 / 80 / 100 under both values of the switch."""
    ledger = clinic(120, 80, 100)
    ledger.policy = Policy(carry_over=False)
    (cap,) = what_if(ledger=ledger, months=FIRST_QUARTER, policy=Policy(carry_over=True)).caps
    assert [(one.due_before, one.due_after) for one in cap.months] == [
        (100_000, 100_000),
        (80_000, 100_000),
        (100_000, 100_000),
    ]
    assert [(one.waiting_before, one.waiting_after) for one in cap.months] == [
        (20_000, 20_000),
        (20_000, 0),
        (20_000, 0),
    ]
    assert cap.difference == 20_000


def test_r63_a_proposed_annex_tells_what_it_would_bring():
    """UP-11a: with what is issued in the books, the annex is what the next calculations would give."""
    ledger = clinic(120, 100)
    ledger.policy = Policy(carry_over=False)
    ledger.calculate(JAN)
    ledger.calculate(FEB)
    proposed = replanned(ledger.contract, [15 * UNIT])
    result = what_if(ledger=ledger, months=FIRST_QUARTER, contract=proposed)
    (cap,) = result.caps
    assert [(one.due_before, one.due_after) for one in cap.months] == [(0, 15_000), (0, 0), (0, 0)]
    assert (cap.months[-1].waiting_before, cap.months[-1].waiting_after) == (20_000, 5_000)
    assert (result.difference, result.refused) == (15_000, ())


def test_up_12_an_annex_below_what_is_billed_is_named_and_compared_all_the_same():
    ledger = clinic(100, 100)
    ledger.calculate(JAN)
    result = what_if(ledger=ledger, months=[JAN, FEB], contract=replanned(ledger.contract, [-10 * UNIT]))
    (refusal,) = result.refused
    assert (refusal.month, refusal.billed, refusal.planned) == (JAN, 100_000, 90_000)
    assert [(one.due_before, one.due_after) for one in result.caps[0].months] == [(0, 0), (100_000, 90_000)]


def test_r20_another_price_sends_back_what_was_billed_at_the_old_one():
    ledger = clinic(50)
    ledger.calculate(JAN)
    (cap,) = what_if(ledger=ledger, months=[JAN], contract=replanned(ledger.contract, [], price=1100)).caps
    assert (cap.months[0].due_before, cap.months[0].due_after) == (0, 5_000)
    after = cap.months[0].after
    assert after is not None
    assert (after.corrected, after.due) == (-50_000, 55_000)


def test_a_scope_that_only_the_annex_has_is_compared_with_nothing():
    other = plan_of(HUNDRED, HUNDRED, HUNDRED, distinguisher=2)
    ledger = clinic(100)
    result = what_if(
        ledger=ledger,
        months=[JAN],
        contract=world.annexed(ledger.contract, scopes=(*ledger.contract.scopes, other)),
    )
    first, second = result.caps
    assert (first.difference, second.unit, second.months[0].before) == (0, CapUnit(world.NEUROLOGY, 2), None)
    assert second.months[0].due_after == 0


def test_a_month_that_one_contract_does_not_settle_is_refused_with_a_sentence():
    ledger = clinic(100)
    shorter = world.annexed(ledger.contract, settlement_periods=(SettlementPeriod(JAN, FEB),))
    with pytest.raises(UnableToSettle) as refused:
        what_if(ledger=ledger, months=FIRST_QUARTER, contract=shorter)
    assert "marzec 2026" in refused.value.text.pl


@pytest.mark.slow
@settings(max_examples=60)
@given(ledger=ledgers(unlimited=st.booleans()), history=acts, same=st.booleans())
def test_without_a_change_there_is_no_difference(ledger, history, same):
    for act in history:
        play(ledger, act)
    before = [(t.number, t.draft.amount) for t in ledger.templates], dict(ledger.positions)
    terms = {"contract": ledger.contract, "policy": ledger.policy} if same else {}
    result = what_if(ledger=ledger, months=MONTHS, **terms)
    assert result.difference == 0
    assert result.refused == ()
    assert all(one.before == one.after for cap in result.caps for one in cap.months)
    assert ([(t.number, t.draft.amount) for t in ledger.templates], dict(ledger.positions)) == before


@pytest.mark.slow
@settings(max_examples=60)
@given(plan=exact_plans, more=raises, carry_over=st.booleans(), positions=performance)
def test_raising_a_plan_never_lowers_what_is_paid(plan, more, carry_over, positions):
    """T(m) grows with L: to the grosz where nothing is rounded, in every month."""
    ledger = year([(units, EXACT) for units, _ in plan], carry_over)
    perform(ledger, positions)
    (cap,) = what_if(ledger=ledger, months=MONTHS, contract=replanned(ledger.contract, more)).caps
    total = 0
    for one in cap.months:
        total += one.difference
        assert total >= 0


@pytest.mark.slow
@settings(max_examples=60)
@given(plan=plans, more=raises, carry_over=st.booleans(), positions=performance)
def test_raising_a_plan_lowers_what_is_paid_by_rounding_at_most(plan, more, carry_over, positions):
    ledger = year(plan, carry_over)
    perform(ledger, positions)
    (cap,) = what_if(ledger=ledger, months=MONTHS, contract=replanned(ledger.contract, more)).caps
    lines = len({(p.product, p.bill, p.month) for p in ledger.positions.values()}) * len(MONTHS)
    smallest_step = Fraction(max(price for _, price in plan), UNIT)
    assert cap.difference >= -(lines + len(MONTHS) * (1 + smallest_step))


@pytest.mark.slow
@settings(max_examples=60)
@given(ledger=ledgers(), positions=performance, more=raises, policy=policies)
def test_a_comparison_follows_from_its_explanations_alone(ledger, positions, more, policy):
    perform(ledger, positions)
    ledger.calculate(JAN)
    result = what_if(ledger=ledger, months=MONTHS, contract=replanned(ledger.contract, more), policy=policy)
    (cap,) = result.caps
    explanation = result.explanations[NEUROLOGY]
    data = json.loads(json.dumps(explanation.to_json()))
    assert Explanation.from_json(data) == explanation
    assert not any(isinstance(leaf, float) for leaf in leaves(result))
    figures = {step["rule"]: dict(step["figures"]) for step in data["steps"]}
    dues = figures["what-if.due"]
    months = [month.number for month in MONTHS]
    assert dues["difference"] == cap.difference
    assert dues["difference"] == sum(dues[f"due.after.{m}"] - dues[f"due.before.{m}"] for m in months)
    for one in cap.months:
        for which, calculated in (("before", one.before), ("after", one.after)):
            again = calculated.explanation.to_json()
            due = amounts_again(again, "lines", "line") + amounts_again(again, "corrections", "correction")
            assert dues[f"due.{which}.{one.month.number}"] == due
            assert figures["what-if.waiting"][f"waiting.{which}.{one.month.number}"] == calculated.waiting
    terms = figures["what-if.terms"]
    plan = {row.month.number: row.amount for row in ledger.contract.scopes[0].plan}
    assert all(terms[f"plan.before.{m}"] == plan[m] for m in months)
    assert terms["carry_over.after"] == policy.carry_over


def test_the_explanation_names_what_differs_in_both_languages():
    ledger = clinic(120)
    result = what_if(
        ledger=ledger,
        months=[JAN, MAR],
        contract=replanned(ledger.contract, [15 * UNIT], price=1100),
        policy=Policy(boundary_position="whole"),
    )
    explanation = result.explanations[NEUROLOGY]
    terms = explanation.step("what-if.terms")
    assert [label.en for label, _ in terms.inputs] == [
        "Position on the boundary split",
        "Plan, January 2026",
        "Price of a unit, January 2026",
        "Plan, February 2026",
        "Price of a unit, February 2026",
        "Plan, March 2026",
        "Price of a unit, March 2026",
    ]
    said = [explanation.title] + [
        text
        for step in explanation.steps
        for pair in ((step.title, step.outcome), *step.inputs)
        for text in pair
    ]
    assert all(text.pl and text.en and "{" not in text.pl + text.en for text in said)
