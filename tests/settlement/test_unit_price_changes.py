"""R20–R23: settlement periods, annexes, prices and late verification in a year; plan 10 units of 10.00 a month."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import PlanMonth
from rozlicz.settlement.annexes import lowered_too_far
from rozlicz.settlement.unit_price import Policy
from tests import world
from tests.settlement.ledger import FEB, JAN, MAR, UNIT, Ledger, contract_of, new_amount, plan_of
from tests.settlement.test_corrections import told

TEN = 10 * UNIT


def quarter(*units: int, carry_over: bool = True, unlimited: bool = False) -> Ledger:
    plan = units or (TEN, TEN, TEN)
    return Ledger(contract_of(plan_of(*plan, unlimited=unlimited)), Policy(carry_over=carry_over))


def annexed(ledger: Ledger, *units: int, price: int = 1000, unlimited: bool = False) -> None:
    """An annex replaces the plan of the quarter."""
    ledger.contract = world.annexed(
        ledger.contract, scopes=(plan_of(*units, price=price, unlimited=unlimited),)
    )


@pytest.mark.parametrize("carry_over", [True, False])
def test_two_half_years_share_nothing(carry_over):
    """R22, the contracts of 2009: neither over-performance nor free means of the first half reach the second."""
    halves = (
        SettlementPeriod(JAN, Month(world.YEAR, 6)),
        SettlementPeriod(Month(world.YEAR, 7), Month(world.YEAR, 12)),
    )
    contract = contract_of(plan_of(*[TEN] * 12), periods=halves)
    ledger = Ledger(contract, Policy(carry_over=carry_over))
    june, july, august = (Month(world.YEAR, number) for number in (6, 7, 8))
    ledger.perform_visits(june, 70)
    ledger.perform_visits(july, 4)
    ledger.perform_visits(august, 30)
    # Five months of slack pay June's 60; July and August have only their own 20.
    assert [new_amount(ledger.calculate(month)) for month in (june, july, august)] == [60_000, 4_000, 16_000]
    assert [ledger.waiting(month) // UNIT for month in (june, july, august)] == [10, 0, 14]
    assert ledger.paid_up_to(june) == ledger.planned_up_to(june)


def test_an_annex_for_later_months_does_not_reach_back():
    """R23: the plan of March is raised; January stays full, March takes what waited."""
    ledger = quarter()
    ledger.perform_visits(JAN, 15)
    ledger.perform_visits(FEB, 10)
    assert [new_amount(ledger.calculate(month)) for month in (JAN, FEB)] == [10_000, 10_000]
    annexed(ledger, TEN, TEN, 2 * TEN)
    assert [ledger.settled(month).drafts for month in (JAN, FEB)] == [(), ()]
    ledger.perform_visits(MAR, 17)
    assert new_amount(ledger.calculate(MAR)) == 20_000
    assert ledger.waiting(MAR) == 2 * UNIT


def test_a_retroactive_annex_pays_what_waited_in_the_month_that_is_calculated():
    """R23: L of every later month grows too; February's template holds January's five visits."""
    ledger = quarter()
    january = ledger.perform_visits(JAN, 15)
    ledger.calculate(JAN)
    annexed(ledger, 15 * UNIT, TEN, TEN)
    (draft,) = ledger.calculate(FEB).drafts
    assert (draft.month, draft.amount) == (FEB, 5_000)
    assert [key for key, _ in draft.allocations[0]] == january[10:]


def test_without_carry_over_a_retroactive_annex_needs_its_own_month_again():
    ledger = quarter(carry_over=False)
    ledger.perform_visits(JAN, 15)
    ledger.calculate(JAN)
    annexed(ledger, 15 * UNIT, TEN, TEN)
    assert ledger.settled(FEB).drafts == ()
    assert told(ledger.calculate(JAN)) == [(JAN, None, "", 5_000)]


def test_two_annexes_in_one_period_count_as_the_newest_one():
    """R21: up by five, down by three of what nobody used: the plan is the newest one's, whatever the way there."""
    ledger = quarter()
    ledger.perform_visits(JAN, 11)
    ledger.calculate(JAN)
    annexed(ledger, 15 * UNIT, TEN, TEN)
    ledger.calculate(JAN)
    annexed(ledger, 12 * UNIT, TEN, TEN)
    assert lowered_too_far(proposed=ledger.contract, issued_by_cap=ledger.issued()) == ()
    ledger.perform_visits(FEB, 30)
    assert new_amount(ledger.calculate(FEB)) == 22_000 - 11_000
    assert ledger.paid_up_to(FEB) == ledger.planned_up_to(FEB) == 22_000


