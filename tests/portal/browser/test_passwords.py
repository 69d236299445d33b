"""The first log-in: a temporary password is changed, the checklist turns as one types, also without scripts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.clock import now
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.browser.branch import Branch
from tests.portal.browser.conftest import NewWindow
from tests.portal.browser.window import Window, plain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "Łódźnica!2"


def give_temporary_password(operator: Operator) -> None:
    with acting_for_payer():
        Operator.objects.filter(pk=operator.pk).update(temporary_until=now() + timedelta(days=14))


def checklist(window: Window) -> list[str]:
    return [plain(line) for line in window.main.locator(".checklist li .state").all_inner_texts()]


def test_a_temporary_password_is_changed_at_the_first_log_in(new_window: NewWindow, branch: Branch) -> None:
    """P2, P3."""
    give_temporary_password(branch.clerk)
    window = new_window()
    window.log_in(branch.clerk.login, branch.password)
    assert window.heading == "Zmiana hasła"
    window.looks_right()
    assert checklist(window) == ["jeszcze nie"] * 4
    field = window.page.get_by_label("Nowe hasło", exact=True)
    field.press_sequentially("lodz!2")
    window.main.locator(".checklist .state-good").nth(1).wait_for()
    assert checklist(window) == ["jeszcze nie", "jeszcze nie", "spełniono", "spełniono"]
    told = plain(window.page.locator("#announcer").inner_text())
    assert told.startswith("Brakuje jeszcze: co najmniej 8 znaków; co najmniej jedna wielka litera")
    field.fill(NEW)
    window.main.locator(".checklist .state-good").nth(3).wait_for()
    window.fill({"Hasło tymczasowe": branch.password, "Nowe hasło, powtórnie": NEW})
    window.button("Zmień hasło")
    assert window.heading == "Pulpit"
    assert "Hasło zmieniono" in window.text
    for address, heading in (("/konto/", "Moje konto"), ("/konto/sesje/", "Sesje")):
        window.page.goto(address)
        assert window.heading == heading
        window.looks_right()


def test_without_scripts_the_same_is_told_on_submit(new_window: NewWindow, branch: Branch) -> None:
    """P3."""
    give_temporary_password(branch.clerk)
    window = new_window(java_script_enabled=False)
    window.log_in(branch.clerk.login, branch.password)
    window.page.get_by_label("Nowe hasło", exact=True).fill("lodz!2")
    window.fill({"Hasło tymczasowe": branch.password, "Nowe hasło, powtórnie": "lodz!2"})
    window.button("Zmień hasło")
    assert "Hasło jest za krótkie: liczba znaków 6" in window.text
    assert checklist(window) == ["jeszcze nie", "jeszcze nie", "spełniono", "spełniono"]
    window.page.get_by_label("Nowe hasło", exact=True).fill(NEW)
    window.fill({"Hasło tymczasowe": branch.password, "Nowe hasło, powtórnie": NEW})
    window.button("Zmień hasło")
    assert window.heading == "Pulpit"
