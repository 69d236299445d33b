"""An administrator adds a colleague and gives roles; then it works for a subordinate, and comes back."""

from __future__ import annotations

import pytest

from rozlicz.portal.accounts.models import Subordination
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.browser.branch import Branch
from tests.portal.browser.conftest import NewWindow
from tests.portal.browser.window import Window, plain
from tests.portal.conftest import NOON, PASSWORD, register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_roles_are_given_and_work_is_done_for_another(new_window: NewWindow, branch: Branch) -> None:
    with acting_for_payer():
        practice = register(world.PRACTICE, world.OTHER_ACCOUNT, "05010999", "05010999-ZZZZZZZZZZ9876543210")
        Subordination.objects.create(
            provider_id=branch.clerk.provider_id, subordinate=practice, since=NOON.date()
        )
    window = new_window()
    window.log_in(branch.clerk.login, branch.password)
    window.area("Administracja i opcje")
    window.looks_right()
    a_colleague_comes(window)
    roles_are_changed(window)
    window.page.goto("/administracja/role/")
    window.looks_right()
    window.page.goto("/administracja/dzialanie-za-innych/")
    window.looks_right()
    window.click(window.main.get_by_role("button", name="Działaj w jego imieniu"))
    window.looks_right()
    bar = window.page.locator(".acting")
    assert f"działasz jako {practice.name}" in plain(bar.inner_text())
    window.area("Umowy na realizację świadczeń")
    assert practice.code in window.text
    window.click(bar.get_by_role("button"))
    assert bar.count() == 0


def a_colleague_comes(window: Window) -> None:
    """With no role yet."""
    window.follow("Użytkownicy")
    window.looks_right()
    window.follow("Dodaj użytkownika")
    window.looks_right()
    window.fill({"Imię i nazwisko": "Nina Nowa", "Użytkownik": "nnowa", "Adres e-mail": "n@nowa.example"})
    window.page.get_by_label("Hasło tymczasowe", exact=True).fill(PASSWORD)
    window.page.get_by_label("Hasło tymczasowe ponownie").fill(PASSWORD)
    window.button("Dodaj użytkownika")
    assert window.heading == "Nina Nowa"
    window.looks_right()


def roles_are_changed(window: Window) -> None:
    """After a look at the summary."""
    window.page.goto("/administracja/uzytkownicy/")
    window.page.get_by_label("Nina Nowa, Sprawozdawczość").check()
    window.button("Pokaż zmiany")
    assert window.row("Nina Nowa") == ["Nina Nowa nnowa", "Sprawozdawczość", "–"]
    window.looks_right()
    window.fill({"Przyczyna": "nowa osoba w rejestracji"})
    window.button("Zapisz zmiany")
    assert "Role zapisano." in window.text
    assert window.page.get_by_label("Nina Nowa, Sprawozdawczość").is_checked()
