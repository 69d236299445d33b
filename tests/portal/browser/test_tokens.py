"""An access token from its making to its end, as the administrator sees it and as the program finds it."""

from __future__ import annotations

import re

import pytest

from tests.portal.browser.branch import Branch
from tests.portal.browser.conftest import NewWindow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_token_is_made_used_and_revoked(new_window: NewWindow, branch: Branch) -> None:
    window = new_window()
    window.log_in(branch.clerk.login, branch.password)
    window.area("Administracja i opcje")
    window.follow("Instalacje")
    window.looks_right()
    window.follow(branch.clinic.installation.short)
    window.fill({"Nazwa tokenu": "serwer rejestracji"})
    window.page.get_by_label("Sprawozdawczość", exact=True).check()
    window.button("Utwórz token")
    assert window.heading == "Nowy token dostępu"
    window.looks_right()
    [secret] = re.findall(r"rzl_[\w-]{49}", window.text)

    def status_of_a_call() -> int:
        headers = {"Authorization": f"Bearer {secret}"}
        return window.context.request.get("/api/v1/me", headers=headers).status

    assert status_of_a_call() == 200
    window.follow("Token skopiowano")
    window.page.reload()
    assert secret not in window.page.content()
    assert "127.0.0.1" in window.row("serwer rejestracji")[2]
    window.looks_right()
    window.main.get_by_text("Unieważnij", exact=True).first.click()
    window.click(window.page.locator("details[open]").get_by_role("button", name="Unieważnij"))
    assert "unieważniono" in window.row("serwer rejestracji")[3]
    assert status_of_a_call() == 401
    window.page.goto("/api/")
    assert window.heading == "Portal dla programów"
    window.looks_right()
