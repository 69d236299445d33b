"""A structured invoice FA(3) 1-0E read as a bill, whoever made it.

What the invoice says beyond a bill is listed as unread, what it leaves out of a bill as lacking. Refused is only what
cannot be a bill for the Fund: another form, currency, kind or tax rate, no branch, contract or template, and values
that are none.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from rozlicz.kernel.ksef_number import KsefNumber
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.bills import AttachmentReference, Bill, BillKind, VatExemption
from rozlicz.messages.ksef import Correction, CorrectionEffect, KsefInvoice, KsefReading, names
from rozlicz.messages.ksef.fields import (
    Descriptions,
    content_of,
    grosze,
    moment,
    needed,
    one_of,
    optional,
    pass_over,
    some_text,
)
from rozlicz.messages.ksef.parties import buyer_of, issuer_of, recipient_of
from rozlicz.messages.ksef.rows import bill_lines
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.tree import Element, read_tree
from rozlicz.messages.wire.value_texts import A_DAY, A_MOMENT, AN_AMOUNT, day_from_text

_ATTACHMENT = re.compile(r"(?P<kind>[A-Za-z0-9_-]{1,32}) (?P<sha256>[0-9A-Fa-f]{64}) (?P<file_name>.+)")
_TEMPLATE = re.compile(r"0*[1-9][0-9]{0,11}")

_A_TEMPLATE = Text(pl="liczba dodatnia do 12 cyfr", en="a positive number of up to 12 digits")
_THE_TOTAL = Text(pl="ta sama kwota co w polu P_15", en="the same amount as in P_15")
_A_KSEF_NUMBER = Text(
    pl="numer KSeF z właściwą sumą kontrolną", en="a number of KSeF with the right check sum"
)
_EFFECTS = {str(effect.value): effect for effect in CorrectionEffect}


def read_ksef(source: Source) -> KsefReading:
    """Read an invoice as it stands: whether it adds up and fits its template is for the documents' checks to say.

    Raises MessageRefused, naming line and element.
    """
    root = read_tree(source, namespace=names.NAMESPACE, root=names.ROOT, texts=True, limits=names.KSEF_LIMITS)
    made_at, program = _head(root.one(names.HEAD))
    fa = root.one(names.INVOICE)
    descriptions = Descriptions(fa.many(names.DESCRIPTION))
    lacking: list[str] = []
    kinds = (names.ORIGINAL, names.CORRECTION)
    kind = needed(fa, names.KIND, one_of(*kinds), same(", ".join(kinds)))
    correction, corrects_number, reason = _correction(fa) if kind == names.CORRECTION else (None, "", "")
    recipient, recipient_id = recipient_of(root, descriptions, lacking)
    needed(fa, names.CURRENCY, one_of(names.ZLOTY), same(names.ZLOTY))
    issued_on = needed(fa, names.ISSUED_ON, day_from_text, A_DAY)
    month, sold_on = _period(fa, issued_on)
    exemption = _exemption(fa.one(names.ANNOTATIONS))
    bill = Bill(
        kind=BillKind.INVOICE,
        number=needed(fa, names.NUMBER, some_text),
        issued_on=issued_on,
        sold_on=sold_on,
        month=month,
        contract=_contract(fa),
        template=_template(fa, descriptions),
        issuer=issuer_of(root, descriptions, lacking, exemption=exemption),
        buyer=buyer_of(root, lacking),
        recipient=recipient,
        bank_account=_bank_account(fa),
        vat_exemption=exemption,
        lines=bill_lines(fa.many(names.ROW), descriptions, lacking),
        amount=_amount(fa),
        corrects_number=corrects_number,
        correction_reason=reason,
        attachments=_attachments(descriptions),
    )
    unread = sorted((*root.unread(), *descriptions.unread()), key=lambda one: one.line)
    return KsefReading(
        invoice=KsefInvoice(
            bill=bill, made_at=made_at, program=program, recipient_id=recipient_id, correction=correction
        ),
        unread=tuple(unread),
        lacking=tuple(lacking),
    )


def _head(head: Element) -> tuple[datetime, str]:
    """When and by which program the invoice was made."""
    form = head.one(names.FORM)
    for name, value in (
        (names.FORM_SYSTEM, names.FORM_SYSTEM_VALUE),
        (names.FORM_VERSION, names.FORM_VERSION_VALUE),
    ):
        form.take(name, one_of(value), same(value))
    content_of(form, one_of(names.FORM_VALUE), same(names.FORM_VALUE))
    needed(head, names.VARIANT, one_of(names.VARIANT_VALUE), same(names.VARIANT_VALUE))
    return needed(head, names.MADE_AT, moment, A_MOMENT), optional(head, names.PROGRAM)


def _contract(fa: Element) -> str:
    """The one contract; a template is made for one, so an invoice for several cannot be its bill."""
    terms = fa.maybe(names.TERMS)
    contracts = terms.many(names.CONTRACTS) if terms else []
    numbers = [number for one in contracts if (number := one.maybe(names.CONTRACT_NUMBER))]
    if not numbers:
        path = f"{names.TERMS}/{names.CONTRACTS}/{names.CONTRACT_NUMBER}"
        raise fa.refusal("ksef-contract", name=path)
    if len(numbers) > 1:
        raise numbers[1].refusal("element-repeated", name=names.CONTRACT_NUMBER)
    return content_of(numbers[0], some_text)


def _template(fa: Element, descriptions: Descriptions) -> int:
    found = descriptions.take(names.TEMPLATE_KEY, _template_number, _A_TEMPLATE)
    if found is None:
        raise fa.refusal("ksef-template", name=names.DESCRIPTION, key=names.TEMPLATE_KEY)
    return found


def _template_number(text: str) -> int:
    if not _TEMPLATE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _period(fa: Element, issued_on: date) -> tuple[Month, date]:
    """Month and date of sale: the period's; else the common date of sale, else that of issue (art. 106e(1)(6))."""
    period = fa.maybe(names.PERIOD)
    if period is None:
        sold_on = fa.maybe(names.SOLD_ON)
        day = issued_on if sold_on is None else content_of(sold_on, day_from_text, A_DAY)
        return Month.of(day), day
    begin = period.one(names.PERIOD_FROM)
    written = begin.content
    first = content_of(begin, day_from_text, A_DAY)
    if first.day != 1:
        begin.content = written  # a bill holds the month, so the day is told as unread
    return Month.of(first), needed(period, names.PERIOD_TO, day_from_text, A_DAY)


