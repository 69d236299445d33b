"""R22, R23: with `split`, months calculated once and in order, T(m) has a closed form.

E(m) is the exact value performed up to m. With carry-over T(m) = min(E(m), L(m)); without it T(m) = min over j of
(L(j) + E(m) − E(j)). At 100.00 zł a unit, 0.0001 unit is a grosz, nothing is ever rounded, and both hold exactly.
At other prices a line is at most half a grosz away from its exact value, and a calculation that ends at the
cap leaves less than one grosz and the price of 0.0001 unit together.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import SettlementPeriod
from rozlicz.messages.contracts import PlanMonth
from rozlicz.settlement.unit_price import Policy
from tests.settlement.ledger import Ledger, contract_of, plan_of
from tests.settlement.strategies import MONTHS, perform, performance, planned_units, prices

EXACT = 10_000
"""100.00 zł: 0.0001 unit is one grosz."""

plans = st.lists(st.tuples(planned_units, prices), min_size=4, max_size=4)
exact_plans = st.lists(st.tuples(planned_units, st.just(EXACT)), min_size=4, max_size=4)


def year(plan, carry_over: bool) -> Ledger:
    """Four months that are one settlement period, each with its own price."""
    scope = replace(
        plan_of(),
        plan=tuple(PlanMonth(month=m, units=u, price=p) for m, (u, p) in zip(MONTHS, plan, strict=True)),
    )
    contract = contract_of(scope, periods=[SettlementPeriod(MONTHS[0], MONTHS[3])])
    return Ledger(contract, Policy(carry_over=carry_over))


def performed_up_to(ledger: Ledger) -> list[Fraction]:
    """E(0) … E(m), in grosze, exact."""
    sums = [Fraction(0)]
    performed = next(iter(ledger.performed().values()), {})
    for month in MONTHS:
        sums.append(sums[-1] + Fraction(performed.get(month.number, 0), 10_000))
    return sums


def closed_form(ledger: Ledger, m: int) -> Fraction:
    """T(m) as the law's formulas say it, in grosze."""
    performed = performed_up_to(ledger)
    planned = [0, *(ledger.planned_up_to(month) for month in MONTHS)]
    if ledger.policy.carry_over:
        return min(performed[m], Fraction(planned[m]))
    return min(planned[j] + performed[m] - performed[j] for j in range(m + 1))


@pytest.mark.slow
@settings(max_examples=100)
@given(plan=exact_plans, carry_over=st.booleans(), positions=performance)
def test_the_closed_form_holds_to_the_grosz_where_nothing_is_rounded(plan, carry_over, positions):
    ledger = year(plan, carry_over)
    perform(ledger, positions)
    for m, month in enumerate(MONTHS, 1):
        ledger.calculate(month)
        assert ledger.paid_up_to(month) == closed_form(ledger, m)


@pytest.mark.slow
@settings(max_examples=100)
@given(plan=plans, carry_over=st.booleans(), positions=performance)
def test_the_closed_form_holds_up_to_the_rounding_of_lines(plan, carry_over, positions):
    ledger = year(plan, carry_over)
    perform(ledger, positions)
    smallest_step = Fraction(max(price for _, price in plan), 10_000)
    half_grosze = ended_at_cap = 0
    for m, month in enumerate(MONTHS, 1):
        settlement = ledger.calculate(month)
        forms = {(c.product, c.price, c.bill) for rows in ledger.candidates().values() for c in rows}
        half_grosze += sum(len(draft.lines) for draft in settlement.drafts)
        ended_at_cap = 1 if ledger.policy.carry_over else m
        tolerance = Fraction(half_grosze + len(forms), 2) + ended_at_cap * (1 + smallest_step)
        assert abs(ledger.paid_up_to(month) - closed_form(ledger, m)) <= tolerance
        assert ledger.paid_up_to(month) <= ledger.planned_up_to(month)


@pytest.mark.slow
@settings(max_examples=100)
@given(plan=exact_plans, carry_over=st.booleans(), positions=performance, more=performance)
def test_more_performance_never_lowers_the_due(plan, carry_over, positions, more):
    """R20: to the grosz where nothing is rounded."""
    ledger = year(plan, carry_over)
    perform(ledger, positions)
    ledger.calculate(MONTHS[0])
    before = ledger.settled(MONTHS[1]).amount
    perform(ledger, more)
    assert ledger.settled(MONTHS[1]).amount >= before


@pytest.mark.slow
@settings(max_examples=100)
@given(plan=plans, carry_over=st.booleans(), positions=performance, more=performance)
def test_more_performance_lowers_the_due_by_rounding_at_most(plan, carry_over, positions, more):
    """R20: less than one grosz and the price of 0.0001 unit, where the cap is reached."""
    ledger = year(plan, carry_over)
    perform(ledger, positions)
    before = ledger.settled(MONTHS[1]).amount
    perform(ledger, more)
    smallest_step = Fraction(max(price for _, price in plan), 10_000)
    assert ledger.settled(MONTHS[1]).amount > before - 1 - smallest_step
