"""Sessions end by idleness, after eight hours, by their owner, and all but one on a change of password."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from rozlicz.portal.accounts.entering.models import Session
from rozlicz.portal.accounts.entering.sessions import device_words
from rozlicz.portal.accounts.entering.stay import ENTERED, Stay
from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.accounts.conftest import change, log_in
from tests.portal.conftest import PASSWORD, client_of

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def back_in_time(client: Client, *, began: timedelta, seen: timedelta) -> None:
    """Let the session look as if this much time had passed."""
    session = client.session
    stay = session[ENTERED]
    session[ENTERED] = stay | {
        "began_at": stay["began_at"] - began.total_seconds(),
        "seen_at": stay["seen_at"] - seen.total_seconds(),
    }
    session.save()


def is_inside(client: Client) -> bool:
    return client.get("/umowy/").status_code == 200


def test_half_an_hour_without_activity_ends_a_session_and_an_act_in_between_moves_the_end(
    clerk: Client,
) -> None:
    assert is_inside(clerk)
    back_in_time(clerk, began=timedelta(minutes=29), seen=timedelta(minutes=29))
    assert is_inside(clerk)
    back_in_time(clerk, began=timedelta(minutes=29), seen=timedelta(minutes=29))
    assert is_inside(clerk)
    key = clerk.session.session_key
    back_in_time(clerk, began=timedelta(minutes=31), seen=timedelta(minutes=31))
    answer = clerk.get("/umowy/", follow=True)
    assert answer.redirect_chain == [("/logowanie/?next=/umowy/", 302)]
    assert "Sesja została zakończona: minęło 30 minut bez aktywności" in answer.content.decode()
    assert not Session.objects.filter(session_key=key).exists()
    with acting_for_payer():
        assert Entry.objects.filter(act="session.expired").count() == 1


def test_a_page_that_asks_by_itself_keeps_nothing_alive(clerk: Client) -> None:
    assert is_inside(clerk)
    by_itself = {"HX-Request": "true", "X-Asked-By-Itself": "yes"}
    for _ in range(2):
        back_in_time(clerk, began=timedelta(minutes=20), seen=timedelta(minutes=20))
        answer = clerk.get("/umowy/", headers=by_itself)
    assert answer.status_code == 204
    assert answer.headers["HX-Refresh"] == "true"
    assert not is_inside(clerk)


def test_after_eight_hours_a_session_ends_however_busy(clerk: Client) -> None:
    assert is_inside(clerk)
    back_in_time(clerk, began=timedelta(hours=7, minutes=59), seen=timedelta(0))
    assert is_inside(clerk)
    back_in_time(clerk, began=timedelta(minutes=1), seen=timedelta(0))
    assert not is_inside(clerk)


def test_a_session_that_ended_loses_what_was_sent_and_leads_to_log_in(clerk: Client) -> None:
    assert is_inside(clerk)
    back_in_time(clerk, began=timedelta(hours=1), seen=timedelta(hours=1))
    answer = clerk.post("/konto/sesje/zakoncz/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/logowanie/?next=desk")


@pytest.mark.slow
def test_ones_sessions_are_listed_with_device_and_address_and_nobody_elses(
    window: Client, provider_operator: Operator, colleague: Operator
) -> None:
    log_in(window, provider_operator.login)
    other = Client(REMOTE_ADDR="203.0.113.9", headers={"User-Agent": FIREFOX})
    log_in(other, provider_operator.login)
    assert is_inside(other)
    assert is_inside(client_of(colleague))
    page = window.get("/konto/sesje/").content.decode()
    assert page.count("ostatnio używana") == 2
    assert "Firefox, Windows" in page
    assert "203.0.113.9" in page
    assert page.count("ta sesja") == 1
    for client in (window, other):
        assert client.session.session_key not in page


def test_what_a_new_password_has_ended_is_listed_no_more(window: Client, provider_operator: Operator) -> None:
    other = Client()
    log_in(other, provider_operator.login)
    assert is_inside(other)
    provider_operator.set_password("Lodz!202")
    change(provider_operator, password=provider_operator.password)
    log_in(window, provider_operator.login, "Lodz!202")
    assert window.get("/konto/sesje/").content.decode().count("ostatnio używana") == 1


def test_a_session_keeps_the_idle_minutes_of_its_log_in_and_says_so(
    window: Client, provider_operator: Operator
) -> None:
    log_in(window, provider_operator.login)
    assert is_inside(window)
    with acting_for_payer():
        SecurityPolicy.objects.create(valid_from=warsaw_day(now()), idle_minutes=10)
    assert "po 30 minutach bez" in window.get("/konto/sesje/").content.decode()


def confirm(client: Client, asked: HttpResponse) -> str:
    """Type the password where it is asked for once more; the page on which what was asked for has been done."""
    assert asked["Location"].startswith("/konto/potwierdzenie/")
    return client.post(asked["Location"], {"password": PASSWORD}, follow=True).content.decode()


@pytest.mark.slow
def test_one_session_can_be_ended_and_all_others(window: Client, provider_operator: Operator) -> None:
    log_in(window, provider_operator.login)
    others = [client_of(provider_operator) for _ in range(3)]
    assert all(map(is_inside, others))
    page = window.get("/konto/sesje/").content.decode()
    handle = re.findall(r'name="session" value="(\w+)"', page)[0]
    asked = window.post("/konto/sesje/zakoncz/", {"session": handle})
    assert all(map(is_inside, others)), "first the password is asked for once more"
    former = window.session.session_key
    assert "Zakończono 1 inną sesję" in confirm(window, asked)
    assert window.session.session_key != former
    assert [is_inside(one) for one in others].count(False) == 1
    answer = window.post("/konto/sesje/zakoncz/", follow=True)
    assert "Zakończono 2 inne sesje tego konta" in answer.content.decode()
    assert not any(map(is_inside, others))
    assert is_inside(window)


@pytest.mark.slow
def test_nobody_ends_a_session_of_somebody_else(
    window: Client, provider_operator: Operator, colleague: Operator
) -> None:
    log_in(window, provider_operator.login)
    window.get("/konto/")
    spare = client_of(provider_operator)
    assert is_inside(spare)
    page = window.get("/konto/sesje/").content.decode()
    handle = re.findall(r'name="session" value="(\w+)"', page)[0]
    thief = client_of(colleague)
    confirm(thief, thief.post("/konto/sesje/zakoncz/", {"session": handle}))
    assert is_inside(spare)


def test_who_is_blocked_is_out_at_once(clerk: Client, provider_operator: Operator) -> None:
    assert is_inside(clerk)
    change(provider_operator, is_active=False)
    assert not is_inside(clerk)


def test_the_page_of_the_account_names_roles_and_rights_in_words(clerk: Client, inspector: Client) -> None:
    page = clerk.get("/konto/").content.decode()
    assert "Anna Wrzos" in page
    assert "Wysyłanie raportów" in page or "raport" in page
    assert inspector.get("/konto/").status_code == 200
    assert 'href="/konto/"' in clerk.get("/umowy/").content.decode(), "every page leads there by one's name"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15",
            "Safari, macOS",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
            "Chrome, Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0",
            "Edge, Windows",
        ),
        ("", "nieznane urządzenie"),
    ],
)
def test_a_device_is_told_in_words(agent: str, words: str, settings) -> None:
    from django.utils.translation import override

    with override("pl"):
        assert device_words(agent) == words


def test_a_stay_is_kept_in_the_session_whole(clerk: Client) -> None:
    assert is_inside(clerk)
    kept = clerk.session[ENTERED]
    assert Stay.from_session(kept).to_session() == kept
