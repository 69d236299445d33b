"""Step 1 (R20, R23): what was billed and is no longer so goes back at once, each template by its own correction."""

from __future__ import annotations

from dataclasses import replace

from rozlicz.kernel.months import SettlementPeriod
from rozlicz.messages.contracts import PlanMonth
from rozlicz.settlement.corrections import corrections
from rozlicz.settlement.unit_price import Billed, CapUnit, Settlement
from tests import world
from tests.settlement.ledger import FEB, JAN, MAR, NEUROLOGY, UNIT, Ledger, contract_of, plan_of

HUNDRED = 100 * UNIT
CARDIOLOGY = CapUnit(world.CARDIOLOGY, 1)


def ledger_of(*units: int) -> Ledger:
    return Ledger(contract_of(plan_of(*units)))


def told(settlement: Settlement) -> list[tuple]:
    """Month, corrected template, bill and amount of each draft."""
    return [(d.month, d.corrects, d.bill, d.amount) for d in settlement.drafts]


def test_a_position_changed_downwards_gives_its_difference_back():
    ledger = ledger_of(HUNDRED)
    (key,) = ledger.perform(JAN, 5 * UNIT)
    ledger.calculate(JAN)
    ledger.change(key, units=3 * UNIT)
    settlement = ledger.calculate(JAN)
    assert told(settlement) == [(JAN, 1, "", -2_000)]
    assert list(settlement.drafts[0].allocations[0]) == [(key, -2 * UNIT)]
    assert ledger.settled(JAN).drafts == ()


def test_a_position_changed_upwards_is_a_candidate_for_its_difference():
    ledger = ledger_of(HUNDRED)
    (key,) = ledger.perform(JAN, 3 * UNIT)
    ledger.calculate(JAN)
    ledger.change(key, units=5 * UNIT)
    assert told(ledger.calculate(FEB)) == [(FEB, None, "", 2_000)]


def test_a_position_billed_by_two_templates_gives_back_from_the_newest():
    """4 of 5 units were paid in January, 1 in February; 2 units are left of it."""
    ledger = ledger_of(4 * UNIT, HUNDRED, HUNDRED)
    (key,) = ledger.perform(JAN, 5 * UNIT)
    ledger.calculate(JAN)
    ledger.calculate(FEB)
    ledger.change(key, units=2 * UNIT)
    assert told(ledger.calculate(MAR)) == [(JAN, 1, "", -2_000), (FEB, 2, "", -1_000)]
    assert (ledger.paid_up_to(JAN), ledger.paid_up_to(FEB)) == (2_000, 2_000)


def test_a_correction_names_the_first_template_also_when_it_was_corrected_before():
    ledger = ledger_of(HUNDRED)
    first, second = ledger.perform(JAN, UNIT, UNIT)
    ledger.calculate(JAN)
    for key in (first, second):
        ledger.delete([key])
        assert told(ledger.calculate(FEB)) == [(JAN, 1, "", -1_000)]


def test_a_changed_product_is_taken_back_and_billed_anew():
    ledger = ledger_of(HUNDRED)
    (key,) = ledger.perform(JAN, 5 * UNIT)
    ledger.calculate(JAN)
    ledger.change(key, product=world.SPECIALIST_VISIT)
    settlement = ledger.calculate(JAN)
    assert told(settlement) == [(JAN, 1, "", -5_000), (JAN, None, "", 5_000)]
    assert [draft.lines[0].product for draft in settlement.drafts] == [world.VISIT, world.SPECIALIST_VISIT]


def test_a_person_found_to_be_insured_abroad_gets_a_bill_of_their_own():
    """R61: the general bill gives the position back, the individual one takes it, under the same cap."""
    ledger = ledger_of(5 * UNIT)
    (key,) = ledger.perform(JAN, 5 * UNIT)
    ledger.calculate(JAN)
    ledger.change(key, bill="EHIC-1", country="DE")
    assert told(ledger.calculate(JAN)) == [(JAN, 1, "", -5_000), (JAN, None, "EHIC-1", 5_000)]


def test_a_price_that_an_annex_changes_back_in_time_corrects_what_was_billed():
    ledger = ledger_of(HUNDRED)
    ledger.perform(JAN, 5 * UNIT)
    ledger.calculate(JAN)
    ledger.contract = world.annexed(ledger.contract, scopes=(plan_of(HUNDRED, price=1100),))
    assert told(ledger.calculate(FEB)) == [(JAN, 1, "", -5_000), (FEB, None, "", 5_500)]


def test_a_price_that_changes_inside_a_period_makes_two_lines():
    """c(x) is the price of the scope in the reporting month of the position, whenever it is paid."""
    scope = replace(
        plan_of(),
        plan=(PlanMonth(month=JAN, units=UNIT, price=1000), PlanMonth(month=FEB, units=HUNDRED, price=1200)),
    )
    ledger = Ledger(contract_of(scope))
    ledger.perform_visits(JAN, 3)
    ledger.perform_visits(FEB, 2)
    ledger.calculate(JAN)
    (draft,) = ledger.calculate(FEB).drafts
    assert [(line.units, line.price, line.amount) for line in draft.lines] == [
        (2 * UNIT, 1000, 2_000),
        (2 * UNIT, 1200, 2_400),
    ]


