"""R20–R23: what holds after any history of performance, corrections, annexes and calculations."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rozlicz.kernel.money import round_half_up
from rozlicz.messages.contracts import PlanMonth
from rozlicz.settlement.annexes import lowered_too_far
from rozlicz.settlement.unit_price import Policy, Settlement
from tests.settlement.ledger import Ledger
from tests.settlement.strategies import MONTHS, acts, ledgers, months, perform, performance


def replanned(ledger: Ledger, month, units, price) -> None:
    """An annex changes the plan of a month; it comes into force when it does not go below what is billed."""
    (scope,) = ledger.contract.scopes
    plan = tuple(
        PlanMonth(month=r.month, units=units, price=price) if r.month == month else r for r in scope.plan
    )
    proposed = replace(ledger.contract, scopes=(replace(scope, plan=plan),), annex=ledger.contract.annex + 1)
    if not lowered_too_far(proposed=proposed, issued_by_cap=ledger.issued()):
        ledger.contract = proposed


def play(ledger: Ledger, act) -> None:
    name, *values = act
    keys = list(ledger.positions)
    if name == "perform":
        perform(ledger, [values])
    elif name == "plan":
        replanned(ledger, *values)
    elif name == "calculate":
        check(ledger, ledger.calculate(values[0]))
    elif keys:
        key = keys[values[0] % len(keys)]
        if name == "delete":
            ledger.delete([key])
        elif name == "bill":
            ledger.change(key, bill=values[1][0], country=values[1][1])
        elif name == "month":
            ledger.change(key, month=values[1], last_day=values[1].last_day)
        else:
            ledger.change(key, **{name: values[1]})


def check(ledger: Ledger, settlement: Settlement) -> None:
    """What is true after every calculation."""
    check_drafts(settlement)
    check_caps(ledger)
    check_nothing_is_billed_twice(ledger)


def check_drafts(settlement: Settlement) -> None:
    """Σ lines = template; Σ positions = line; each line is rounded once; no line of nothing."""
    for draft in settlement.drafts:
        for line, allocations in zip(draft.lines, draft.allocations, strict=True):
            assert line.units == sum(units for _, units in allocations)
            assert line.amount == round_half_up(line.units * line.price)
            assert (line.amount < 0) == (draft.corrects is not None)
            assert line.amount
            assert all(units and (units < 0) == (line.amount < 0) for _, units in allocations)
    (cap,) = settlement.caps
    assert cap.due + cap.corrected == settlement.amount == sum(draft.amount for draft in settlement.drafts)
    assert cap.room is None or cap.due <= cap.room


def check_caps(ledger: Ledger) -> None:
    """T(j) ≤ L(j) for every month of every settlement period."""
    (scope,) = ledger.contract.scopes
    for month in MONTHS:
        assert scope.unlimited or ledger.paid_up_to(month) <= ledger.planned_up_to(month)


def check_nothing_is_billed_twice(ledger: Ledger) -> None:
    """No template holds more of a position than there is; what is not worth a grosz may still wait to go back."""
    waiting: dict[tuple, int] = {}
    sums: dict[tuple, int] = {}
    for (key, form, template), units in ledger.held().items():
        assert units >= 0
        sums[key, form] = sums.get((key, form), 0) + units
        position = ledger.positions[key]
        allowed = position.units if form == ledger.form(position) else 0
        if sums[key, form] > allowed:
            waiting[form, template] = waiting.get((form, template), 0) + min(units, sums[key, form] - allowed)
    assert all(round_half_up(units * form.price) == 0 for (form, _), units in waiting.items())


@pytest.mark.slow
@settings(max_examples=150)
@given(ledger=ledgers(unlimited=st.booleans()), history=acts)
def test_any_history(ledger, history):
    """R23 R21: the cap holds, the lines add up, nothing is billed twice, whatever happens in whatever order."""
    for act in history:
        play(ledger, act)


@pytest.mark.slow
@settings(max_examples=100)
@given(
    ledger=ledgers(policy=st.builds(Policy, carry_over=st.booleans())),
    history=acts,
    positions=performance,
    month=months,
)
def test_calculating_again_changes_nothing(ledger, history, positions, month):
    """With `split` a second calculation of the same month is empty, to the last grosz."""
    for act in history:
        play(ledger, act)
    perform(ledger, positions)
    ledger.calculate(month)
    assert ledger.settled(month).drafts == ()


@pytest.mark.slow
@settings(max_examples=100)
@given(ledger=ledgers(), history=acts, positions=performance, month=months, seed=st.integers(0, 2**32))
def test_order_and_batching_play_no_part(ledger, history, positions, month, seed):
    """The same books give the same result, in whatever order they are read, and with needless rows among them."""
    for act in history:
        play(ledger, act)
    perform(ledger, positions)
    first = told(ledger.settled(month))
    ledger.shuffled, ledger.only_changed = random.Random(seed), False
    assert told(ledger.settled(month)) == first


def told(settlement: Settlement) -> tuple:
    """A settlement as plain values."""
    drafts = [
        (d.month, d.corrects, d.bill, d.country, d.lines, list(map(list, d.allocations)))
        for d in settlement.drafts
    ]
    return drafts, settlement.caps


@pytest.mark.slow
@settings(max_examples=100)
@given(ledger=ledgers(), positions=performance, month=months)
def test_whole_leaves_no_position_that_fits(ledger, positions, month):
    """With `whole`, each position that waits would carry Σ of the rounded lines above the room."""
    ledger.policy = replace(ledger.policy, boundary_position="whole")
    perform(ledger, positions)
    assume(all(round_half_up(p.units * ledger.price(p)) for p in ledger.positions.values()))
    settlement = ledger.calculate(month)
    (cap,) = settlement.caps
    lines = {(d.bill, d.country, line.product): line for d in settlement.drafts for line in d.lines}
    earliest = ledger.contract.settlement_period_of(month).first if ledger.policy.carry_over else month
    for waits in (c for rows in ledger.candidates().values() for c in rows):
        if earliest.number <= waits.month <= month.number:
            line = lines.get((waits.bill, waits.country, waits.product))
            units, amount = (line.units, line.amount) if line else (0, 0)
            assert cap.due - amount + round_half_up((units + waits.units) * waits.price) > cap.room
