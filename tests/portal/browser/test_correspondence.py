"""From the first page to a parcel, a survey and a report to the operator; every page looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from rozlicz.portal.clock import now
from rozlicz.portal.correspondence.demonstration import load_correspondence
from rozlicz.portal.correspondence.operations.documents import publish_shipped_documents
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.browser.branch import Branch
from tests.portal.browser.conftest import NewWindow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_the_branch_says_is_read_and_answered(
    new_window: NewWindow, branch: Branch, tmp_path: Path
) -> None:
    with acting_for_payer():
        publish_shipped_documents(at=now())
    load_correspondence(payer=branch.inspector, clerk=branch.clerk, at=now())
    window = new_window()
    window.page.goto("/logowanie/")
    window.looks_right()
    assert window.download("Regulamin", tmp_path).read_bytes().startswith(b"%PDF-")
    window.follow("Terminy rozliczeń")
    window.looks_right()
    assert window.page.get_by_role("button", name="Drukuj").is_visible()
    assert window.download("PDF", tmp_path).read_bytes().startswith(b"%PDF-")
    for address in ("/komunikaty/", "/dokumenty/", "/pomoc/", "/pomoc/plik-umowy/"):
        window.page.goto(address)
        window.looks_right()

    window.log_in(branch.clerk.login, branch.password)
    window.follow("Przesyłka")
    assert "Anna Wrzos" in window.text
    window.looks_right()
    window.follow("Odpowiedz")
    window.fill({"Treść": "Dane się zgadzają.\n\n- adres\n- godziny pracy"})
    window.looks_right()
    window.button("Wyślij przesyłkę")
    assert window.heading == "Odp.: Uzupełnienie danych o miejscach udzielania świadczeń"
    assert "jeszcze nie otwarto" in window.text
    window.area("Korespondencja")
    window.looks_right()
    window.follow("Ankieta")
    window.follow("Wypełnij ankietę")
    window.page.get_by_label("tak, część").check()
    window.looks_right()
    window.button("Zapisz i sprawdź")
    window.looks_right()
    window.button("Wyślij odpowiedź")
    assert "Odpowiedź wysłano." in window.text
    window.looks_right()
    for address in ("przesylki/", "ankiety/", "zgloszenia/", "zgloszenia/nowe/"):
        window.page.goto(f"/korespondencja/{address}")
        window.looks_right()

    office = new_window()
    office.log_in(branch.inspector.login, branch.password)
    office.area("Korespondencja")
    office.follow("Zgłoszenie")
    office.fill({"Treść": "Tak, od następnej wersji."})
    office.looks_right()
    office.button("Wyślij")
    assert "udzielono odpowiedzi" in office.text
    for address in ("komunikaty/nowy/", "dokumenty/nowy/", "ankiety/nowa/", "przesylki/nowa/"):
        office.page.goto(f"/korespondencja/{address}")
        office.looks_right()
    office.page.goto("/korespondencja/ankiety/")
    office.follow("Praca gabinetów")
    assert office.row("tak, część") == ["tak, część", "1", "100 %"]
    office.looks_right()
