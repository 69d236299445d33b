"""How a file of each kind is opened as a `Message`. Readers are imported when they are needed.

A message read as a whole gives its value without the records as `head` and the records as `records`; one read as a
stream gives the reader's iterator, the places it left unread and its `close`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from rozlicz.kernel.months import Month
from rozlicz.messages.bill_replies import BillOutcome
from rozlicz.messages.message_kind import Message
from rozlicz.messages.signatures import Signature
from rozlicz.messages.wire.envelope import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractMonth:
    """What stands before declarations: the contract and the month for which they are counted."""

    contract: str
    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMonth:
    """What stands before a list of examinations: the month to which they belong."""

    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class BillResult:
    """What became of a bill that is answered."""

    outcome: BillOutcome


def open_umx(source: Source) -> Message:
    """A contract; its scopes are the records."""
    from rozlicz.messages.umx import read_umx

    header, contract = read_umx(source)
    return Message(header=header, head=(replace(contract, scopes=()),), records=contract.scopes)


def open_services(source: Source) -> Message:
    """A report of services, service by service."""
    from rozlicz.messages.swiad.typed import ServiceReader

    reader = ServiceReader(source)
    return Message(header=reader.header, records=reader, unread=reader.unread.values, close=reader.close)


def open_examinations(source: Source) -> Message:
    """A report of examinations, set by set."""
    from rozlicz.messages.swiad.typed import ExaminationReader

    reader = ExaminationReader(source)
    return Message(
        header=reader.header,
        head=(reader.period,),
        records=reader,
        unread=reader.unread.values,
        close=reader.close,
    )


def open_p_swi(source: Source) -> Message:
    """The reply to a report, record by record."""
    from rozlicz.messages.p_swi import ReplyReader

    reader = ReplyReader(source)
    head = (reader.receipt,) if reader.summary is None else (reader.receipt, reader.summary)
    return Message(header=reader.header, head=head, records=reader, close=reader.close)


def open_r_umx(source: Source) -> Message:
    """Bill templates of one contract."""
    from rozlicz.messages.r_umx import read_template_set

    header, message = read_template_set(source)
    return Message(header=header, head=(replace(message, templates=()),), records=message.templates)


def open_z_roz(source: Source) -> Message:
    """Requests for settlement."""
    from rozlicz.messages.settlement_request import read_settlement_request

    header, request = read_settlement_request(source)
    # the head is what is shown of a message, and a request is all head
    return Message(header=header, head=(request,), records=(request,))


def open_p_roz(source: Source) -> Message:
    """The refusal of a request for settlement."""
    from rozlicz.messages.settlement_request import read_request_refusal

    header, refusal = read_request_refusal(source)
    return Message(header=header, head=(refusal.receipt, refusal.request), records=refusal.reasons)


def open_bill(source: Source) -> Message:
    """A bill as an e-document; its lines are the records."""
    from rozlicz.messages.fakt_rach import read_bill

    header, bill = read_bill(source)
    return Message(header=header, head=(replace(bill, lines=()),), records=bill.lines)


def open_ref(source: Source) -> Message:
    """The data of a paper bill; its lines are the records."""
    from rozlicz.messages.ref import read_ref

    header, paper = read_ref(source)
    head = replace(paper, bill=replace(paper.bill, lines=()))
    return Message(header=header, head=(head,), records=paper.bill.lines)


def open_bill_reply(source: Source) -> Message:
    """The reply to a bill; its reasons are the records."""
    from rozlicz.messages.p_dok import read_bill_reply

    header, reply = read_bill_reply(source)
    told = (reply.receipt, reply.bill, BillResult(outcome=reply.outcome), reply.payment, reply.missing)
    return Message(header=header, head=tuple(one for one in told if one is not None), records=reply.reasons)


def signatures_of_bill(source: Source) -> tuple[Signature, ...]:
    """The signatures of a bill, each verified; nobody's certificate is trusted here."""
    from rozlicz.messages.signatures.xades import signatures_of

    return signatures_of(source)


def open_dekl(source: Source) -> Message:
    """Lists of declarations, declaration by declaration."""
    from rozlicz.messages.dekl import DeclarationReader

    reader = DeclarationReader(source)
    return Message(
        header=reader.header,
        head=(ContractMonth(contract=reader.contract, month=reader.month),),
        records=reader,
        unread=reader.unread.values,
        close=reader.close,
    )


