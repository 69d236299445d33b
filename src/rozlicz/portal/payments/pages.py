"""The pages of payments: what falls due on which day, and what was paid."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.bills.models import BillState
from rozlicz.portal.bills.queries import bills_for
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import day as day_in_words
from rozlicz.portal.house.formatting import page_language
from rozlicz.portal.house.paging import page_of
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.payments.forms import AccountsFilter
from rozlicz.portal.payments.operations import mark_payment_run
from rozlicz.portal.payments.queries import due_by_day, due_on_for, payments_for, waiting_transfers
from rozlicz.portal.providers.queries import accounts_found
from rozlicz.portal.requests.drafting import may_file
from rozlicz.portal.requests.kinds import KINDS


@for_right(Right.SEE_PAYMENTS)
def payments(request: HttpRequest) -> HttpResponse:
    """Days on which payments fall due, and the payments made."""
    due = due_by_day(request.user)
    return render(
        request,
        "payments/payments.html",
        {
            "due": due,
            "due_total": sum(day.amount for day in due),
            "page": page_of(payments_for(request.user), order=["-run__day"], address=request.GET),
        },
    )


@for_right(Right.SEE_PAYMENTS)
def due_day(request: HttpRequest, day: date) -> HttpResponse:
    """The bills whose last day of payment is that day."""
    bills = list(due_on_for(request.user, day).order_by("provider__sort_key", "id"))
    return render(
        request,
        "payments/due_day.html",
        {
            "day_due": day,
            "bills": bills,
            "total": sum(bill.amount for bill in bills),
            "transfers": waiting_transfers(day, bills_for(request.user)),
            "has_approved": any(bill.state == BillState.APPROVED for bill in bills),
            "breadcrumbs": [(_("Payments"), reverse("payments")), (day_in_words(day), None)],
        },
    )


@for_right(Right.SEE_PAYMENTS)
def bank_accounts(request: HttpRequest) -> HttpResponse:
    """The accounts to which the Fund pays, each with its kind of services and its days."""
    today = warsaw_day(now())
    form = AccountsFilter(request.GET, for_payer=request.user.is_payer)
    found = form.ask(accounts_found, request.user, today=today)
    page = page_of(found, order=["provider__sort_key", "kind", "-since"], address=request.GET)
    change = KINDS["bank_account"]
    return render(
        request,
        "payments/bank_accounts.html",
        {
            "filter_form": form,
            "page": page,
            "rows": [(account, *_days_of(account, today)) for account in page.rows],
            "change": change.code if may_file(request.user, change) else "",
            "breadcrumbs": [(_("Payments"), reverse("payments")), (_("Bank accounts"), None)],
        },
    )


def _days_of(account: Any, today: date) -> tuple[date | None, str]:
    """The last day on which an account holds, and its state."""
    until = account.next_since - timedelta(days=1) if account.next_since else None
    if account.since > today:
        return until, "future"
    return until, "expired" if until and until < today else "in_force"


@for_right(Right.MARK_PAYMENTS)
@require_POST
def mark_run(request: HttpRequest, day: date) -> HttpResponse:
    """Mark the transfers of a day."""
    try:
        run = mark_payment_run(operator=request.user, day=day, at=now())
    except UnableTo as unable:
        messages.error(request, unable.text.in_language(page_language()))
    else:
        number = run.payments.count()
        messages.success(
            request,
            ngettext(
                "The payment run of %(day)s holds %(number)s bill.",
                "The payment run of %(day)s holds %(number)s bills.",
                number,
            )
            % {"day": day_in_words(day), "number": number},
        )
    return redirect("payments")