def _amount(fa: Element) -> int:
    """The total; the sum of exempt sales, where it is written, must be the same, since a bill holds nothing else."""
    amount = needed(fa, names.TOTAL, grosze, AN_AMOUNT)
    exempt = fa.maybe(names.EXEMPT_TOTAL)
    if exempt is not None:
        content_of(exempt, lambda text: {amount: text}[grosze(text)], _THE_TOTAL)
    return amount


def _exemption(annotations: Element) -> VatExemption | None:
    """The point of art. 43(1); a basis that is none of the three stays unread."""
    for name in (*names.PLAIN_ANNOTATIONS, names.SIMPLIFIED):
        pass_over(annotations, name, names.NO)
    for name, inside in ((names.NEW_TRANSPORT, names.NO_NEW_TRANSPORT), (names.MARGIN, names.NO_MARGIN)):
        if element := annotations.maybe(name):
            pass_over(element, inside, names.YES)
    exemption = annotations.maybe(names.EXEMPTION)
    if exemption is None:
        return None
    pass_over(exemption, names.IS_EXEMPT, names.YES)
    basis = exemption.maybe(names.EXEMPTION_BASIS)
    found = names.exemption_of(basis.content) if basis else None
    if basis is not None and found is not None:
        basis.content = ""
    return found


def _correction(fa: Element) -> tuple[Correction, str, str]:
    """The correction, the number of the corrected invoice, the reason. A bill corrects one bill."""
    corrected = fa.one(names.CORRECTED)
    for name in (names.CORRECTED_IN_KSEF, names.CORRECTED_OUTSIDE_KSEF):
        pass_over(corrected, name, names.YES)
    number = corrected.maybe(names.CORRECTED_KSEF_NUMBER)
    effect = fa.maybe(names.EFFECT)
    correction = Correction(
        issued_on=needed(corrected, names.CORRECTED_ISSUED_ON, day_from_text, A_DAY),
        ksef_number=content_of(number, KsefNumber.parse, _A_KSEF_NUMBER) if number else None,
        effect=content_of(effect, _EFFECTS.__getitem__, same("1, 2, 3")) if effect else None,
    )
    return correction, needed(corrected, names.CORRECTED_NUMBER, some_text), optional(fa, names.REASON)


def _bank_account(fa: Element) -> str:
    """The first account of the seller; further ones, and another form of payment than a transfer, stay unread."""
    payment = fa.maybe(names.PAYMENT)
    if payment is None:
        return ""
    pass_over(payment, names.PAYMENT_FORM, names.TRANSFER)
    accounts = payment.many(names.BANK_ACCOUNT)
    return needed(accounts[0], names.BANK_ACCOUNT_NUMBER, some_text) if accounts else ""


def _attachments(descriptions: Descriptions) -> tuple[AttachmentReference, ...]:
    found = descriptions.all_with(names.ATTACHMENT_KEY, _ATTACHMENT)
    return tuple(AttachmentReference(**match.groupdict()) for match in found)
