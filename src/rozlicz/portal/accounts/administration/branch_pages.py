"""What the branch's administration sees of the operators of its parties, and its groups of providers."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.administration import queries
from rozlicz.portal.accounts.administration.forms import PartiesFilter, ReasonForm, SubordinationForm
from rozlicz.portal.accounts.models import Subordination
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.accounts.subordinations import (
    UnableToSubordinate,
    end_subordination,
    grant_subordination,
    living_subordinations,
)
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import text
from rozlicz.portal.house.paging import page_of

_WRONG = 422


@for_right(Right.MANAGE_OPERATORS)
def operators_of_parties(request: HttpRequest) -> HttpResponse:
    """All parties of the branch, with how many operators and administrators each has."""
    _for_the_branch(request)
    form = PartiesFilter(request.GET)
    context = {
        "filter_form": form,
        "page": page_of(form.ask(queries.parties_found, now()), order=["sort_key"], address=request.GET),
        "breadcrumbs": _crumbs((_("Operators of providers"), None)),
    }
    return render(request, "administration/parties.html", context)


@for_right(Right.MANAGE_OPERATORS)
def operators_of_party(request: HttpRequest, provider_id: int) -> HttpResponse:
    """The operators of one party with their roles."""
    _for_the_branch(request)
    party, at = queries.party_for(provider_id), now()
    rows = [
        {
            "account": one,
            "state": one.state_at(at),
            "roles": queries.names_of(one.operator.roles),
        }
        for one in queries.accounts_of(queries.people_of(party.pk))
    ]
    context = {
        "party": party,
        "rows": rows,
        "has_lost": queries.has_lost_its_administrators(party, at),
        "breadcrumbs": _crumbs(
            (_("Operators of providers"), reverse("operators_of_parties")), (party.name, None)
        ),
    }
    return render(request, "administration/party.html", context)


def _for_the_branch(request: HttpRequest) -> None:
    """Of other parties a provider's administrator learns nothing, not even that there is such a page."""
    if not request.user.is_payer:
        raise Http404


@for_right(Right.DECIDE_REGISTRATIONS)
def subordinations(request: HttpRequest) -> HttpResponse:
    """Who may act for whom; the form that grants it."""
    at = now()
    form = SubordinationForm(
        request.POST if request.method == "POST" else None, initial={"since": warsaw_day(at)}
    )
    if form.is_valid():
        try:
            grant_subordination(operator=request.user, at=at, **form.cleaned_data)
        except UnableToSubordinate as unable:
            form.add_error(None, text(unable.text))
        else:
            messages.success(request, _("The subordination has been granted."))
            return redirect("subordinations")
    return _subordinations(request, form)


def _subordinations(
    request: HttpRequest,
    form: SubordinationForm,
    *,
    ending: int | None = None,
    wrong: ReasonForm | None = None,
) -> HttpResponse:
    today = warsaw_day(now())
    context = {
        "form": form,
        "rows": [
            {
                "pair": pair,
                "state": "future" if pair.since > today else "in_force",
                "end_form": wrong if wrong and pair.pk == ending else ReasonForm(prefix=f"end{pair.pk}"),
                "is_open": pair.pk == ending,
            }
            for pair in living_subordinations(today)
        ],
        "breadcrumbs": _crumbs((_("Superiors and subordinates"), None)),
    }
    status = _WRONG if form.errors or wrong else 200
    return render(request, "administration/subordinations.html", context, status=status)


@for_right(Right.DECIDE_REGISTRATIONS)
@require_POST
def subordination_end(request: HttpRequest, subordination_id: int) -> HttpResponse:
    """End one at once, with a reason."""
    pair = get_object_or_404(
        Subordination.objects.select_related("provider", "subordinate"), pk=subordination_id
    )
    form = ReasonForm(request.POST, prefix=f"end{pair.pk}")
    if not form.is_valid():
        empty = SubordinationForm(initial={"since": warsaw_day(now())})
        return _subordinations(request, empty, ending=pair.pk, wrong=form)
    end_subordination(operator=request.user, subordination=pair, reason=form.cleaned_data["reason"], at=now())
    messages.success(request, _("The subordination has ended. Nobody acts by it any more."))
    return redirect("subordinations")


def _crumbs(*rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Administration and options"), reverse("administration")), *rest]
