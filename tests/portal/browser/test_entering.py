"""Log-in with three fields, by keyboard alone, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.portal.browser import road
from tests.portal.browser.branch import Branch
from tests.portal.browser.conftest import NewWindow
from tests.portal.browser.window import Window, plain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UPLOADED_BY_KEYBOARD = "raport.swx"


def test_whatever_is_wrong_with_a_log_in_is_answered_by_one_sentence(
    new_window: NewWindow, branch: Branch
) -> None:
    code, name = branch.clerk.login.split("/")
    window = new_window()
    answers = set()
    for login, password in (
        (f"{code}/{name}", "Niewlasciwe!12"),
        (f"{code}/nikt", branch.password),
        (f"059999/{name}", branch.password),
        (f"050000/{name}", branch.password),
    ):
        window.log_in(login, password)
        assert window.heading == "Zaloguj się"
        assert window.page.get_by_label("Kod świadczeniodawcy").input_value() == login[:6]
        assert window.page.get_by_label("Hasło").input_value() == ""
        answers.add(plain(window.page.get_by_role("alert").inner_text()))
    assert len(answers) == 1
    window.looks_right()
    window.log_in(branch.clerk.login, branch.password)
    assert window.heading == "Pulpit"


def test_a_report_is_sent_without_a_mouse(new_window: NewWindow, branch: Branch, tmp_path: Path) -> None:
    file = tmp_path / UPLOADED_BY_KEYBOARD
    branch.write_report(file, positions=10, generation=1, mistakes={})
    window = new_window()
    keyboard = window.page.keyboard
    window.page.goto("/logowanie/")
    code, name = branch.clerk.login.split("/")
    for label, text in (("Kod świadczeniodawcy", code), ("Użytkownik", name), ("Hasło", branch.password)):
        tab_to(window, label)
        keyboard.type(text)
    with window.page.expect_navigation():
        keyboard.press("Enter")
    assert window.heading == "Pulpit"
    keyboard.press("Tab")
    assert focused(window) == "Przejdź do treści"
    enter(window, "Sprawozdawczość")
    enter(window, "Wyślij raport")
    tab_to(window, "Plik raportu")
    window.page.evaluate(
        "() => document.activeElement.addEventListener('click', () => { window.opened = true })"
    )
    keyboard.press("Space")
    assert window.page.evaluate("() => window.opened")  # the chooser itself belongs to the desktop
    window.choose_file("Plik raportu", file)
    enter(window, "Wyślij raport")
    assert UPLOADED_BY_KEYBOARD in window.text
    assert "Raport odebrano" in window.text


def focused(window: Window) -> str:
    """The name of what has the focus, as it is seen: its label or its words; and that the focus can be seen."""
    name, outline = window.page.evaluate(
        "() => { const one = document.activeElement;"
        " return [one.labels?.[0]?.innerText ?? one.innerText ?? '', getComputedStyle(one).outlineStyle] }"
    )
    assert outline != "none", f"the focus on {name!r} cannot be seen"
    return plain(name)


def tab_to(window: Window, name: str) -> None:
    """Press the tabulator until this has the focus."""
    for _ in range(60):
        window.page.keyboard.press("Tab")
        if focused(window).startswith(name):
            return
    raise AssertionError(f"the keyboard does not reach {name!r}")


def enter(window: Window, name: str) -> None:
    """Go to a link or button by the keyboard and press it."""
    tab_to(window, name)
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")


def test_the_language_is_switched_on_every_page(new_window: NewWindow, branch: Branch) -> None:
    window = new_window()
    window.page.goto("/logowanie/")
    switch(window, "English")
    assert window.heading == "Log in"
    window.looks_right()
    code, name = branch.clerk.login.split("/")
    window.fill({"Provider code": code, "User name": name, "Password": branch.password})
    window.button("Log in")
    for address, heading in (
        ("/pulpit/", "Desk"),
        ("/umowy/", "Contracts for services"),
        ("/sprawozdawczosc/", "Reports of services"),
        ("/sprawozdawczosc/wyslij/", "Send a report"),
        ("/rozliczenia/", "Settlements"),
        ("/rachunki/", "Bills"),
        ("/rachunki/z-pliku/", "Send a bill file"),
        ("/platnosci/", "Payments"),
    ):
        window.page.goto(address)
        assert window.heading == heading
        assert window.page.locator("html").get_attribute("lang") == "en"
        words = set(window.text.lower().split())
        assert not words & {"jest", "nie", "rachunek", "umowa", "szablon", "raport"}, address
    switch(window, "Polski")
    assert window.heading == "Płatności"
    assert window.page.url.endswith("/platnosci/")


def switch(window: Window, language: str) -> None:
    """Press the button of the other language, at the top of the page."""
    window.click(window.page.get_by_role("button", name=language).first)


@pytest.mark.parametrize("address", ["/nie-ma-takiej-strony/", "/rachunki/999999/"])
def test_an_unknown_page_says_so(new_window: NewWindow, branch: Branch, address: str) -> None:
    window = new_window()
    window.log_in(branch.clerk.login, branch.password)
    window.page.goto(address)
    assert window.heading == "Nie ma takiej strony"
    window.complaints = [one for one in window.complaints if "404" not in one]
    window.looks_right()


def test_the_road_is_not_lost_by_going_back(new_window: NewWindow, branch: Branch, tmp_path: Path) -> None:
    file = tmp_path / "raport.swx"
    branch.write_report(file, positions=10, generation=1, mistakes={})
    window = new_window()
    window.log_in(branch.clerk.login, branch.password)
    road.send_report(window, file)
    receipt = window.heading
    window.page.go_back()
    window.page.go_forward()
    assert window.heading == receipt
    window.page.reload()
    assert window.heading == receipt
