"""The list of contracts, one contract, one scope."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import PlanMonth
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.contracts.queries import plan_of, plan_rows, state_on
from rozlicz.portal.providers.operations import register_provider
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.browsing import click, own_queries, table
from tests.portal.conftest import NOON
from tests.portal.visitors import OF_ONE_PROVIDER, OPEN_TO_ALL


def contract_of(provider):
    with acting_for_payer():
        return Contract.objects.get(provider=provider)


def file_of(contract):
    with acting_for_payer():
        return contract.files.get().pk


def test_a_provider_sees_its_own_contracts(clerk, clinic, practice):
    (row,) = table(clerk.get(reverse("contracts")))[1:]
    assert row == [
        "05/050123/AOS/2026/1 ambulatoryjna opieka specjalistyczna",
        "01.01.2026 – 31.12.2026 obowiązuje",
        "–",
        "12 000,00 zł",
    ]


@pytest.mark.slow
def test_the_payer_sees_all_in_polish_order(inspector, clinic, practice):
    with acting_for_payer():
        names = ["Żuraw", "Łabędź", "Zimorodek", "Lelek"]
        for number, name in enumerate(names):
            party = replace(world.CLINIC, code=f"05100{number}", name=name)
            register_provider(party=party, account_number=world.ACCOUNT, since=date(2025, 1, 1))
            publish_contract(terms=world.contract(party), at=NOON)
    rows = table(inspector.get(reverse("contracts")))[1:]
    assert [row[0].rsplit(" ", 1)[0] for row in rows] == [
        "Indywidualna Praktyka Lekarska Zofia Zawilec",
        "Lelek",
        "Łabędź",
        "Przychodnia Wrzosowa Sp. z o.o.",
        "Zimorodek",
        "Żuraw",
    ]
    found = table(inspector.get(reverse("contracts"), {"text": "ŁABĘDŹ"}))[1:]
    assert [row[0] for row in found] == ["Łabędź 051001"]
    downwards = table(inspector.get(reverse("contracts"), {"sort": "-provider"}))[1:]
    assert downwards[0][0] == "Żuraw 051000"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2025, 12, 31), "future"),
        (date(2026, 1, 1), "in_force"),
        (date(2026, 12, 31), "in_force"),
        (date(2027, 1, 1), "expired"),
    ],
)
def test_the_state_of_a_contract_follows_its_days(clinic, day, state):
    assert state_on(contract_of(clinic), day) == state


def test_contracts_are_filtered_by_state(clerk, clinic):
    assert "Żadna umowa nie pasuje" in clerk.get(reverse("contracts"), {"state": "expired"}).content.decode()


def test_a_contract_shows_its_plan_with_totals(clerk, clinic):
    page = click(clerk, clerk.get(reverse("contracts")), "05/050123/AOS/2026/1")
    rows = table(page)
    total = next(row for row in rows if row[0] == "Razem")
    assert total[1:] == ["12 000,00 zł", *["1 000,00 zł"] * 12]
    assert ["Q01", "akredytacja ≥ 90 %", "1,2", "mnoży się przez inne", "01.01.2026 – 31.12.2026"] in rows


def test_a_scope_shows_its_plan_products_and_cells(clerk, clinic):
    page = clerk.get(reverse("contract", args=[contract_of(clinic).pk]))
    rows = table(click(clerk, page, "świadczenia w zakresie neurologii"))
    assert ["październik 2026", "100", "10,00 zł", "1 000,00 zł", "10 000,00 zł"] in rows
    assert [
        world.SPECIALIST_VISIT,
        "W12 Świadczenie specjalistyczne 2-go typu",
        "7,14",
        "od 18 lat",
        "–",
        "wymagane",
        "01.01.2026 – 31.12.2026",
    ] in rows
    assert [world.CELL, "Poradnia neurologiczna", "Łódź", "01.01.2026 – 31.12.2026"] in rows


def test_a_scope_that_the_contract_has_not_is_not_found(clerk, clinic):
    address = reverse("contract_scope", args=[contract_of(clinic).pk, world.NEUROLOGY, 7])
    assert clerk.get(address).status_code == 404


def test_a_contract_shows_the_plan_of_its_newest_annex(clerk, clinic):
    with acting_for_payer():
        dearer = world.annexed(world.contract(), scopes=(world.scope(price=1100),))
        publish_contract(terms=dearer, at=NOON)
    page = clerk.get(reverse("contract", args=[contract_of(clinic).pk])).content.decode()
    assert "13 200,00" in page.replace("\u202f", " ")


def test_a_month_planned_twice_counts_with_both_rows():
    october = PlanMonth(month=Month(2026, 10), units=10_000, price=1000)
    scope = replace(world.scope(), plan=(october, october))
    plan = plan_of(world.contract(scopes=(scope, world.scope(world.CARDIOLOGY))))
    assert plan.lines[0].amounts[9] == 2000
    assert plan.by_month[9] == 102_000
    assert plan.amount == plan.lines[0].amount + plan.lines[1].amount == sum(plan.by_month)
    assert [so_far for _, so_far in plan_rows(scope)] == [1000, 2000]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("contracts", OPEN_TO_ALL),
        ("contracts_more", OPEN_TO_ALL),
        ("contract_files", OPEN_TO_ALL),
        ("contract", OF_ONE_PROVIDER),
        ("contract_scope", OF_ONE_PROVIDER),
        ("contract_file_download", OF_ONE_PROVIDER),
    ],
)
def test_who_may_open_the_pages(name, answers, visitors, clinic):
    contract = contract_of(clinic)
    keys = {
        "contract": [contract.pk],
        "contract_scope": [contract.pk, world.NEUROLOGY, 1],
        "contract_file_download": [file_of(contract)],
    }
    address = reverse(name, args=keys.get(name))
    assert visitors.answers(address) == answers
    assert b"050123" not in visitors.stranger.get(address).content


@pytest.mark.slow
@pytest.mark.parametrize("contracts", [1, 30])
def test_a_list_costs_the_same_number_of_queries_whatever_its_length(inspector, clinic, contracts):
    with acting_for_payer():
        for number in range(2, contracts + 1):
            publish_contract(terms=world.contract(number=number), at=NOON)
    assert (
        own_queries(inspector, reverse("contracts")) == 3
    )  # a page of contracts, their files, how many in all
    assert own_queries(inspector, reverse("contract_files")) == 2
