"""The calls of payments: what falls due, what was paid, and the transfers in which it came."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.api.calls import Calls
from rozlicz.portal.api.shapes import Paging, newest_first, page
from rozlicz.portal.payments import queries
from rozlicz.portal.payments.models import Payment

calls = Calls("payments", right=Right.SEE_PAYMENTS)


class PaymentRow(Schema):
    """One bill that was paid; negative where a correction was set off. `transfer_id` is the transfer it came in."""

    id: int
    transfer_id: int
    paid_on: date
    account_number: str
    bill_id: int
    bill_number: str
    contract: str | None
    amount_grosze: int


class TransferRow(Schema):
    """One transfer: the sum of its bills, corrections set off."""

    id: int
    paid_on: date
    account_number: str
    bills: int
    amount_grosze: int


class DueRow(Schema):
    """What falls due on a day: bills that wait for approval (`accepted`), and approved ones."""

    due_on: date
    state: Literal["accepted", "approved"]
    bills: int
    amount_grosze: int


@calls.listed("", _("Bills that were paid"), PaymentRow)
def payments(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The newest first."""
    return newest_first(queries.payments_for(request.user), paging, _row)


@calls.listed("/transfers", _("Transfers"), TransferRow)
def transfers(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The newest first."""
    found = queries.transfers_for(request.user, before=paging.after, most=paging.limit + 1)
    return page(found, paging, _transfer, key=lambda one: one.key)


@calls.one("/due", _("What falls due on which day"), list[DueRow])
def payments_due(request: HttpRequest) -> list[dict[str, Any]]:
    """The earliest first."""
    return [
        {"due_on": one.day, "state": one.state, "bills": one.bills, "amount_grosze": one.amount}
        for one in queries.due_by_day(request.user)
    ]


def _row(payment: Payment) -> dict[str, Any]:
    return {
        "id": payment.pk,
        "transfer_id": payment.run_id,
        "paid_on": payment.run.day,
        "account_number": payment.account_number,
        "bill_id": payment.bill_id,
        "bill_number": payment.bill.number,
        "contract": payment.bill.contract.code if payment.bill.contract else None,
        "amount_grosze": payment.amount,
    }


def _transfer(one: queries.Transfer) -> dict[str, Any]:
    return {
        "id": one.run_id,
        "paid_on": one.day,
        "account_number": one.account_number,
        "bills": one.bills,
        "amount_grosze": one.amount,
    }
