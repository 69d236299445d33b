"""The reply to a bill, from the payer to the provider: P_DOK to an e-document, P_REF to a REF.

That a confirmation exists for REF and for e-documents, and the name P_REF, is publicly known; nothing else is. P_DOK,
the extensions .edz and .rfz and every name below the root are our own; both messages are alike.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.money import text_from_grosze
from rozlicz.kernel.texts import Text
from rozlicz.messages.bill_replies import (
    ERROR,
    AnsweredBill,
    BillOutcome,
    BillReply,
    MissingPart,
    MissingParts,
    PaymentDays,
)
from rozlicz.messages.bill_wire import CONTRACT, ISSUED_ON, NUMBER, TEMPLATE, TOTAL
from rozlicz.messages.bills import BillKind
from rozlicz.messages.header import Header
from rozlicz.messages.replies import ReplyFinding
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.reply_wire import (
    FINDING,
    IN_ENGLISH,
    STATE,
    read_findings,
    read_receipt,
    write_receipt,
    write_with_findings,
)
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element, header_of_tree, read_tree
from rozlicz.messages.wire.xml_writer import XmlWriter, written_to

KINDS = ("P_DOK", "P_REF")

_DOCUMENT = "dokument"
_KIND = "rodzaj-dok"
_OUTCOMES = {BillOutcome.ACCEPTED: "P", BillOutcome.INCOMPLETE: "N", BillOutcome.REFUSED: "O"}

_PAYMENT = "platnosc"
_DELIVERED_ON = "data-dostarczenia"
_REGULAR_DAY = "termin-zwykly"
_COMPLETED_ON = "data-uzupelnienia"
_LAST_DAY = "termin-platnosci"

_MISSING = "braki"
_COMPLETE_BY = "termin-uzupelnienia"
_DAYS_AFTER = "dni-po-uzupelnieniu"
_PART = "brak"
_PART_KIND = "rodzaj"
_PART_NAME = "nazwa"
_PART_DOCUMENT = "nr-dok"

_STATE_WITH_A_REASON = Text(pl="O, skoro podano powód odrzucenia", en="O, since a reason of refusal is given")


def write_bill_reply(
    reply: BillReply, *, header: Header, target: Path | BinaryIO, zipped: bool = False
) -> None:
    """Write a reply; the header's kind says to what: P_DOK to an e-document, P_REF to a REF."""
    if header.kind not in KINDS:
        raise ValueError(f"{header.kind} is no reply to a bill")
    with written_to(target, zipped=zipped, member_name="odpowiedz.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=header.kind, namespace=FUND)):
            write_receipt(writer, reply.receipt)
            write_with_findings(
                writer, _DOCUMENT, _document_attributes(reply.bill, reply.outcome), reply.reasons
            )
            if reply.payment is not None:
                writer.empty(_PAYMENT, _payment_attributes(reply.payment))
            if reply.missing is not None:
                _write_missing(writer, reply.missing)


def read_bill_reply(source: Source) -> tuple[Header, BillReply]:
    """Read a reply. Raises MessageRefused, naming line, element and attribute, also when it contradicts itself."""
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=KINDS)
    receipt = read_receipt(root)
    document = root.one(_DOCUMENT)
    outcome = document.word(STATE, _OUTCOMES)
    reasons = read_findings(document)
    _check_reasons(document, outcome, reasons)
    is_incomplete = outcome is BillOutcome.INCOMPLETE
    reply = BillReply(
        receipt=receipt,
        bill=_answered(document),
        outcome=outcome,
        payment=_payment(root, outcome),
        missing=_missing(root.one(_MISSING)) if is_incomplete else None,
        reasons=reasons,
    )
    root.everything_read()
    return header, reply


def _check_reasons(document: Element, outcome: BillOutcome, reasons: tuple[ReplyFinding, ...]) -> None:
    """A bill is refused exactly when there is a reason of refusal."""
    stopping = any(reason.severity == ERROR for reason in reasons)
    if outcome is BillOutcome.REFUSED and not stopping:
        raise document.refusal("element-missing", name=FINDING)
    if outcome is not BillOutcome.REFUSED and stopping:
        raise document.refusal(
            "attribute-wrong", name=STATE, value=_OUTCOMES[outcome], expected=_STATE_WITH_A_REASON
        )


def _document_attributes(bill: AnsweredBill, outcome: BillOutcome) -> dict[str, str | None]:
    return {
        _KIND: bill.kind.value,
        NUMBER: bill.number,
        ISSUED_ON: bill.issued_on.isoformat(),
        CONTRACT: bill.contract,
        TEMPLATE: str(bill.template),
        TOTAL: text_from_grosze(bill.amount),
        STATE: _OUTCOMES[outcome],
    }


def _answered(document: Element) -> AnsweredBill:
    return AnsweredBill(
        kind=document.choice(_KIND, BillKind),
        number=document.text(NUMBER),
        issued_on=document.day(ISSUED_ON),
        contract=document.text(CONTRACT),
        template=document.number(TEMPLATE),
        amount=document.grosze(TOTAL),
    )


def _payment_attributes(payment: PaymentDays) -> dict[str, str | None]:
    return {
        _DELIVERED_ON: payment.delivered_on.isoformat(),
        _REGULAR_DAY: payment.regular_day.isoformat(),
        _COMPLETED_ON: _day_text(payment.completed_on),
        _LAST_DAY: _day_text(payment.last_day),
    }


def _payment(root: Element, outcome: BillOutcome) -> PaymentDays | None:
    """The days of payment: with the last one when accepted, without it when incomplete and delivered, else none."""
    if outcome is BillOutcome.REFUSED:
        return None
    is_accepted = outcome is BillOutcome.ACCEPTED
    element = root.one(_PAYMENT) if is_accepted else root.maybe(_PAYMENT)
    if element is None:
        return None
    return PaymentDays(
        delivered_on=element.day(_DELIVERED_ON),
        regular_day=element.day(_REGULAR_DAY),
        completed_on=element.optional_day(_COMPLETED_ON),
        last_day=element.day(_LAST_DAY) if is_accepted else None,
    )


def _write_missing(writer: XmlWriter, missing: MissingParts) -> None:
    days = {
        _COMPLETE_BY: _day_text(missing.complete_by),
        _DAYS_AFTER: None if missing.days_after_completion is None else str(missing.days_after_completion),
    }
    with writer.element(_MISSING, days):
        for part in missing.parts:
            writer.empty(
                _PART,
                {
                    _PART_KIND: part.kind,
                    _PART_NAME: part.name.pl,
                    _PART_NAME + IN_ENGLISH: part.name.en,
                    _PART_DOCUMENT: part.document_number or None,
                },
            )


def _missing(element: Element) -> MissingParts:
    parts = element.many(_PART)
    if not parts:
        raise element.refusal("element-missing", name=_PART)
    return MissingParts(
        complete_by=element.optional_day(_COMPLETE_BY),
        days_after_completion=element.optional_number(_DAYS_AFTER),
        parts=tuple(
            MissingPart(
                kind=part.text(_PART_KIND),
                name=Text(pl=part.text(_PART_NAME), en=part.text(_PART_NAME + IN_ENGLISH)),
                document_number=part.optional(_PART_DOCUMENT),
            )
            for part in parts
        ),
    )


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
