"""Every write to bills: made in the portal or received as a file, checked, approved, refused."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, connection, transaction

from rozlicz.documents.attached import ReceivedFile
from rozlicz.documents.bills import check_bill, draft_bill
from rozlicz.documents.document import TEMPLATE_UNKNOWN
from rozlicz.documents.payment_dates import payment_due
from rozlicz.documents.refusals import Refusal, is_refused
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import BILL_EXTENSIONS, AttachmentReference, BillKind, VatExemption
from rozlicz.messages.bills import Bill as BillMessage
from rozlicz.messages.fakt_rach import read_bill, write_bill
from rozlicz.messages.header import Header, new_header
from rozlicz.messages.signatures import Signature
from rozlicz.messages.signatures.xades import signatures_of
from rozlicz.messages.wire.envelope import MessageRefused
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.bills.models import LONGEST_ACCOUNT, Attachment, Bill, BillState
from rozlicz.portal.bills.queries import entitlements_of, first_service_of, live_bill_of, numbers_used
from rozlicz.portal.clock import warsaw_day, warsaw_time
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.contracts.queries import terms_of
from rozlicz.portal.house import files
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.providers.queries import account_on
from rozlicz.portal.reports.operations import unreadable
from rozlicz.portal.settlements.models import Template
from rozlicz.portal.settlements.queries import template_message


class UnableToReceiveBill(UnableTo):
    """The document was not taken in."""


class UnableToApproveBill(UnableTo):
    """The bill is not, or no longer, waiting for approval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A file that comes with a bill: what it is (`DEC`, `ENT`, …), its name and its bytes.

    `kind` may be empty where the bill itself names the file and says what it is. `transcript`: it is a transcript
    (odpis) instead of a copy, for the reason in `transcript_reason` (R2).
    """

    file_name: str
    content: bytes | IO[bytes] | File[Any]
    kind: str = ""
    transcript: bool = False
    transcript_reason: str = ""


class ReceivedBill(NamedTuple):
    """The bill, and whether these bytes had been accepted before (then it is the first one)."""

    bill: Bill
    repeated: bool


def make_bill(
    *,
    operator: Operator,
    template: Template,
    kind: BillKind,
    number: str,
    issued_on: date,
    vat_exemption: VatExemption | None,
    correction_reason: str = "",
    scans: Sequence[Scan] = (),
    at: datetime,
) -> ReceivedBill:
    """Make the bill of a template in the portal and take it in: everything else is known already.

    The same one asked for again, even at the same moment, is answered with the first.
    """
    demand(operator, Right.SEND_BILLS)
    provider = _provider_of(operator)
    first = _live_bill_under_lock(template)
    if first and (first.kind, first.number, first.issued_on) == (kind.value, number, issued_on):
        return ReceivedBill(first, repeated=True)
    kept = _keep(scans)
    corrected = live_bill_of(template.corrects)
    message = draft_bill(
        template=template_message(template),
        contract=terms_of(template.contract),
        kind=kind,
        number=number,
        issued_on=issued_on,
        vat_exemption=vat_exemption,
        bank_account=account_on(provider, issued_on, template.contract.kind),
        corrects_number=corrected.number if corrected else "",
        correction_reason=correction_reason,
        attachments=[_reference(scan, stored) for scan, stored in kept],
    )
    target = io.BytesIO()
    write_bill(message, header=_portal_header(provider, kind, template.number, at), target=target)
    return receive_bill(
        operator=operator,
        content=target.getvalue(),
        file_name=f"{template.number}{BILL_EXTENSIONS[kind]}",
        scans=scans,
        at=at,
    )


def _live_bill_under_lock(template: Template) -> Bill | None:
    """Nobody else makes a bill of the template until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"bill of {template.pk}"])
    return live_bill_of(template)


