"""Unit price (R20–R23): every worked case. Amounts in zł; the plan is 100 units at 10.00 a month unless said."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from rozlicz.settlement.unit_price import CapUnit, Policy
from tests import world
from tests.settlement.ledger import (
    FEB,
    FIRST_QUARTER,
    JAN,
    UNIT,
    Ledger,
    contract_of,
    new_amount,
    plan_of,
)

HUNDRED = 100 * UNIT
CARRY, NO_CARRY = Policy(), Policy(carry_over=False)
WHOLE = Policy(boundary_position="whole")


class Quarter(NamedTuple):
    """Performed in three months of a plan, in visits; expected due of each, in zł, and visits waiting at the end."""

    performed: tuple[int, int, int]
    due: tuple[int, int, int]
    plan: tuple[int, int, int] = (100, 100, 100)
    waiting: tuple[int, int, int] = (0, 0, 0)


@pytest.mark.parametrize("boundary", ["split", "whole"])
@pytest.mark.parametrize(
    ("carry_over", "case"),
    [
        pytest.param(True, Quarter((120, 80, 100), (1000, 1000, 1000)), id="UP-01 R22"),
        pytest.param(True, Quarter((80, 130, 90), (800, 1200, 1000)), id="UP-03a R22 R23"),
        # January is not in the plan: what was performed in it finds no room, and no later month takes it.
        pytest.param(
            False, Quarter((50, 100, 100), (0, 1000, 1000), (0, 100, 100), (50, 0, 0)), id="UP-04b R22"
        ),
        pytest.param(True, Quarter((80, 120, 100), (800, 1200, 1000)), id="CAPS-01 R22"),
        pytest.param(True, Quarter((120, 80, 100), (1000, 1000, 1000)), id="CAPS-02 carry R22"),
        pytest.param(
            False, Quarter((120, 80, 100), (1000, 800, 1000), waiting=(20, 0, 0)), id="CAPS-02 no carry R22"
        ),
    ],
)
def test_months_in_order(carry_over, case, boundary):
    policy = Policy(carry_over=carry_over, boundary_position=boundary)
    ledger = Ledger(contract_of(plan_of(*(units * UNIT for units in case.plan))), policy)
    for month, visits in zip(FIRST_QUARTER, case.performed, strict=True):
        ledger.perform_visits(month, visits)
    assert tuple(new_amount(ledger.calculate(month)) // 100 for month in FIRST_QUARTER) == case.due
    assert tuple(ledger.waiting(month) // UNIT for month in FIRST_QUARTER) == case.waiting


@pytest.mark.parametrize(
    ("policy", "january", "february"),
    [
        pytest.param(CARRY, [60_000, 40_000], [10_000, 40_000], id="UP-06 split"),
        pytest.param(WHOLE, [60_000, 40_000], [50_000], id="UP-06 whole"),
    ],
)
def test_the_position_on_the_boundary(policy, january, february):
    """Same money, other positions: the template shows which."""
    ledger = Ledger(contract_of(plan_of(10 * UNIT, 10 * UNIT)), policy)
    first, second, third = ledger.perform(JAN, 60_000, 50_000, 40_000)
    taken = [list(ledger.calculate(month).drafts[0].allocations[0]) for month in (JAN, FEB)]
    assert [[units for _, units in month] for month in taken] == [january, february]
    last = third if policy == WHOLE else second
    assert [key for key, _ in taken[0]] == [first, last]
    assert [key for key, _ in taken[1]] == ([second] if policy == WHOLE else [second, third])
    assert [ledger.paid_up_to(month) for month in (JAN, FEB)] == [10_000, 15_000]
    assert ledger.waiting() == 0


def test_a_deletion_frees_its_room_at_once():
    """UP-09a R23: the correcting template belongs to January, its room goes to the oldest waiting first."""
    ledger = Ledger(contract_of(plan_of(*[HUNDRED] * 3)))
    january = ledger.perform_visits(JAN, 110)
    assert new_amount(ledger.calculate(JAN)) == 100_000
    ledger.delete(january[:30])
    ledger.perform_visits(FEB, 100)
    settlement = ledger.calculate(FEB)
    correction, template = settlement.drafts
    assert (correction.corrects, correction.month, correction.amount) == (1, JAN, -30_000)
    assert {key for key, _ in correction.allocations[0]} == set(january[:30])
    assert (template.corrects, template.month, template.amount) == (None, FEB, 110_000)
    assert [key for key, _ in template.allocations[0]][:10] == january[100:]
    assert (ledger.paid_up_to(JAN), ledger.paid_up_to(FEB), ledger.waiting()) == (70_000, 180_000, 0)


def test_an_earlier_month_is_calculated_again_after_an_annex():
    """UP-11a R23: room(1) = min(1,150 − 1,000, 2,150 − 2,000)."""
    ledger = Ledger(contract_of(plan_of(HUNDRED, HUNDRED)), NO_CARRY)
    ledger.perform_visits(JAN, 120)
    ledger.perform_visits(FEB, 100)
    assert [new_amount(ledger.calculate(month)) for month in (JAN, FEB)] == [100_000, 100_000]
    ledger.contract = world.annexed(ledger.contract, scopes=(plan_of(115 * UNIT, HUNDRED),))
    assert new_amount(ledger.calculate(JAN)) == 15_000
    assert ledger.waiting(JAN) == 5 * UNIT
    assert ledger.waiting(FEB) == 0


def test_an_earlier_month_finds_no_room_that_later_ones_have_used():
    """R23: January's slack was paid to February; calculating January again may not pay it twice."""
    ledger = Ledger(contract_of(plan_of(HUNDRED, HUNDRED)))
    ledger.perform_visits(JAN, 80)
    ledger.perform_visits(FEB, 120)
    assert [new_amount(ledger.calculate(month)) for month in (JAN, FEB)] == [80_000, 120_000]
    ledger.perform_visits(JAN, 20)
    assert ledger.settled(JAN).drafts == ()
    assert ledger.settled(JAN).caps[0].room == 0


