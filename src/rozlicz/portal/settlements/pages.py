"""The pages of settlements: request, template, and where an amount comes from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.bills.queries import live_bill_of
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.contracts.queries import contracts_for
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import month_name, page_language
from rozlicz.portal.house.paging import page_of
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.house.workbooks import workbook_response
from rozlicz.portal.settlements.downloads import template_response
from rozlicz.portal.settlements.forms import RequestForm, TemplatesFilter
from rozlicz.portal.settlements.models import CapExplanation, RequestState, SettlementRequest
from rozlicz.portal.settlements.operations import request_settlement
from rozlicz.portal.settlements.queries import (
    explanation_of,
    positions_of,
    request_for,
    requests_for,
    scope_names,
    template_for,
    templates_for,
    templates_found,
)
from rozlicz.settlement.explanation import Explanation

_RECENT = 10


@for_right(Right.SEE_SETTLEMENTS)
def settlements(request: HttpRequest) -> HttpResponse:
    """Templates and recent requests; a provider can ask for a calculation."""
    operator = request.user
    if request.method == "POST":
        demand(operator, Right.REQUEST_SETTLEMENT)
    asks = not operator.is_payer and operator.may(Right.REQUEST_SETTLEMENT)
    form = _request_form(request) if asks else None
    if form is not None and form.is_valid():
        try:
            asked = request_settlement(operator=operator, at=now(), **form.cleaned_data)
        except UnableTo as unable:
            form.add_error("month", unable.text.in_language(page_language()))
        else:
            return redirect("settlement_request", asked.pk)
    filter_form = TemplatesFilter(request.GET, for_payer=operator.is_payer)
    found = filter_form.ask(templates_found, operator)
    return render(
        request,
        "settlements/settlements.html",
        {
            "form": form,
            "filter_form": filter_form,
            "page": page_of(found, order=["-number"], address=request.GET),
            "requests": requests_for(operator)[:_RECENT],
        },
    )


def _request_form(request: HttpRequest) -> RequestForm:
    return RequestForm(
        request.POST if request.method == "POST" else None,
        contracts=contracts_for(request.user),
        this_month=Month.of(warsaw_day(now())),
        initial={"contract": request.GET.get("umowa")},
    )


@for_right(Right.SEE_SETTLEMENTS)
def request_state(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request: progress, and then what came of it."""
    asked = request_for(request.user, request_id)
    return render(
        request,
        "settlements/request.html",
        {
            "asked": asked,
            "templates": templates_for(request.user).filter(request=asked).order_by("number"),
            "is_waiting": asked.state == RequestState.WAITING,
            "refusal": Text.from_json(asked.refusal) if asked.refusal else None,
            "breadcrumbs": _crumbs((_request_name(asked), None)),
        },
    )


@for_right(Right.SEE_SETTLEMENTS)
def request_progress(request: HttpRequest, request_id: int) -> HttpResponse:
    """The moving part of the request's page; when the work has ended the page is loaded anew."""
    asked = request_for(request.user, request_id)
    response = render(request, "settlements/progress.html", {"asked": asked})
    if asked.state != RequestState.WAITING:
        response.headers["HX-Refresh"] = "true"
    return response


@for_right(Right.SEE_SETTLEMENTS)
def whence(request: HttpRequest, request_id: int) -> HttpResponse:
    """“Skąd ta kwota?” of a whole calculation: each scope with its sums, and the way to its steps."""
    asked = request_for(request.user, request_id)
    names = scope_names(asked.contract)
    caps = [_cap(one, asked.month, names) for one in asked.explanations.all()]
    if len(caps) == 1:
        return redirect("settlement_whence_scope", request_id, caps[0]["scope"], caps[0]["distinguisher"])
    return render(
        request,
        "settlements/whence.html",
        {
            "asked": asked,
            "caps": caps,
            "due": sum(cap["totals"]["due_now"] for cap in caps),
            "breadcrumbs": _whence_crumbs(asked, (_("Where does this amount come from?"), None)),
        },
    )


