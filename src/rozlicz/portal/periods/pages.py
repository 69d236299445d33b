"""The page of reporting periods: which are closed, what was unlocked; the branch closes and opens them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rozlicz.kernel.months import Month
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import page_language
from rozlicz.portal.house.paging import page_of
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.periods.forms import ClosePeriodForm, OpenPeriodForm, UnlocksFilter
from rozlicz.portal.periods.operations import close_period, open_period
from rozlicz.portal.periods.queries import closings_at, state_of, unlocks_for

_MONTHS = 24


@for_right(Right.SEE_REPORTS)
def reporting_periods(request: HttpRequest) -> HttpResponse:
    """Closed months with who may still report in them; the branch's forms to close and to open."""
    return _page(request)


def _page(request: HttpRequest, *, wrong: forms.Form | None = None) -> HttpResponse:
    at = now()
    today = warsaw_day(at)
    closings = {month: one for month, one in closings_at(at).items() if one.is_closed}
    close = wrong if isinstance(wrong, ClosePeriodForm) else ClosePeriodForm(months=_ended(today, closings))
    opening = wrong if isinstance(wrong, OpenPeriodForm) else OpenPeriodForm(months=sorted(closings))
    unlocks = UnlocksFilter(request.GET, for_payer=request.user.is_payer)
    found = unlocks.ask(unlocks_for, request.user, today)
    page = page_of(found, order=["-granted_at"], address=request.GET)
    return render(
        request,
        "periods/periods.html",
        {
            "closings": [closings[month] for month in sorted(closings, reverse=True)],
            "filter_form": unlocks,
            "page": page,
            "unlocks": [(one, state_of(one, today)) for one in page.rows],
            "close_form": close,
            "open_form": opening,
            "form": wrong,
            "breadcrumbs": [(_("Reporting"), reverse("reports")), (_("Reporting periods"), None)],
        },
        status=422 if wrong is not None else 200,
    )


def _ended(today: date, closings: dict[int, Any]) -> list[int]:
    """The months that may be closed, the newest first."""
    last = Month.of(today).plus(-1)
    months = [last.plus(-back).number for back in range(_MONTHS)]
    return [month for month in months if month not in closings]


@for_right(Right.VERIFY_REPORTS)
@require_POST
def reporting_period_close(request: HttpRequest) -> HttpResponse:
    """Close a month for all providers."""
    at = now()
    form = ClosePeriodForm(request.POST, months=_ended(warsaw_day(at), {}))
    return _acted(request, form, close_period)


@for_right(Right.VERIFY_REPORTS)
@require_POST
def reporting_period_open(request: HttpRequest) -> HttpResponse:
    """Open a month for all providers."""
    form = OpenPeriodForm(request.POST, months=sorted(closings_at(now())))
    return _acted(request, form, open_period)


def _acted(request: HttpRequest, form: forms.Form, act: Any) -> HttpResponse:
    if not form.is_valid():
        return _page(request, wrong=form)
    values = form.cleaned_data
    try:
        act(operator=request.user, month=Month.parse(values["month"]), reason=values["reason"], at=now())
    except UnableTo as unable:
        messages.error(request, unable.text.in_language(page_language()))
    return redirect("reporting_periods")
