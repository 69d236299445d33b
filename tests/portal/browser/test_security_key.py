"""A security key: added, asked for at log-in instead of a code, removed. Chromium itself plays the key."""

from __future__ import annotations

import pytest

from tests.portal.browser.branch import Branch
from tests.portal.browser.conftest import NewWindow
from tests.portal.browser.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY = {
    "protocol": "ctap2",
    "transport": "usb",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""Somebody has put it into the computer and touches it whenever the browser asks."""


def put_in_a_key(window: Window) -> None:
    protocol = window.context.new_cdp_session(window.page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def test_a_security_key_from_the_set_up_to_the_next_log_in(new_window: NewWindow, branch: Branch) -> None:
    window = new_window()
    put_in_a_key(window)
    window.log_in(branch.clerk.login, branch.password)
    window.follow("Ustaw teraz")
    assert window.heading == "Drugi składnik"
    window.looks_right()
    window.follow("Dodaj klucz bezpieczeństwa")
    assert window.heading == "Potwierdź tożsamość"
    window.looks_right()
    window.fill({"Hasło": branch.password})
    window.button("Potwierdź")
    assert window.heading == "Dodaj klucz bezpieczeństwa"
    window.looks_right()
    window.fill({"Nazwa klucza": "niebieski"})
    window.button("Dodaj klucz")
    assert window.heading == "Kody zapasowe"
    window.looks_right()
    window.page.goto("/umowy/")
    assert window.heading == "Kody zapasowe"
    window.button("Kody zostały zachowane")
    assert window.heading == "Pulpit"
    assert "Drugi składnik jest gotowy" in window.text

    window.click(window.page.get_by_role("button", name="Wyloguj się").first)
    window.page.goto("/logowanie/")
    window.log_in(branch.clerk.login, branch.password)
    assert window.heading == "Logowanie: drugi krok"
    window.looks_right()
    window.button("Użyj klucza")
    assert window.heading == "Pulpit"

    window.page.goto("/konto/drugi-skladnik/")
    assert "niebieski" in window.text
    assert "Gdy klucz zginie, zostaną tylko kody zapasowe" in window.text
