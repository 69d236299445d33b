"""Reports to the operator of the portal: a number, a thread, and the state that its last post gives."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.correspondence.models import Ticket
from rozlicz.portal.correspondence.operations.tickets import UnableToReport, add_post
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON
from tests.portal.correspondence.writing import PDF, pdf, report
from tests.portal.month import file, text

pytestmark = pytest.mark.django_db

LIST = "/korespondencja/zgloszenia/"


def one(ticket: Ticket) -> str:
    return f"{LIST}{ticket.pk}/"


@pytest.fixture
def ticket(provider_operator: Operator) -> Ticket:
    return report(provider_operator, files=[pdf("zrzut.pdf")])


def test_a_report_gets_a_number_and_warns_against_data_of_patients(clerk):
    assert "Proszę nie podawać danych pacjentów" in text(clerk.get(f"{LIST}nowe/"))
    done = clerk.post(
        f"{LIST}nowe/",
        {"subject": "Błąd", "area": "payments", "text": "Puste.", "files": [file("zrzut.pdf", PDF)]},
        follow=True,
    )
    with acting_for_payer():
        ticket = Ticket.objects.get()
    assert ticket.number == f"Z/2026/{ticket.pk:06d}"
    for words in (f"Zgłoszenie ma numer {ticket.number}.", "Płatności", "w toku", "zrzut.pdf"):
        assert words in text(done), words


@pytest.mark.slow
def test_the_branch_answers_the_provider_writes_on_and_closes(ticket, clerk, mate, inspector):
    assert ticket.subject in text(inspector.get("/pulpit/"))
    inspector.post(f"{one(ticket)}odpowiedz/", {"text": "Poprawimy."})
    assert "udzielono odpowiedzi" in text(mate.get(one(ticket)))
    assert ticket.subject in text(clerk.get("/pulpit/"))
    clerk.post(f"{one(ticket)}dopisz/", {"text": "Nadal nie działa."})
    assert "w toku" in text(inspector.get(f"{LIST}?state=open"))
    clerk.post(f"{one(ticket)}dopisz/", {"closes": "on"})
    assert "zamknięto" in text(inspector.get(one(ticket)))
    clerk.post(f"{one(ticket)}dopisz/", {"text": "Wróciło."})
    page = text(inspector.get(one(ticket)))
    assert page.index("Poprawimy.") < page.index("Nadal nie działa.") < page.index("Wróciło.")
    with acting_for_payer():
        acts = list(
            Entry.objects.filter(act__startswith="ticket.").order_by("pk").values_list("act", flat=True)
        )
    assert acts == [f"ticket.{act}" for act in ("opened", "answered", "continued", "closed", "continued")]


def test_a_post_that_says_nothing_is_told_so(ticket, clerk, provider_operator):
    answer = clerk.post(f"{one(ticket)}dopisz/", {"text": "  "})
    assert answer.status_code == 422
    assert "Proszę wpisać treść." in text(answer)
    with provider_operator.context(), pytest.raises(UnableToReport):
        add_post(operator=provider_operator, ticket=ticket, text=" ", at=NOON)


def test_only_the_administration_of_the_branch_answers(ticket, payer_operator, inspector):
    payer_operator.roles = [Role.BILLS.value]
    with payer_operator.context(), pytest.raises(PermissionDenied):
        add_post(operator=payer_operator, ticket=ticket, text="Nie moja sprawa.", at=NOON)
    assert inspector.get(f"{LIST}nowe/").status_code == 404, "the branch is the operator itself"


def test_a_stranger_sees_nothing_of_it(ticket, neighbour):
    assert ticket.subject not in text(neighbour.get(LIST))
    with acting_for_payer():
        screenshot = ticket.posts.get().files.get()
    assert neighbour.get(one(ticket)).status_code == 404
    assert neighbour.get(f"{one(ticket)}plik/{screenshot.pk}/").status_code == 404
    assert neighbour.post(f"{one(ticket)}dopisz/", {"text": "x"}).status_code == 404


def test_it_is_found_by_number_and_words(ticket, provider_operator, clerk):
    other = report(provider_operator)
    page = text(clerk.get(f"{LIST}?text={ticket.number}"))
    assert ticket.number in page
    assert other.number not in page


def test_a_hostile_screenshot_is_refused_and_the_words_stay(clerk):
    form = {
        "subject": "Błąd",
        "area": "other",
        "text": "Opis zdarzenia",
        "files": [file("zrzut.png", b"GIF89a")],
    }
    answer = clerk.post(f"{LIST}nowe/", form)
    assert answer.status_code == 422
    assert "jest inna, niż mówi jego nazwa" in text(answer)
    assert "Opis zdarzenia" in text(answer)
