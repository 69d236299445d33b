"""A request from its draft to its printout, its completion and its acceptance, as applicant and branch see it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.portal.browser.branch import Branch
from tests.portal.browser.conftest import NewWindow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_bank_account_is_changed(new_window: NewWindow, branch: Branch, tmp_path: Path) -> None:
    clerk, inspector = new_window(), new_window()
    clerk.log_in(branch.clerk.login, branch.password)
    clerk.area("Wnioski")
    clerk.looks_right()
    clerk.follow("Nowy wniosek")
    clerk.looks_right()
    clerk.follow("Rozpocznij wniosek")  # the first kind is the bank account
    clerk.fill({"Nowy numer konta": "83 1010 1023 0000 2613 9510 0001"})
    clerk.button("Zapisz i złóż")
    assert "suma kontrolna musi się zgadzać" in clerk.text
    clerk.looks_right()
    since = (branch.today + timedelta(days=7)).isoformat()
    clerk.fill(
        {
            "Nowy numer konta": "83 1010 1023 0000 2613 9510 0000",
            "Nazwa banku": "Bank Wrzosowy",
            "Od którego dnia": since,
        }
    )
    clerk.button("Zapisz szkic")
    printed = clerk.download("Drukuj wniosek", tmp_path)
    assert printed.read_bytes().startswith(b"%PDF-")
    clerk.choose_file("Podpisany wydruk", printed)
    clerk.button("Zapisz i złóż")
    assert "złożono" in clerk.text
    clerk.looks_right()
    address = clerk.page.url

    inspector.log_in(branch.inspector.login, branch.password)
    inspector.follow("Zmiana konta bankowego")
    inspector.main.get_by_text("Wezwij do uzupełnienia", exact=True).first.click()
    inspector.page.locator("details[open]").get_by_label("Czego brakuje").fill(
        "Proszę podać pełną nazwę banku."
    )
    inspector.looks_right()
    inspector.click(inspector.page.locator("details[open]").get_by_role("button"))

    clerk.page.goto("/pulpit/")
    clerk.follow("Uzupełnij wniosek")
    clerk.follow("Wypełnij i złóż")
    assert "pełną nazwę banku" in clerk.text
    clerk.looks_right()
    clerk.fill({"Nazwa banku": "Bank Spółdzielczy Wrzosowy"})
    clerk.button("Zapisz i złóż")

    inspector.page.goto(address)
    inspector.button("Przyjmij wniosek")
    assert "Wniosek przyjęto." in inspector.text
    inspector.looks_right()
    inspector.page.goto("/sprawozdawczosc/okresy/")
    inspector.looks_right()
    clerk.page.goto(address)
    assert "Fundusz płaci na nowe konto" in clerk.text
