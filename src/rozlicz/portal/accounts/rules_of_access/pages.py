"""The rules of access: those in force, those to come, and every earlier one."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rozlicz.portal.accounts.models import SecurityPolicy
from rozlicz.portal.accounts.queries import policy_history, policy_on
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.accounts.rules_of_access.forms import CHOICES, RulesForm
from rozlicz.portal.accounts.rules_of_access.operations import set_rules
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.doors import for_right


class Dated(NamedTuple):
    """Rules with their state on a day."""

    policy: SecurityPolicy
    state: str
    lines: list[tuple[Promise, Any]]


@for_right(Right.SET_POLICIES)
def policies(request: HttpRequest) -> HttpResponse:
    """What holds today, what will, what did and why."""
    today = warsaw_day(now())
    return render(
        request,
        "accounts/rules.html",
        {
            "in_force": _dated(policy_on(today), "in_force"),
            "history": _history(today),
            "breadcrumbs": _crumbs((_("Rules of access"), None)),
        },
    )


@for_right(Right.SET_POLICIES)
def policy_new(request: HttpRequest) -> HttpResponse:
    """Set new rules from a day on."""
    at = now()
    today = warsaw_day(at)
    form = RulesForm(policy_on(today), today, request.POST if request.method == "POST" else None)
    if form.is_valid():
        set_rules(
            operator=request.user,
            valid_from=form.cleaned_data["valid_from"],
            reason=form.cleaned_data["reason"],
            refuse_breached=form.cleaned_data["refuse_breached"],
            choices=form.choices,
            at=at,
        )
        messages.success(
            request, _("The rules have been set. Whoever is logged in meets them at the next log-in.")
        )
        return redirect("policies")
    crumbs = _crumbs((_("Rules of access"), reverse("policies")), (_("New rules"), None))
    return render(request, "accounts/rules_new.html", {"form": form, "breadcrumbs": crumbs})


def _crumbs(*rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Administration and options"), reverse("administration")), *rest]


def _history(today: date) -> list[Dated]:
    """Newest first. Of one day only the last set ever come into force; the newest that has begun is in force."""
    told = []
    days: set[date] = set()
    current = policy_on(today).pk
    for policy in policy_history():
        if policy.valid_from in days:
            state = "superseded"
        elif policy.valid_from > today:
            state = "future"
        else:
            state = "in_force" if policy.pk == current else "expired"
        days.add(policy.valid_from)
        told.append(_dated(policy, state))
    return told


def _dated(policy: SecurityPolicy, state: str) -> Dated:
    return Dated(policy, state, [(label, getattr(policy, name)) for name, label in CHOICES.items()])