def open_p_dekl(source: Source) -> Message:
    """The first reply to declarations: what of them is wrong."""
    from rozlicz.messages.dekl.replies import ConfirmationReader

    reader = ConfirmationReader(source)
    return Message(header=reader.header, head=(reader.head,), records=reader, close=reader.close)


def open_w_dekl(source: Source) -> Message:
    """The second reply to declarations: those not recognised."""
    from rozlicz.messages.dekl.replies import UnrecognisedReader

    reader = UnrecognisedReader(source)
    return Message(header=reader.header, head=(reader.head,), records=reader, close=reader.close)


def open_r_dekl(source: Source) -> Message:
    """The third reply to declarations: the population that is settled."""
    from rozlicz.messages.dekl.replies import PopulationReader

    reader = PopulationReader(source)
    return Message(
        header=reader.header, head=(reader.head, reader.population), records=reader, close=reader.close
    )


def open_zbpoz(source: Source) -> Message:
    """Aggregated services of primary care."""
    from rozlicz.messages.zbpoz import read_zbpoz

    header, report = read_zbpoz(source)
    return Message(header=header, head=(replace(report, sets=()),), records=report.sets)


def open_turnus(source: Source) -> Message:
    """A report of stays."""
    from rozlicz.messages.turnus import read_turnus

    header, report = read_turnus(source)
    return Message(header=header, head=(replace(report, stays=()),), records=report.stays)


def open_zawuzd(source: Source) -> Message:
    """Notices of absence, interruption and removal."""
    from rozlicz.messages.zawuzd import read_zawuzd

    header, notices = read_zawuzd(source)
    return Message(header=header, head=(replace(notices, notices=()),), records=notices.notices)


def open_gielda(source: Source) -> Message:
    """Offers of places for the exchange."""
    from rozlicz.messages.gielda import read_gielda

    header, offers = read_gielda(source)
    return Message(header=header, records=offers)


def open_p_spa(source: Source) -> Message:
    """The reply to a message of a spa, record by record."""
    from rozlicz.messages.p_spa import read_p_spa

    header, reply = read_p_spa(source)
    return Message(header=header, head=(reply.receipt,), records=reply.results)


def open_zposp(source: Source) -> Message:
    """A report of supplied devices, position by position."""
    from rozlicz.messages.zposp import SupplyReader

    reader = SupplyReader(source)
    return Message(header=reader.header, records=reader, unread=reader.unread.values, close=reader.close)


def open_p_zposp(source: Source) -> Message:
    """The reply to a report of devices, position by position."""
    from rozlicz.messages.p_zposp import SupplyReplyReader

    reader = SupplyReplyReader(source)
    return Message(
        header=reader.header, head=(reader.receipt, reader.summary), records=reader, close=reader.close
    )


def open_simp(source: Source) -> Message:
    """A list of preventive examinations, sent or approved."""
    from rozlicz.messages.simp import ExaminationListReader

    reader = ExaminationListReader(source)
    head: tuple[object, ...] = (ListMonth(month=reader.month),)
    if reader.receipt is not None:
        head = (reader.receipt, *head)
    return Message(header=reader.header, head=head, records=reader, close=reader.close)


def open_simp_bill(source: Source) -> Message:
    """A bill of preventive examinations."""
    from rozlicz.messages.simp_bill import read_simp_bill

    header, bill = read_simp_bill(source)
    return Message(header=header, head=(bill.bill,), records=bill.examinations)


@dataclass(frozen=True, slots=True, kw_only=True)
class KsefDetails:
    """What only the structured invoice holds of a bill: when (UTC) and how it was made, what it corrects."""

    made_at: datetime
    program: str
    recipient_id: str
    corrects_issued_on: date | None
    corrects_ksef_number: str


def open_ksef(source: Source) -> Message:
    """A structured invoice of KSeF; its lines are the records."""
    from rozlicz.messages.ksef.reader import read_ksef

    reading = read_ksef(source)
    invoice, correction = reading.invoice, reading.invoice.correction
    details = KsefDetails(
        made_at=invoice.made_at.replace(tzinfo=None),
        program=invoice.program,
        recipient_id=invoice.recipient_id,
        corrects_issued_on=correction.issued_on if correction else None,
        corrects_ksef_number=str((correction and correction.ksef_number) or ""),
    )
    return Message(
        header=None,
        head=(replace(invoice.bill, lines=()), details),
        records=invoice.bill.lines,
        unread=lambda: reading.unread,
    )


def schema_of_ksef() -> Path:
    """The Ministry's schema of structured invoices."""
    from rozlicz.messages.ksef.schema import fa3_schema

    return fa3_schema()
