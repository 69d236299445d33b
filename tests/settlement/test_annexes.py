"""R23: an annex may not lower a plan below what is billed, unless it is filed with its correction."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import SettlementPeriod
from rozlicz.messages.contracts import PlanMonth
from rozlicz.settlement.annexes import lowered_too_far
from rozlicz.settlement.lowering import correction_for_annex
from tests import world
from tests.settlement.ledger import FEB, JAN, MAR, UNIT, Ledger, contract_of, plan_of
from tests.settlement.strategies import MONTHS, acts, ledgers, planned_units
from tests.settlement.test_unit_price_histories import check_caps, check_drafts, play

HUNDRED = 100 * UNIT


def january_billed() -> Ledger:
    ledger = Ledger(contract_of(plan_of(HUNDRED, HUNDRED)))
    ledger.perform_visits(JAN, 100)
    ledger.calculate(JAN)
    return ledger


def test_an_annex_below_what_is_billed_is_refused():
    """UP-12: it names January, billed 1,000.00, planned 900.00."""
    ledger = january_billed()
    proposed = world.annexed(ledger.contract, scopes=(plan_of(90 * UNIT, HUNDRED),))
    (refusal,) = lowered_too_far(proposed=proposed, issued_by_cap=ledger.issued())
    assert (refusal.month, refusal.billed, refusal.planned, refusal.correction) == (
        JAN,
        100_000,
        90_000,
        -10_000,
    )
    assert "styczeń 2026" in refusal.text.pl
    assert "1\u202f000,00\u202fzł" in refusal.text.pl
    assert "900,00\u202fzł" in refusal.text.pl
    assert "PLN\u202f900.00" in refusal.text.en
    assert "PLN\u202f100.00" in refusal.remedy.en


def test_it_is_accepted_together_with_its_correction():
    """UP-12: −100.00, newest positions first; what went back waits and finds February's room."""
    ledger = january_billed()
    keys = list(ledger.positions)
    ledger.contract = world.annexed(ledger.contract, scopes=(plan_of(90 * UNIT, HUNDRED),))
    drafts = correction_for_annex(
        proposed=ledger.contract, issued_by_cap=ledger.issued(), holdings_by_cap=ledger.holdings()
    )
    (draft,) = drafts
    assert (draft.corrects, draft.month, draft.amount) == (1, JAN, -10_000)
    assert list(draft.allocations[0]) == [(key, -UNIT) for key in reversed(keys[90:])]
    ledger.issue(drafts)
    assert lowered_too_far(proposed=ledger.contract, issued_by_cap=ledger.issued()) == ()
    assert ledger.calculate(JAN).drafts == ()
    assert ledger.calculate(FEB).amount == 10_000


def test_an_annex_that_lowers_what_is_not_billed_may_come_into_force():
    ledger = january_billed()
    proposed = world.annexed(ledger.contract, scopes=(plan_of(HUNDRED, 0),))
    assert lowered_too_far(proposed=proposed, issued_by_cap=ledger.issued()) == ()


def test_every_month_is_named_at_once():
    ledger = Ledger(contract_of(plan_of(HUNDRED, HUNDRED, HUNDRED)))
    for month in (JAN, FEB):
        ledger.perform_visits(month, 100)
        ledger.calculate(month)
    proposed = world.annexed(ledger.contract, scopes=(plan_of(90 * UNIT, 90 * UNIT, HUNDRED),))
    refusals = lowered_too_far(proposed=proposed, issued_by_cap=ledger.issued())
    assert [(r.month, r.billed, r.planned) for r in refusals] == [
        (JAN, 100_000, 90_000),
        (FEB, 200_000, 180_000),
    ]


def test_a_scope_or_a_month_may_not_be_taken_away_once_it_is_billed():
    ledger = january_billed()
    without_scope = world.annexed(ledger.contract, scopes=())
    without_month = world.annexed(ledger.contract, settlement_periods=(SettlementPeriod(FEB, MAR),))
    for proposed in (without_scope, without_month):
        (refusal,) = lowered_too_far(proposed=proposed, issued_by_cap=ledger.issued())
        assert (refusal.month, refusal.planned) == (JAN, 0)


def test_an_unlimited_scope_has_nothing_to_go_below():
    ledger = Ledger(contract_of(plan_of(HUNDRED, unlimited=True)))
    ledger.perform_visits(JAN, 130)
    ledger.calculate(JAN)
    assert lowered_too_far(proposed=ledger.contract, issued_by_cap=ledger.issued()) == ()


@pytest.mark.slow
@settings(max_examples=150)
@given(ledger=ledgers(), history=acts, plan=st.tuples(*[planned_units] * 4))
def test_with_its_correction_any_annex_keeps_the_cap(ledger, history, plan):
    """T(j) ≤ L(j) for every month once the correction is issued, whatever was billed before."""
    for act in history:
        play(ledger, act)
    (scope,) = ledger.contract.scopes
    rows = tuple(
        PlanMonth(month=m, units=u, price=scope.plan[0].price) for m, u in zip(MONTHS, plan, strict=True)
    )
    proposed = replace(ledger.contract, scopes=(replace(scope, plan=rows),))
    refused = lowered_too_far(proposed=proposed, issued_by_cap=ledger.issued())
    drafts = correction_for_annex(
        proposed=proposed, issued_by_cap=ledger.issued(), holdings_by_cap=ledger.holdings()
    )
    assert bool(drafts) == bool(refused)
    held = ledger.held()
    ledger.issue(drafts)
    ledger.contract = proposed
    check_caps(ledger)
    assert all(units >= 0 for units in ledger.held().values())
    assert sum(held.values()) >= sum(ledger.held().values())
    check_drafts(ledger.settled(MONTHS[0]))
