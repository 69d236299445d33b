"""R3, R61: services inside a lump sum to EU/EFTA persons: real cost, scopes "… – UE", a template a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rozlicz.kernel.months import Month
from rozlicz.messages.rates import RatePer
from rozlicz.settlement.coordination import BillOf, ClaimForm, Route, route
from rozlicz.settlement.lump_sums.due import settle_lump_sums
from rozlicz.settlement.lump_sums.facts import RealCost
from rozlicz.settlement.lump_sums.parameters import LumpSumPolicy
from tests.settlement.lump_sum_world import (
    WARD,
    WARD_UE,
    amount_again,
    holds,
    issued,
    lump_contract,
    lump_scope,
    year_rate,
)

MARCH = Month(2015, 3)
SCOPES = (
    lump_scope(WARD, year_rate(RatePer.DAY, 50_000, 2015), year=2015),
    lump_scope(
        WARD_UE, name="świadczenia w szpitalnym oddziale ratunkowym – UE", unit_name="kwota", year=2015
    ),
)
CONTRACT = lump_contract(*SCOPES, year=2015)


def of_germany() -> Route:
    found = route(country="DE", document="EKUZ", month=MARCH)
    assert isinstance(found, Route)
    return found


COST = RealCost(
    key=("S1", 1),
    unit=WARD_UE,
    bill=BillOf("80276000001234567890", "DE"),
    route=of_germany(),
    first_day=date(2015, 3, 5),
    last_day=date(2015, 3, 6),
    cost=123_456,
)


def settled(*costs, earlier=(), contract=CONTRACT):
    return settle_lump_sums(
        contract=contract, month=MARCH, costs=costs, issued=earlier, policy=LumpSumPolicy()
    )


def codes(settlement):
    return [refusal.code for refusal in settlement.refusals]


def test_rt_20_r3_r61_a_person_on_an_emergency_ward_has_a_template_at_real_cost_beside_the_lump_sum():
    """RT-20: DE, EKUZ, emergency ward: individual, scope "– UE", real cost, E-125; the lump sum is not lowered."""
    assert COST.route.form is ClaimForm.E125
    settlement = settled(COST)
    general, person = settlement.drafts
    assert (general.bill, general.amount) == ("", 31 * 50_000)
    assert (person.bill, person.country, person.amount) == (COST.bill.person, "DE", 123_456)
    (line,) = person.lines
    assert (line.scope, line.units, line.price, line.unit_name) == (WARD_UE.scope, 10_000, 123_456, "kwota")
    assert line.adds_up


def test_the_explanation_shows_the_state_and_never_the_person():
    explanation = settled(COST).explanations[WARD_UE]
    assert amount_again(explanation, "lump-sum.real-costs") == 123_456
    assert COST.bill.person not in str(explanation.to_json())
    assert "DE" in str(explanation.to_json())


def test_each_person_has_a_template_and_equal_costs_are_one_line():
    other = replace(COST, key=("S3", 1), bill=BillOf("999", "FR"))
    settlement = settled(COST, replace(COST, key=("S2", 1)), other)
    _, german, french = settlement.drafts
    assert [(line.units, line.price) for line in german.lines] == [(20_000, 123_456)]
    assert french.amount == 123_456
    cap = {cap.unit: cap for cap in settlement.caps}[WARD_UE]
    assert cap.due == 3 * 123_456 == amount_again(cap.explanation, "lump-sum.real-costs")


def test_a_cost_that_changes_or_goes_is_corrected_in_the_template_of_its_person():
    templates = issued(settled(COST, replace(COST, key=("S2", 1), bill=BillOf("999", "FR"))))
    again = settled(replace(COST, cost=100_000), earlier=templates)
    assert [(d.corrects, d.bill, d.amount) for d in again.drafts] == [
        (2, COST.bill.person, -23_456),
        (3, "999", -123_456),
    ]
    templates = issued(again, templates)
    assert holds(templates, WARD_UE) == 100_000
    assert not settled(replace(COST, cost=100_000), earlier=templates).drafts


def test_the_general_bill_is_not_touched_by_the_templates_of_persons():
    templates = issued(settled(COST))
    assert not settled(COST, earlier=templates).drafts


def test_a_scope_for_real_costs_that_an_annex_took_out_goes_back():
    templates = issued(settled(COST))
    again = settled(earlier=templates, contract=lump_contract(SCOPES[0], year=2015))
    assert [(d.corrects, d.amount) for d in again.drafts] == [(2, -123_456)]


def test_a_service_given_twice_is_settled_once():
    settlement = settled(COST, COST)
    assert (settlement.amount, codes(settlement)) == (31 * 50_000 + 123_456, ["L-11"])


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unit": WARD}, "L-9"),
        ({"unit": WARD_UE._replace(distinguisher=2)}, "L-9"),
        ({"route": route(country="NO", document="E109", month=Month(2010, 5))}, "L-10"),
        ({"bill": BillOf()}, "L-10"),
        ({"cost": 0}, "L-7"),
        ({"cost": -5}, "L-7"),
        ({"last_day": date(2015, 4, 1)}, "L-4"),
        ({"first_day": date(2015, 3, 7)}, "L-4"),
    ],
    ids=[
        "no UE scope",
        "not in contract R63",
        "general bill R60",
        "no document",
        "zero",
        "negative",
        "later",
        "turned",
    ],
)
def test_what_cannot_be_settled_is_refused_in_both_languages_and_the_rest_is_settled(changes, code):
    settlement = settled(COST, replace(COST, key=("S9", 1), **changes))
    assert (settlement.amount, codes(settlement)) == (31 * 50_000 + 123_456, [code])
    (refusal,) = settlement.refusals
    assert refusal.text.pl != refusal.text.en
    assert "{" not in refusal.text.pl + refusal.text.en + refusal.remedy.pl
