"""Steps 3 to 5 (R20, R22, R23): who is a candidate, in which order, and how the last grosz is shared."""

from __future__ import annotations

import random
import tracemalloc
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import PlanMonth, SettledBy
from rozlicz.settlement.parameters import BOUNDARY_POSITION, CARRY_OVER
from rozlicz.settlement.unit_price import (
    Candidate,
    CapUnit,
    NotACandidate,
    Policy,
    Settlement,
    UnableToSettle,
    cap_units,
    policy_for,
    settle_contract,
)
from tests import world
from tests.settlement.ledger import FEB, JAN, MAR, NEUROLOGY, UNIT, Ledger, contract_of, new_amount, plan_of
from tests.settlement.strategies import MONTHS, perform, performance

WHOLE = Policy(boundary_position="whole")
PLANNED_FOR_ALL = plan_of(10_000_000 * UNIT)


def candidate(
    service: str, *, position: int = 1, day: int = 1, month: Month = JAN, units: int = UNIT
) -> Candidate:
    return Candidate(
        (service, position),
        month.number,
        month.first_day.replace(day=day),
        world.VISIT,
        price=1000,
        units=units,
    )


def settled(candidates, *, scope=PLANNED_FOR_ALL, month: Month = JAN, ordered: bool = False) -> Settlement:
    return settle_contract(
        contract=contract_of(scope),
        month=month,
        candidates_by_cap={NEUROLOGY: candidates},
        billed_by_cap={},
        issued_by_cap={},
        performed_by_cap={},
        policy=Policy(),
        ordered=ordered,
    )


def taken(settlement: Settlement) -> list:
    return [key for draft in settlement.drafts for line in draft.allocations for key, _ in line]


def test_the_order_is_month_last_day_service_position():
    """Time of receipt plays no part; service ids compare by code point."""
    reported_late = candidate("S0", day=4)._replace(month=FEB.number)
    right = [
        candidate("S9", day=30),
        reported_late,
        candidate("Z1", month=FEB, day=2),
        candidate("S10", month=FEB, day=3),
        candidate("S2", position=1, month=FEB, day=3),
        candidate("S2", position=2, month=FEB, day=3),
        candidate("s1", month=FEB, day=3),
        candidate("Ś1", month=FEB, day=3),
        candidate("A1", month=MAR)._replace(last_day=date(world.YEAR, 1, 2)),
    ]
    shuffled = list(right)
    random.Random(1).shuffle(shuffled)
    keys = [row.key for row in right]
    assert taken(settled(shuffled, month=MAR)) == keys
    assert taken(settled(iter(right), month=MAR, ordered=True)) == keys


@pytest.mark.parametrize(
    ("candidates", "ordered"),
    [
        pytest.param([candidate("B"), candidate("A")], True, id="out of order"),
        pytest.param([candidate("A"), candidate("A")], True, id="given twice"),
        pytest.param([candidate("A"), candidate("A")], False, id="given twice in any order"),
        pytest.param([candidate("A", units=-1)], False, id="negative units"),
        pytest.param([candidate("A")._replace(price=-1)], False, id="negative price"),
    ],
)
def test_a_mistaken_program_is_told(candidates, ordered):
    with pytest.raises(NotACandidate, match="A"):
        settled(candidates, ordered=ordered)


def test_multiplicity_zero_is_never_a_candidate():
    """KOEF: krotność 0 is reported for statistics only."""
    assert settled([candidate("A", units=0)]).drafts == ()


def test_later_months_wait():
    settlement = settled([candidate("A"), candidate("B", month=FEB)])
    assert taken(settlement) == [("A", 1)]
    assert settlement.caps[0].waiting == 1_000


def test_all_bills_share_the_one_cap():
    """R59 R61: general and individual bills are filled in the one order, up to the contract limit together."""
    ledger = Ledger(contract_of(plan_of(3 * UNIT)))
    ledger.perform(JAN, UNIT)
    ledger.perform(JAN, UNIT, bill="EHIC-1", country="DE")
    ledger.perform(JAN, UNIT, bill="EHIC-2", country="IT")
    ledger.perform(JAN, UNIT)
    drafts = ledger.calculate(JAN).drafts
    assert sum(draft.amount for draft in drafts) == 3_000
    assert [(draft.bill, draft.country) for draft in drafts] == [("", ""), ("EHIC-1", "DE"), ("EHIC-2", "IT")]


def test_the_rounded_lines_fit_the_room_not_their_exact_sum():
    """Two lines of 0.005 zł exact are 0.01 each: both do not fit into 0.01, though their exact sum does."""
    ledger = Ledger(contract_of(plan_of(10)))
    ledger.perform(JAN, 5)
    ledger.perform(JAN, 5, product=world.SPECIALIST_VISIT)
    assert new_amount(ledger.calculate(JAN)) == 1
    assert ledger.waiting() == 5


def test_a_split_takes_what_fits_exactly():
    """Left 5.00 zł at 10.01: 0.4995 unit is 4.999995 zł, 0.4996 would be 5.000996."""
    ledger = Ledger(contract_of(plan_of(4995, price=1001)))
    (key,) = ledger.perform(JAN, UNIT)
    (draft,) = ledger.calculate(JAN).drafts
    assert list(draft.allocations[0]) == [(key, 4995)]
    assert draft.amount == 500


