"""A bill written as a structured invoice FA(3) 1-0E, in the order of the schema."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.money import text_from_grosze, text_from_units
from rozlicz.messages.bills import Bill, BillLine
from rozlicz.messages.ksef import Correction, KsefInvoice, NotForKsef, names
from rozlicz.messages.ksef import reasons as why
from rozlicz.messages.ksef.address import lines_of
from rozlicz.messages.ksef.checks import ksef_refusals
from rozlicz.messages.ksef.texts import attachment_value
from rozlicz.messages.wire.party_wire import LEGAL_FORMS
from rozlicz.messages.wire.xml_writer import XmlWriter, written_to


def write_ksef(invoice: KsefInvoice, *, target: Path | BinaryIO) -> None:
    """Write the invoice: UTF-8 without a mark, no processing instructions, at most 1,000,000 bytes.

    Raises NotForKsef, before anything is written, with every reason why it cannot go to KSeF as it is. A bill drafted
    from a template may need `tidied` first.
    """
    if refusals := ksef_refusals(invoice):
        raise NotForKsef(refusals)
    measured = io.BytesIO()
    _write(invoice, measured)
    size = len(measured.getbuffer())
    if size > names.MAX_BYTES:
        raise NotForKsef(
            (why.FILE_LARGE.because(field="lines", found=str(size), expected=str(names.MAX_BYTES)),)
        )
    _write(invoice, target)


def _write(invoice: KsefInvoice, target: Path | BinaryIO) -> None:
    with written_to(target, zipped=False, member_name="faktura.xml") as writer:
        with writer.element(names.ROOT, {"xmlns": names.NAMESPACE}):
            _head(writer, invoice)
            _seller(writer, invoice.bill)
            _buyer(writer, invoice.bill)
            _recipient(writer, invoice)
            with writer.element(names.INVOICE, {}):
                _invoice(writer, invoice)
            _registers(writer, invoice.bill)


def _some(writer: XmlWriter, name: str, text: str) -> None:
    """An element that is left out when it has nothing to say."""
    if text:
        writer.text(name, text)


def _head(writer: XmlWriter, invoice: KsefInvoice) -> None:
    with writer.element(names.HEAD, {}):
        form = {
            names.FORM_SYSTEM: names.FORM_SYSTEM_VALUE,
            names.FORM_VERSION: names.FORM_VERSION_VALUE,
        }
        writer.text(names.FORM, names.FORM_VALUE, form)
        writer.text(names.VARIANT, names.VARIANT_VALUE)
        writer.text(names.MADE_AT, _moment(invoice.made_at))
        _some(writer, names.PROGRAM, invoice.program)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


# ---- parties -------------------------------------------------------------------------------------------------------


def _seller(writer: XmlWriter, bill: Bill) -> None:
    """The seller is the taxpayer: the company behind a non-public unit, where its name differs from the unit's."""
    with writer.element(names.SELLER, {}):
        with writer.element(names.IDENTITY, {}):
            writer.text(names.NIP, bill.issuer.nip)
            writer.text(names.NAME, bill.issuer.company_name or bill.issuer.name)
        _address(writer, bill.issuer.address)


def _buyer(writer: XmlWriter, bill: Bill) -> None:
    with writer.element(names.BUYER, {}):
        with writer.element(names.IDENTITY, {}):
            writer.text(names.NIP, bill.buyer.nip)
            writer.text(names.NAME, bill.buyer.name)
        _address(writer, bill.buyer.address)
        writer.text(names.LOCAL_GOVERNMENT_UNIT, names.NO)
        writer.text(names.VAT_GROUP, names.NO)


def _recipient(writer: XmlWriter, invoice: KsefInvoice) -> None:
    recipient = invoice.bill.recipient
    with writer.element(names.THIRD_PARTY, {}):
        with writer.element(names.IDENTITY, {}):
            if invoice.recipient_id:
                writer.text(names.INTERNAL_ID, invoice.recipient_id)
            else:
                writer.text(names.NO_ID, names.YES)
            writer.text(names.NAME, recipient.name)
        if recipient.address is not None:
            _address(writer, recipient.address)
        writer.text(names.ROLE, names.RECIPIENT_ROLE)


def _address(writer: XmlWriter, address: PostalAddress) -> None:
    first, second = lines_of(address)
    with writer.element(names.ADDRESS, {}):
        writer.text(names.COUNTRY, names.POLAND)
        writer.text(names.ADDRESS_1, first)
        _some(writer, names.ADDRESS_2, second)


def _registers(writer: XmlWriter, bill: Bill) -> None:
    if bill.issuer.regon:
        with writer.element(names.FOOT, {}), writer.element(names.REGISTERS, {}):
            writer.text(names.REGON, bill.issuer.regon)


# ---- the invoice ---------------------------------------------------------------------------------------------------


