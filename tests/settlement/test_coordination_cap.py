"""R59, R61: bills of single persons and the general bill are paid out of one cap; visits beside a list outside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.settlement.coordination import BillOf, Method, Route, bill_of, route
from rozlicz.settlement.unit_price import Policy
from tests.settlement.ledger import FEB, JAN, MAR, NEUROLOGY, UNIT, Ledger, contract_of, new_amount, plan_of
from tests.settlement.strategies import MONTHS, ledgers, months, perform, units

ROUTED = [("DE", "EKUZ"), ("NO", "E-109"), ("UK", "S1"), ("PL", "EWUS"), ("", "DEC")]
"""Two bills of persons (today E-109 of Norway is one too), two that stand in the general bill."""


def billed(country: str, document: str) -> tuple[str, str]:
    found = bill_of(country=country, document=document, number=f"{document}/1", month=JAN)
    assert isinstance(found, BillOf)
    return found.person, found.country


persons = st.sampled_from(ROUTED).map(lambda of: billed(*of))


@pytest.mark.slow
@settings(max_examples=60)
@given(ledger=ledgers(), positions=st.lists(st.tuples(months, units, persons), max_size=14))
def test_r59_the_general_bill_and_those_of_persons_together_never_pass_the_plan(ledger, positions):
    perform(ledger, [(month, amount, "P", bill) for month, amount, bill in positions])
    for month in MONTHS:
        ledger.calculate(month)
        for each in MONTHS:
            assert ledger.paid_up_to(each) <= ledger.planned_up_to(each)


@settings(max_examples=60)
@given(ledger=ledgers(), positions=st.lists(st.tuples(months, units, persons), max_size=14))
def test_r61_everyone_routed_to_a_bill_of_his_own_has_a_template_of_his_own(ledger, positions):
    perform(ledger, [(month, amount, "P", bill) for month, amount, bill in positions])
    for month in MONTHS:
        drafts = ledger.calculate(month).drafts
        new = Counter((draft.bill, draft.country) for draft in drafts if draft.corrects is None)
        assert all(number == 1 for number in new.values())
        assert {bill for bill in new if bill != ("", "")} <= {bill for _, _, bill in positions}


def test_r59_the_oldest_are_paid_first_whoever_is_insured_where():
    """Plan 3 points a month: in January a card takes 2 of them, and of the 2 general ones one waits."""
    ledger = Ledger(contract_of(plan_of(3 * UNIT, 3 * UNIT, 3 * UNIT)), Policy())
    person, country = billed("DE", "EKUZ")
    ledger.perform(JAN, 2 * UNIT, bill=person, country=country)
    ledger.perform(JAN, UNIT, UNIT)
    january = ledger.calculate(JAN)
    assert {draft.bill: draft.amount for draft in january.drafts} == {person: 2_000, "": 1_000}
    assert ledger.waiting() == UNIT
    assert new_amount(ledger.calculate(FEB)) == 1_000


def test_r61_a_visit_of_a_card_beside_a_list_is_outside_the_limit():
    """EKUZ in primary care: the price of each visit on the person's bill, in a scope that has no cap."""
    found = route(country="DE", document="EKUZ", month=JAN, method=Method.CAPITATION)
    assert isinstance(found, Route)
    assert not found.is_inside_limit
    scope = replace(plan_of(0, 0, 0, price=5_000, unlimited=True), name="porady POZ osób z UE")
    ledger = Ledger(contract_of(scope), Policy())
    person, country = billed("DE", "EKUZ")
    ledger.perform(MAR, UNIT, UNIT, bill=person, country=country)
    (draft,) = ledger.calculate(MAR).drafts
    assert (draft.bill, draft.country, draft.amount) == (person, country, 10_000)
    assert ledger.planned_up_to(MAR, NEUROLOGY) == 0
