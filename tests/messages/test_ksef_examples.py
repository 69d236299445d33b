"""The example invoices of KSeF are what the writer writes, fit the official schema and tell one story."""

import io
from dataclasses import fields
from pathlib import Path

import pytest

from rozlicz.messages.bills import Bill, BillLine
from rozlicz.messages.fakt_rach import read_bill
from rozlicz.messages.ksef import names
from rozlicz.messages.ksef.reader import read_ksef
from rozlicz.messages.ksef.reasons import REASONS
from rozlicz.messages.ksef.schema import schema_errors_of_ksef
from rozlicz.messages.ksef.writer import write_ksef
from rozlicz.messages.r_umx import read_r_umx
from rozlicz.messages.umx import read_umx

EXAMPLES = Path(__file__).parents[2] / "examples"
STORIES = {
    "faktura-ksef-krotka.xml": ("umowa-krotka.umx", "szablon-krotki.zrz"),
    "faktura-ksef.xml": ("umowa.umx", "szablony.zrz"),
    "faktura-ksef-korygujaca.xml": ("umowa.umx", "szablony.zrz"),
}


@pytest.mark.parametrize("name", STORIES)
def test_an_example_is_what_the_writer_writes_and_ksef_takes_it(name: str) -> None:
    reading = read_ksef(EXAMPLES / name)
    assert (reading.unread, reading.lacking) == ((), ())
    target = io.BytesIO()
    write_ksef(reading.invoice, target=target)
    assert target.getvalue() == (EXAMPLES / name).read_bytes()
    assert schema_errors_of_ksef(EXAMPLES / name) == ()


@pytest.mark.parametrize("name", STORIES)
def test_an_example_belongs_to_its_template_and_contract(name: str) -> None:
    contract, templates = STORIES[name]
    bill = read_ksef(EXAMPLES / name).invoice.bill
    template = {one.number: one for one in read_r_umx(EXAMPLES / templates)[1]}[bill.template]
    terms = read_umx(EXAMPLES / contract)[1]
    assert (bill.amount, bill.month, bill.contract) == (template.amount, template.month, terms.code)
    assert bill.issuer == terms.provider
    assert bill.recipient.branch == terms.branch


def test_the_correction_is_the_one_that_the_portal_takes_too() -> None:
    invoice = read_ksef(EXAMPLES / "faktura-ksef-korygujaca.xml").invoice
    same: Bill = read_bill(EXAMPLES / "faktura-korygujaca.efx")[1]
    assert invoice.correction
    assert invoice.correction.ksef_number
    assert invoice.correction.ksef_number.seller == invoice.bill.issuer.nip
    assert (invoice.bill.corrects_number, invoice.bill.amount) == (same.corrects_number, same.amount)
    assert invoice.bill.attachments == same.attachments


PAGE = (Path(__file__).parents[2] / "docs" / "messages" / "ksef.md").read_text(encoding="utf-8")


def test_the_page_tells_every_reason() -> None:
    for one in REASONS:
        assert f"| {one.code} | {one.field_name.en} | {one.text.en} |" in PAGE
    assert PAGE.count("| K-") == len(REASONS)


def test_the_page_tells_every_key_of_our_own_and_every_field_of_a_bill() -> None:
    for name in dir(names):
        if name.endswith("_KEY"):
            assert f"`{getattr(names, name)}`" in PAGE, name
    for field in (*fields(Bill), *fields(BillLine)):
        assert f"`{field.name}" in PAGE or field.name in {"kind", "lines", "issuer"}, field.name
