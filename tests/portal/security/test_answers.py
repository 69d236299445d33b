"""What every answer tells the browser, and what a request cannot talk the portal into."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from rozlicz.portal.accounts.models import Operator
from tests.portal.accounts.conftest import log_in
from tests.portal.conftest import PASSWORD, code_of
from tests.portal.door_things import Parts, names
from tests.portal.visitors import Visitors

pytestmark = pytest.mark.django_db

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ADDRESSES = names(get_resolver().url_patterns)


def wrong_headers(answer: HttpResponse) -> list[str]:
    """What an answer lacks of what every answer must say."""
    wrong = [name for name, value in HEADERS.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    rules = ("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'")
    wrong += [rule for rule in rules if rule not in policy]
    if "unsafe" in policy:
        wrong.append("unsafe")
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    if "no-store" not in answer.headers.get("Cache-Control", ""):
        wrong.append("Cache-Control")
    return wrong


def closed(answer: HttpResponse) -> HttpResponse:
    """The answer, read to its end if it is a download."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


@pytest.mark.slow
def test_every_answer_binds_the_browser_and_is_kept_nowhere(
    things: dict[str, Parts], visitors: Visitors
) -> None:
    """Pages, downloads, refusals, redirects, the API; for a provider, the branch and who is not logged in."""
    wrong = {}
    for name in ADDRESSES:
        if name == "account_logout":
            continue
        for visitor in (visitors.clerk, visitors.inspector, visitors.anonymous):
            if found := wrong_headers(closed(visitor.get(reverse(name, args=things.get(name, []))))):
                wrong[name] = found
    assert wrong == {}


@pytest.mark.slow
def test_an_error_page_does_so_too(visitors: Visitors) -> None:
    for address in ("/nie-ma-takiej/", "/umowy/999999/", "/api/v1/nie-ma"):
        for visitor in visitors:
            assert wrong_headers(visitor.get(address)) == []


@pytest.mark.parametrize(
    "away",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        " https://evil.example",
        "/logowanie/\r\nLocation: https://evil.example/",
    ],
)
def test_no_address_to_come_back_to_leads_away(away: str, provider_operator: Operator) -> None:
    """After log-in, change of language, log-out, confirmation of the password and the second step."""
    window = Client()
    answers = [
        window.get("/logowanie/", {"next": away}),
        window.post("/jezyk/", {"language": "en", "next": away}),
        log_in(window, provider_operator.login, PASSWORD, next=away),
        window.post("/konto/drugi-skladnik/logowanie/", {"code": code_of(provider_operator), "next": away}),
        window.post("/konto/potwierdzenie/", {"password": PASSWORD, "next": away}),
        window.post("/jezyk/", {"language": "pl", "next": away}),
        window.post("/wylogowanie/", {"next": away}),
    ]
    for answer in answers:
        location = urljoin("http://testserver/", answer.headers.get("Location", "/").replace("\\", "/"))
        assert location.startswith("http://testserver/"), location


def test_a_foreign_host_name_is_refused(clerk: Client) -> None:
    for host in ("evil.example", "localhost.evil.example", "localhost@evil.example"):
        assert clerk.get("/pulpit/", headers={"Host": host}).status_code == 400
        assert clerk.post("/jezyk/", {"language": "en"}, headers={"Host": host}).status_code == 400
    answer = clerk.get("/pulpit/", headers={"X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 200
    assert "evil.example" not in answer.content.decode()


@pytest.mark.slow
def test_every_address_that_takes_a_post_refuses_one_without_the_token(
    things: dict[str, Parts], visitors: Visitors
) -> None:
    """CSRF: a page elsewhere can send no form in the name of who is logged in. Programs use no cookies."""
    taken = []
    for visitor in (visitors.clerk, visitors.inspector, visitors.anonymous):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = visitor.cookies
        for name in ADDRESSES:
            address = reverse(name, args=things.get(name, []))
            if not address.startswith("/api/v1/") and strict.post(address).status_code != 403:
                taken.append(name)
    assert taken == []


def test_nothing_is_exempt_from_the_token_but_calls_of_programs() -> None:
    def views(patterns, prefix=""):
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from views(one.url_patterns, prefix + str(one.pattern))
            else:
                yield prefix + str(one.pattern), one.callback

    exempt = {
        address for address, view in views(get_resolver().url_patterns) if getattr(view, "csrf_exempt", False)
    }
    assert all(address.startswith("api/v1/") for address in exempt)


@pytest.mark.slow
def test_what_is_sent_with_a_get_changes_nothing(clerk: Client, things: dict[str, Parts]) -> None:
    """Addresses that act take a POST only: a link or picture elsewhere does nothing."""
    acts = [
        name
        for name in ADDRESSES
        if name.endswith(
            ("_withdraw", "_approve", "_archive", "_file_off", "_paper_arrived", "_verify_again")
        )
    ]
    assert len(acts) >= 5
    for name in acts:
        assert clerk.get(reverse(name, args=things[name])).status_code in {403, 405}, name
