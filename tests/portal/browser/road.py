"""The steps of the main road, each as a clerk or an inspector walks it: by the words on the pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

from rozlicz.documents.bills import draft_bill
from rozlicz.documents.vat import usual_exemption
from rozlicz.kernel.money import format_amount
from rozlicz.kernel.texts import format_day
from rozlicz.messages.bills import AttachmentReference, BillKind
from rozlicz.messages.contracts import Contract
from rozlicz.messages.fakt_rach import write_bill
from rozlicz.messages.header import new_header
from rozlicz.messages.p_swi import ReplyReader
from rozlicz.messages.r_umx import read_r_umx
from rozlicz.messages.templates import Template
from rozlicz.messages.umx import read_umx
from rozlicz.messages.wire.envelope import sha256_of
from rozlicz.portal.clock import now, warsaw_time
from rozlicz.sample.expectation import Expectation
from tests.portal.browser.branch import Branch
from tests.portal.browser.window import Window, plain


def amount(grosze: int) -> str:
    """An amount as the page shows it, blanks made plain."""
    return plain(format_amount(grosze))


def day(value: date) -> str:
    """A day as the page shows it."""
    return format_day(value, "pl")


def fetch_contract(window: Window, target: Path) -> Contract:
    """Step 2: from the area of contracts to the file of one of them."""
    window.area("Umowy na realizację świadczeń")
    window.looks_right()
    window.follow("Pokaż więcej…")
    window.looks_right()
    window.follow("Pliki z umowami do pobrania")
    window.looks_right()
    file = window.download("Pobierz", target)
    assert file.suffix == ".umx"
    return read_umx(file)[1]


def choose_report(window: Window, file: Path) -> None:
    """Step 3, its beginning: the form and its file."""
    window.area("Sprawozdawczość")
    window.follow("Wyślij raport")
    window.looks_right()
    window.choose_file("Plik raportu", file)
    window.button("Wyślij raport")


def send_report(window: Window, file: Path) -> None:
    """Step 3, its first half: the receipt comes at once."""
    choose_report(window, file)
    assert plain(window.page.locator(".receipt-number").inner_text()) in window.heading
    window.looks_right()


def result_is_as_expected(window: Window, expected: Expectation) -> None:
    """Step 3, its second half: counts, values, and each rule with its records."""
    figures = [plain(one) for one in window.main.locator(".figure").all_inner_texts()]
    rejected = f" {amount(expected.rejected_value)}" if expected.rejected else ""
    assert figures == [
        f"Pozycje przyjęte {expected.accepted} {amount(expected.accepted_value)}",
        f"Pozycje odrzucone {expected.rejected}{rejected}",
    ]
    shown = {}
    for finding in window.main.locator("article.finding").all():
        words = plain(finding.inner_text())
        assert "Co zrobić" in words
        assert "Podstawa prawna" in words
        code = plain(finding.locator("a[href*='/reguly/']").inner_text())
        records = plain(finding.locator("a[href*='?code=']").inner_text())
        shown[code] = int("".join(filter(str.isdigit, records)))
    assert shown == expected.findings


def look_into_findings(window: Window, code: str, records: int, target: Path) -> None:
    """The findings of one rule, filtered and as a workbook, and one record with all its findings."""
    window.follow("Wszystkie wyniki po kolei")
    window.page.get_by_label("Reguła").select_option(value=code)
    window.filter_by("code=")
    rows = window.main.locator("tbody tr")
    assert rows.count() == records
    window.looks_right()
    book = openpyxl.load_workbook(window.download("Pobierz listę", target))
    assert book["Wyniki weryfikacji"].max_row == records + 1
    window.click(rows.first.get_by_role("link").last)
    assert "Co wykazała weryfikacja" in window.text
    assert code in window.text
    window.looks_right()


def reply_says(file: Path, expected: Expectation) -> None:
    """The reply message, read as the settlement program reads it."""
    with ReplyReader(file) as reply:
        assert (reply.summary.accepted, reply.summary.rejected) == (expected.accepted, expected.rejected)
        assert sum(1 for _ in reply) == expected.positions


def request_settlement(window: Window, contract: Contract) -> None:
    """Step 4, its first half: which contract is to be calculated; the month is offered."""
    window.area("Rozliczenia")
    window.looks_right()
    window.page.get_by_label("Umowa", exact=True).select_option(
        label=f"{contract.code} – {contract.kind_name}"
    )
    window.button("Zażądaj naliczenia")


def where_amounts_come_from(window: Window) -> str:
    """Step 4: the scopes of a calculation, and one of them month by month and step by step; what is due now."""
    window.follow("Skąd ta kwota?")
    window.looks_right()
    total = window.row("Razem")[1]
    assert window.main.locator("tbody tr").count() > 1
    window.click(window.main.locator("tbody th a").first)
    for words in (
        "Miesiąc po miesiącu",
        "Plan narastająco",
        "Zapłacono wcześniej",
        "Krok po kroku",
        "cena jednostkowa",
    ):
        assert words in window.text
    window.looks_right()
    return total


def fetch_templates(window: Window, target: Path) -> list[Template]:
    """The files of all templates that wait for a bill, the general one first."""
    window.area("Rozliczenia")
    found = []
    for address in [one.get_attribute("href") for one in window.main.locator("tbody th a").all()]:
        window.page.goto(address or "")
        _, (template,) = read_r_umx(window.download("Pobierz plik R_UMX", target))
        assert amount(template.amount) in window.text
        found.append(template)
    window.looks_right()
    return sorted(found, key=lambda one: one.person)


def bill_elsewhere(branch: Branch, template: Template, contract: Contract, target: Path) -> tuple[Path, Path]:
    """The bill of a template as a settlement program makes it, with its scan: both files."""
    scan = target / "ekuz.pdf"
    scan.write_bytes(b"a scan of a card")
    bill = draft_bill(
        template=template,
        contract=contract,
        kind=BillKind.ACCOUNT,
        number=f"K/{template.number}",
        issued_on=branch.today,
        vat_exemption=usual_exemption(contract.provider.legal_form),
        bank_account=branch.clinic.bank_account,
        attachments=[AttachmentReference(kind="ENT", file_name=scan.name, sha256=sha256_of(scan))],
    )
    file = target / f"{template.number}.erx"
    header = new_header(
        kind="RACH",
        receiver="05",
        sender=contract.provider.code,
        installation=branch.clinic.installation.long,
        generation=template.number,
        generated_at=warsaw_time(now()),
    )
    write_bill(bill, header=header, target=file)
    return file, scan
