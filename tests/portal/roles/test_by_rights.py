"""Everybody sees and is offered what the own roles allow; who is refused learns what is missing, and who gives it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rozlicz.portal.accounts.rights import PAYER_ROLES, PROVIDER_ROLES, Role
from rozlicz.portal.reports.models import Report
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import client_of
from tests.portal.month import bill, template, text
from tests.portal.people import person

__all__ = ["bill", "template"]
pytestmark = pytest.mark.django_db

# Words on the desk of a provider that appear only with the role; the letters are those of the permission table.
ON_THE_PROVIDERS_DESK = {
    "Wyślij raport za": {Role.REPORTING},
    "Wystaw rachunek do szablonu": {Role.BILLING},
    "Co i kiedy zostanie zapłacone": {Role.ADMINISTRATOR, Role.BILLING, Role.READ_ONLY},
    "Ile można jeszcze zarobić": {Role.ADMINISTRATOR, Role.BILLING, Role.READ_ONLY},
    "Pracuj za podmiot podległy": {Role.ACTING},
}
ON_THE_BRANCHS_DESK = {
    "Rachunki do zatwierdzenia, od najpilniejszego": {Role.BILLS},
    "Rachunki po terminie": {Role.BILLS, Role.PAYMENTS, Role.AUDIT},
    "Płatności według dni": {Role.BILLS, Role.PAYMENTS, Role.AUDIT},
    "Otrzymane raporty": {Role.VERIFICATION, Role.BILLS, Role.AUDIT},
    "Szablony bez rachunku": {Role.VERIFICATION, Role.BILLS, Role.PAYMENTS, Role.AUDIT},
}


def shown_to(roles, provider, address):
    """The page as an operator of each single role sees it; only the pages that are open to the role."""
    found = {}
    for role in roles:
        answer = client_of(person(provider, role.value, [role])).get(address)
        if answer.status_code == 200:
            found[role] = text(answer)
    return found


def who_sees(pages, words):
    return {role for role, shown in pages.items() if words in shown}


@pytest.mark.slow
def test_a_providers_desk_holds_what_the_roles_allow(clinic, template):
    pages = shown_to(PROVIDER_ROLES, clinic, "/pulpit/")
    assert len(pages) == len(PROVIDER_ROLES)
    found = {words: who_sees(pages, words) for words in ON_THE_PROVIDERS_DESK}
    # the report has been sent in this month: the task is looked for below
    assert found | {"Wyślij raport za": {Role.REPORTING}} == ON_THE_PROVIDERS_DESK


@pytest.mark.slow
def test_the_report_is_asked_for_from_who_sends_it(clinic):
    pages = shown_to(PROVIDER_ROLES, clinic, "/pulpit/")
    assert who_sees(pages, "Wyślij raport za") == {Role.REPORTING}


@pytest.mark.slow
def test_the_branchs_desk_holds_what_the_roles_allow(bill):
    pages = shown_to(PAYER_ROLES, None, "/pulpit/")
    assert {words: who_sees(pages, words) for words in ON_THE_BRANCHS_DESK} == ON_THE_BRANCHS_DESK


BUTTONS = {
    "Wyślij raport": ("reports", [], {Role.REPORTING}),
    "Wyślij plik rachunku": ("bills", [], {Role.BILLING}),
    "Zażądaj naliczenia": ("settlements", [], {Role.BILLING}),
    "Wystaw rachunek": ("template", ["template"], {Role.BILLING}),
}


@pytest.mark.slow
@pytest.mark.parametrize("words", BUTTONS)
def test_a_provider_is_offered_what_it_may_do(words, clinic, template):
    name, parts, roles = BUTTONS[words]
    address = reverse(name, args=[template.number] if parts else [])
    pages = shown_to(PROVIDER_ROLES, clinic, address)
    assert Role.READ_ONLY in pages
    assert who_sees(pages, words) == roles


OF_THE_BRANCH = {
    "Zatwierdź do zapłaty": ("bill", {Role.BILLS}),
    "Odmów przyjęcia": ("bill", {Role.BILLS}),
}


@pytest.mark.slow
@pytest.mark.parametrize("words", OF_THE_BRANCH)
def test_the_branch_is_offered_what_it_may_do(words, bill):
    name, roles = OF_THE_BRANCH[words]
    pages = shown_to(PAYER_ROLES, None, reverse(name, args=[bill.pk]))
    assert Role.AUDIT in pages
    assert who_sees(pages, words) == roles


@pytest.mark.slow
def test_a_report_is_checked_again_by_who_verifies(bill):
    with acting_for_payer():
        found = Report.objects.get()
    pages = shown_to(PAYER_ROLES, None, reverse("report", args=[found.pk]))
    assert Role.AUDIT in pages
    assert who_sees(pages, "Sprawdź raport ponownie") == {Role.VERIFICATION}


def test_who_is_refused_learns_what_is_missing_and_who_gives_it(clinic, administrator, reporter):
    answer = client_of(reporter).get("/rachunki/")
    shown = text(answer)
    assert answer.status_code == 403
    assert "Potrzebne jest uprawnienie: Przeglądanie rachunków." in shown
    assert "Co zrobić: zwrócić się o rolę do administratora (Adam Głóg)." in shown
    # in the frame of whoever is logged in: its menu, without the area that is closed
    assert 'href="/sprawozdawczosc/"' in shown
    assert 'href="/rachunki/"' not in shown


def test_p2_without_an_administrator_the_branch_is_named(clinic, reporter):
    shown = text(client_of(reporter).get("/rachunki/"))
    assert "proszę złożyć w oddziale wniosek o uprawnienia administratora" in shown


def test_an_operator_without_a_role_finds_a_calm_page(clinic, administrator):
    browser = client_of(person(clinic, "nikt", []))
    shown = text(browser.get("/pulpit/"))
    assert "To konto nie ma jeszcze żadnej roli" in shown
    assert "Adam Głóg" in shown
    assert browser.get("/umowy/").status_code == 403


def test_a_role_for_which_nothing_lies_on_the_desk_is_told_so(clinic):
    shown = text(client_of(person(clinic, "simp", [Role.SIMP_USER])).get("/pulpit/"))
    assert "Na pulpicie nie ma nic dla ról tego konta." in shown