def test_after_a_split_nothing_younger_is_tried():
    """At 1,000.00 a unit 0.09 zł is less than 0.0001 unit; February's visit at 1.00 would fit, but it waits."""
    plan = (PlanMonth(month=JAN, units=9, price=10_000), PlanMonth(month=FEB, units=0, price=100))
    scope = replace(plan_of(), plan=plan)
    rows = [
        Candidate(("A", 1), JAN.number, JAN.last_day, world.VISIT, 100_000, UNIT),
        Candidate(("B", 1), FEB.number, FEB.last_day, world.VISIT, 100, 100),
    ]
    assert settled(rows, scope=scope, month=FEB).caps[0].room == 9
    assert settled(rows, scope=scope, month=FEB).drafts == ()
    assert taken(settled(rows[1:], scope=scope, month=FEB)) == [("B", 1)]


def test_the_plan_of_a_month_may_have_several_rows():
    """p(i) is the Σ of the rows, each rounded: 0.5 × 10.01 = 5.005 → 5.01, twice."""
    row = PlanMonth(month=JAN, units=5_000, price=1001)
    assert settled([], scope=replace(plan_of(), plan=(row, row))).caps[0].room == 1_002


def test_an_overdrawn_month_has_no_room():
    """When a plan stands below what is billed, nothing more is due, and nothing is taken back by itself."""
    ledger = Ledger(contract_of(plan_of(10 * UNIT)))
    ledger.perform_visits(JAN, 12)
    ledger.calculate(JAN)
    ledger.contract = contract_of(plan_of(9 * UNIT))
    settlement = ledger.settled(JAN)
    assert (settlement.caps[0].room, settlement.drafts) == (0, ())


def test_what_rounding_left_of_a_split_is_not_paid_in_the_same_month_again():
    """Room 0.05 zł at 170.00: 0.0002 unit is 0.034 zł, billed as 0.03. The 0.02 left is no new room for January."""
    ledger = Ledger(contract_of(plan_of(3, 0, price=17_000)))
    ledger.perform(JAN, UNIT)
    (draft,) = ledger.calculate(JAN).drafts
    assert (draft.lines[0].units, draft.amount) == (2, 3)
    (cap,) = ledger.settled(JAN).caps
    assert (cap.room, cap.due) == (2, 0)
    assert new_amount(ledger.settled(FEB)) == 2


@pytest.mark.slow
@settings(max_examples=100)
@given(positions=performance)
def test_whole_calculated_again_changes_nothing_where_nothing_is_rounded(positions):
    """At 100.00 zł a unit every position is whole grosze. Elsewhere a position above the room by less than half a
    grosz may be taken the second time, when it stands in a line of its own."""
    ledger = Ledger(contract_of(plan_of(*[30_000] * 3, price=10_000)), WHOLE)
    perform(ledger, [row for row in positions if row[0] in MONTHS[:3]])
    for month in MONTHS[:3]:
        ledger.calculate(month)
        assert ledger.settled(month).drafts == ()


def test_a_month_outside_every_settlement_period_is_refused():
    """R63."""
    with pytest.raises(UnableToSettle) as refusal:
        settled([], month=Month(world.YEAR + 1, 1))
    assert "styczeń 2027" in refusal.value.text.pl
    assert refusal.value.basis.reference.pl


def test_scopes_of_another_method_are_left_out():
    lump = replace(plan_of(10 * UNIT), settled_by=SettledBy.LUMP_SUM)
    assert cap_units(contract_of(lump)) == ()
    assert settled([candidate("A")], scope=lump).caps == ()


def test_a_scope_outside_the_contract_has_no_plan():
    """R63: nothing is settled, everything waits."""
    unit = CapUnit("01.0000.000.01", 1)
    settlement = settle_contract(
        contract=contract_of(plan_of(UNIT)),
        month=JAN,
        candidates_by_cap={unit: [candidate("A")]},
        billed_by_cap={},
        issued_by_cap={},
        performed_by_cap={},
        policy=Policy(),
    )
    assert settlement.drafts == ()
    assert [(cap.unit, cap.room, cap.waiting) for cap in settlement.caps if cap.unit == unit] == [
        (unit, 0, 1_000)
    ]


def test_the_policy_is_the_branchs_on_the_first_day_of_the_month():
    assert policy_for(month=JAN, branch="05") == Policy(carry_over=True, boundary_position="split")
    for parameter in (CARRY_OVER, BOUNDARY_POSITION):
        assert not parameter.on(date(2026, 1, 1), "05").basis.confirmed


@pytest.mark.slow
def test_many_candidates_in_order_need_little_memory():
    """Ordered candidates are read once: what stays are the keys of the taken ones, about a hundred bytes each."""
    count = 50_000
    tracemalloc.start()
    settlement = settled((candidate(f"S{number:08d}") for number in range(count)), ordered=True)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(taken(settlement)) == count
    assert peak < 150 * count
