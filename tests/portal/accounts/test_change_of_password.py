"""Changing one's password: forced for a temporary one (P2), by the rule (P3), and all other sessions end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from rozlicz.portal.accounts.entering.operations import UnableToChangePassword, change_password
from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.clock import now
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.accounts.conftest import change, days_ago, is_let_in, log_in
from tests.portal.conftest import PASSWORD, client_of

pytestmark = pytest.mark.django_db
NEW = "Lodz!202"


def send(client: Client, present: str = PASSWORD, new: str = NEW, again: str | None = None) -> HttpResponse:
    data = {"present_password": present, "new_password": new, "new_password_again": again or new}
    return client.post("/konto/haslo/", data)


@pytest.mark.slow
def test_a_new_password_replaces_the_old_one_and_ends_all_other_sessions(
    window: Client, provider_operator: Operator
) -> None:
    log_in(window, provider_operator.login)
    others = [client_of(provider_operator) for _ in range(2)]
    assert [one.get("/umowy/").status_code for one in others] == [200, 200]
    before = window.session.session_key
    answer = send(window)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/pulpit/")
    assert "Zakończono 2 inne sesje" in window.get("/konto/").content.decode()
    assert [one.get("/umowy/").status_code for one in others] == [302, 302]
    assert window.session.session_key != before
    assert not is_let_in(log_in(Client(), provider_operator.login))
    assert is_let_in(log_in(Client(), provider_operator.login, NEW))
    with acting_for_payer():
        assert Entry.objects.filter(act="password.changed", operator=provider_operator).count() == 1


@pytest.mark.slow
def test_a_temporary_password_is_changed_first_and_then_everything_is_open(
    window: Client, provider_operator: Operator
) -> None:
    """P2."""
    change(provider_operator, temporary_until=now() + timedelta(days=14))
    log_in(window, provider_operator.login)
    page = window.get("/konto/haslo/").content.decode()
    assert "To hasło jest tymczasowe" in page
    assert "Hasło tymczasowe" in page
    same = send(window, new=PASSWORD).content.decode()
    assert "Nowe hasło musi różnić się od aktualnego" in same
    assert window.get("/pulpit/").status_code == 302
    send(window)
    assert window.get("/pulpit/").status_code == 200
    provider_operator.refresh_from_db()
    assert provider_operator.temporary_until is None
    assert now() - provider_operator.password_set_at < timedelta(minutes=1)


@pytest.mark.slow
def test_an_expired_password_is_open_again_after_its_change(
    window: Client, provider_operator: Operator
) -> None:
    with acting_for_payer():
        SecurityPolicy.objects.create(valid_from=days_ago(1).date(), expires_after_days=30)
    change(provider_operator, password_set_at=days_ago(40))
    log_in(window, provider_operator.login)
    page = window.get("/konto/haslo/").content.decode()
    assert "oddział wymaga zmiany co 30 dni" in page
    send(window)
    assert window.get("/pulpit/").status_code == 200


@pytest.mark.parametrize(
    ("new", "again", "sentences"),
    [
        ("lodz2026", None, ["nie ma wielkiej litery", "Liczba cyfr w haśle: 4", "Liczba znaków specjalnych"]),
        (NEW, "Lodz!203", ["różnią się od siebie"]),
        (PASSWORD, None, ["musi różnić się od aktualnego"]),
        ("", None, ["Proszę wypełnić to pole"]),
    ],
    ids=["P3", "twice", "same", "empty"],
)
def test_a_password_that_will_not_do_is_refused_with_every_reason(
    new: str, again: str | None, sentences: list[str], clerk: Client, provider_operator: Operator
) -> None:
    page = send(clerk, new=new, again=again).content.decode()
    for sentence in sentences:
        assert sentence in page
    assert PASSWORD not in page
    provider_operator.refresh_from_db()
    assert provider_operator.check_password(PASSWORD)


def test_rules_of_the_branch_add_to_the_law(clerk: Client) -> None:
    with acting_for_payer():
        SecurityPolicy.objects.create(valid_from=days_ago(1).date(), minimum_length=10, refuse_breached=True)
    assert "co najmniej 10 znaków" in clerk.get("/konto/haslo/").content.decode()
    assert "wymagane co najmniej 10" in send(clerk, new="Lodz!202").content.decode()
    assert "powszechnie znane" in send(clerk, new="Password!12").content.decode()
    assert send(clerk, new="Wrzosowisko!1").status_code == 302


@pytest.mark.slow
def test_a_wrong_present_password_counts_as_an_attempt(clerk: Client) -> None:
    for _ in range(5):
        assert "Nieprawidłowe hasło" in send(clerk, present="Inne!123").content.decode()
    held = send(clerk)
    assert held.status_code == 200, "even the right one waits"
    assert "logowanie wstrzymane" in held.content.decode()


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"is_active": False},
        {"password_set_at": days_ago(-1), "password": "!"},
        {"password_set_at": days_ago(-1)},
    ],
    ids=["blocked", "closed", "given"],
)
def test_what_an_administrator_has_just_done_is_not_undone_by_whoever_is_inside(
    provider_operator: Operator, meanwhile: dict[str, Any]
) -> None:
    """The present password was right when it was looked at, and is no more when the new one is written."""
    change(provider_operator, **meanwhile)
    stored = Operator.objects.get(pk=provider_operator.pk).password
    with pytest.raises(UnableToChangePassword):
        change_password(operator=provider_operator, password=NEW, this_session=None, at=now())
    assert Operator.objects.get(pk=provider_operator.pk).password == stored


def test_a_forced_change_shows_no_tabs_that_lead_back_to_it(
    window: Client, provider_operator: Operator
) -> None:
    log_in(window, provider_operator.login)
    assert 'class="tabs"' in window.get("/konto/haslo/").content.decode()
    change(provider_operator, temporary_until=now() + timedelta(days=1))
    assert 'class="tabs"' not in window.get("/konto/haslo/").content.decode()
