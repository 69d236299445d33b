"""P2, P4: registration, acceptance, first log-in, forced change of the password, second factor, desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache

from rozlicz.portal.clock import now
from rozlicz.portal.correspondence.operations.documents import publish_shipped_documents
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.accounts.second_factor.conftest import code_at
from tests.portal.browser.branch import Branch
from tests.portal.browser.conftest import NewWindow
from tests.portal.browser.window import Window
from tests.signing import SIGNER, signed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEMPORARY, OWN = "Tymczas!12", "Jesiony#34"
ON = "Zapisz i przejdź dalej"


def test_a_party_registers_and_its_administrator_comes_in(
    new_window: NewWindow, branch: Branch, tmp_path: Path
) -> None:
    cache.clear()
    with acting_for_payer():
        publish_shipped_documents(at=now())
    applicant, inspector = new_window(), new_window()
    applicant.page.goto("/logowanie/")
    applicant.follow("Rejestracja")
    link = the_form_is_filled_in(applicant)
    the_signed_document_is_sent(applicant, tmp_path)
    the_branch_accepts(inspector, branch)
    elsewhere = new_window(java_script_enabled=False)
    code = the_link_tells_the_code(elsewhere, link)
    the_administrator_comes_in(new_window(), code)


def the_form_is_filled_in(window: Window) -> str:
    assert window.heading == "Rejestracja"
    window.looks_right()
    window.page.get_by_label("Regulamin portalu").check()
    window.button("Rozpocznij rejestrację")
    link = window.main.locator(".receipt a").inner_text()
    window.page.get_by_label("Świadczeniodawca").check()
    window.button(ON)
    window.page.go_back()
    assert window.page.get_by_label("Świadczeniodawca").is_checked()
    window.button(ON)
    window.fill(
        {
            "Nazwa podmiotu": "Przychodnia Pod Jesionem",
            "Forma działalności": "spółka z o.o.",
            "NIP": "725-180-67-21",
            "REGON": "100000008",
            "Numer KRS": "0000123456",
            "Numer księgi rejestrowej": "000000012345",
            "Siedziba: ulica i numer": "ul. Jesionowa 4",
            "Kod pocztowy": "90-101",
            "Miejscowość": "Łódź",
        }
    )
    window.page.get_by_label("niepubliczny").check()
    window.looks_right()
    window.button(ON)
    window.fill({"Nazwa miejsca": "Poradnia neurologiczna"})
    window.button("Zapisz i dodaj kolejne")
    window.looks_right()
    window.button(ON)
    window.fill({"Numer rachunku bankowego": "61 1090 1014 0000 0712 1981 2874"})
    window.page.get_by_label("Oświadczam").check()
    window.button(ON)
    window.fill(
        {
            "Imię": "Jan",
            "Nazwisko": "Jesion",
            "Użytkownik": "jjesion1",
            "Telefon": "600 100 200",
            "E-mail": "jan.jesion@jesion.example",
        }
    )
    for label in ("Hasło tymczasowe", "Hasło tymczasowe ponownie"):
        window.page.get_by_label(label, exact=True).fill(TEMPORARY)
    window.looks_right()
    window.button(ON)
    assert window.heading == "Sprawdzenie odpowiedzi"
    window.looks_right()
    window.button("Złóż rejestrację")
    return link


def the_signed_document_is_sent(window: Window, target: Path) -> None:
    assert "Brakuje jeszcze podpisanego dokumentu" in window.text
    window.looks_right()
    file = window.download("Pobierz dokument do podpisu", target)
    file.write_bytes(signed(file.read_bytes(), on=now().date()))
    window.page.get_by_label("Podpisany elektronicznie").check()
    window.choose_file("Plik", file)
    window.button("Prześlij podpisany dokument")
    assert f"Podpis {SIGNER}" in window.text


def the_branch_accepts(window: Window, branch: Branch) -> None:
    window.log_in(branch.inspector.login, branch.password)
    window.follow("Rejestracje do rozpatrzenia")
    window.looks_right()
    window.follow("Przychodnia Pod Jesionem")
    window.looks_right()
    window.button("Przyjmij rejestrację")
    assert "Rejestrację przyjęto." in window.text


def the_link_tells_the_code(window: Window, link: str) -> str:
    """Without scripts the link is pasted by hand."""
    window.page.goto(link)
    window.fill({"Odnośnik do rejestracji": link})
    window.button("Otwórz rejestrację")
    return window.main.locator(".receipt-number").inner_text()


def the_administrator_comes_in(window: Window, code: str) -> None:
    window.log_in(f"{code}/jjesion1", TEMPORARY)
    window.page.goto("/umowy/")
    assert window.heading == "Zmiana hasła"
    window.page.get_by_label("Nowe hasło", exact=True).fill(OWN)
    window.fill({"Hasło tymczasowe": TEMPORARY, "Nowe hasło, powtórnie": OWN})
    window.button("Zmień hasło")
    window.follow("Ustaw teraz")
    window.follow("Ustaw aplikację")
    window.fill({"Hasło": OWN})
    window.button("Potwierdź")
    secret = window.main.locator("dd.code").first.inner_text().replace(" ", "")
    window.fill({"Kod z aplikacji": code_at(secret)})
    window.button("Ustaw")
    window.button("Kody zostały zachowane")
    assert window.heading == "Pulpit"
    assert "Przychodnia Pod Jesionem" in window.page.locator("header").inner_text()
