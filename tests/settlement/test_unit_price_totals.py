"""R20–R23: caps add up, and no sequence of corrections loses or makes a grosz."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.settlement.unit_price import CapUnit
from tests import world
from tests.settlement.ledger import NEUROLOGY, Ledger, contract_of, plan_of
from tests.settlement.strategies import (
    MONTHS,
    acts,
    months,
    performance,
    periods,
    planned_units,
    policies,
    prices,
)
from tests.settlement.test_unit_price_histories import play

CARDIOLOGY = CapUnit(world.CARDIOLOGY, 1)
EXACT = 10_000
"""100.00 zł: 0.0001 unit is one grosz, and nothing is ever rounded."""

plans = st.tuples(*[planned_units] * 4)
histories = acts.map(lambda history: [act for act in history if act[0] != "plan"])


@pytest.mark.slow
@settings(max_examples=100)
@given(plan=plans, unlimited=st.booleans(), periods=periods, policy=policies, history=histories, month=months)
def test_what_is_paid_and_what_waits_is_what_was_performed(
    *, plan, unlimited, periods, policy, history, month
):
    """Nothing twice, nothing lost: after any corrections Σ templates + what waits = what is accepted now."""
    scope = plan_of(*plan, price=EXACT, unlimited=unlimited)
    ledger = Ledger(contract_of(scope, periods=periods), policy)
    for act in history:
        play(ledger, act)
    ledger.calculate(month)
    paid = sum(template.draft.amount for template in ledger.templates)
    accepted = sum(position.units for position in ledger.positions.values())
    assert paid + ledger.waiting() == accepted
    assert paid == sum(ledger.held().values())
    if unlimited:
        for each in MONTHS:
            ledger.calculate(each)
        assert ledger.waiting() == 0


@settings(max_examples=100)
@given(plan=plans, periods=periods, policy=policies, history=histories)
def test_when_everything_is_taken_back_nothing_is_left(plan, periods, policy, history):
    """Deleting every position returns every template to 0.00, each by its own corrections."""
    ledger = Ledger(contract_of(plan_of(*plan, price=EXACT), periods=periods), policy)
    for act in history:
        play(ledger, act)
    ledger.delete(list(ledger.positions))
    ledger.calculate(MONTHS[0])
    sums: dict[int, int] = {}
    for template in ledger.templates:
        sums[template.root] = sums.get(template.root, 0) + template.draft.amount
    assert not any(sums.values())
    assert all(
        template.draft.month == ledger.templates[template.root - 1].draft.month
        for template in ledger.templates
    )


@pytest.mark.slow
@settings(max_examples=60)
@given(
    plan=st.tuples(plans, plans),
    price=st.tuples(prices, prices),
    periods=periods,
    policy=policies,
    positions=st.tuples(performance, performance),
    deleted=st.lists(st.integers(0, 30), max_size=4),
    order=st.lists(months, min_size=1, max_size=5),
)
def test_caps_are_additive(*, plan, price, periods, policy, positions, deleted, order):
    """R21: settled together, each cap unit gives exactly what it gives alone; no cap knows of another."""
    units = (NEUROLOGY, CARDIOLOGY)
    scopes = [plan_of(*p, price=c, scope=u.scope) for p, c, u in zip(plan, price, units, strict=True)]
    both = Ledger(contract_of(*scopes, periods=periods), policy)
    alone = [Ledger(contract_of(scope, periods=periods), policy) for scope in scopes]
    for ledger, unit, rows in zip(alone, units, positions, strict=True):
        for month, amount, product, (bill, country) in rows:
            (key,) = both.perform(month, amount, unit=unit, product=product, bill=bill, country=country)
            ledger.positions[key] = both.positions[key]
    for number, month in enumerate(order):
        together = {cap.unit: _told(cap) for cap in both.calculate(month).caps}
        assert together == {cap.unit: _told(cap) for ledger in alone for cap in ledger.calculate(month).caps}
        if number < len(deleted) and both.positions:
            key = list(both.positions)[deleted[number] % len(both.positions)]
            for ledger in (both, *alone):
                if key in ledger.positions:
                    ledger.delete([key])
    for month in MONTHS:
        assert [both.paid_up_to(month, unit) for unit in units] == [
            ledger.paid_up_to(month, unit) for ledger, unit in zip(alone, units, strict=True)
        ]


def _told(cap) -> tuple[int | None, int, int, int]:
    return cap.room, cap.due, cap.corrected, cap.waiting
