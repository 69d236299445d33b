"""The calls of bills: send one with its attachments, and its state with every reason for a refusal."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema, Status

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.api.calls import Calls
from rozlicz.portal.api.problems import Problem
from rozlicz.portal.api.sending import body_of, checked, is_form
from rozlicz.portal.api.shapes import (
    Paging,
    Reason,
    Words,
    created,
    month_text,
    newest_first,
)
from rozlicz.portal.bills import queries
from rozlicz.portal.bills.forms import UploadBillForm
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.bills.operations import ReceivedBill, receive_bill
from rozlicz.portal.clock import now
from rozlicz.portal.house import files
from rozlicz.portal.house.uploads import MOST_FILES

calls = Calls("bills", right=Right.SEE_BILLS)

State = Literal["refused", "accepted", "approved", "paid"]


class BillRow(Schema):
    """A bill. Empty where its file could not be read; `due_on` is the last day of payment of an accepted one."""

    id: int
    kind: Literal["FAKT", "RACH", "NOTA", ""]
    number: str
    state: State
    contract: str | None
    template: int | None
    month: str | None
    issued_on: date | None
    amount_grosze: int
    received_at: datetime
    delivered_on: date | None
    due_on: date | None


class AttachmentRow(Schema):
    """A scan that came with a bill."""

    kind: str
    file_name: str
    sha256: str
    transcript_reason: str


class BillWhole(BillRow):
    """A bill with every reason why it was refused, and with what should be mended in the next one."""

    file_name: str
    sha256: str
    paid_on: date | None
    refusals: list[Reason]
    warnings: list[Reason]
    attachments: list[AttachmentRow]


class SentBill(BillWhole):
    """`repeated`: these very bytes were accepted before, and this is the first bill."""

    repeated: bool


_BINARY = {"type": "string", "format": "binary"}
_FORM: dict[str, Any] = {
    "file": _BINARY,
    "attachments": {"type": "array", "items": _BINARY, "maxItems": MOST_FILES},
    "transcripts": {"type": "boolean", "description": "the attachments are transcripts instead of copies"},
    "transcript_reason": {"type": "string", "maxLength": 500},
}
_PARTS = {"attachments": "scans_chosen", "transcripts": "transcript_of_all"}
"""Parts of the call → fields of the portal's own form, where the names differ."""


@calls.listed("", _("Bills that were sent"), BillRow)
def bills(
    request: HttpRequest,
    paging: Query[Paging],
    text: Words = "",
    state: Literal["", "refused", "accepted", "approved", "paid"] = "",
) -> dict[str, Any]:
    """The newest first. `text` is looked for in numbers, file names and contracts."""
    return newest_first(queries.bills_found(request.user, text=text, state=state), paging, _row)


@calls.sent(
    "",
    _("Send a bill with its attachments"),
    SentBill,
    right=Right.SEND_BILLS,
    **body_of(_FORM, required=["file"], raw=False),
)
def bill_send(request: HttpRequest, response: HttpResponse) -> Status[dict[str, Any]]:
    """A FAKT, RACH or NOTA made from a template, in the part `file`; the scans that it names in `attachments`.

    It is kept in any case (201) and judged at once: `state` is `accepted`, or `refused` with every reason. A refused
    one leaves its template free for the next. Bytes that were accepted before are answered with the first bill (200).
    """
    if not is_form(request):
        raise Problem("media_type")
    form = UploadBillForm(_renamed(request.POST), _renamed(request.FILES))
    values = checked(request, form, {field: part for part, field in _PARTS.items()})
    received = receive_bill(
        operator=request.user,
        content=values["file"],
        file_name=values["file"].name,
        scans=form.scans(),
        at=now(),
    )
    return sent(request.user, received, response)


def sent(operator: Operator, received: ReceivedBill, response: HttpResponse) -> Status[dict[str, Any]]:
    """The answer to a call that brought a bill or had one made."""
    bill, repeated = received
    created(response, address=reverse("api_bill", args=[bill.pk]))
    found = queries.bill_for(operator, bill.pk)
    return Status(200 if repeated else 201, _whole(found) | {"repeated": repeated})


def _renamed(parts: Any) -> Any:
    """The parts of a call under the names of the form's fields."""
    renamed = parts.copy()
    for part, field in _PARTS.items():
        if part in renamed:
            renamed.setlist(field, renamed.pop(part))
    return renamed


@calls.one("/{int:bill_id}", _("One bill: its state, or why it was refused"), BillWhole)
def bill(request: HttpRequest, bill_id: int) -> dict[str, Any]:
    """Also a refused one is kept."""
    return _whole(queries.bill_for(request.user, bill_id))


@calls.file("/{int:bill_id}/file", _("The bill as it was received"), "application/xml")
def bill_file(request: HttpRequest, bill_id: int) -> FileResponse:
    """The very bytes."""
    found = queries.bill_for(request.user, bill_id)
    return files.download(found.file, file_name=found.file_name, content_type="application/xml")


def _row(bill: Bill) -> dict[str, Any]:
    return {
        "id": bill.pk,
        "kind": bill.kind,
        "number": bill.number,
        "state": bill.state,
        "contract": bill.contract.code if bill.contract else None,
        "template": bill.template.number if bill.template else None,
        "month": month_text(bill.month),
        "issued_on": bill.issued_on,
        "amount_grosze": bill.amount,
        "received_at": bill.received_at,
        "delivered_on": bill.delivered_on,
        "due_on": bill.due_on,
    }


def _whole(bill: Bill) -> dict[str, Any]:
    return _row(bill) | {
        "file_name": bill.file_name,
        "sha256": bill.sha256,
        "paid_on": bill.payment.run.day if bill.state == BillState.PAID else None,
        "refusals": [Reason.of(stored) for stored in bill.refusals],
        "warnings": [Reason.of(stored) for stored in bill.warnings],
        "attachments": [
            {
                "kind": one.kind,
                "file_name": one.file_name,
                "sha256": one.sha256,
                "transcript_reason": one.transcript_reason,
            }
            for one in bill.attachments.all()
        ],
    }
