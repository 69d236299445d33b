"""Shifts of means between scopes (§ 20, § 21 of the general terms): accepted to the grosz, or every reason given."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month, Quarter, SettlementPeriod
from rozlicz.kernel.refusals import Refusal
from rozlicz.messages.contracts import PlanMonth
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.shifts import (
    Change,
    ContractState,
    Shift,
    ShiftRequest,
    decide_shift,
    last_day_to_file,
)
from rozlicz.settlement.unit_price import CapUnit, Issued
from tests import world
from tests.settlement.ledger import FEB, JAN, MAR, NEUROLOGY, UNIT, Ledger, contract_of, new_amount, plan_of

CARDIOLOGY = CapUnit(world.CARDIOLOGY, 1)
HUNDRED = 100 * UNIT
FIRST, FOURTH = Quarter(world.YEAR, 1), Quarter(world.YEAR, 4)
YEAR = (SettlementPeriod(JAN, Month(world.YEAR, 12)),)
IN_TIME = date(world.YEAR, 4, 7)
BOTH = contract_of(plan_of(*[HUNDRED] * 12), plan_of(*[HUNDRED] * 12, scope=world.CARDIOLOGY), periods=YEAR)
"""Two scopes of 1,000.00 a month for a year: 12,000.00 each, so 2,400.00 is the most that may be taken from one."""


def change(unit: CapUnit, amount: int, month: Month = MAR, contract: str = BOTH.code) -> Change:
    return Change(contract, unit, month, amount)


def shifted(amount: int, month: Month = MAR) -> tuple[Change, ...]:
    """Neurology gives, cardiology gets."""
    return change(NEUROLOGY, -amount, month), change(CARDIOLOGY, amount, month)


def state(contract=BOTH, **more) -> ContractState:
    return ContractState(**({"now": contract, "at_start": contract, "issued": {}} | more))


def decided(*changes, quarter=FIRST, filed_on=IN_TIME, contracts=()) -> Shift | tuple[Refusal, ...]:
    request = ShiftRequest(quarter=quarter, filed_on=filed_on, changes=changes)
    return decide_shift(request, contracts=contracts or (state(),))


def accepted(*changes, **circumstances) -> Shift:
    shift = decided(*changes, **circumstances)
    assert isinstance(shift, Shift), shift
    return shift


def reasons(*changes, **circumstances) -> list[str]:
    refusals = decided(*changes, **circumstances)
    assert isinstance(refusals, tuple)
    for refusal in refusals:
        said = (refusal.text, refusal.remedy, refusal.found, refusal.expected, refusal.basis.reference)
        assert all(text.pl and text.en and "{" not in text.pl + text.en for text in said)
    return [refusal.code for refusal in refusals]


def test_caps_08_the_commitment_stays_the_same():
    """CAPS-08: scope A plan −200.00, scope B plan +200.00, the total the same before and after."""
    shift = accepted(*shifted(20_000), contracts=(state(), state(replace(BOTH, code="another"))))
    (proposed,) = shift.proposed
    assert proposed.amount == BOTH.amount
    assert [(r.change.unit, r.after.units, r.after.amount) for r in shift.rows] == [
        (CARDIOLOGY, 120 * UNIT, 120_000),
        (NEUROLOGY, 80 * UNIT, 80_000),
    ]
    assert proposed.scope(*NEUROLOGY).plan[2] == PlanMonth(month=MAR, units=80 * UNIT, price=1000)
    assert proposed.scope(*NEUROLOGY).plan[:2] == BOTH.scope(*NEUROLOGY).plan[:2]
    assert (proposed.annex, shift.no_further_claim) == (BOTH.annex, ((BOTH.code, NEUROLOGY),))


def test_what_waited_in_the_raised_scope_is_paid_after_the_annex():
    ledger = Ledger(BOTH)
    ledger.perform_visits(MAR, 300, unit=NEUROLOGY)
    ledger.perform_visits(MAR, 320, unit=CARDIOLOGY)
    assert new_amount(ledger.calculate(MAR)) == 600_000
    shift = decided(*shifted(20_000), contracts=(state(issued=ledger.issued()),))
    assert [refusal.code for refusal in shift] == ["SH-13"]
    other = Ledger(BOTH)
    other.perform_visits(MAR, 250, unit=NEUROLOGY)
    other.perform_visits(MAR, 320, unit=CARDIOLOGY)
    other.calculate(MAR)
    (other.contract,) = accepted(*shifted(20_000), contracts=(state(issued=other.issued()),)).proposed
    assert new_amount(other.calculate(MAR)) == 20_000


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2026, 12, 15), [], id="CAPS-11 15 December in time"),
        pytest.param(date(2026, 12, 16), ["SH-4"], id="CAPS-11 16 December late"),
        pytest.param(date(2026, 10, 1), [], id="any day before"),
    ],
)
def test_the_request_for_the_last_quarter(day, expected):
    december = Month(world.YEAR, 12)
    outcome = decided(*shifted(20_000, december), quarter=FOURTH, filed_on=day)
    assert ([] if isinstance(outcome, Shift) else [refusal.code for refusal in outcome]) == expected


def test_a_last_day_on_a_sunday_moves():
    """15 December 2024 is a Sunday (art. 115 of the Civil Code)."""
    assert last_day_to_file(Quarter(2024, 4)) == date(2024, 12, 16)
    assert last_day_to_file(Quarter(2026, 4)) == date(2026, 12, 15)
    assert last_day_to_file(Quarter(2026, 3)) is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param([], ["SH-2"], id="nothing"),
        pytest.param(shifted(100) + shifted(-100), ["SH-2"], id="there and back"),
        pytest.param(
            [change(NEUROLOGY, -100, FEB), change(NEUROLOGY, 100)], ["SH-2"], id="months of one scope only"
        ),
        pytest.param(
            [change(NEUROLOGY, -1_000), change(CARDIOLOGY, 1_001)], ["SH-1"], id="the total is raised"
        ),
        pytest.param(
            [change(NEUROLOGY, -1_000), change(CARDIOLOGY, 999)], ["SH-1"], id="the total is lowered"
        ),
        pytest.param(
            [*shifted(100_000), *shifted(100_000, FEB), *shifted(40_000, JAN)],
            [],
            id="exactly 20 % of 12,000.00",
        ),
        pytest.param(
            [*shifted(100_000), *shifted(100_000, FEB), *shifted(40_001, JAN)], ["SH-3"], id="a grosz more"
        ),
        pytest.param(
            shifted(20_000, Month(world.YEAR, 4)), ["SH-9", "SH-9"], id="a month of another quarter"
        ),
        pytest.param(shifted(100_001), ["SH-11"], id="more than the month has"),
        pytest.param(
            [change(CapUnit("01.0000.000.01", 1), 1_000), change(NEUROLOGY, -1_000)],
            ["SH-8"],
            id="no such scope",
        ),
        pytest.param(
            [change(CARDIOLOGY, 1_000, contract="other"), change(NEUROLOGY, -1_000)],
            ["SH-8"],
            id="a contract that is not given",
        ),
        pytest.param(
            [change(NEUROLOGY, -100_001), change(CARDIOLOGY, 5, Month(world.YEAR, 5))],
            ["SH-1", "SH-9", "SH-11"],
            id="every reason at once",
        ),
    ],
)
def test_reasons_against_a_shift(changes, expected):
    outcome = decided(*changes)
    assert sorted([] if isinstance(outcome, Shift) else reasons(*changes)) == sorted(expected)


def test_before_the_quarter_is_over_nothing_is_shifted():
    assert reasons(*shifted(20_000), filed_on=date(2026, 3, 31)) == ["SH-5"]
    accepted(*shifted(20_000), filed_on=date(2026, 4, 1))


def test_the_limit_is_that_of_the_first_day_and_counts_earlier_shifts():
    """20 % of 12,000.00, though an annex has raised the scope since; 2,000.00 went before, 400.00 are left."""
    raised = world.annexed(BOTH, scopes=(plan_of(*[2 * HUNDRED] * 12), BOTH.scopes[1]))
    before = (change(NEUROLOGY, -200_000, Month(world.YEAR, 2)), change(CARDIOLOGY, 200_000, JAN))
    now = state(now=raised, earlier=before)
    accepted(*shifted(40_000), contracts=(now,))
    assert reasons(*shifted(40_001), contracts=(now,)) == ["SH-3"]


def test_shifts_of_another_settlement_period_do_not_count():
    halves = replace(
        BOTH, settlement_periods=(SettlementPeriod(JAN, MAR), SettlementPeriod(MAR.plus(1), MAR.plus(9)))
    )
    before = (change(NEUROLOGY, -60_000, MAR.plus(1)),)
    accepted(*shifted(60_000), contracts=(state(halves, earlier=before),))
    assert reasons(*shifted(60_001), contracts=(state(halves),)) == ["SH-3"]


def test_only_a_scope_whose_quarter_is_lowered_loses_its_claim():
    """Neurology gives, cardiology gets; a third scope moves inside its own quarter."""
    third = replace(BOTH.scopes[0], code="02.1600.001.02")
    eyes = CapUnit(third.code, 1)
    changes = (*shifted(100), change(eyes, -100, FEB), change(eyes, 100))
    shift = accepted(*changes, contracts=(state(replace(BOTH, scopes=(*BOTH.scopes, third))),))
    assert shift.no_further_claim == ((BOTH.code, NEUROLOGY),)


def test_a_scope_that_the_request_leaves_alone_is_not_looked_at():
    """Cardiology was below its templates before; the request is about other scopes."""
    third = replace(BOTH.scopes[0], code="02.1600.001.02")
    terms = replace(BOTH, scopes=(*BOTH.scopes, third))
    eyes = CapUnit(third.code, 1)
    issued = {CARDIOLOGY: [Issued(1, JAN.number, 100_001)]}
    accepted(change(NEUROLOGY, -100), change(eyes, 100), contracts=(state(terms, issued=issued),))


def test_a_scope_that_was_not_there_on_the_first_day_gives_nothing():
    begun = replace(BOTH, scopes=BOTH.scopes[1:])
    assert reasons(*shifted(100), contracts=(state(at_start=begun),)) == ["SH-3"]


def test_only_one_kind_of_services_or_kinds_that_allow_it():
    """Between outpatient care and hospitals means may pass, to rehabilitation they may not."""
    hospital = replace(BOTH, code="05/050123/SZP/2026/1", kind="SZP")
    changes = (change(NEUROLOGY, -100), change(NEUROLOGY, 100, contract=hospital.code))
    shift = accepted(*changes, contracts=(state(), state(hospital)))
    assert [contract.amount - BOTH.amount for contract in shift.proposed] == [-100, 100]
    rehabilitation = replace(hospital, kind="REH")
    assert reasons(*changes, contracts=(state(), state(rehabilitation))) == ["SH-6"]


def test_contracts_on_drugs_only_take_no_part():
    assert reasons(*shifted(100), contracts=(state(only_drugs=True),)) == ["SH-7"]


def test_nothing_passes_from_one_settlement_period_to_another():
    halves = replace(BOTH, settlement_periods=(SettlementPeriod(JAN, FEB), SettlementPeriod(MAR, MAR)))
    changes = (change(NEUROLOGY, -100, FEB), change(CARDIOLOGY, 100, MAR))
    assert reasons(*changes, contracts=(state(halves),)) == ["SH-10"]


def test_not_below_what_is_billed():
    issued = {NEUROLOGY: [Issued(1, MAR.number, 290_000)]}
    accepted(*shifted(10_000), contracts=(state(issued=issued),))
    refusals = decided(*shifted(10_001), contracts=(state(issued=issued),))
    assert [refusal.code for refusal in refusals] == ["SH-13"]
    assert "marzec 2026" in refusals[0].text.pl


def test_an_amount_that_no_units_make_is_refused_with_the_nearest_one():
    """At 300.00 a unit 0.0001 unit is 0.03 zł."""
    dear = contract_of(
        plan_of(*[HUNDRED] * 12, price=30_000),
        plan_of(*[HUNDRED] * 12, scope=world.CARDIOLOGY),
        periods=YEAR,
    )
    (refusal,) = decided(*shifted(100), contracts=(state(dear),))
    assert refusal.code == "SH-12"
    assert "0,99" in refusal.expected.pl or "1,02" in refusal.expected.pl
    accepted(*shifted(102), contracts=(state(dear),))


def test_a_month_with_several_rows_gives_from_the_last_one():
    row = PlanMonth(month=MAR, units=50 * UNIT, price=1000)
    several = replace(BOTH, scopes=(replace(BOTH.scopes[0], plan=(row, row)), BOTH.scopes[1]))
    shift = accepted(*shifted(60_000), contracts=(state(several, at_start=BOTH),))
    assert [row.units for row in shift.proposed[0].scopes[0].plan] == [40 * UNIT, 0]


@settings(max_examples=100)
@given(
    amounts=st.lists(st.tuples(st.sampled_from([JAN, FEB, MAR]), st.integers(-60_000, 60_000)), max_size=5),
    prices=st.tuples(*[st.sampled_from([1, 33, 107, 999, 1000, 10_000, 17_000])] * 2),
)
def test_an_accepted_shift_keeps_the_total_and_explains_itself(amounts, prices):
    """CAPS-08: to the grosz, whatever the prices; the rows and limits follow from the figures alone."""
    contract = contract_of(
        plan_of(*[HUNDRED] * 12, price=prices[0]),
        plan_of(*[HUNDRED] * 12, scope=world.CARDIOLOGY, price=prices[1]),
        periods=YEAR,
    )
    outcome = decided(*(c for m, a in amounts for c in shifted(a, m)), contracts=(state(contract),))
    if not isinstance(outcome, Shift):
        assert outcome
        return
    (proposed,) = outcome.proposed
    assert proposed.amount == contract.amount
    for unit in (NEUROLOGY, CARDIOLOGY):
        before, after = (sum(r.amount for r in c.scope(*unit).plan) for c in (contract, proposed))
        assert (before - after) * 5 <= before
    data = json.loads(json.dumps(outcome.explanation.to_json()))
    assert Explanation.from_json(data) == outcome.explanation
    lowered, rows = (dict(step["figures"]) for step in data["steps"][1:])
    for n in range(1, len(outcome.no_further_claim) + 1):
        assert lowered[f"now.{n}"] + lowered[f"earlier.{n}"] <= lowered[f"limit.{n}"]
        assert lowered[f"limit.{n}"] == lowered[f"start.{n}"] * lowered["share"] // 10_000
    count = len(outcome.rows)
    assert sum(rows[f"after.{n}"] - rows[f"before.{n}"] for n in range(1, count + 1)) == 0
    for n in range(1, count + 1):
        exact = rows[f"after.units.{n}"] * rows[f"price.{n}"]
        assert rows[f"after.{n}"] == (exact + 5_000) // 10_000
