"""The desk: what must be done and by when, what will be paid, what may still be earned; and the branch's side."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from rozlicz.portal.accounts.tokens.models import ApiToken
from rozlicz.portal.accounts.tokens.operations import revoke_token
from rozlicz.portal.bills.operations import approve_bill, refuse_bill
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.api.program import a_token
from tests.portal.browsing import link, table
from tests.portal.conftest import NOON
from tests.portal.month import AMOUNT, bill, more_templates, noon, queries_of, template, text
from tests.portal.test_road import bill_of, send
from tests.portal.visitors import OPEN_TO_ALL, visitors
from tests.reporting import Reported

__all__ = ["bill", "noon", "template", "visitors"]
DESK = "/pulpit/"


@pytest.fixture(autouse=True)
def at_noon(noon: None) -> None:
    """Every page here reads the tests' clock."""


def test_a_new_month_begins_with_the_report(clerk, clinic):
    page = clerk.get(DESK)
    assert link(page, "Wyślij raport za: październik 2026") == reverse("report_send")
    assert "do 10 listopada" in text(page)
    assert "Żaden przyjęty rachunek nie czeka na zapłatę." in text(page)


@pytest.mark.slow
def test_rejected_positions_wait_to_be_mended(clerk, provider_operator):
    send(provider_operator, [Reported(service_id="S1"), Reported(service_id="S2", scope="02.9999.001.02")])
    page = text(clerk.get(DESK))
    assert "Popraw 1 odrzuconą pozycję raportu raport.swx" in page
    assert "Wyślij raport za:" not in page


@pytest.mark.slow
def test_a_template_waits_for_its_bill(clerk, template):
    page = clerk.get(DESK)
    address = link(page, f"Wystaw rachunek do szablonu {template.number}")
    assert address == reverse("bill_make", args=[template.number])


@pytest.mark.slow
def test_a_refused_bill_stays_on_the_desk_until_the_template_is_billed(
    clerk, provider_operator, payer_operator, template, bill
):
    with payer_operator.context():
        refuse_bill(operator=payer_operator, bill=bill, reason="inny numer konta", at=NOON)
    page = clerk.get(DESK)
    assert link(page, "Rachunku 10/2026 nie przyjęto") == reverse("bill", args=[bill.pk])
    bill_of(provider_operator, template, "10/2026/A")
    assert "nie przyjęto" not in text(clerk.get(DESK))


@pytest.mark.slow
@pytest.mark.parametrize(("days", "is_told"), [(-1, False), (0, True), (14, True), (15, False)], ids=str)
def test_an_administrator_is_told_of_a_token_that_ends(clerk, provider_operator, days, is_told):
    last = NOON.date() + timedelta(days=days)
    made = a_token(provider_operator, name="serwer nocny", valid_until=max(last, NOON.date()))
    with acting_for_payer():
        ApiToken.objects.update(valid_until=last)
    words = "Token dostępu serwer nocny instalacji"
    page = clerk.get(DESK)
    assert (words in text(page)) == is_told
    if is_told:
        assert link(page, words) == reverse("installation", args=[made.token.installation_id])
        with provider_operator.context():
            revoke_token(operator=provider_operator, token=made.token, at=NOON)
        assert words not in text(clerk.get(DESK))


@pytest.mark.slow
def test_what_will_be_paid_and_what_may_still_be_earned(clerk, bill):
    page = clerk.get(DESK)
    assert ["13.11.2026", "przyjęto", AMOUNT] in table(page)
    [scope] = [row for row in table(page) if row[0].startswith("świadczenia w zakresie neurologii")]
    assert scope[1:4] == ["12 000,00 zł", AMOUNT, "11 200,00 zł"]
    assert scope[4].startswith("7 %")
    assert "Nic nie czeka na załatwienie." in text(page)


@pytest.mark.slow
def test_the_deadline_in_the_bar_moves_on_once_the_month_is_billed(clerk, template, provider_operator):
    assert "Rachunki: do 10 listopada, za 5 dni" in text(clerk.get(DESK))
    bill_of(provider_operator, template, "10/2026")
    assert "Rachunki: do 10 grudnia, za 35 dni" in text(clerk.get(DESK))


@pytest.mark.slow
def test_the_branch_sees_what_waits_for_it(inspector, payer_operator, bill):
    page = inspector.get(DESK)
    shown = text(page)
    assert "Przychodnia Wrzosowa Sp. z o.o., 10/2026" in shown
    assert ["13.11.2026", "przyjęto", "1", AMOUNT] in table(page)
    with payer_operator.context():
        approve_bill(operator=payer_operator, bill=bill, at=NOON)
    page = inspector.get(DESK)
    assert "Żaden rachunek nie czeka na zatwierdzenie." in text(page)
    assert ["13.11.2026", "zatwierdzono", "1", AMOUNT] in table(page)


def test_the_branch_of_an_empty_portal_sees_an_empty_desk(inspector):
    assert "Żaden rachunek nie czeka na zatwierdzenie." in text(inspector.get(DESK))


@pytest.mark.slow
def test_everybody_has_a_desk_and_only_the_own_one(visitors, bill):
    assert visitors.answers(DESK) == OPEN_TO_ALL
    assert AMOUNT not in text(visitors.stranger.get(DESK))


@pytest.mark.slow
def test_a_desk_costs_the_same_however_much_lies_on_it(clerk, inspector, provider_operator, bill):
    before = queries_of(clerk, [DESK]), queries_of(inspector, [DESK])
    more_templates(provider_operator, 3)
    assert (queries_of(clerk, [DESK]), queries_of(inspector, [DESK])) == before
