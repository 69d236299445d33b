"""The pages of settlements: the request, its progress, the template, and where its amount comes from."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.r_umx import read_r_umx
from rozlicz.portal.accounts.operations import add_operator
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.providers.operations import register_provider
from rozlicz.portal.settlements.models import SettlementRequest
from rozlicz.portal.settlements.operations import calculate_request
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.browsing import click, link, table
from tests.portal.conftest import NOON, PASSWORD, client_of
from tests.portal.month import AMOUNT, VISITS, more_templates, queries_of, text, visits
from tests.portal.test_road import send
from tests.portal.visitors import OF_ONE_PROVIDER, OPEN_TO_ALL

HTMX = {"HX-Request": "true"}


def ask(client, contract, month=202610):
    return client.post(reverse("settlements"), {"contract": contract.pk, "month": month}, follow=True)


def calculate():
    with acting_for_payer():
        request = SettlementRequest.objects.get(state="waiting")
    calculate_request(request_id=request.pk, at=NOON)


@pytest.fixture
def contract(clinic):
    with acting_for_payer():
        return Contract.objects.get(provider=clinic)


def test_the_form_offers_the_months_of_the_contracts_and_the_last_one_first(clerk, contract):
    page = text(clerk.get(reverse("settlements")))
    assert '<option value="202610" selected>październik 2026</option>' in page
    assert '<option value="202611">listopad 2026</option>' in page
    assert '<option value="202601">styczeń 2026</option>' in page
    assert "grudzień 2025" not in page
    assert "grudzień 2026" not in page


@pytest.mark.slow
def test_from_the_request_over_its_progress_to_the_template(clerk, provider_operator, contract):
    send(provider_operator, visits())
    page = ask(clerk, contract)
    assert "Trwa naliczanie" in text(page)
    address = page.redirect_chain[-1][0]
    moving = clerk.get(link_of_progress(page), headers=HTMX)
    assert "hx-get" in text(moving)
    assert "HX-Refresh" not in moving.headers
    calculate()
    done = clerk.get(link_of_progress(page), headers=HTMX)
    assert done.headers["HX-Refresh"] == "true"
    page = clerk.get(address)
    assert AMOUNT in text(page)
    template = click(clerk, page, "Szablon ")
    assert table(template)[1] == [
        "1",
        f"{world.NEUROLOGY}/1",
        f"{world.VISIT} W11 Świadczenie specjalistyczne 1-go typu",
        "punkt",
        str(VISITS),
        "10,00 zł",
        AMOUNT,
    ]
    assert "Wystaw rachunek" in text(template)


def link_of_progress(page):
    return text(page).split('hx-get="')[1].split('"')[0]


def test_a_request_that_waits_is_not_asked_twice(clerk, contract):
    first, second = ask(clerk, contract), ask(clerk, contract)
    assert first.redirect_chain == second.redirect_chain


@pytest.mark.parametrize("month", ["202512", "203001", "październik", "", "202613"])
def test_a_month_that_is_not_offered_is_refused_with_a_sentence(clerk, contract, month):
    page = ask(clerk, contract, month)
    assert page.redirect_chain == []
    assert "Proszę wybrać jeden z miesięcy na liście." in text(page) or "Proszę wybrać miesiąc." in text(page)


def test_a_month_of_no_settlement_period_is_refused_at_its_field(clerk, clinic, contract):
    with acting_for_payer():
        before = replace(
            world.contract(number=2),
            valid_from=date(2025, 6, 1),
            valid_to=date(2025, 12, 31),
            settlement_periods=(SettlementPeriod(Month(2025, 6), Month(2025, 12)),),
        )
        publish_contract(terms=before, at=NOON)
    page = text(ask(clerk, contract, 202512))
    assert "nie należy do okresu rozliczeniowego umowy" in page
    assert '<option value="202512" selected>' in page


def test_a_contract_of_a_stranger_cannot_be_asked_for(visitors, contract):
    page = ask(visitors.stranger, contract)
    assert "Proszę wybrać jedną z umów na liście." in text(page)
    assert contract.code not in text(page)
    with acting_for_payer():
        assert not SettlementRequest.objects.exists()


def test_the_branch_looks_but_does_not_ask(inspector, contract):
    assert "Zażądaj" not in text(ask(inspector, contract))
    with acting_for_payer():
        assert not SettlementRequest.objects.exists()


@pytest.mark.slow
def test_nothing_due_is_said_and_explained(clerk, contract):
    page = ask(clerk, contract)
    calculate()
    page = clerk.get(page.redirect_chain[-1][0])
    assert "Nic się nie należy" in text(page)
    assert "Krok po kroku" in text(click(clerk, page, "Skąd ta kwota?"))


@pytest.mark.slow
def test_where_an_amount_comes_from_is_shown_month_by_month_and_step_by_step(clerk, template):
    page = click(clerk, clerk.get(reverse("template", args=[template.number])), "Skąd ta kwota?")
    shown = text(page)
    assert "świadczenia w zakresie neurologii" in shown
    assert "Wykonanie za październik 2026: 80 % planu tego miesiąca." in shown
    october = next(row for row in table(page) if row[0] == "październik 2026")
    assert october == [
        "październik 2026",
        AMOUNT,
        "1 000,00 zł",
        "10 000,00 zł",
        "0,00 zł",
        AMOUNT,
        "0,00 zł",
    ]
    assert "Krok po kroku" in shown
    assert "cena jednostkowa jednostki rozliczeniowej" in shown
    assert "R20" not in shown


@pytest.mark.slow
def test_a_contract_of_several_scopes_shows_them_all_by_name(clerk, provider_operator, contract):
    with acting_for_payer():
        publish_contract(
            terms=world.annexed(world.contract(), scopes=(world.scope(), world.scope(world.CARDIOLOGY))),
            at=NOON,
        )
    send(provider_operator, visits())
    page = ask(clerk, contract)
    calculate()
    page = click(clerk, clerk.get(page.redirect_chain[-1][0]), "Skąd ta kwota?")
    assert [row[0] for row in table(page)[1:]] == [
        f"świadczenia w zakresie kardiologii {world.CARDIOLOGY} / 1",
        f"świadczenia w zakresie neurologii {world.NEUROLOGY} / 1",
        "Razem",
    ]
    assert "Krok po kroku" in text(click(clerk, page, "świadczenia w zakresie kardiologii"))
    address = reverse("settlement_whence_scope", args=[page_key(page), "02.9999.001.02", 1])
    assert clerk.get(address).status_code == 404


def page_key(page):
    return int(link(page, "świadczenia").split("/zadanie/")[1].split("/")[0])


@pytest.mark.slow
def test_the_file_of_a_template_is_the_message_that_programs_read(clerk, template):
    response = clerk.get(reverse("template_file", args=[template.number]))
    assert f"szablon_{template.number}.zrz" in response.headers["Content-Disposition"]
    header, (message,) = read_r_umx(io.BytesIO(response.content))
    assert (header.sender, message.number, message.amount) == ("05", template.number, 800_00)


@pytest.mark.slow
def test_the_positions_of_a_template_page_by_page_and_as_a_workbook(clerk, template):
    address = reverse("template_positions", args=[template.number])
    page = clerk.get(address)
    assert len(table(page)) == 1 + 50
    rest = clerk.get(address + link(page, "Następne"))
    assert len(table(rest)) == 1 + VISITS - 50
    response = clerk.get(reverse("template_positions_xlsx", args=[template.number]))
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet.max_row == 1 + VISITS


@pytest.mark.slow
def test_templates_are_found_by_state_and_words(clerk, inspector, template):
    def numbers(client, **address):
        return [row[0] for row in table(client.get(reverse("settlements"), address))[1:]]

    number = str(template.number)
    assert numbers(clerk, state="issued") == numbers(clerk, text=number[-4:]) == [number]
    assert numbers(clerk, state="billed") == []
    assert "Żaden szablon nie pasuje" in text(clerk.get(reverse("settlements"), {"text": "nic"}))
    assert numbers(inspector, text="wrzosowa") == [number]
    assert numbers(inspector, text="zawilec") == []


@pytest.mark.slow
def test_who_may_see_a_calculation_and_its_template(visitors, template):
    assert visitors.answers(reverse("settlements")) == OPEN_TO_ALL
    for name in ("template", "template_positions", "template_positions_xlsx", "template_file"):
        assert visitors.answers(reverse(name, args=[template.number])) == OF_ONE_PROVIDER, name
    for name in ("settlement_request", "settlement_progress"):
        assert visitors.answers(reverse(name, args=[template.request_id])) == OF_ONE_PROVIDER, name
    assert visitors.answers(reverse("settlement_whence", args=[template.request_id])) == [
        302,
        302,
        404,
        302,
        302,
    ]
    assert str(template.number) not in text(visitors.stranger.get(reverse("settlements")))


def test_a_provider_without_a_contract_is_told_so(payer_operator):
    with acting_for_payer():
        newcomer = register_provider(
            party=replace(world.PRACTICE, code="050888"),
            account_number=world.OTHER_ACCOUNT,
            since=date(2025, 1, 1),
        )
        clerk = add_operator(
            provider=newcomer,
            party_code="050888",
            user_name="n",
            full_name="Nowa Osoba",
            roles=[Role.BILLING],
            password=PASSWORD,
            temporary=False,
            at=NOON,
        )
    page = text(client_of(clerk).get(reverse("settlements")))
    assert "Nie ma jeszcze żadnej umowy." in page
    assert "Zażądaj naliczenia" not in page


@pytest.mark.slow
def test_lists_and_pages_cost_the_same_whatever_their_length(clerk, inspector, provider_operator, template):
    addresses = [
        reverse("settlements"),
        reverse("template", args=[template.number]),
        reverse("settlement_request", args=[template.request_id]),
    ]
    before = queries_of(clerk, addresses), queries_of(inspector, addresses)
    more_templates(provider_operator, 3)
    assert (queries_of(clerk, addresses), queries_of(inspector, addresses)) == before
    assert max(before[0] + before[1]) < 25
