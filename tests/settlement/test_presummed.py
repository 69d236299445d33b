"""R20–R23 on sums: positions summed up before the calculation give what they give one by one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.contracts import Scope
from rozlicz.settlement.presummed import presummed
from rozlicz.settlement.unit_price import Policy
from tests.settlement.ledger import Ledger
from tests.settlement.strategies import MONTHS, acts, ledgers, months, perform, performance
from tests.settlement.test_unit_price_closed_forms import exact_plans, plans, year
from tests.settlement.test_unit_price_histories import play

PLENTY = 10**12
splitting = st.builds(Policy, carry_over=st.booleans())


def as_sums(ledger: Ledger) -> Ledger:
    return Ledger(ledger.contract, ledger.policy, presummed(ledger.positions.values(), policy=ledger.policy))


def with_room(scope: Scope) -> Scope:
    return replace(scope, plan=tuple(replace(row, units=PLENTY) for row in scope.plan))


def lines(settlement) -> list[tuple]:
    return [
        (draft.month, draft.corrects, draft.bill, draft.country, draft.lines) for draft in settlement.drafts
    ]


@pytest.mark.slow
@settings(max_examples=60)
@given(ledger=ledgers(policy=splitting, unlimited=st.booleans()), positions=performance)
def test_where_all_fits_the_lines_are_the_same_to_the_grosz(ledger, positions):
    ledger.contract = replace(ledger.contract, scopes=tuple(map(with_room, ledger.contract.scopes)))
    perform(ledger, positions)
    sums = as_sums(ledger)
    assert sums.performed() == ledger.performed()
    for month in MONTHS:
        one_by_one, at_once = ledger.calculate(month), sums.calculate(month)
        assert lines(at_once) == lines(one_by_one)
        assert [(c.room, c.due, c.waiting) for c in at_once.caps] == [
            (c.room, c.due, c.waiting) for c in one_by_one.caps
        ]


@settings(max_examples=60)
@given(plan=exact_plans, carry_over=st.booleans(), positions=performance)
def test_where_the_cap_cuts_and_nothing_is_rounded_the_dues_are_the_same(plan, carry_over, positions):
    ledger = year(plan, carry_over)
    perform(ledger, positions)
    sums = as_sums(ledger)
    for month in MONTHS:
        (one_by_one,), (at_once,) = ledger.calculate(month).caps, sums.calculate(month).caps
        assert (at_once.room, at_once.due, at_once.waiting) == (
            one_by_one.room,
            one_by_one.due,
            one_by_one.waiting,
        )


@pytest.mark.slow
@settings(max_examples=60)
@given(plan=plans, carry_over=st.booleans(), positions=performance)
def test_elsewhere_the_dues_differ_by_rounding_at_most(plan, carry_over, positions):
    ledger = year(plan, carry_over)
    perform(ledger, positions)
    sums = as_sums(ledger)
    smallest_step = Fraction(max(price for _, price in plan), 10_000)
    for m, month in enumerate(MONTHS, 1):
        ledger.calculate(month)
        sums.calculate(month)
        forms = {(c.product, c.price, c.bill) for rows in ledger.candidates().values() for c in rows}
        issued = sum(len(template.draft.lines) for books in (ledger, sums) for template in books.templates)
        tolerance = Fraction(issued + 2 * len(forms), 2) + 2 * m * (1 + smallest_step)
        assert abs(sums.paid_up_to(month) - ledger.paid_up_to(month)) <= tolerance
        assert sums.paid_up_to(month) <= sums.planned_up_to(month)


@settings(max_examples=40)
@given(ledger=ledgers(), history=acts, month=months)
def test_drafts_without_explanations_are_the_same_drafts(ledger, history, month):
    for act in history:
        play(ledger, act)
    settlement = ledger.settled(month, explained=False)
    assert lines(settlement) == lines(ledger.settled(month))
    assert settlement.caps == ()


def test_sums_are_refused_where_a_position_waits_as_a_whole():
    with pytest.raises(ValueError, match="whole"):
        presummed([], policy=Policy(boundary_position="whole"))
