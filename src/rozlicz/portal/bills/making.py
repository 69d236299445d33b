"""Making a bill from a template, on the page and by a program: what is known of it, and what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rozlicz.documents.attachments import AttachmentForm, Requirement, required
from rozlicz.documents.kinds import open_kinds
from rozlicz.documents.vat import usual_exemption
from rozlicz.documents.ways import Way, service_groups
from rozlicz.messages.bills import BillKind, VatExemption
from rozlicz.messages.contracts import Contract as ContractTerms
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.bills.forms import MakeBillForm
from rozlicz.portal.bills.operations import ReceivedBill, make_bill
from rozlicz.portal.bills.queries import entitlements_of
from rozlicz.portal.contracts.queries import terms_of
from rozlicz.portal.settlements.models import Template
from rozlicz.portal.settlements.queries import template_message


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is known of a template's bill before its issuer says anything.

    `kinds` may be made of it, `requirements` are the documents that must go with it, `exemption` is the usual one of
    the issuer.
    """

    template: Template
    terms: ContractTerms
    kinds: tuple[BillKind, ...]
    requirements: tuple[Requirement, ...]
    exemption: VatExemption

    @classmethod
    def of(cls, template: Template) -> Draft:
        """From the template and the contract as it is now."""
        terms, message = terms_of(template.contract), template_message(template)
        return cls(
            template=template,
            terms=terms,
            kinds=open_kinds(template=message, contract=terms),
            requirements=tuple(
                required(
                    services=service_groups(template=message, contract=terms),
                    entitlements=entitlements_of(template),
                    way=Way.E_DOCUMENT,
                )
            ),
            exemption=usual_exemption(terms.provider.legal_form),
        )

    @property
    def scans(self) -> tuple[Requirement, ...]:
        """The documents that come as scans; the place of each numbers its fields in the form."""
        return tuple(one for one in self.requirements if one.form is AttachmentForm.SCAN)

    def form(self, *sent: Any, typed_before: dict[str, Any] | None = None, today: date) -> MakeBillForm:
        """The questions that are left, with what was typed before or else the usual answers."""
        return MakeBillForm(
            *sent,
            kinds=self.kinds,
            is_correction=self.template.corrects is not None,
            requirements=list(self.scans),
            initial=typed_before
            or {
                "kind": BillKind.INVOICE.value,
                "issued_on": today,
                "vat_exemption": self.exemption.value,
            },
        )

    def made(self, form: MakeBillForm, *, operator: Operator, at: datetime) -> ReceivedBill:
        """The bill that a valid form describes, taken in."""
        values = form.cleaned_data
        kind = BillKind(values["kind"])
        return make_bill(
            operator=operator,
            template=self.template,
            kind=kind,
            number=values["number"],
            issued_on=values["issued_on"],
            # a note is no document of VAT
            vat_exemption=None if kind is BillKind.NOTE else VatExemption(values["vat_exemption"]),
            correction_reason=values.get("correction_reason", ""),
            scans=form.scans(),
            at=at,
        )
