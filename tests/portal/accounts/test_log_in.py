"""Coming in with three fields: who is let in, what everybody else is told, and what is written down (P1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from rozlicz.portal.accounts.entering.backend import OperatorBackend
from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.clock import now
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.accounts.conftest import SENTENCE, change, days_ago, is_let_in, log_in
from tests.portal.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def acts() -> list[tuple[str, str]]:
    with acting_for_payer():
        return list(Entry.objects.order_by("id").values_list("act", "login"))


def test_three_fields_and_no_more_let_in(window: Client, provider_operator: Operator) -> None:
    page = window.get("/logowanie/").content.decode()
    assert [name for name in ("provider_code", "login", "password") if f'name="{name}"' in page] == [
        "provider_code",
        "login",
        "password",
    ]
    assert page.count('<input type="text"') + page.count('<input type="password"') == 3
    assert is_let_in(log_in(window, provider_operator.login))
    assert ("login.entered", provider_operator.login) in acts()


def test_the_page_names_its_address_and_what_goes_into_each_field(window: Client) -> None:
    """P11."""
    page = window.get("/logowanie/").content.decode()
    assert "http://testserver/" in page
    assert "jkowalski1243" in page
    assert "Sześć cyfr" in page


@pytest.mark.parametrize("who", ["password", "name", "code", "blocked", "program", "capitals"])
def test_whatever_is_wrong_the_answer_is_the_same(
    who: str, window: Client, provider_operator: Operator, program: Operator
) -> None:
    code, name = provider_operator.login.split("/")
    login, password = {
        "password": (provider_operator.login, "Inne!123"),
        "name": (f"{code}/nikt", PASSWORD),
        "code": (f"059999/{name}", PASSWORD),
        "blocked": (provider_operator.login, PASSWORD),
        "program": (program.login, PASSWORD),
        "capitals": (f"{code}/{name.upper()}", PASSWORD),
    }[who]
    if who == "blocked":
        change(provider_operator, is_active=False)
    answer = log_in(window, login, password)
    page = answer.content.decode()
    assert not is_let_in(answer)
    assert page.count(SENTENCE) == 1
    assert "Po 5 nieudanych próbach logowanie jest wstrzymywane na 15 minut" in page
    assert password not in page


def test_a_program_never_comes_in_by_this_door(program: Operator) -> None:
    assert not OperatorBackend().user_can_authenticate(program)


def test_a_password_typed_as_user_name_is_kept_nowhere(window: Client, provider_operator: Operator) -> None:
    log_in(window, f"{provider_operator.party_code}/Tajne!99", "x")
    assert acts()[-1] == ("login.failed", "")
    with acting_for_payer():
        assert not Entry.objects.filter(subject__contains="Tajne").exists()


def test_an_accent_made_by_another_keyboard_is_the_same_password(
    window: Client, provider_operator: Operator
) -> None:
    provider_operator.set_password("Łódź!202")
    change(provider_operator, password=provider_operator.password)
    assert is_let_in(log_in(window, provider_operator.login, "Łódz\u0301!202"))


def test_log_in_takes_a_new_session_key(window: Client, provider_operator: Operator) -> None:
    window.session["anything"] = 1
    session = window.session
    session["anything"] = 1
    session.save()
    before = session.session_key
    log_in(window, provider_operator.login)
    assert window.session.session_key != before
    assert not window.session.exists(before)


def test_log_out_is_written_down(window: Client, provider_operator: Operator) -> None:
    log_in(window, provider_operator.login)
    window.post("/wylogowanie/")
    assert acts()[-1] == ("login.left", provider_operator.login)
    assert window.get("/pulpit/").status_code == 302


def test_a_temporary_password_past_its_days_is_refused_with_the_remedy_to_its_owner_only(
    window: Client, provider_operator: Operator
) -> None:
    """P2."""
    change(provider_operator, temporary_until=now() - timedelta(seconds=1))
    told = log_in(window, provider_operator.login)
    assert not is_let_in(told)
    assert "Hasło tymczasowe przestało działać" in told.content.decode()
    assert "administrator" in told.content.decode()
    guessed = log_in(window, provider_operator.login, "Inne!123").content.decode()
    assert "przestało działać" not in guessed
    assert SENTENCE in guessed


def test_a_temporary_password_works_until_then_and_leads_to_its_change(
    window: Client, provider_operator: Operator
) -> None:
    """P2."""
    change(provider_operator, temporary_until=now() + timedelta(hours=1))
    assert is_let_in(log_in(window, provider_operator.login))
    for address in ("/pulpit/", "/umowy/", "/rachunki/"):
        answer = window.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/konto/haslo/")


@pytest.mark.slow
def test_the_owner_is_told_at_the_next_log_in_who_tried(window: Client, provider_operator: Operator) -> None:
    log_in(window, provider_operator.login)
    first = window.get("/konto/").content.decode()
    assert "nieudan" not in first
    thief = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(6):
        log_in(thief, provider_operator.login, "Inne!123")
    back = Client()
    log_in(back, provider_operator.login)
    page = back.get("/konto/").content.decode()
    assert "Poprzednie logowanie:" in page
    assert "było 5 nieudanych prób zalogowania" in page, "the sixth was refused without being looked at"
    assert "Logowanie było przez pewien czas wstrzymane" in page
    again = Client()
    log_in(again, provider_operator.login)
    assert "nieudan" not in again.get("/konto/").content.decode()


@pytest.mark.slow
def test_a_password_that_is_too_old_is_changed_first(window: Client, provider_operator: Operator) -> None:
    with acting_for_payer():
        SecurityPolicy.objects.create(valid_from=days_ago(1).date(), expires_after_days=30)
    change(provider_operator, password_set_at=days_ago(29))
    log_in(window, provider_operator.login)
    assert window.get("/pulpit/").status_code == 200
    change(provider_operator, password_set_at=days_ago(31))
    later = Client()
    assert is_let_in(log_in(later, provider_operator.login))
    assert later.get("/pulpit/").headers["Location"] == "/konto/haslo/"
