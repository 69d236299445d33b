"""The pages of bills: the list, making one from a template, sending a file, and the branch's approval."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rozlicz.documents.parties import buyer_on
from rozlicz.documents.payment_dates import payment_term
from rozlicz.kernel.branches import branch_of
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.bills.forms import BillsFilter, RefuseForm, UploadBillForm
from rozlicz.portal.bills.making import Draft
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.bills.operations import ReceivedBill, approve_bill, receive_bill, refuse_bill
from rozlicz.portal.bills.queries import (
    bill_for,
    bills_found,
    live_bill_of,
    refused_message_of,
)
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house import files
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import page_language
from rozlicz.portal.house.paging import page_of
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.providers.queries import account_on
from rozlicz.portal.settlements.models import Template
from rozlicz.portal.settlements.queries import template_for, templates_for


@for_right(Right.SEE_BILLS)
def bills(request: HttpRequest) -> HttpResponse:
    """Bills; the branch sees those to approve first by choosing their state."""
    form = BillsFilter(request.GET, for_payer=request.user.is_payer)
    found = form.ask(bills_found, request.user)
    makes_bills = request.user.may(Right.SEND_BILLS)
    unbilled = templates_for(request.user).filter(billed=False) if makes_bills else []
    return render(
        request,
        "bills/bills.html",
        {
            "filter_form": form,
            "page": page_of(found, order=["-id"], address=request.GET),
            "unbilled": unbilled,
        },
    )


@for_right(Right.SEND_BILLS)
def make(request: HttpRequest, number: int) -> HttpResponse:
    """Make the bill of a template: most fields are known, the rest is asked for."""
    template = template_for(request.user, number)
    if bill := live_bill_of(template):
        return redirect("bill", bill.pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    draft, today = Draft.of(template), warsaw_day(now())
    form = draft.form(*sent, typed_before=_typed_before(template), today=today)
    if form.is_valid():
        received = draft.made(form, operator=request.user, at=now())
        return _received(request, received)
    return render(
        request,
        "bills/make.html",
        {
            "form": form,
            "template": template,
            "lines": template.lines.all(),
            "issuer": draft.terms.provider,
            "buyer": buyer_on(today),
            "sold_on": Month.from_number(template.month).last_day,
            "account": account_on(template.provider, today, template.contract.kind),
            "kind_name": template.contract.kind_name,
            "corrected": live_bill_of(template.corrects),
            "breadcrumbs": _crumbs((_("Bill from template %(number)s") % {"number": number}, None)),
        },
    )


def _typed_before(template: Template) -> dict[str, Any]:
    """What the clerk typed into a bill of this template that was refused; empty when there was none."""
    before = refused_message_of(template)
    if before is None:
        return {}
    return {
        "kind": before.kind.value,
        "number": before.number,
        "issued_on": before.issued_on,
        "vat_exemption": before.vat_exemption.value if before.vat_exemption else None,
        "correction_reason": before.correction_reason,
    }


@for_right(Right.SEND_BILLS)
def upload(request: HttpRequest) -> HttpResponse:
    """Send a bill file that a settlement program made."""
    form = UploadBillForm(request.POST, request.FILES) if request.method == "POST" else UploadBillForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        received = receive_bill(
            operator=request.user, content=file, file_name=file.name, scans=form.scans(), at=now()
        )
        return _received(request, received)
    return render(
        request,
        "bills/upload.html",
        {"form": form, "breadcrumbs": _crumbs((_("Send a bill file"), None))},
    )


def _received(request: HttpRequest, received: ReceivedBill) -> HttpResponse:
    if received.repeated:
        messages.info(request, _("This very file was accepted before; here is its bill."))
    return redirect("bill", received.bill.pk)


@for_right(Right.SEE_BILLS)
def bill(request: HttpRequest, bill_id: int) -> HttpResponse:
    """One bill: accepted with its days, or refused with every reason."""
    found = bill_for(request.user, bill_id)
    return render(request, "bills/bill.html", _bill_context(found) | {"refuse_form": RefuseForm()})


def _bill_context(found: Bill) -> dict[str, Any]:
    is_refused = found.state == BillState.REFUSED
    return {
        "bill": found,
        "lines": found.template.lines.all() if found.template and not is_refused else [],
        "billed_since": live_bill_of(found.template) if is_refused else None,
        "term": payment_term(found.delivered_on, branch=settings.BRANCH) if found.delivered_on else None,
        "refusals": [_shown(reason) for reason in found.refusals],
        "warnings": [_shown(reason) for reason in found.warnings],
        "payment": getattr(found, "payment", None),
        "department": branch_of(settings.BRANCH).finance_department,
        "breadcrumbs": _crumbs((_("Bill %(number)s") % {"number": found.number or found.pk}, None)),
    }


def _shown(reason: dict[str, Any]) -> dict[str, Any]:
    """A stored reason with its sentences as texts."""
    texts: dict[str, Any] = {
        name: Text.from_json(reason[name])
        for name in ("text", "basis", "remedy", "field")
        if isinstance(reason.get(name), dict)
    }
    if "refused_at" in reason:
        texts["refused_at"] = datetime.fromisoformat(reason["refused_at"])
    return reason | texts


@for_right(Right.SEE_BILLS)
def bill_file(request: HttpRequest, bill_id: int) -> HttpResponse:
    """The bill as the message that was received."""
    found = bill_for(request.user, bill_id)
    return files.download(found.file, file_name=found.file_name, content_type="application/xml")


@for_right(Right.SEE_BILLS)
def attachment_file(request: HttpRequest, bill_id: int, attachment_id: int) -> HttpResponse:
    """One scan of a bill."""
    scan = get_object_or_404(bill_for(request.user, bill_id).attachments, pk=attachment_id)
    return files.download(scan.file, file_name=scan.file_name, content_type="application/octet-stream")


@for_right(Right.APPROVE_BILLS)
@require_POST
def approve(request: HttpRequest, bill_id: int) -> HttpResponse:
    """Release a bill for payment."""
    found = bill_for(request.user, bill_id)
    try:
        approve_bill(operator=request.user, bill=found, at=now())
    except UnableTo as unable:
        messages.error(request, unable.text.in_language(page_language()))
    else:
        messages.success(
            request, _("Bill %(number)s has been approved for payment.") % {"number": found.number}
        )
    return redirect("bill", bill_id)


@for_right(Right.APPROVE_BILLS)
@require_POST
def refuse(request: HttpRequest, bill_id: int) -> HttpResponse:
    """Refuse a bill with a reason."""
    found, form = bill_for(request.user, bill_id), RefuseForm(request.POST)
    if not form.is_valid():
        return render(
            request, "bills/bill.html", _bill_context(found) | {"refuse_form": form, "form": form}, status=422
        )
    try:
        refuse_bill(operator=request.user, bill=found, reason=form.cleaned_data["reason"], at=now())
    except UnableTo as unable:
        messages.error(request, unable.text.in_language(page_language()))
    return redirect("bill", bill_id)


def _crumbs(*last: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Bills"), reverse("bills")), *last]