def receive_bill(
    *,
    operator: Operator,
    content: bytes | IO[bytes] | File[Any],
    file_name: str,
    scans: Sequence[Scan] = (),
    at: datetime,
) -> ReceivedBill:
    """Take in a bill: kept in any case, then accepted, or refused with every reason at once.

    Bytes that were accepted before are answered with the first bill (promise 3). Raises UnableToReceiveBill when
    the operator works for no provider.
    """
    demand(operator, Right.SEND_BILLS)
    provider = _provider_of(operator)
    stored = files.store(content)
    kept = _keep(scans)
    if first := _accepted_before(provider, stored):
        return ReceivedBill(first, repeated=True)
    bill = Bill(
        provider=provider,
        file=stored.name,
        file_name=file_name[-120:],
        sha256=stored.sha256,
        received_at=at,
        received_by=operator,
        state=BillState.REFUSED,
    )
    try:
        with transaction.atomic():
            return ReceivedBill(_enter(bill, kept, at), repeated=False)
    except IntegrityError:
        # Another request was accepted between our check and our writing: check again, now seeing it.
        if first := _accepted_before(provider, stored):
            return ReceivedBill(first, repeated=True)
        bill.pk = None
        return ReceivedBill(_enter(bill, kept, at), repeated=False)


def approve_bill(*, operator: Operator, bill: Bill, at: datetime) -> None:
    """The branch releases an accepted bill for payment. Raises UnableToApproveBill when it is in another state."""
    demand(operator, Right.APPROVE_BILLS)
    changed = Bill.objects.filter(pk=bill.pk, state=BillState.ACCEPTED).update(
        state=BillState.APPROVED, approved_at=at, approved_by=operator
    )
    if not changed:
        raise _not_waiting(bill)
    record("bill.approved", operator=operator, provider_id=bill.provider_id, subject=bill.number, at=at)


def refuse_bill(*, operator: Operator, bill: Bill, reason: str, at: datetime) -> None:
    """The branch refuses an accepted bill with a reason of its own; its template may be billed anew.

    Raises UnableToApproveBill when the bill is in another state.
    """
    demand(operator, Right.APPROVE_BILLS)
    entry = {
        "code": "",
        "text": Text(pl=reason, en=reason).to_json(),
        "basis": None,
        "remedy": Text(
            pl="Proszę wystawić i przesłać rachunek do tego samego szablonu jeszcze raz.",
            en="Make the bill of the same template again and send it.",
        ).to_json(),
        "refused_by": operator.full_name,
        "refused_at": at.isoformat(),
    }
    changed = Bill.objects.filter(pk=bill.pk, state=BillState.ACCEPTED).update(
        state=BillState.REFUSED, refusals=[entry]
    )
    if not changed:
        raise _not_waiting(bill)
    record(
        "bill.refused",
        operator=operator,
        provider_id=bill.provider_id,
        subject=bill.number,
        reason=reason,
        at=at,
    )


def _enter(bill: Bill, kept: Sequence[tuple[Scan, files.StoredFile]], at: datetime) -> Bill:
    """Read, judge and save; the caller holds the transaction, the unique indexes decide between two at once."""
    named: dict[str, str] = {}
    try:
        with files.opened(bill.file) as file:
            _, message = read_bill(file)
            signatures = signatures_of(file)
    except MessageRefused as refused:
        bill.refusals = [unreadable(refused)]
    else:
        named = {one.file_name: one.kind for one in message.attachments}
        _judge(bill, message, kept, signatures, at)
    bill.save(force_insert=True)
    Attachment.objects.bulk_create(
        Attachment(
            provider=bill.provider,
            bill=bill,
            kind=(scan.kind or named.get(scan.file_name, ""))[:10],
            file=kept_file.name,
            file_name=scan.file_name[-120:],
            sha256=kept_file.sha256,
            transcript_reason=scan.transcript_reason if scan.transcript else "",
        )
        for scan, kept_file in kept
    )
    record(
        "bill.rejected" if bill.state == BillState.REFUSED else "bill.accepted",
        operator=bill.received_by,
        provider_id=bill.provider.pk,
        subject=bill.number or bill.file_name,
        at=at,
    )
    return bill


