"""Can a bill go to KSeF as it is? Everything that stands in the way, all at once; nothing is ever cut or replaced."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

from rozlicz.kernel.branches import BRANCHES, FUND_NIP
from rozlicz.kernel.identifiers import is_nip
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import AttachmentReference, Bill, BillKind, BillLine
from rozlicz.messages.ksef import KsefInvoice, names
from rozlicz.messages.ksef import reasons as why
from rozlicz.messages.ksef.address import comes_back
from rozlicz.messages.ksef.texts import text_refusals, texts_of

_FIRST_DAY, _LAST_DAY = date(2006, 1, 1), date(2050, 1, 1)
_FIRST_MOMENT = datetime(2025, 9, 1, tzinfo=UTC)
_LAST_MOMENT = datetime(2050, 1, 1, 23, 59, 59, tzinfo=UTC)
_REGON = re.compile(r"(?:[0-9]{9}|[0-9]{14})?")
_RECIPIENT_ID = re.compile(rf"(?:{FUND_NIP}-[0-9]{{5}})?")
_KIND = re.compile(r"[A-Za-z0-9_-]{1,32}")
_SHA256 = re.compile(r"[0-9A-Fa-f]{64}")

# FA(3) holds 16 digits before the point of an amount and a number of units, 14 of a price.
_LARGEST_AMOUNT = 10**18
_LARGEST_PRICE = 10**16
_LARGEST_UNITS = 10**20
_LARGEST_DISTINGUISHER = 10**18
_LARGEST_ROW_NUMBER = 10**14
_LARGEST_TEMPLATE = 10**12


def ksef_refusals(invoice: KsefInvoice) -> tuple[Refusal, ...]:
    """Why the invoice cannot be written as FA(3) so that it reads back as it is; empty: it can.

    Whether the bill is right (template, contract, sums, days) is for the documents' checks to say. The size of the
    file shows only when it is written.
    """
    return tuple(_refusals(invoice))


def _refusals(invoice: KsefInvoice) -> Iterator[Refusal]:
    bill = invoice.bill
    yield from _document_refusals(bill)
    yield from _day_refusals(invoice)
    yield from _correction_refusals(invoice)
    yield from _form_refusals(invoice)
    for told in texts_of(invoice):
        yield from text_refusals(told)
    for place, attachment in enumerate(bill.attachments, start=1):
        yield from _attachment_refusals(attachment, place)
    yield from _line_refusals(bill)
    yield from _number_refusals(bill)


def _document_refusals(bill: Bill) -> Iterator[Refusal]:
    if bill.kind is not BillKind.INVOICE:
        yield why.NO_INVOICE.because(field="kind", found=bill.kind.value)
    if bill.vat_exemption is None:
        yield why.NO_EXEMPTION.because(field="vat_exemption")
    if bill.recipient.branch not in BRANCHES:
        yield why.NO_BRANCH.because(field="recipient.branch", found=bill.recipient.branch)
    if not 0 < bill.template < _LARGEST_TEMPLATE:
        yield why.NO_TEMPLATE.because(field="template", found=str(bill.template))
    if bill.buyer.nip != FUND_NIP:
        yield why.OTHER_BUYER.because(field="buyer.nip", found=bill.buyer.nip, expected=FUND_NIP)


def _day_refusals(invoice: KsefInvoice) -> Iterator[Refusal]:
    bill = invoice.bill
    days = [
        ("issued_on", Text(pl="Data wystawienia", en="Date of issue"), bill.issued_on),
        ("sold_on", Text(pl="Data sprzedaży", en="Date of sale"), bill.sold_on),
        ("month", Text(pl="Miesiąc sprawozdawczy", en="Reporting month"), bill.month.first_day),
    ]
    if invoice.correction is not None:
        what = Text(pl="Data wystawienia faktury korygowanej", en="Date of issue of the corrected invoice")
        days.append(("correction.issued_on", what, invoice.correction.issued_on))
    for field, what, day in days:
        if not _FIRST_DAY <= day <= _LAST_DAY:
            yield _outside(field, what, day, _FIRST_DAY, _LAST_DAY)
    if not _FIRST_MOMENT <= invoice.made_at <= _LAST_MOMENT:
        what = Text(pl="Chwila utworzenia pliku", en="Moment the file was made")
        yield _outside("made_at", what, invoice.made_at.date(), _FIRST_MOMENT.date(), _LAST_DAY)


def _outside(field: str, what: Text, day: date, first: date, last: date) -> Refusal:
    expected = Text(pl="od {first} do {last}", en="{first} to {last}").filled(first=first, last=last)
    found = Text(pl="{day}", en="{day}").filled(day=day)
    return why.DAY_OUTSIDE.because(field=field, found=found, expected=expected, what=what)


def _correction_refusals(invoice: KsefInvoice) -> Iterator[Refusal]:
    bill = invoice.bill
    if bill.corrects_number and invoice.correction is None:
        yield why.CORRECTED_UNDATED.because(field="correction.issued_on")
    if not bill.corrects_number and (bill.correction_reason or invoice.correction is not None):
        yield why.CORRECTS_NOTHING.because(field="corrects_number")


def _form_refusals(invoice: KsefInvoice) -> Iterator[Refusal]:
    bill = invoice.bill
    nip, regon = bill.issuer.nip, bill.issuer.regon
    if not (nip.isascii() and nip.isdigit() and is_nip(nip)):
        what = Text(pl="NIP wystawcy", en="Issuer's NIP")
        yield why.FORM_OTHER.because(field="issuer.nip", found=nip, expected=why.NIP_FORM, what=what)
    if not _REGON.fullmatch(regon):
        what = Text(pl="REGON wystawcy", en="Issuer's REGON")
        yield why.FORM_OTHER.because(field="issuer.regon", found=regon, expected=why.REGON_FORM, what=what)
    if not _RECIPIENT_ID.fullmatch(invoice.recipient_id):
        what = Text(pl="Identyfikator oddziału w KSeF", en="Branch's identifier in KSeF")
        yield why.FORM_OTHER.because(
            field="recipient_id", found=invoice.recipient_id, expected=why.RECIPIENT_ID_FORM, what=what
        )
    for field, what, address in (
        ("issuer.address", Text(pl="Adres wystawcy", en="Issuer's address"), bill.issuer.address),
        ("buyer.address", Text(pl="Adres nabywcy", en="Buyer's address"), bill.buyer.address),
        ("recipient.address", Text(pl="Adres odbiorcy", en="Recipient's address"), bill.recipient.address),
    ):
        if address is not None and not comes_back(address):
            found = f"{address.street}, {address.postal_code} {address.town}"
            yield why.FORM_OTHER.because(field=field, found=found, expected=why.ADDRESS_FORM, what=what)


def _attachment_refusals(one: AttachmentReference, place: int) -> Iterator[Refusal]:
    if _KIND.fullmatch(one.kind) and _SHA256.fullmatch(one.sha256):
        return
    yield why.FORM_OTHER.because(
        field=f"attachments.{place}",
        found=f"{one.kind} {one.sha256} {one.file_name}",
        expected=why.ATTACHMENT_FORM,
        what=Text(pl="Załącznik {place}", en="Attachment {place}").filled(place=place),
    )


def _line_refusals(bill: Bill) -> Iterator[Refusal]:
    count = len(bill.lines)
    if not 0 < count <= names.MAX_ROWS:
        yield why.LINE_COUNT.because(field="lines", found=str(count), expected=str(names.MAX_ROWS))
    descriptions = 2 * count + len(bill.attachments) + names.HEAD_DESCRIPTIONS
    if descriptions > names.MAX_DESCRIPTIONS:
        yield why.DESCRIPTION_COUNT.because(
            field="lines", found=str(descriptions), expected=str(names.MAX_DESCRIPTIONS)
        )
    for number, times in Counter(line.number for line in bill.lines).items():
        if times > 1 or not 0 < number < _LARGEST_ROW_NUMBER:
            yield why.LINE_NUMBER.because(field="lines", found=str(number))


def _number_refusals(bill: Bill) -> Iterator[Refusal]:
    if abs(bill.amount) >= _LARGEST_AMOUNT:
        yield why.NUMBER_LARGE.because(field="amount", element=names.TOTAL)
    for line in bill.lines:
        for field, element, number, largest in (
            ("distinguisher", names.VALUE, line.distinguisher, _LARGEST_DISTINGUISHER),
            ("units", names.ROW_UNITS, line.units, _LARGEST_UNITS),
            ("price", names.ROW_PRICE, line.price, _LARGEST_PRICE),
            ("amount", names.ROW_AMOUNT, line.amount, _LARGEST_AMOUNT),
        ):
            if abs(number) >= largest:
                yield why.NUMBER_LARGE.because(field=_path(line, field), element=element)


def _path(line: BillLine, field: str) -> str:
    return f"lines.{line.number}.{field}"
