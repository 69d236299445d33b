"""Payments by day: what falls due, the run that the branch marks, and what the provider then sees."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rozlicz.portal.bills.models import Bill
from rozlicz.portal.bills.operations import approve_bill
from rozlicz.portal.payments.models import Payment
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.browsing import click, table
from tests.portal.conftest import NOON
from tests.portal.month import AMOUNT, DUE, bill_now, more_templates, queries_of, text
from tests.portal.test_road import OCTOBER, bill_of, send, settle
from tests.portal.visitors import OPEN_TO_ALL
from tests.reporting import Reported

RUN = f"/platnosci/dzien/{DUE}/przelewy/"


@pytest.fixture
def approved(bill, payer_operator):
    """The bill, released by the branch."""
    with payer_operator.context():
        approve_bill(operator=payer_operator, bill=bill, at=NOON)
    return bill


def payments():
    with acting_for_payer():
        return list(Payment.objects.order_by("pk"))


@pytest.mark.slow
def test_both_sides_see_what_falls_due_and_when(clerk, inspector, bill):
    for client in (clerk, inspector):
        page = client.get(reverse("payments"))
        assert table(page)[1:3] == [
            ["13.11.2026", "przyjęto", "1", AMOUNT],
            ["Razem", AMOUNT],
        ]
        day = click(client, page, "13.11.2026")
        assert "Do zapłaty do 13 listopada 2026" in text(day)
        assert "10/2026" in text(day)


@pytest.mark.slow
def test_a_day_without_approved_bills_has_no_run_to_mark(inspector, bill):
    page = text(inspector.get(reverse("due_day", args=[bill.due_on])))
    assert "Żaden z tych rachunków nie jest jeszcze zatwierdzony." in page
    assert "Oznacz przelewy" not in page
    said = text(inspector.post(RUN, follow=True))
    assert "nie ma zatwierdzonych rachunków do zapłaty" in said
    assert payments() == []


@pytest.mark.slow
def test_the_branch_marks_the_run_and_the_provider_sees_it_paid(inspector, clerk, approved):
    assert "Oznacz przelewy" in text(inspector.get(reverse("due_day", args=[approved.due_on])))
    said = text(inspector.post(RUN, follow=True))
    assert "1 rachunek" in said
    page = clerk.get(reverse("payments"))
    assert "Żaden przyjęty rachunek nie czeka na zapłatę." in text(page)
    assert table(page)[1] == [
        "13.11.2026",
        "10/2026 05/050123/AOS/2026/1",
        "61 1090 1014 0000 0712 1981 2874",
        AMOUNT,
    ]
    shown = text(click(clerk, page, "10/2026"))
    assert "zapłacono" in shown
    assert "61 1090 1014 0000 0712 1981 2874" in shown


@pytest.mark.slow
def test_a_run_is_marked_once_however_often_it_is_asked_for(inspector, approved):
    inspector.post(RUN)
    inspector.post(RUN)
    assert [payment.amount for payment in payments()] == [800_00]


@pytest.mark.slow
def test_a_correction_that_outweighs_the_bills_keeps_everything_open(
    inspector, payer_operator, provider_operator, approved
):
    inspector.post(RUN)
    send(provider_operator, [Reported(service_id="S0", version=2, deleted=True)], generation=2)
    [correction] = settle(provider_operator, OCTOBER)
    credit = bill_of(provider_operator, correction, "10/K", correction_reason="usunięto świadczenie")
    with payer_operator.context():
        approve_bill(operator=payer_operator, bill=credit, at=NOON)
    assert "nie ma zatwierdzonych rachunków do zapłaty" in text(inspector.post(RUN, follow=True))
    assert bill_now(credit.pk).state == "approved"
    assert len(payments()) == 1


@pytest.mark.slow
def test_only_the_branch_marks_a_run_and_only_by_a_post(visitors, approved):
    assert visitors.answers(RUN) == [403, 403, 403, 405, 302]
    for visitor in (visitors.clerk, visitors.stranger):
        assert visitor.post(RUN).status_code == 403
    assert visitors.anonymous.post(RUN).status_code == 302
    assert payments() == []


@pytest.mark.slow
def test_a_stranger_sees_other_payments(visitors, approved):
    visitors.inspector.post(RUN)
    assert visitors.answers(reverse("payments")) == OPEN_TO_ALL
    for address in (reverse("payments"), reverse("due_day", args=[approved.due_on])):
        page = text(visitors.stranger.get(address))
        assert "10/2026" not in page
        assert AMOUNT not in page


def test_an_impossible_day_is_an_unknown_page(clerk, inspector, clinic):
    for address in ("/platnosci/dzien/2026-02-30/", "/platnosci/dzien/2026-13-01/"):
        assert clerk.get(address).status_code == 404
        assert inspector.post(f"{address}przelewy/").status_code == 404


def test_an_empty_day_says_so(clerk, clinic):
    assert "Na ten dzień nie przypada żaden rachunek." in text(clerk.get("/platnosci/dzien/2026-11-16/"))


@pytest.mark.slow
def test_the_list_costs_the_same_whatever_its_length(
    clerk, inspector, provider_operator, payer_operator, approved
):
    inspector.post(RUN)
    addresses = [reverse("payments")]
    before = queries_of(clerk, addresses), queries_of(inspector, addresses)
    more_templates(provider_operator, 3, billed=True)
    with payer_operator.context():
        for one in Bill.objects.filter(state="accepted"):
            approve_bill(operator=payer_operator, bill=one, at=NOON)
    inspector.post(RUN)
    assert len(payments()) == 4
    assert (queries_of(clerk, addresses), queries_of(inspector, addresses)) == before