def _judge(
    bill: Bill,
    message: BillMessage,
    kept: Sequence[tuple[Scan, files.StoredFile]],
    signatures: Sequence[Signature],
    at: datetime,
) -> None:
    """Fill the bill from its message, and decide whether it is accepted."""
    bill.state, bill.delivered_on, bill.due_on = BillState.REFUSED, None, None
    provider, received_on = bill.provider, warsaw_day(at)
    template = (
        Template.objects.select_related("contract", "provider", "corrects")
        .filter(provider=provider, number=message.template)
        .first()
    )
    contract = template.contract if template else provider.contracts.filter(code=message.contract).first()
    bill.kind, bill.number, bill.issued_on = message.kind.value, message.number[:60], message.issued_on
    bill.month, bill.amount = message.month.number, message.amount
    bill.account_number = message.bank_account[:LONGEST_ACCOUNT]
    bill.contract, bill.template = contract, template
    if contract is None:
        unknown = TEMPLATE_UNKNOWN.because(field="template", found=str(message.template))
        broken = [one.fault for one in signatures if one.fault is not None]
        bill.refusals = [_json(refusal) for refusal in (unknown, *broken)]
        return
    corrected = live_bill_of(template.corrects) if template and template.corrects else None
    refusals = check_bill(
        message,
        template=template_message(template) if template else None,
        contract=terms_of(contract),
        received_on=received_on,
        template_already_billed=live_bill_of(template) is not None,
        numbers_used=numbers_used(provider.pk),
        entitlements=entitlements_of(template) if template else (),
        registered_bank_accounts=_accounts_for(contract, received_on, message.issued_on),
        corrected_bill_number=corrected.number if corrected else "",
        received_files=[
            ReceivedFile(
                file_name=scan.file_name,
                sha256=kept_file.sha256,
                transcript=scan.transcript,
                transcript_reason=scan.transcript_reason,
            )
            for scan, kept_file in kept
        ],
        first_service_on=first_service_of(template) if template else None,
        signatures=signatures,
    )
    bill.refusals = [_json(refusal) for refusal in refusals if refusal.stops_the_bill]
    bill.warnings = [_json(refusal) for refusal in refusals if not refusal.stops_the_bill]
    if not is_refused(refusals):
        bill.state = BillState.ACCEPTED
        bill.delivered_on = received_on
        bill.due_on = payment_due(received_on, branch=settings.BRANCH)


def _accounts_for(contract: Contract, *days: date) -> list[str]:
    """The accounts of a contract's kind of services on these days, each once."""
    held = (account_on(contract.provider, day, contract.kind) for day in days)
    return list(dict.fromkeys(filter(None, held)))


def _json(refusal: Refusal) -> dict[str, Any]:
    return {
        "code": refusal.code,
        "field": refusal.field_name.to_json(),
        "text": refusal.text.to_json(),
        "basis": refusal.basis.reference.to_json(),
        "remedy": refusal.remedy.to_json(),
    }


def _provider_of(operator: Operator) -> Provider:
    if operator.provider is None:
        raise UnableToReceiveBill(
            Text(pl="Rachunek wysyła świadczeniodawca.", en="A bill is sent by a provider.")
        )
    provider: Provider = operator.provider
    return provider


def _accepted_before(provider: Provider, stored: files.StoredFile) -> Bill | None:
    return (
        Bill.objects.filter(provider=provider, sha256=stored.sha256).exclude(state=BillState.REFUSED).first()
    )


def _keep(scans: Sequence[Scan]) -> list[tuple[Scan, files.StoredFile]]:
    return [(scan, files.store(scan.content)) for scan in scans]


def _reference(scan: Scan, stored: files.StoredFile) -> AttachmentReference:
    return AttachmentReference(kind=scan.kind, file_name=scan.file_name, sha256=stored.sha256)


def _portal_header(provider: Provider, kind: BillKind, template: int, at: datetime) -> Header:
    return new_header(
        kind=kind.value,
        receiver=settings.BRANCH,
        sender=provider.code,
        generation=template,
        generated_at=warsaw_time(at),
    )


def _not_waiting(bill: Bill) -> UnableToApproveBill:
    return UnableToApproveBill(
        Text(
            pl="Rachunek {number} nie czeka już na zatwierdzenie. Odśwież listę.",
            en="Bill {number} is no longer waiting for approval. Reload the list.",
        ).filled(number=bill.number)
    )
