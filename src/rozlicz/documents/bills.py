"""Bills from templates: `draft_bill` makes a complete one, `check_bill` says everything that is wrong with one."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from datetime import date

from rozlicz.documents.attached import ReceivedFile, attachment_refusals
from rozlicz.documents.attachments import Entitlement
from rozlicz.documents.bank_accounts import bank_account_refusals
from rozlicz.documents.corrections import correction_refusals
from rozlicz.documents.document import (
    TEMPLATE_UNKNOWN,
    day_refusals,
    number_refusals,
    template_refusals,
)
from rozlicz.documents.issuer import issuer_code_refusals, issuer_refusals
from rozlicz.documents.kinds import bill_type_refusals, kind_refusals
from rozlicz.documents.lines import line_refusals, short_unit_name
from rozlicz.documents.parties import buyer_on, buyer_refusals, recipient_of, recipient_refusals
from rozlicz.documents.refusals import Refusal
from rozlicz.documents.vat import vat_refusals
from rozlicz.documents.ways import Way, service_groups, way_refusals
from rozlicz.messages.bills import AttachmentReference, Bill, BillKind, BillLine, VatExemption
from rozlicz.messages.contracts import Contract, Party
from rozlicz.messages.signatures import Signature
from rozlicz.messages.templates import Template


def draft_bill(
    *,
    template: Template,
    contract: Contract,
    kind: BillKind,
    number: str,
    issued_on: date,
    vat_exemption: VatExemption | None,
    bank_account: str,
    corrects_number: str = "",
    correction_reason: str = "",
    attachments: Sequence[AttachmentReference] = (),
) -> Bill:
    """The bill that a template asks for, its issuer designated as the contract does (R15).

    Nothing is checked here: what the caller leaves empty, `check_bill` names.
    """
    return draft_bill_of(
        template=template,
        issuer=contract.provider,
        kind=kind,
        number=number,
        issued_on=issued_on,
        vat_exemption=vat_exemption,
        bank_account=bank_account,
        corrects_number=corrects_number,
        correction_reason=correction_reason,
        attachments=attachments,
    )


def draft_bill_of(
    *,
    template: Template,
    issuer: Party,
    kind: BillKind,
    number: str,
    issued_on: date,
    vat_exemption: VatExemption | None,
    bank_account: str,
    corrects_number: str = "",
    correction_reason: str = "",
    attachments: Sequence[AttachmentReference] = (),
) -> Bill:
    """The bill that a template asks for, for an issuer who designates himself (the provider's desk)."""
    return Bill(
        kind=kind,
        number=number,
        issued_on=issued_on,
        sold_on=template.month.last_day,
        month=template.month,
        contract=template.contract,
        template=template.number,
        issuer=issuer,
        buyer=buyer_on(issued_on),
        recipient=recipient_of(template.branch),
        bank_account=bank_account,
        vat_exemption=vat_exemption,
        lines=_bill_lines(template),
        amount=template.amount,
        corrects_number=corrects_number,
        correction_reason=correction_reason,
        attachments=tuple(attachments),
    )


def check_bill(
    bill: Bill,
    *,
    template: Template | None,
    contract: Contract | None,
    received_on: date,
    template_already_billed: bool,
    numbers_used: Container[str],
    entitlements: Sequence[Entitlement] = (),
    registered_bank_accounts: Sequence[str] = (),
    corrected_bill_number: str | None = None,
    received_files: Sequence[ReceivedFile] | None = None,
    first_service_on: date | None = None,
    way: Way = Way.E_DOCUMENT,
    bill_type: int | None = None,
    signatures: Sequence[Signature] = (),
) -> tuple[Refusal, ...]:
    """Everything that is wrong with a bill, in the order in which one is read; empty: accept it.

    `template` is the one whose number the bill quotes, None when the payer never issued it. `contract` is the
    contract the template was calculated for. `numbers_used`: numbers of bills accepted from this provider, each
    as `normal_number` gives it. `entitlements`: the rights that the billed services rest on. `way`: an e-document, or
    the data of a paper bill with its `bill_type` (REF; the paper's attachments are looked at on paper). `signatures`
    are those of an e-document (R6: none is demanded, but one that does not hold refuses it).

    What follows may be unknown off-line, and then is not checked: `contract` None (of the issuer only the
    provider's code is compared, with the template's), `registered_bank_accounts` empty (the bill may name any of
    them, the first is the one to give), `corrected_bill_number` None ("" when the corrected template has no bill
    yet), `received_files` None, `first_service_on` None (the month's first day stands for it).

    Warnings are in the list too; `is_refused` says whether the bill stops.
    """
    refusals = [*number_refusals(bill.number, used=numbers_used)]
    if template is None:
        refusals.append(TEMPLATE_UNKNOWN.because(field="template", found=str(bill.template)))
    else:
        refusals += template_refusals(
            bill, template=template, contract=contract, already_billed=template_already_billed
        )
        refusals += kind_refusals(bill.kind, template=template, contract=contract)
        refusals += way_refusals(
            services=service_groups(template=template, contract=contract),
            way=way,
            first_service_on=first_service_on or template.month.first_day,
        )
        refusals += day_refusals(bill, template=template, received_on=received_on)
    if bill_type is not None:
        refusals += bill_type_refusals(bill_type, template=template, issued_on=bill.issued_on)
    refusals += _party_refusals(bill, template=template, contract=contract)
    refusals += bank_account_refusals(
        bill.bank_account,
        registered=registered_bank_accounts,
        contract=bill.contract,
        kind=contract.kind_name if contract else "",
    )
    refusals += line_refusals(bill, template=template)
    if template is not None:
        refusals += correction_refusals(bill, template=template, corrected_bill_number=corrected_bill_number)
        if way is Way.E_DOCUMENT:
            refusals += attachment_refusals(
                bill.attachments,
                services=service_groups(template=template, contract=contract),
                entitlements=entitlements,
                received=received_files,
            )
    refusals += [one.fault for one in signatures if one.fault is not None]
    return tuple(refusals)


def _party_refusals(bill: Bill, *, template: Template | None, contract: Contract | None) -> Iterator[Refusal]:
    yield from buyer_refusals(bill.buyer, issued_on=bill.issued_on)
    origin = template or contract
    if origin is not None:
        yield from recipient_refusals(bill.recipient, branch=origin.branch)
    if contract is not None:
        yield from issuer_refusals(bill.issuer, contract_party=contract.provider)
    elif template is not None:
        yield from issuer_code_refusals(bill.issuer, provider=template.provider)
    party = bill.issuer if contract is None else contract.provider
    yield from vat_refusals(bill.vat_exemption, legal_form=party.legal_form, kind=bill.kind)


def _bill_lines(template: Template) -> tuple[BillLine, ...]:
    return tuple(
        BillLine(
            number=number,
            scope=line.scope,
            distinguisher=line.distinguisher,
            product=line.product,
            name=line.name.strip() or line.product,
            unit_name=short_unit_name(line.unit_name),
            units=line.units,
            price=line.price,
            amount=line.amount,
        )
        for number, line in enumerate(template.lines, start=1)
    )