def test_a_position_moved_to_another_settlement_period_leaves_the_first():
    """Nothing crosses the border: January's period gives it back, February's period has room of its own."""
    periods = (SettlementPeriod(JAN, JAN), SettlementPeriod(FEB, MAR))
    ledger = Ledger(contract_of(plan_of(HUNDRED, 3 * UNIT, 0), periods=periods))
    (key,) = ledger.perform(JAN, 5 * UNIT)
    ledger.calculate(JAN)
    ledger.change(key, month=FEB, last_day=FEB.last_day)
    assert told(ledger.calculate(FEB)) == [(JAN, 1, "", -5_000), (FEB, None, "", 3_000)]
    assert (ledger.paid_up_to(JAN), ledger.paid_up_to(FEB)) == (0, 3_000)


def test_what_the_new_period_holds_stays_when_the_old_one_gives_back():
    """Each settlement period answers for itself, in whatever order the templates are read."""
    contract = contract_of(plan_of(), periods=(SettlementPeriod(JAN, JAN), SettlementPeriod(FEB, MAR)))
    now = {"now_units": 5, "now_month": FEB.number, "now_product": "P", "now_price": 10_000}
    rows = [
        Billed(("S", 1), template, month.number, "P", 10_000, 5, **now)
        for template, month in ((1, JAN), (2, FEB))
    ]
    for order in (rows, rows[::-1]):
        found = corrections(order, contract.settlement_period_of)
        assert {template: [line.units for line in lines.values()] for template, lines in found.items()} == {
            (1, JAN.number): [-5]
        }


def test_nothing_is_carried_across_settlement_periods():
    """Neither slack nor waiting positions of the first period reach the second (R22)."""
    periods = (SettlementPeriod(JAN, JAN), SettlementPeriod(FEB, MAR))
    ledger = Ledger(contract_of(plan_of(10 * UNIT, 10 * UNIT, 0), periods=periods))
    ledger.perform_visits(JAN, 14)
    ledger.perform_visits(FEB, 7)
    ledger.calculate(JAN)
    assert told(ledger.calculate(FEB)) == [(FEB, None, "", 7_000)]
    assert ledger.waiting(JAN) == 4 * UNIT


def test_one_correcting_template_holds_the_lines_of_all_scopes():
    ledger = Ledger(contract_of(plan_of(HUNDRED), plan_of(HUNDRED, scope=world.CARDIOLOGY)))
    keys = [*ledger.perform(JAN, UNIT), *ledger.perform(JAN, 2 * UNIT, unit=CARDIOLOGY)]
    ledger.calculate(JAN)
    ledger.delete(keys)
    (draft,) = ledger.calculate(JAN).drafts
    assert (draft.corrects, draft.amount) == (1, -3_000)
    assert [(line.scope, line.amount) for line in draft.lines] == [
        (world.CARDIOLOGY, -2_000),
        (world.NEUROLOGY, -1_000),
    ]


def test_a_position_moved_to_another_scope_goes_from_cap_to_cap():
    ledger = Ledger(contract_of(plan_of(HUNDRED), plan_of(HUNDRED, scope=world.CARDIOLOGY)))
    (key,) = ledger.perform(JAN, 2 * UNIT)
    ledger.calculate(JAN)
    ledger.change(key, unit=CARDIOLOGY)
    settlement = ledger.calculate(JAN)
    assert [(cap.unit, cap.corrected, cap.due) for cap in settlement.caps] == [
        (CARDIOLOGY, 0, 2_000),
        (NEUROLOGY, -2_000, 0),
    ]


def test_a_scope_that_an_annex_removed_is_still_corrected():
    """R63: nothing is planned for it any more, so nothing new is paid; what was billed may go back."""
    ledger = Ledger(contract_of(plan_of(HUNDRED), plan_of(HUNDRED, scope=world.CARDIOLOGY)))
    keys = ledger.perform(JAN, UNIT, UNIT, unit=CARDIOLOGY)
    ledger.calculate(JAN)
    ledger.contract = world.annexed(ledger.contract, scopes=(plan_of(HUNDRED),))
    ledger.delete(keys)
    settlement = ledger.calculate(FEB)
    assert told(settlement) == [(JAN, 1, "", -2_000)]
    assert settlement.drafts[0].lines[0].name == world.VISIT


def test_what_is_not_worth_a_grosz_waits_on_both_ways():
    """A line of 0.00 is no line: 0.0004 unit at 10.00 is 0.004 zł, there and back."""
    ledger = ledger_of(HUNDRED)
    (dust,) = ledger.perform(JAN, 4)
    assert ledger.calculate(JAN).drafts == ()
    ledger.perform(JAN, UNIT)
    assert told(ledger.calculate(JAN)) == [(JAN, None, "", 1_000)]
    assert ledger.waiting() == 0
    ledger.delete([dust])
    assert ledger.calculate(JAN).drafts == ()
    (other,) = [key for key, position in ledger.positions.items() if position.units]
    ledger.delete([other])
    assert told(ledger.calculate(JAN)) == [(JAN, 1, "", -1_000)]
    assert not any(ledger.held().values())