def test_a_line_is_rounded_once():
    """UP-14 R20: 0.9999 × 10.01 = 10.008999 → 10.01, not 3 × 3.34 = 10.02."""
    ledger = Ledger(contract_of(plan_of(3 * UNIT, price=1001)))
    ledger.perform(JAN, 3333, 3333, 3333)
    (draft,) = ledger.calculate(JAN).drafts
    assert (draft.lines[0].units, draft.lines[0].price, draft.amount) == (9999, 1001, 1001)
    assert draft.lines[0].adds_up
    assert ledger.waiting() == 0


def test_caps_do_not_share():
    """UP-18 R21: even with the same scope code."""
    code = "03.4450.260.02"
    first, second = CapUnit(code, 1), CapUnit(code, 2)
    ledger = Ledger(
        contract_of(plan_of(HUNDRED, scope=code), plan_of(HUNDRED, scope=code, distinguisher=2)),
    )
    ledger.perform_visits(JAN, 80, unit=first)
    ledger.perform_visits(JAN, 130, unit=second)
    settlement = ledger.calculate(JAN)
    assert {cap.unit: cap.due for cap in settlement.caps} == {first: 80_000, second: 100_000}
    (draft,) = settlement.drafts
    assert [(line.distinguisher, line.amount) for line in draft.lines] == [(1, 80_000), (2, 100_000)]
    assert ledger.waiting() == 30 * UNIT


def test_two_scopes_do_not_share():
    """CAPS-05 R21."""
    cardiology = CapUnit(world.CARDIOLOGY, 1)
    ledger = Ledger(contract_of(plan_of(HUNDRED), plan_of(HUNDRED, scope=world.CARDIOLOGY)))
    ledger.perform_visits(JAN, 80)
    ledger.perform_visits(JAN, 130, unit=cardiology)
    assert [cap.due for cap in ledger.calculate(JAN).caps] == [100_000, 80_000]


def test_an_unlimited_scope_has_no_cap():
    """UP-19."""
    ledger = Ledger(contract_of(plan_of(HUNDRED, unlimited=True)))
    ledger.perform_visits(JAN, 130)
    settlement = ledger.calculate(JAN)
    assert (new_amount(settlement), settlement.caps[0].room) == (130_000, None)
    assert ledger.waiting() == 0


def test_units_carry_weight_and_coefficient():
    """KOEF-06 R20: weight 30 points at 1.2 are 36 units; the due is units × price, nothing is rounded before."""
    ledger = Ledger(contract_of(plan_of(HUNDRED, price=107)))
    ledger.perform(JAN, 36 * UNIT)
    assert new_amount(ledger.calculate(JAN)) == 36 * 107
