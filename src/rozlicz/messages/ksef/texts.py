"""The texts of an invoice for KSeF: into which element each goes, how long it may be, which letters it may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.refusals import Reason, Refusal
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import AttachmentReference, Bill, BillLine
from rozlicz.messages.ksef import KsefInvoice, names, single_blanks
from rozlicz.messages.ksef import reasons as why
from rozlicz.messages.ksef.address import lines_of

_PLANE_ENDS = "".join(chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
FORBIDDEN_LETTERS = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff{_PLANE_ENDS}]"
)
"""Letters that XML cannot carry, and those the XML recommendation advises against, which KSeF refuses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One text: the bill's field, what it is, the element it goes to, its length, whether it must be there."""

    field: str
    what: Text
    element: str
    value: str
    longest: int = 256
    shortest: int = 1
    needed: bool = True


def attachment_value(one: AttachmentReference) -> str:
    """An attachment as the value of one additional description."""
    return f"{one.kind} {one.sha256} {one.file_name}"


def texts_of(invoice: KsefInvoice) -> Iterator[Told]:
    """Every text of the invoice."""
    bill = invoice.bill
    yield from _document_texts(bill)
    yield from _party_texts(bill)
    program = Text(pl="Nazwa programu", en="Name of the program")
    yield Told(field="program", what=program, element=names.PROGRAM, value=invoice.program, needed=False)
    for place, one in enumerate(bill.attachments, start=1):
        what = Text(pl="Nazwa pliku załącznika {place}", en="File name of attachment {place}")
        yield Told(
            field=f"attachments.{place}",
            what=what.filled(place=place),
            element=names.VALUE,
            value=one.file_name,
            longest=256 - len(attachment_value(replace(one, file_name=""))),
        )
    for line in bill.lines:
        yield from _line_texts(line)


def text_refusals(told: Told) -> Iterator[Refusal]:
    """What KSeF would not take of a text, or not keep as it is."""
    for reason, found, expected in _faults(told):
        yield reason.because(
            field=told.field, found=found, expected=expected, what=told.what, element=told.element
        )


def _faults(told: Told) -> Iterator[tuple[Reason, str, str]]:
    value, length = told.value, len(told.value)
    if not value:
        if told.needed:
            yield why.TEXT_EMPTY, "", ""
        return
    if length > told.longest:
        yield why.TEXT_LONG, str(length), str(told.longest)
    if length < told.shortest:
        yield why.TEXT_SHORT, str(length), str(told.shortest)
    if value != single_blanks(value):
        yield why.TEXT_BLANKS, value, single_blanks(value)
    if letter := FORBIDDEN_LETTERS.search(value):
        yield why.TEXT_LETTER, f"U+{ord(letter[0]):04X}", ""


def _document_texts(bill: Bill) -> Iterator[Told]:
    yield Told(
        field="number",
        what=Text(pl="Numer faktury", en="Number of the invoice"),
        element=names.NUMBER,
        value=bill.number,
    )
    yield Told(
        field="contract",
        what=Text(pl="Numer umowy", en="Contract's number"),
        element=names.CONTRACT_NUMBER,
        value=bill.contract,
    )
    yield Told(
        field="bank_account",
        what=Text(pl="Rachunek bankowy", en="Bank account"),
        element=names.BANK_ACCOUNT_NUMBER,
        value=bill.bank_account,
        longest=34,
        shortest=10,
        needed=False,
    )
    yield Told(
        field="corrects_number",
        what=Text(pl="Numer faktury korygowanej", en="Number of the corrected invoice"),
        element=names.CORRECTED_NUMBER,
        value=bill.corrects_number,
        needed=False,
    )
    yield Told(
        field="correction_reason",
        what=Text(pl="Przyczyna korekty", en="Reason of the correction"),
        element=names.REASON,
        value=bill.correction_reason,
        needed=False,
    )


def _party_texts(bill: Bill) -> Iterator[Told]:
    """With a company behind it, the unit's name goes to an additional description and the company is the seller."""
    issuer = bill.issuer
    has_company = bool(issuer.company_name)
    for field, pl, en, element, value, longest, needed in (
        (
            "issuer.name",
            "Nazwa wystawcy",
            "Issuer's name",
            names.VALUE if has_company else names.NAME,
            issuer.name,
            256 if has_company else 512,
            True,
        ),
        (
            "issuer.company_name",
            "Firma spółki",
            "Company's name",
            names.NAME,
            issuer.company_name,
            512,
            False,
        ),
        ("issuer.code", "Kod świadczeniodawcy", "Provider's code", names.VALUE, issuer.code, 256, False),
        (
            "issuer.form_of_business",
            "Forma prawna",
            "Form of business",
            names.VALUE,
            issuer.form_of_business,
            256,
            False,
        ),
        ("buyer.name", "Nazwa nabywcy", "Buyer's name", names.NAME, bill.buyer.name, 512, True),
        ("recipient.name", "Nazwa odbiorcy", "Recipient's name", names.NAME, bill.recipient.name, 512, True),
    ):
        what = Text(pl=pl, en=en)
        yield Told(field=field, what=what, element=element, value=value, longest=longest, needed=needed)
    for field, pl, en, address in (
        ("issuer", "Adres wystawcy", "Issuer's address", issuer.address),
        ("buyer", "Adres nabywcy", "Buyer's address", bill.buyer.address),
        ("recipient", "Adres odbiorcy", "Recipient's address", bill.recipient.address),
    ):
        if address is not None:
            yield from _address_texts(f"{field}.address", Text(pl=pl, en=en), address)


def _address_texts(field: str, what: Text, address: PostalAddress) -> Iterator[Told]:
    first, second = lines_of(address)
    yield Told(field=field, what=what, element=names.ADDRESS_1, value=first, longest=512)
    yield Told(field=field, what=what, element=names.ADDRESS_2, value=second, longest=512, needed=False)


def _line_texts(line: BillLine) -> Iterator[Told]:
    for field, pl, en, element, value, longest, needed in (
        ("name", "nazwa usługi", "name of the service", names.ROW_NAME, line.name, 512, True),
        ("unit_name", "jednostka miary", "unit of measure", names.ROW_UNIT, line.unit_name, 256, True),
        ("scope", "zakres", "scope", names.ROW_CODE, line.scope, 50, False),
        ("pkwiu", "PKWiU", "PKWiU", names.ROW_PKWIU, line.pkwiu, 50, False),
        ("product", "kod produktu", "product code", names.VALUE, line.product, 256, False),
    ):
        what = Text(pl="Pozycja {line}, {what}", en="Line {line}, {what}")
        yield Told(
            field=f"lines.{line.number}.{field}",
            what=what.filled(line=line.number, what=Text(pl=pl, en=en)),
            element=element,
            value=value,
            longest=longest,
            needed=needed,
        )
