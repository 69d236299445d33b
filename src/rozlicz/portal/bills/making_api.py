"""The calls by which a program has the portal make the bill of a template: what it needs, and the making."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema, Status

from rozlicz.documents.vat import EXEMPTION_NAMES
from rozlicz.messages.bills import BillKind, VatExemption
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.api.calls import Calls
from rozlicz.portal.api.problems import Problem
from rozlicz.portal.api.sending import body_of, checked, is_form
from rozlicz.portal.api.shapes import month_text
from rozlicz.portal.bills import queries
from rozlicz.portal.bills.api import SentBill, sent
from rozlicz.portal.bills.making import Draft
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.formatting import text as in_words
from rozlicz.portal.settlements.queries import template_for

calls = Calls("bills", right=Right.SEE_BILLS)


class Exemption(Schema):
    """A basis of the VAT exemption."""

    code: str
    name: str


class DemandedScan(Schema):
    """A document that must go with the bill: the parts of the call that bring it and say that it is a transcript."""

    part: str
    transcript_part: str
    kind: str
    name: str
    document_number: str
    basis: str


class BillDraft(Schema):
    """What a bill of the template needs. `billed_by` is the bill it has already; `vat_exemption` the usual one."""

    template: int
    contract: str
    month: str
    amount_grosze: int
    billed_by: int | None
    kinds: list[Literal["FAKT", "RACH", "NOTA"]]
    vat_exemption: str
    vat_exemptions: list[Exemption]
    corrects_bill: str
    attachments: list[DemandedScan]


_FORM: dict[str, Any] = {
    "kind": {"type": "string", "enum": [kind.value for kind in BillKind]},
    "number": {"type": "string", "description": "the issuer's own number of the bill"},
    "issued_on": {"type": "string", "format": "date"},
    "vat_exemption": {
        "type": "string",
        "enum": [one.value for one in VatExemption],
        "description": "left out: the usual one of the draft",
    },
    "correction_reason": {"type": "string", "description": "of a correction"},
    "scan_0": {
        "type": "string",
        "format": "binary",
        "description": "an attachment of the draft under its `part`; the next ones are scan_1, scan_2, …",
    },
    "transcript_of_0": {"type": "boolean", "description": "scan_0 is a transcript instead of a copy"},
    "transcript_reason": {"type": "string", "maxLength": 500},
}


@calls.one("/{int:number}/bill", _("What the bill of a template needs"), BillDraft)
def template_bill(request: HttpRequest, number: int) -> dict[str, Any]:
    """Everything but its number and day of issue is known; `attachments` are the scans that are demanded."""
    template = template_for(request.user, number)
    draft, billed = Draft.of(template), queries.live_bill_of(template)
    corrected = queries.live_bill_of(template.corrects)
    return {
        "template": template.number,
        "contract": template.contract.code,
        "month": month_text(template.month),
        "amount_grosze": template.amount,
        "billed_by": billed.pk if billed else None,
        "kinds": [kind.value for kind in draft.kinds],
        "vat_exemption": draft.exemption.value,
        "vat_exemptions": [
            {"code": one.value, "name": in_words(EXEMPTION_NAMES[one])} for one in VatExemption
        ],
        "corrects_bill": corrected.number if corrected else "",
        "attachments": [
            {
                "part": f"scan_{place}",
                "transcript_part": f"transcript_of_{place}",
                "kind": one.kind.value,
                "name": in_words(one.name),
                "document_number": one.document_number,
                "basis": in_words(one.basis.reference),
            }
            for place, one in enumerate(draft.scans)
        ],
    }


@calls.sent(
    "/{int:number}/bill",
    _("Make the bill of a template"),
    SentBill,
    right=Right.SEND_BILLS,
    **body_of(_FORM, required=["kind", "number", "issued_on"], raw=False),
)
def template_bill_make(request: HttpRequest, response: HttpResponse, number: int) -> Status[dict[str, Any]]:
    """The portal fills in the rest and judges the bill as one that was sent (201): `accepted`, or `refused` and kept.

    The same bill asked for again is answered with the first (200).
    """
    draft, at = Draft.of(template_for(request.user, number)), now()
    if not is_form(request):
        raise Problem("media_type")
    said = request.POST.copy()
    said.setdefault("vat_exemption", draft.exemption.value)
    form = draft.form(said, request.FILES, today=warsaw_day(at))
    checked(request, form, {})
    received = draft.made(form, operator=request.user, at=at)
    return sent(request.user, received, response)
