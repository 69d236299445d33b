"""Bills as e-documents (FAKT: invoice, RACH: account), from the provider to the payer: reading and writing.

The Fund's trees are not publicly known. The shape follows its closest known relative, e-LEKZR: seen there
are `naglowek-dok` with `typ-dok`, `numer-dok`, `data-wystawienia`; `podmiot`, `nabywca` (`nazwa`, `nip`),
`odbiorca`, `adres`, `pozycje`. Every other name, and the namespace inside `…/e-dok-rozlicz/`, are ours.

A bill may carry XML signatures as last children of the root; they cover the bytes and are not looked at here.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.money import text_from_grosze, text_from_units
from rozlicz.kernel.texts import same
from rozlicz.messages.bills import (
    AttachmentReference,
    Bill,
    BillKind,
    BillLine,
    Buyer,
    Recipient,
    VatExemption,
)
from rozlicz.messages.envelope import Source
from rozlicz.messages.header import Header
from rozlicz.messages.party_wire import (
    ADDRESS,
    NAME,
    NIP,
    read_address,
    read_party,
    write_address,
    write_party,
)
from rozlicz.messages.root import ROOT, root_attributes
from rozlicz.messages.tree import Element, header_of_tree, read_tree
from rozlicz.messages.xml_writer import XmlWriter, written_to

NAMESPACE = "http://www.nfz.gov.pl/xml/swd-platnik/e-dok-rozlicz/fakt-rach/v1.0"
"""Ours, after the one seen: …/e-dok-rozlicz/lekzr/v1.1."""

_HEAD = "naglowek-dok"
_TYPE = "typ-dok"
_ORIGINAL = "P"  # own
_CORRECTION = "K"
_NUMBER = "numer-dok"
_ISSUED_ON = "data-wystawienia"
_SOLD_ON = "data-sprzedazy"  # own
_MONTH = "okres"  # own
_CONTRACT = "nr-umowy"  # own here; seen in R_UMX
_TEMPLATE = "id-szablonu"  # own here; seen in R_UMX
_BANK_ACCOUNT = "nr-rachunku-bankowego"  # own
_VAT_EXEMPTION = "podst-zwol-vat"  # own
_TOTAL = "wartosc"
_CORRECTS = "numer-dok-kor"  # own
_REASON = "przyczyna-kor"  # own

_ISSUER = "podmiot"
_BUYER = "nabywca"
_RECIPIENT = "odbiorca"
_BRANCH = "oddz-nfz"  # own here; seen in R_UMX

_LINES = "pozycje"
_LINE = "pozycja"  # own
_LINE_NUMBER = "lp"
_SCOPE = "kod-zakresu"  # own here; seen in SWIAD-WYKBAD
_DISTINGUISHER = "wyroznik"  # own here; seen in SWIAD-WYKBAD
_PRODUCT = "kod-produktu"  # own
_LINE_NAME = "nazwa"
_UNIT_NAME = "jedn-miary"  # own
_UNITS = "ilosc"  # own
_PRICE = "cena"  # own
_AMOUNT = "wartosc"

_ATTACHMENTS = "zalaczniki"  # own
_ATTACHMENT = "zalacznik"  # own
_KIND = "rodzaj"
_FILE_NAME = "nazwa-pliku"  # own
_SHA256 = "skrot-sha256"  # own

_KINDS = (BillKind.INVOICE.value, BillKind.ACCOUNT.value)


def write_bill(bill: Bill, *, header: Header, target: Path | BinaryIO, zipped: bool = False) -> None:
    """Write a bill; the header's kind must be the bill's."""
    attributes = root_attributes(header, kind=bill.kind.value, namespace=NAMESPACE)
    with written_to(target, zipped=zipped, member_name="dokument.xml") as writer:
        with writer.element(ROOT, attributes):
            writer.empty(_HEAD, _head_attributes(bill))
            write_party(writer, _ISSUER, bill.issuer)
            with writer.element(_BUYER, {NAME: bill.buyer.name, NIP: bill.buyer.nip}):
                write_address(writer, bill.buyer.address)
            _write_recipient(writer, bill.recipient)
            with writer.element(_LINES, {}):
                for line in bill.lines:
                    writer.empty(_LINE, _line_attributes(line))
            if bill.attachments:
                with writer.element(_ATTACHMENTS, {}):
                    for attachment in bill.attachments:
                        writer.empty(_ATTACHMENT, _attachment_attributes(attachment))


def read_bill(source: Source) -> tuple[Header, Bill]:
    """Read a bill as it stands: whether it adds up and fits its template is for the documents' checks to say.

    Raises MessageRefused, naming line, element and attribute.
    """
    root = read_tree(source, namespace=NAMESPACE, signature=True)
    header = header_of_tree(root, kind=_KINDS)
    head = root.one(_HEAD)
    corrects, reason = _correction(head)
    buyer = root.one(_BUYER)
    attachments = root.maybe(_ATTACHMENTS)
    exempt = _VAT_EXEMPTION in head.attributes
    bill = Bill(
        kind=BillKind(header.kind),
        number=head.text(_NUMBER),
        issued_on=head.day(_ISSUED_ON),
        sold_on=head.day(_SOLD_ON),
        month=head.month(_MONTH),
        contract=head.text(_CONTRACT),
        template=head.number(_TEMPLATE),
        bank_account=head.text(_BANK_ACCOUNT),
        vat_exemption=head.choice(_VAT_EXEMPTION, VatExemption) if exempt else None,
        amount=head.grosze(_TOTAL),
        corrects_number=corrects,
        correction_reason=reason,
        issuer=read_party(root.one(_ISSUER)),
        buyer=Buyer(name=buyer.text(NAME), nip=buyer.text(NIP), address=read_address(buyer.one(ADDRESS))),
        recipient=_recipient(root.one(_RECIPIENT)),
        lines=tuple(_line(found) for found in root.one(_LINES).many(_LINE)),
        attachments=tuple(_attachment(found) for found in attachments.many(_ATTACHMENT))
        if attachments
        else (),
    )
    root.everything_read()
    return header, bill


def _head_attributes(bill: Bill) -> dict[str, str | None]:
    is_correction = bool(bill.corrects_number or bill.correction_reason)
    return {
        _TYPE: _CORRECTION if is_correction else _ORIGINAL,
        _NUMBER: bill.number,
        _ISSUED_ON: bill.issued_on.isoformat(),
        _SOLD_ON: bill.sold_on.isoformat(),
        _MONTH: str(bill.month),
        _CONTRACT: bill.contract,
        _TEMPLATE: str(bill.template),
        _BANK_ACCOUNT: bill.bank_account,
        _VAT_EXEMPTION: bill.vat_exemption and bill.vat_exemption.value,
        _TOTAL: text_from_grosze(bill.amount),
        _CORRECTS: bill.corrects_number if is_correction else None,
        _REASON: bill.correction_reason or None,
    }


def _correction(head: Element) -> tuple[str, str]:
    """Number of the corrected bill and reason; both empty on an original one, where neither may stand."""
    kind = head.take(
        _TYPE, {_ORIGINAL: False, _CORRECTION: True}.__getitem__, same(f"{_ORIGINAL}, {_CORRECTION}")
    )
    return (head.text(_CORRECTS), head.optional(_REASON)) if kind else ("", "")


def _write_recipient(writer: XmlWriter, recipient: Recipient) -> None:
    attributes = {_BRANCH: recipient.branch, NAME: recipient.name}
    if recipient.address is None:
        writer.empty(_RECIPIENT, attributes)
        return
    with writer.element(_RECIPIENT, attributes):
        write_address(writer, recipient.address)


def _recipient(element: Element) -> Recipient:
    address = element.maybe(ADDRESS)
    return Recipient(
        branch=element.text(_BRANCH),
        name=element.text(NAME),
        address=None if address is None else read_address(address),
    )


def _line_attributes(line: BillLine) -> dict[str, str | None]:
    return {
        _LINE_NUMBER: str(line.number),
        _SCOPE: line.scope,
        _DISTINGUISHER: str(line.distinguisher),
        _PRODUCT: line.product,
        _LINE_NAME: line.name,
        _UNIT_NAME: line.unit_name,
        _UNITS: text_from_units(line.units),
        _PRICE: text_from_grosze(line.price),
        _AMOUNT: text_from_grosze(line.amount),
    }


def _line(element: Element) -> BillLine:
    return BillLine(
        number=element.number(_LINE_NUMBER),
        scope=element.text(_SCOPE),
        distinguisher=element.number(_DISTINGUISHER),
        product=element.text(_PRODUCT),
        name=element.text(_LINE_NAME),
        unit_name=element.text(_UNIT_NAME),
        units=element.units(_UNITS),
        price=element.grosze(_PRICE),
        amount=element.grosze(_AMOUNT),
    )


def _attachment_attributes(attachment: AttachmentReference) -> dict[str, str | None]:
    return {_KIND: attachment.kind, _FILE_NAME: attachment.file_name, _SHA256: attachment.sha256}


def _attachment(element: Element) -> AttachmentReference:
    return AttachmentReference(
        kind=element.text(_KIND), file_name=element.text(_FILE_NAME), sha256=element.text(_SHA256)
    )