@for_right(Right.SEE_SETTLEMENTS)
def whence_scope(request: HttpRequest, request_id: int, scope: str, distinguisher: int) -> HttpResponse:
    """“Skąd ta kwota?” of one scope, month by month and step by step, so that it can be recomputed by hand."""
    asked = request_for(request.user, request_id)
    found = explanation_of(asked, scope, distinguisher)
    return render(
        request,
        "settlements/whence_scope.html",
        {
            "asked": asked,
            "cap": _cap(found, asked.month, scope_names(asked.contract)),
            "breadcrumbs": _whence_crumbs(
                asked,
                (_("Where does this amount come from?"), reverse("settlement_whence", args=[asked.pk])),
                (f"{scope} / {distinguisher}", None),
            ),
        },
    )


def _cap(one: CapExplanation, month: int, scopes: dict[tuple[str, int], str]) -> dict[str, Any]:
    explanation = Explanation.from_json(one.explanation)
    names = ("performed", "plan", "paid_before", "due_now", "waiting")
    return {
        "scope": one.scope,
        "distinguisher": one.distinguisher,
        "name": scopes.get((one.scope, one.distinguisher), ""),
        "explanation": explanation,
        "month": next((row for row in explanation.months if row.month.number == month), None),
        "paid_so_far": sum(
            row.paid_before + row.due_now for row in explanation.months if row.month.number <= month
        ),
        "totals": {name: sum(getattr(row, name) for row in explanation.months) for name in names},
    }


@for_right(Right.SEE_SETTLEMENTS)
def template(request: HttpRequest, number: int) -> HttpResponse:
    """One template: its lines, its bill, its way to the file and to the explanation."""
    found = template_for(request.user, number)
    return render(
        request,
        "settlements/template.html",
        {
            "template": found,
            "lines": found.lines.all(),
            "bill": live_bill_of(found),
            "corrections": found.corrections.all(),
            "breadcrumbs": _crumbs((_("Template %(number)s") % {"number": number}, None)),
        },
    )


@for_right(Right.SEE_SETTLEMENTS)
def template_positions(request: HttpRequest, number: int) -> HttpResponse:
    """Which positions the template settles, and how much of each."""
    found = template_for(request.user, number)
    page = page_of(positions_of(found), order=[], address=request.GET)
    return render(
        request,
        "settlements/positions.html",
        {
            "template": found,
            "page": page,
            "breadcrumbs": _crumbs(
                (_("Template %(number)s") % {"number": number}, reverse("template", args=[number])),
                (_("Positions"), None),
            ),
        },
    )


@for_right(Right.SEE_SETTLEMENTS)
def template_positions_xlsx(request: HttpRequest, number: int) -> HttpResponse:
    """The same list as a workbook."""
    found = template_for(request.user, number)
    return workbook_response(
        file_name=f"szablon_{number}_pozycje.xlsx",
        headings=[
            _("Service"),
            _("Position"),
            _("Scope"),
            _("Distinguishing number"),
            _("Product"),
            _("Units"),
            _("Price in grosze"),
        ],
        rows=(
            (
                one.service_id,
                one.position,
                one.scope,
                one.distinguisher,
                one.product,
                one.units / 10_000,
                one.price,
            )
            for one in positions_of(found).iterator(chunk_size=5000)
        ),
    )


@for_right(Right.SEE_SETTLEMENTS)
def template_file(request: HttpRequest, number: int) -> HttpResponse:
    """The template as the message R_UMX, to be loaded into the settlement program."""
    return template_response(template_for(request.user, number))


def _request_name(asked: SettlementRequest) -> str:
    return _("Request: %(code)s, %(month)s") % {
        "code": asked.contract.code,
        "month": month_name(asked.month),
    }


def _whence_crumbs(asked: SettlementRequest, *last: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return _crumbs((_request_name(asked), reverse("settlement_request", args=[asked.pk])), *last)


def _crumbs(*last: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Settlements"), reverse("settlements")), *last]
