"""R3, RT-20: which scope "… – UE" takes the real cost of a service inside a lump sum, and the way to its template."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rozlicz.documents.attachments import AttachmentKind, Entitlement, required, right_of_document
from rozlicz.documents.ways import Way, service_group_of
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.messages.contracts import Scope
from rozlicz.messages.persons import EntitlementDocument
from rozlicz.messages.rates import RatePer
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.coordination import BillOf, ClaimForm, Paid
from rozlicz.settlement.lump_sums.due import settle_lump_sums
from rozlicz.settlement.lump_sums.facts import RealCost
from rozlicz.settlement.lump_sums.parameters import LumpSumPolicy
from rozlicz.settlement.lump_sums.real_cost_scopes import (
    REAL_COST_SCOPES,
    Band,
    ServiceInLumpSum,
    band_of,
    real_cost_of,
    real_cost_scope,
)
from tests.settlement.lump_sum_world import DENTAL, NIGHT, WARD, WARD_UE, lump_contract, lump_scope, year_rate

MARCH = Month(2015, 3)
NAMES = {
    WARD: "świadczenia w szpitalnym oddziale ratunkowym",
    CapUnit("03.4900.004.03", 1): "świadczenia w izbie przyjęć",
    DENTAL: "świadczenia stomatologicznej pomocy doraźnej",
    NIGHT: "nocna i świąteczna opieka zdrowotna do 50 tys. osób",
    CapUnit("01.0000.155.17", 1): "nocna i świąteczna opieka zdrowotna do 100 tys. osób",
    CapUnit("01.0000.155.18", 1): "nocna i świąteczna opieka zdrowotna do 150 000 osób",
    CapUnit("01.0000.155.19", 1): "nocna i świąteczna opieka zdrowotna powyżej 150 000 osób",
}
"""Lump-sum scopes, in the order of the dictionary."""

UE_NAMES = [one.name for one in REAL_COST_SCOPES.rulings[0].value]


def ue_unit(number: int) -> CapUnit:
    return WARD_UE if number == 0 else CapUnit(f"99.0000.{number:03d}.13", 1)


def scopes() -> list[Scope]:
    daily = year_rate(RatePer.DAY, 50_000, 2015)
    return [lump_scope(unit, daily, name=name, year=2015) for unit, name in NAMES.items()]


def ue_scopes() -> list[Scope]:
    return [
        lump_scope(ue_unit(number), name=name, unit_name="kwota", year=2015)
        for number, name in enumerate(UE_NAMES)
    ]


CONTRACT = lump_contract(*scopes(), *ue_scopes(), year=2015)


@pytest.mark.parametrize(
    ("unit", "expected"), [pytest.param(u, n, id=f"R3 {n}") for u, n in zip(NAMES, UE_NAMES, strict=True)]
)
def test_each_lump_sum_has_its_scope(unit, expected):
    found = real_cost_scope(CONTRACT, unit, month=MARCH)
    assert isinstance(found, Scope)
    assert found.name == expected
    assert found.is_for_real_costs


@pytest.mark.parametrize(
    ("population", "ending"),
    [
        (1, "do 50 000 osób – UE"),
        (50_000, "do 50 000 osób – UE"),
        (50_001, "do 100 000 osób – UE"),
        (100_000, "do 100 000 osób – UE"),
        (150_000, "do 150 000 osób – UE"),
        (150_001, "powyżej 150 000 osób – UE"),
    ],
)
def test_r3_the_population_decides_where_the_lump_sum_has_no_threshold_in_its_name(population, ending):
    plain = lump_scope(NIGHT, name="nocna i świąteczna opieka zdrowotna", year=2015)
    found = real_cost_scope(
        lump_contract(plain, *ue_scopes(), year=2015), NIGHT, month=MARCH, population=population
    )
    assert isinstance(found, Scope)
    assert found.name.endswith(ending)


def test_a_scope_without_a_threshold_is_for_every_area():
    plain = lump_scope(NIGHT, name="nocna i świąteczna opieka zdrowotna", year=2015)
    ue = lump_scope(ue_unit(3), name="nocna i świąteczna opieka zdrowotna – UE", year=2015)
    contract = lump_contract(plain, ue, year=2015)
    assert real_cost_scope(contract, NIGHT, month=MARCH) == ue
    assert real_cost_scope(contract, NIGHT, month=MARCH, population=400_000) == ue


@pytest.mark.parametrize(
    ("name", "band"),
    [
        ("do 50 tys.", Band(50_000)),
        ("opieka do 50 000 osób – UE", Band(50_000)),
        ("powyżej 150\u00a0000 osób – UE", Band(150_000, above=True)),
        ("ponad 150 tys. osób", Band(150_000, above=True)),
        ("izba przyjęć", None),
        ("do przychodni", None),
    ],
)
def test_the_threshold_is_read_from_the_name(name, band):
    assert band_of(name) == band


def without(*dropped: CapUnit):
    kept = [s for s in (*scopes(), *ue_scopes()) if CapUnit(s.code, s.distinguisher) not in dropped]
    return lump_contract(*kept, year=2015)


def plainly_named_night_care():
    plain = lump_scope(NIGHT, name="nocna i świąteczna opieka zdrowotna", year=2015)
    return lump_contract(plain, *ue_scopes(), year=2015)


@pytest.mark.parametrize(
    ("contract", "unit", "code"),
    [
        pytest.param(CONTRACT, CapUnit("00.0000.000.00", 1), "L-14", id="no scope of the contract R63"),
        pytest.param(
            lump_contract(lump_scope(WARD, name="transport", year=2015), *ue_scopes(), year=2015),
            WARD,
            "L-14",
            id="a lump sum that R3 does not name",
        ),
        pytest.param(without(WARD_UE), WARD, "L-15", id="no UE scope in the contract R63"),
        pytest.param(plainly_named_night_care(), NIGHT, "L-16", id="threshold not known"),
    ],
)
def test_without_one_scope_the_reason_is_told(contract, unit, code):
    found = real_cost_scope(contract, unit, month=MARCH)
    assert isinstance(found, Refusal)
    assert found.code == code
    assert "{" not in found.text.pl + found.text.en + found.remedy.pl + found.remedy.en


SERVICE = ServiceInLumpSum(
    key=("S1", 1),
    unit=WARD,
    document=EntitlementDocument(
        kind="EKUZ", number="80276000001234567890", country="DE", valid_to=date(2016, 1, 1)
    ),
    first_day=date(2015, 3, 5),
    last_day=date(2015, 3, 6),
    cost=123_456,
)


def test_rt_20_r3_a_card_on_an_emergency_ward_is_settled_at_real_cost_with_the_attachments():
    cost = real_cost_of(SERVICE, contract=CONTRACT, month=MARCH)
    assert isinstance(cost, RealCost)
    assert (cost.unit, cost.bill) == (WARD_UE, BillOf(SERVICE.document.number, "DE"))
    assert (cost.route.form, cost.route.paid) == (ClaimForm.E125, Paid.REAL_COST)
    settlement = settle_lump_sums(
        contract=CONTRACT, month=MARCH, costs=[cost], issued=[], policy=LumpSumPolicy()
    )
    (draft,) = [draft for draft in settlement.drafts if draft.bill]
    assert (draft.bill, draft.country, draft.amount) == (SERVICE.document.number, "DE", 123_456)
    assert [line.name for line in draft.lines] == ["Szpitalne oddziały ratunkowe – UE"]
    scope = CONTRACT.scope(*cost.unit)
    assert scope is not None
    right = Entitlement(
        right=right_of_document("EKUZ"),
        services_from=SERVICE.first_day,
        services_to=SERVICE.last_day,
        document="EKUZ",
        number=SERVICE.document.number,
    )
    needed = required(services={service_group_of(scope)}, entitlements=[right], way=Way.E_DOCUMENT)
    assert {one.kind for one in needed} == {
        AttachmentKind.INFORMATION_CARD,
        AttachmentKind.ENTITLEMENT,
        AttachmentKind.COST_CALCULATION,
    }


def test_greece_is_billed_by_one_code():
    document = replace(SERVICE.document, country="EL")
    cost = real_cost_of(replace(SERVICE, document=document), contract=CONTRACT, month=MARCH)
    assert isinstance(cost, RealCost)
    assert cost.bill.country == "GR"


def test_r60_a_certificate_of_the_general_bill_is_refused_when_it_is_settled():
    month = Month(2011, 3)
    contract = lump_contract(*[replace(s, plan=()) for s in (*scopes(), *ue_scopes())], year=2011)
    document = EntitlementDocument(kind="E-109", number="7", country="NO")
    service = replace(SERVICE, document=document, first_day=date(2011, 3, 5), last_day=date(2011, 3, 5))
    cost = real_cost_of(service, contract=contract, month=month)
    assert isinstance(cost, RealCost)
    assert (cost.bill, cost.route.paid) == (BillOf(), Paid.LUMP_SUM)
    settlement = settle_lump_sums(
        contract=contract, month=month, costs=[cost], issued=[], policy=LumpSumPolicy()
    )
    assert "L-10" in [refusal.code for refusal in settlement.refusals]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"country": "US"}, "C-1"),
        ({"kind": "OSW"}, "C-2"),
        ({"valid_to": date(2015, 3, 5)}, "C-4"),
    ],
    ids=["R57", "no document R57", "R2 not valid on the last day"],
)
def test_a_person_without_a_right_is_told(changes, code):
    document = replace(SERVICE.document, **changes)
    found = real_cost_of(replace(SERVICE, document=document), contract=CONTRACT, month=MARCH)
    assert isinstance(found, Refusal)
    assert found.code == code


def test_a_service_outside_the_dictionary_is_told():
    found = real_cost_of(SERVICE, contract=without(WARD_UE), month=MARCH)
    assert isinstance(found, Refusal)
    assert found.code == "L-15"