def _invoice(writer: XmlWriter, invoice: KsefInvoice) -> None:
    bill = invoice.bill
    writer.text(names.CURRENCY, names.ZLOTY)
    writer.text(names.ISSUED_ON, bill.issued_on.isoformat())
    writer.text(names.NUMBER, bill.number)
    with writer.element(names.PERIOD, {}):
        writer.text(names.PERIOD_FROM, bill.month.first_day.isoformat())
        writer.text(names.PERIOD_TO, bill.sold_on.isoformat())
    writer.text(names.EXEMPT_TOTAL, text_from_grosze(bill.amount))
    writer.text(names.TOTAL, text_from_grosze(bill.amount))
    _annotations(writer, bill)
    writer.text(names.KIND, names.CORRECTION if invoice.correction else names.ORIGINAL)
    if invoice.correction is not None:
        _correction(writer, bill, invoice.correction)
    _descriptions(writer, bill)
    for line in bill.lines:
        _row(writer, line)
    with writer.element(names.PAYMENT, {}):
        writer.text(names.PAYMENT_FORM, names.TRANSFER)
        if bill.bank_account:
            with writer.element(names.BANK_ACCOUNT, {}):
                writer.text(names.BANK_ACCOUNT_NUMBER, bill.bank_account)
    with writer.element(names.TERMS, {}), writer.element(names.CONTRACTS, {}):
        writer.text(names.CONTRACT_NUMBER, bill.contract)


def _annotations(writer: XmlWriter, bill: Bill) -> None:
    """The basis of the exemption, and a plain no to everything else that an invoice can be."""
    with writer.element(names.ANNOTATIONS, {}):
        for name in names.PLAIN_ANNOTATIONS:
            writer.text(name, names.NO)
        with writer.element(names.EXEMPTION, {}):
            writer.text(names.IS_EXEMPT, names.YES)
            if bill.vat_exemption is not None:
                writer.text(names.EXEMPTION_BASIS, names.EXEMPTION_TEXTS[bill.vat_exemption])
        with writer.element(names.NEW_TRANSPORT, {}):
            writer.text(names.NO_NEW_TRANSPORT, names.YES)
        writer.text(names.SIMPLIFIED, names.NO)
        with writer.element(names.MARGIN, {}):
            writer.text(names.NO_MARGIN, names.YES)


def _correction(writer: XmlWriter, bill: Bill, correction: Correction) -> None:
    _some(writer, names.REASON, bill.correction_reason)
    if correction.effect is not None:
        writer.text(names.EFFECT, str(correction.effect.value))
    with writer.element(names.CORRECTED, {}):
        writer.text(names.CORRECTED_ISSUED_ON, correction.issued_on.isoformat())
        writer.text(names.CORRECTED_NUMBER, bill.corrects_number)
        if correction.ksef_number is None:
            writer.text(names.CORRECTED_OUTSIDE_KSEF, names.YES)
        else:
            writer.text(names.CORRECTED_IN_KSEF, names.YES)
            writer.text(names.CORRECTED_KSEF_NUMBER, str(correction.ksef_number))


def _descriptions(writer: XmlWriter, bill: Bill) -> None:
    issuer = bill.issuer
    for key, value in (
        (names.BRANCH_KEY, bill.recipient.branch),
        (names.TEMPLATE_KEY, str(bill.template)),
        (names.PROVIDER_KEY, issuer.code),
        (names.UNIT_NAME_KEY, issuer.name if issuer.company_name else ""),
        (names.LEGAL_FORM_KEY, LEGAL_FORMS[issuer.legal_form]),
        (names.FORM_OF_BUSINESS_KEY, issuer.form_of_business),
        *((names.ATTACHMENT_KEY, attachment_value(one)) for one in bill.attachments),
    ):
        _description(writer, key, value)
    for line in bill.lines:
        _description(writer, names.DISTINGUISHER_KEY, str(line.distinguisher), row=line.number)
        _description(writer, names.PRODUCT_KEY, line.product, row=line.number)


def _description(writer: XmlWriter, key: str, value: str, *, row: int | None = None) -> None:
    if not value:
        return
    with writer.element(names.DESCRIPTION, {}):
        if row is not None:
            writer.text(names.DESCRIBED_ROW, str(row))
        writer.text(names.KEY, key)
        writer.text(names.VALUE, value)


def _row(writer: XmlWriter, line: BillLine) -> None:
    with writer.element(names.ROW, {}):
        writer.text(names.ROW_NUMBER, str(line.number))
        writer.text(names.ROW_NAME, line.name)
        _some(writer, names.ROW_CODE, line.scope)
        _some(writer, names.ROW_PKWIU, line.pkwiu)
        writer.text(names.ROW_UNIT, line.unit_name)
        writer.text(names.ROW_UNITS, text_from_units(line.units))
        writer.text(names.ROW_PRICE, text_from_grosze(line.price))
        writer.text(names.ROW_AMOUNT, text_from_grosze(line.amount))
        writer.text(names.ROW_RATE, names.EXEMPT_RATE)
