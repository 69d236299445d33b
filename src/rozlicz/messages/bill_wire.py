"""What a bill says, alike in the e-documents (FAKT, RACH, NOTA) and in the data of a paper bill (REF).

The Fund's trees are not publicly known. The shape follows its closest known relative, e-LEKZR: seen there
are `naglowek-dok` with `typ-dok`, `numer-dok`, `data-wystawienia`; `podmiot`, `nabywca` (`nazwa`, `nip`),
`odbiorca`, `adres`, `pozycje`. Every other name is ours.
"""

from __future__ import annotations

from rozlicz.kernel.money import text_from_grosze, text_from_units
from rozlicz.messages.bills import (
    AttachmentReference,
    Bill,
    BillKind,
    BillLine,
    Buyer,
    Recipient,
    VatExemption,
)
from rozlicz.messages.wire.party_wire import (
    ADDRESS,
    NAME,
    NIP,
    read_address,
    read_party,
    write_address,
    write_party,
)
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.xml_writer import Attributes, XmlWriter

HEAD = "naglowek-dok"
NUMBER = "numer-dok"
ISSUED_ON = "data-wystawienia"
CONTRACT = "nr-umowy"  # own here; seen in R_UMX
TEMPLATE = "id-szablonu"  # own here; seen in R_UMX
TOTAL = "wartosc"

_TYPE = "typ-dok"
_ORIGINAL = "P"  # own
_CORRECTION = "K"
_SOLD_ON = "data-sprzedazy"  # own
_MONTH = "okres"  # own
_BANK_ACCOUNT = "nr-rachunku-bankowego"  # own
_VAT_EXEMPTION = "podst-zwol-vat"  # own
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
_PKWIU = "pkwiu"  # own
_UNIT_NAME = "jedn-miary"  # own
_UNITS = "ilosc"  # own
_PRICE = "cena"  # own
_AMOUNT = "wartosc"


def write_document(writer: XmlWriter, bill: Bill, *, more: Attributes | None = None) -> None:
    """The children of the root up to the lines; `more` are attributes of the head that only one message has."""
    writer.empty(HEAD, {**_head_attributes(bill), **(more or {})})
    write_party(writer, _ISSUER, bill.issuer)
    with writer.element(_BUYER, {NAME: bill.buyer.name, NIP: bill.buyer.nip}):
        write_address(writer, bill.buyer.address)
    _write_recipient(writer, bill.recipient)
    with writer.element(_LINES, {}):
        for line in bill.lines:
            writer.empty(_LINE, _line_attributes(line))


def read_document(
    root: Element, head: Element, *, kind: BillKind, attachments: tuple[AttachmentReference, ...] = ()
) -> Bill:
    """The bill among the children of the root; `head` is the root's `naglowek-dok`.

    What only one message has, its caller takes.
    """
    corrects, reason = _correction(head)
    buyer = root.one(_BUYER)
    return Bill(
        kind=kind,
        number=head.text(NUMBER),
        issued_on=head.day(ISSUED_ON),
        sold_on=head.day(_SOLD_ON),
        month=head.month(_MONTH),
        contract=head.text(CONTRACT),
        template=head.number(TEMPLATE),
        bank_account=head.text(_BANK_ACCOUNT),
        vat_exemption=head.optional_choice(_VAT_EXEMPTION, VatExemption),
        amount=head.grosze(TOTAL),
        corrects_number=corrects,
        correction_reason=reason,
        issuer=read_party(root.one(_ISSUER)),
        buyer=Buyer(name=buyer.text(NAME), nip=buyer.text(NIP), address=read_address(buyer.one(ADDRESS))),
        recipient=_recipient(root.one(_RECIPIENT)),
        lines=tuple(_line(found) for found in root.one(_LINES).many(_LINE)),
        attachments=attachments,
    )


def _head_attributes(bill: Bill) -> dict[str, str | None]:
    is_correction = bool(bill.corrects_number or bill.correction_reason)
    return {
        _TYPE: _CORRECTION if is_correction else _ORIGINAL,
        NUMBER: bill.number,
        ISSUED_ON: bill.issued_on.isoformat(),
        _SOLD_ON: bill.sold_on.isoformat(),
        _MONTH: str(bill.month),
        CONTRACT: bill.contract,
        TEMPLATE: str(bill.template),
        _BANK_ACCOUNT: bill.bank_account,
        _VAT_EXEMPTION: bill.vat_exemption and bill.vat_exemption.value,
        TOTAL: text_from_grosze(bill.amount),
        _CORRECTS: bill.corrects_number if is_correction else None,
        _REASON: bill.correction_reason or None,
    }


def _correction(head: Element) -> tuple[str, str]:
    """Number of the corrected bill and reason; both empty on an original one, where neither may stand."""
    is_correction = head.word(_TYPE, {False: _ORIGINAL, True: _CORRECTION})
    return (head.text(_CORRECTS), head.optional(_REASON)) if is_correction else ("", "")


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
        _PRODUCT: line.product or None,
        _LINE_NAME: line.name,
        _PKWIU: line.pkwiu or None,
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
        product=element.optional(_PRODUCT),
        name=element.text(_LINE_NAME),
        pkwiu=element.optional(_PKWIU),
        unit_name=element.text(_UNIT_NAME),
        units=element.units(_UNITS),
        price=element.grosze(_PRICE),
        amount=element.grosze(_AMOUNT),
    )
