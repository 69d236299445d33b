"""The first page and the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rozlicz.documents.deadlines import bill_due
from rozlicz.kernel.months import Month
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.desk import payer_desk, provider_desk
from rozlicz.portal.house.doors import for_operators


def front_page(request: HttpRequest) -> HttpResponse:
    """Who is logged in goes to the desk, everybody else to log-in."""
    return redirect("desk" if request.user.is_authenticated else "account_login")


@for_operators
def desk(request: HttpRequest) -> HttpResponse:
    """What must be done and by when, what is wrong and where, what will be paid and what may still be earned."""
    today = warsaw_day(now())
    if request.user.is_payer:
        return render(request, "house/desk_payer.html", {"desk": payer_desk(request.user, today)})
    month = Month.of(today).plus(-1)
    return render(
        request,
        "house/desk_provider.html",
        {
            "desk": provider_desk(request.user, today),
            "last_month": month,
            "report_due": bill_due(month),
            "report_is_late": bill_due(month) < today,
        },
    )
