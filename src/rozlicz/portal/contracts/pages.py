"""The pages of the area "Umowy na realizację świadczeń"."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rozlicz.messages.contract_words import COEFFICIENT_USE, SETTLED_BY
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.contracts import queries
from rozlicz.portal.contracts.forms import ContractFilesFilter, ContractsFilter
from rozlicz.portal.house import files
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.paging import order_of, page_of

_SORTS = {
    "provider": ("provider__sort_key", "-valid_from", "code"),
    "code": ("code",),
    "from": ("valid_from", "code"),
    "amount": ("amount", "code"),
}


@for_right(Right.SEE_CONTRACTS)
def contracts(request: HttpRequest) -> HttpResponse:
    """The list of contracts: a provider's own, or all of the branch in Polish order of providers."""
    today = warsaw_day(now())
    form = ContractsFilter(request.GET, for_payer=request.user.is_payer)
    found = form.ask(queries.contracts_found, request.user, today=today)
    page = page_of(found, order=order_of(request.GET, _SORTS, _SORTS["provider"]), address=request.GET)
    return render(
        request,
        "contracts/contracts.html",
        {
            "filter_form": form,
            "page": page,
            "rows": [(contract, queries.state_on(contract, today)) for contract in page.rows],
        },
    )


@for_right(Right.SEE_CONTRACTS)
def contracts_more(request: HttpRequest) -> HttpResponse:
    """The list of functions round the performance of contracts (P8)."""
    return render(request, "contracts/more.html", {"breadcrumbs": _crumbs((_("Show more…"), None))})


@for_right(Right.SEE_CONTRACTS)
def contract_files(request: HttpRequest) -> HttpResponse:
    """Contract files to download: the current one of each contract marked, those of older annexes kept (P8)."""
    form = ContractFilesFilter(request.GET, for_payer=request.user.is_payer)
    found = form.ask(queries.contract_files_for, request.user)
    return render(
        request,
        "contracts/files.html",
        {
            "breadcrumbs": _crumbs(
                (_("Show more…"), reverse("contracts_more")), (_("Contract files to download"), None)
            ),
            "filter_form": form,
            "page": page_of(found, order=queries.FILES_ORDER, address=request.GET),
        },
    )


@for_right(Right.SEE_CONTRACTS)
def contract_file_download(request: HttpRequest, file_id: int) -> HttpResponse:
    """The bytes of one contract file (UMX), as they were published."""
    file = queries.contract_file_for(request.user, file_id)
    return files.download(file.file, file_name=file.file_name, content_type="application/xml")


@for_right(Right.SEE_CONTRACTS)
def contract(request: HttpRequest, contract_id: int) -> HttpResponse:
    """One contract: what it is about, its plan by scope and month, coefficients, annexes with their files."""
    found = queries.contract_for(request.user, contract_id)
    annexes = list(found.files.all())
    terms = queries.terms_in(annexes[0])
    return render(
        request,
        "contracts/contract.html",
        {
            "breadcrumbs": _crumbs((found.code, None)),
            "contract": found,
            "state": queries.state_on(found, warsaw_day(now())),
            "terms": terms,
            "plan": queries.plan_of(terms),
            "coefficients": [(one, COEFFICIENT_USE[one.use]) for one in terms.coefficients],
            "annexes": annexes,
        },
    )


@for_right(Right.SEE_CONTRACTS)
def contract_scope(request: HttpRequest, contract_id: int, code: str, distinguisher: int) -> HttpResponse:
    """One scope of a contract: its plan month by month, unit products and organisational cells."""
    found = queries.contract_for(request.user, contract_id)
    terms = queries.terms_in(found.files.all()[0])
    scope = queries.scope_of(terms, code, distinguisher)
    rows = queries.plan_rows(scope)
    return render(
        request,
        "contracts/scope.html",
        {
            "breadcrumbs": _crumbs(
                (found.code, reverse("contract", args=[found.pk])), (f"{code}/{distinguisher}", None)
            ),
            "contract": found,
            "scope": scope,
            "settled_by": SETTLED_BY[scope.settled_by],
            "plan": rows,
            "units": sum(row.units for row, _so_far in rows),
            "amount": rows[-1][1] if rows else 0,
        },
    )


def _crumbs(*rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    first: list[tuple[str, Any]] = [(_("Contracts for services"), reverse("contracts"))]
    return [*first, *rest]
