"""The six steps of the main job in headless Chromium, with and without JavaScript, seen from both sides."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from rozlicz.documents.payment_dates import payment_due
from rozlicz.messages.contracts import Contract
from rozlicz.messages.templates import Template
from rozlicz.sample.patients import Shares
from tests.portal.browser import road, work
from tests.portal.browser.branch import Branch
from tests.portal.browser.conftest import NewWindow
from tests.portal.browser.road import amount, day
from tests.portal.browser.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

POSITIONS = 400
MISTAKES = {"pesel-check-digit": 0.03, "unknown-scope": 0.02, "missing-referral": 0.02}


def test_from_log_in_to_payment(new_window: NewWindow, branch: Branch, tmp_path: Path) -> None:
    clerk, inspector = new_window(), new_window()
    clerk.page.goto("/logowanie/")
    clerk.looks_right()
    clerk.log_in(branch.clerk.login, branch.password)
    assert clerk.heading == "Pulpit"
    clerk.looks_right()
    contract = road.fetch_contract(clerk, tmp_path)
    assert contract in branch.clinic.contracts
    a_report_with_mistakes_is_checked(clerk, branch, tmp_path)
    a_plain_report_is_checked(clerk, branch, tmp_path)
    general, personal = two_templates(clerk, contract, tmp_path)
    number = a_bill_is_refused_and_made_again(clerk, branch, general, tmp_path)
    a_bill_made_elsewhere_is_sent(clerk, branch, personal, contract, tmp_path)
    inspector.log_in(branch.inspector.login, branch.password)
    the_branch_sees_the_other_side(inspector, branch)
    the_branch_approves_and_pays(inspector, branch, [general, personal])
    clerk.area("Płatności")
    assert amount(general.amount) in clerk.row(number)
    assert "Żaden przyjęty rachunek nie czeka na zapłatę." in clerk.text
    clerk.looks_right()
    clerk.follow(number)
    assert "zapłacono" in clerk.text
    clerk.area("Pulpit")
    clerk.looks_right()


def a_report_with_mistakes_is_checked(clerk: Window, branch: Branch, target: Path) -> None:
    file = target / "raport.swx"
    shares = Shares(coordinated=0.03, decisions=0.02)
    expected = branch.write_report(file, positions=POSITIONS, generation=1, mistakes=MISTAKES, shares=shares)
    road.send_report(clerk, file)
    assert "czeka na swoją kolej" in clerk.text
    with work.checking_while_watched():
        # Nobody loads the page again: it asks by itself every second.
        clerk.main.get_by_text(f"{POSITIONS} pozycji, 100").wait_for()
    clerk.main.locator(".figures").wait_for()
    clerk.looks_right()
    road.result_is_as_expected(clerk, expected)
    road.reply_says(clerk.download("Pobierz komunikat zwrotny", target), expected)
    code = max(expected.findings, key=lambda one: (expected.findings[one], one))
    road.look_into_findings(clerk, code, expected.findings[code], target)


def a_plain_report_is_checked(clerk: Window, branch: Branch, target: Path) -> None:
    file = target / "drugi.xml"
    expected = branch.write_report(file, positions=20, generation=2, mistakes={}, zipped=False)
    road.send_report(clerk, file)
    work.check_reports()
    clerk.main.locator(".figures").wait_for()
    road.result_is_as_expected(clerk, expected)
    first = clerk.page.url
    road.choose_report(clerk, file)
    assert clerk.page.url == first
    assert "Ten sam plik odebrano już wcześniej" in clerk.text


def two_templates(clerk: Window, contract: Contract, target: Path) -> tuple[Template, Template]:
    """The general template, and one of a person insured in another state."""
    road.request_settlement(clerk, contract)
    assert "Trwa naliczanie" in clerk.text
    clerk.looks_right()
    work.calculate()
    clerk.main.locator("article.finding").first.wait_for()
    clerk.looks_right()
    due = road.where_amounts_come_from(clerk)
    general, *personal = road.fetch_templates(clerk, target)
    assert due == amount(sum(template.amount for template in (general, *personal)))
    clerk.follow("Które pozycje rozlicza?")
    clerk.looks_right()
    return general, personal[0]


def a_bill_is_refused_and_made_again(clerk: Window, branch: Branch, template: Template, target: Path) -> str:
    """Wrong in several ways at first; what was typed is there again. The number of the accepted bill."""
    number = f"{template.month.month}/{template.month.year}"
    clerk.area("Rachunki")
    clerk.looks_right()
    clerk.follow(f"Wystaw rachunek do szablonu {template.number}")
    clerk.looks_right()
    clerk.button("Wyślij rachunek")
    assert clerk.page.get_by_role("alert").get_by_text("Proszę podać numer rachunku.").is_visible()
    clerk.looks_right()
    too_early = template.month.last_day - timedelta(days=1)
    clerk.fill({"Numer rachunku": number, "Data wystawienia": too_early.isoformat()})
    clerk.button("Wyślij rachunek")
    assert "nie przyjęto" in clerk.text
    codes = set(clerk.main.locator("article.finding dd").all_inner_texts())
    assert {"B-401", "B-701"} <= codes
    clerk.looks_right()
    clerk.follow("Wystaw rachunek ponownie")
    assert clerk.page.get_by_label("Numer rachunku").input_value() == number
    clerk.fill({"Data wystawienia": branch.today.isoformat()})
    attach_scans(clerk, target)
    clerk.button("Wyślij rachunek")
    it_is_accepted(clerk, branch, template)
    return number


def attach_scans(clerk: Window, target: Path) -> None:
    """A scan for each decision; the first is a transcript, which needs a reason."""
    fields = clerk.main.locator("input[type=file]").all()
    assert fields
    for place, field in enumerate(fields):
        scan = target / f"decyzja_{place}.pdf"
        scan.write_bytes(f"decision {place}".encode())
        field.set_input_files(str(scan))
    clerk.page.get_by_label("odpis zamiast kopii").first.check()
    clerk.fill({"Dlaczego dołączono odpis zamiast kopii": "oryginał jest w sądzie"})


def it_is_accepted(clerk: Window, branch: Branch, template: Template) -> None:
    due = payment_due(branch.today, branch="05")
    figures = [" ".join(one.split()) for one in clerk.main.locator(".figure-value").all_inner_texts()]
    assert figures == [amount(template.amount), day(branch.today), day(due)]
    assert "Skąd ten termin zapłaty?" in clerk.text
    clerk.looks_right()


def a_bill_made_elsewhere_is_sent(
    clerk: Window, branch: Branch, template: Template, contract: Contract, target: Path
) -> None:
    file, scan = road.bill_elsewhere(branch, template, contract, target)
    clerk.area("Rachunki")
    clerk.follow("Wyślij plik rachunku")
    clerk.looks_right()
    clerk.choose_file("Plik rachunku", file)
    clerk.choose_file("Skany załączników", scan)
    clerk.button("Wyślij rachunek")
    it_is_accepted(clerk, branch, template)
    assert scan.name in clerk.text


def the_branch_sees_the_other_side(inspector: Window, branch: Branch) -> None:
    name = branch.clinic.party.name
    assert "Rachunki do zatwierdzenia 2" in inspector.text
    inspector.looks_right()
    for area in ("Umowy na realizację świadczeń", "Sprawozdawczość", "Rozliczenia", "Rachunki"):
        inspector.area(area)
        assert name in inspector.text
        inspector.looks_right()
    inspector.area("Rozliczenia")
    inspector.page.get_by_label("Świadczeniodawca, szablon lub umowa").fill("Pod Kasztanami")
    inspector.filter_by("text=")
    inspector.click(inspector.main.locator("tbody th a").first)
    assert "Wystaw rachunek" not in inspector.text
    inspector.looks_right()
    inspector.area("Sprawozdawczość")
    inspector.click(inspector.main.locator("tbody th a").last)
    assert "Co wykazała weryfikacja" in inspector.text


def the_branch_approves_and_pays(inspector: Window, branch: Branch, templates: list[Template]) -> None:
    due = payment_due(branch.today, branch="05")
    for _ in templates:
        inspector.page.goto("/rachunki/?state=accepted")
        inspector.click(inspector.main.locator("tbody th a").first)
        inspector.looks_right()
        inspector.button("Zatwierdź do zapłaty")
        assert "zatwierdzono" in inspector.text
    inspector.area("Płatności")
    assert inspector.row(day(due))[1:] == [
        "zatwierdzono",
        str(len(templates)),
        amount(sum(template.amount for template in templates)),
    ]
    inspector.looks_right()
    inspector.follow(day(due))
    inspector.looks_right()
    inspector.main.locator("summary", has_text="Oznacz przelewy").click()
    inspector.looks_right()
    inspector.button("Oznacz przelewy")
    assert "Żaden przyjęty rachunek nie czeka na zapłatę." in inspector.text
    inspector.looks_right()


def test_the_road_needs_no_javascript(new_window: NewWindow, branch: Branch, tmp_path: Path) -> None:
    clerk, inspector = (new_window(java_script_enabled=False) for _ in range(2))
    clerk.log_in(branch.clerk.login, branch.password)
    contract = road.fetch_contract(clerk, tmp_path)
    file = tmp_path / "raport.swx"
    expected = branch.write_report(file, positions=60, generation=1, mistakes={"unknown-scope": 0.1})
    road.send_report(clerk, file)
    work.check_reports()
    clerk.page.reload()
    road.result_is_as_expected(clerk, expected)
    [code] = expected.findings
    road.look_into_findings(clerk, code, expected.findings[code], tmp_path)
    road.request_settlement(clerk, contract)
    work.calculate()
    clerk.follow("Odśwież")
    road.where_amounts_come_from(clerk)
    [template] = road.fetch_templates(clerk, tmp_path)
    clerk.follow("Wystaw rachunek")
    clerk.fill({"Numer rachunku": "1"})
    clerk.button("Wyślij rachunek")
    it_is_accepted(clerk, branch, template)
    inspector.log_in(branch.inspector.login, branch.password)
    the_branch_approves_and_pays(inspector, branch, [template])