def test_a_price_that_changes_from_a_month_on_leaves_earlier_positions_alone():
    """R20: c(x) is the price in the reporting month of x; what is billed at the old price is right and stays."""
    ledger = quarter()
    ledger.perform_visits(JAN, 12)
    ledger.calculate(JAN)
    rows = tuple(
        PlanMonth(month=month, units=TEN, price=price)
        for month, price in ((JAN, 1000), (FEB, 1200), (MAR, 1200))
    )
    (scope,) = ledger.contract.scopes
    ledger.contract = world.annexed(ledger.contract, scopes=(replace(scope, plan=rows),))
    ledger.perform_visits(FEB, 5)
    (draft,) = ledger.calculate(FEB).drafts
    assert [(line.units, line.price, line.amount) for line in draft.lines] == [
        (2 * UNIT, 1000, 2_000),
        (5 * UNIT, 1200, 6_000),
    ]


def test_a_price_lowered_back_in_time_gives_back_its_difference():
    """The old price goes back on the template that held it, the new one is billed under the lowered plan."""
    ledger = quarter()
    ledger.perform_visits(JAN, 8)
    ledger.calculate(JAN)
    annexed(ledger, TEN, TEN, TEN, price=900)
    assert told(ledger.calculate(FEB)) == [(JAN, 1, "", -8_000), (FEB, None, "", 7_200)]
    assert (ledger.paid_up_to(JAN), ledger.paid_up_to(FEB)) == (0, 7_200)


def test_a_scope_that_becomes_unlimited_pays_what_waited():
    ledger = quarter()
    ledger.perform_visits(JAN, 25)
    assert new_amount(ledger.calculate(JAN)) == 10_000
    annexed(ledger, TEN, TEN, TEN, unlimited=True)
    assert new_amount(ledger.calculate(FEB)) == 15_000
    limited = world.annexed(ledger.contract, scopes=(plan_of(TEN, TEN, TEN),))
    assert [r.month for r in lowered_too_far(proposed=limited, issued_by_cap=ledger.issued())] == [FEB]


def test_an_unlimited_scope_is_corrected_like_others():
    """UP-19: no cap, but what was rejected later goes back on its own template."""
    ledger = quarter(unlimited=True)
    january = ledger.perform_visits(JAN, 25)
    ledger.calculate(JAN)
    ledger.delete(january[20:])
    assert told(ledger.calculate(FEB)) == [(JAN, 1, "", -5_000)]


def test_a_position_verified_negatively_later_corrects_each_template_that_paid_it():
    """R20: six of its ten units were paid in January, four in February; each template gives its own part back."""
    ledger = quarter(6 * UNIT, TEN, TEN)
    (key,) = ledger.perform(JAN, TEN)
    ledger.calculate(JAN)
    ledger.calculate(FEB)
    ledger.delete([key])
    assert told(ledger.calculate(MAR)) == [(JAN, 1, "", -6_000), (FEB, 2, "", -4_000)]
    assert (ledger.paid_up_to(MAR), ledger.waiting()) == (0, 0)


def test_a_position_found_right_again_is_paid_once():
    """Rejected after billing, then accepted on appeal: taken back once, paid once, in the month calculated."""
    ledger = quarter()
    (key,) = ledger.perform(JAN, 3 * UNIT)
    ledger.calculate(JAN)
    ledger.delete([key])
    ledger.calculate(FEB)
    ledger.change(key, units=3 * UNIT)
    assert told(ledger.calculate(MAR)) == [(MAR, None, "", 3_000)]
    ledger.delete([key])
    assert told(ledger.calculate(MAR)) == [(MAR, 3, "", -3_000)]
    assert ledger.paid_up_to(MAR) == 0


def test_a_correction_belongs_to_the_first_template_however_often_it_was_corrected():
    """R_UMX id-szablonu-kor: the id of the template itself, never of an earlier correction."""
    ledger = quarter()
    keys = ledger.perform_visits(JAN, 3)
    ledger.calculate(JAN)
    for key in keys:
        ledger.change(key, units=UNIT // 2)
        assert told(ledger.calculate(FEB)) == [(JAN, 1, "", -500)]
    ledger.delete(keys)
    assert told(ledger.calculate(MAR)) == [(JAN, 1, "", -1_500)]


def test_krotnosc_zero_after_billing_takes_everything_back():
    """A billed position that is changed to “statistics only” is worth nothing any more."""
    ledger = quarter()
    (key,) = ledger.perform(JAN, 2 * UNIT)
    ledger.calculate(JAN)
    ledger.change(key, units=0)
    assert told(ledger.calculate(JAN)) == [(JAN, 1, "", -2_000)]
