"""The pages of installations and access tokens."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.tokens.models import ApiToken
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.providers.models import Installation
from rozlicz.portal.providers.operations import open_installation
from rozlicz.portal.reports.models import Report
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.api.program import Program, a_token
from tests.portal.conftest import NOON
from tests.portal.month import file, noon, text, visits
from tests.portal.test_road import send
from tests.reporting import report

__all__ = ["noon"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def installation(clinic) -> Installation:
    with acting_for_payer():
        return Installation.objects.get(provider=clinic)


@pytest.fixture
def page_of_it(installation: Installation) -> str:
    return reverse("installation", args=[installation.pk])


WISH = {"name": "program w rejestracji", "roles": ["reporting", "billing"], "valid_until": "2027-11-05"}


def test_the_list_shows_what_each_program_sent_last(clerk, provider_operator: Operator) -> None:
    send(provider_operator, visits(1), generation=6250)
    page = text(clerk.get(reverse("installations")))
    for part in (world.SHORT_INSTALLATION, world.LONG_INSTALLATION, "6 250", "05.11.2026, 12:00", "otwarta"):
        assert part in page
    assert "Wniosek o nową instalację" in page
    assert "05010999" not in page


def test_the_branch_finds_the_installations_of_all(clerk, stranger, inspector) -> None:
    address = reverse("installations")
    assert "05010318" in (page := text(inspector.get(address)))
    assert "05010999" in page
    found = text(inspector.get(address, {"text": "Zawilec", "state": "open_installation"}))
    assert ("05010999" in found, "05010318" in found) == (True, False)
    assert "Żadna instalacja nie pasuje" in text(inspector.get(address, {"state": "closed_installation"}))


@pytest.mark.slow
def test_a_token_is_shown_once(clerk, page_of_it: str) -> None:
    made = clerk.post(page_of_it, WISH)
    assert "no-store" in made["Cache-Control"]
    [secret] = re.findall(r"rzl_[\w-]{49}", made.content.decode())
    assert secret not in clerk.get(page_of_it).content.decode()
    assert Program(secret).get("/me").json()["scopes"] == ["billing", "reporting"]
    page = text(clerk.get(page_of_it))
    for part in ("program w rejestracji", f"rzl_…{secret[-6:]}", "05.11.2027", "127.0.0.1", "obowiązuje"):
        assert part in page, part
    again = clerk.post(page_of_it, WISH)
    assert again.status_code == 422
    assert "ma już token o nazwie program w rejestracji" in text(again)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Proszę nadać tokenowi nazwę"),
        ({"roles": []}, "Proszę zaznaczyć co najmniej jeden zakres"),
        ({"roles": ["administrator"]}, "Proszę wybrać zakresy z listy"),
        ({"valid_until": "2027-11-06"}, "Proszę wybrać dzień od 05.11.2026 do 05.11.2027"),
        ({"valid_until": "2026-11-04"}, "Proszę wybrać dzień od 05.11.2026"),
    ],
)
def test_wrong_input_is_told_and_kept(clerk, page_of_it: str, wrong, sentence: str) -> None:
    answer = clerk.post(page_of_it, WISH | wrong)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert ("program w rejestracji" in text(answer)) == ("name" not in wrong)
    with acting_for_payer():
        assert not ApiToken.objects.exists()


def test_a_revoked_token_is_shown_with_who_and_when(clerk, provider_operator, page_of_it: str) -> None:
    made = a_token(provider_operator)
    page = text(clerk.post(reverse("token_revoke", args=[made.token.pk]), follow=True))
    assert "Token dostępu serwer już nie działa" in page
    assert "unieważniono" in page
    assert "Anna Wrzos" in page
    assert "już unieważniony" in text(clerk.post(reverse("token_revoke", args=[made.token.pk]), follow=True))


def test_a_provider_is_told_that_the_branch_revoked_a_token_and_not_who(
    clerk, inspector, provider_operator: Operator, page_of_it: str
) -> None:
    made = a_token(provider_operator)
    assert "Irena Lipa" in text(
        inspector.post(reverse("token_revoke", args=[made.token.pk]), follow=True)
    ).replace("Moje konto: Irena Lipa", "")
    page = text(clerk.get(page_of_it))
    assert ", oddział" in page
    assert "Irena Lipa" not in page


@pytest.mark.slow
def test_a_closed_installation_sends_nothing_any_more(
    clerk, provider_operator: Operator, installation: Installation, page_of_it: str
) -> None:
    a_token(provider_operator)
    without_reason = clerk.post(reverse("installation_close", args=[installation.pk]), {"reason": ""})
    assert without_reason.status_code == 422
    assert "dlaczego instalacja jest zamykana" in text(without_reason)
    page = text(
        clerk.post(
            reverse("installation_close", args=[installation.pk]), {"reason": "nowy program"}, follow=True
        )
    )
    assert "Zamknięto 05.11.2026, 12:00: nowy program" in page
    assert "Utwórz token" not in page
    assert "/uniewaznij/" not in page
    sent = clerk.post(reverse("report_send"), {"file": file("raport.swx", report(visits(1)))}, follow=True)
    assert "Instalację 05010318 zamknięto 05.11.2026" in text(sent)
    with acting_for_payer():
        assert Report.objects.get().refusals[0]["code"] == "installation-closed"
        assert Entry.objects.filter(act="installation.closed", reason="nowy program").exists()


def test_the_branch_allots_identifiers_that_nobody_has(clinic, payer_operator: Operator) -> None:
    with payer_operator.context():
        first, second = (
            open_installation(operator=payer_operator, provider=clinic, program_name="Przychodnia 2", at=NOON)
            for _ in range(2)
        )
    for one in (first, second):
        assert re.fullmatch(r"05\d{6}", one.short_id)
        assert re.fullmatch(rf"{one.short_id}-[A-Z0-9]{{20}}", one.long_id)
    assert first.short_id != second.short_id
    assert first.accepted_on == NOON.date()


def test_the_page_for_programs_lists_every_call_without_log_in(client) -> None:
    page = text(client.get(reverse("api_guide")))
    for part in ("POST /api/v1/reports", "Wyślij raport", "Wysyłanie raportów", "token_unknown", "600"):
        assert part in page, part
