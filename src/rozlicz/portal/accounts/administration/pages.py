"""The pages on which an administrator looks after operators: the matrix of roles, one operator, adding one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.administration import queries
from rozlicz.portal.accounts.administration.forms import (
    DetailsForm,
    OperatorForm,
    ReasonForm,
    TemporaryPasswordForm,
)
from rozlicz.portal.accounts.administration.matrix import Wish, apply_wishes, cells_of, wishes_in
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operators import (
    UnableToChangeOperator,
    block_operator,
    correct_operator,
    enrol_operator,
    give_roles,
    set_temporary_password,
    unblock_operator,
    why_not_unblock,
)
from rozlicz.portal.accounts.rights import ROLE_WORDS, Right, Role
from rozlicz.portal.accounts.second_factor.standing import kinds_of, operator_seen_by
from rozlicz.portal.clock import now
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import text

_WRONG = 422


@for_right(Right.MANAGE_OPERATORS)
def operators(request: HttpRequest) -> HttpResponse:
    """The own party's operators × roles; what was ticked is shown as a summary first, and saved with a reason."""
    accounts = queries.accounts_of(queries.colleagues_of(request.user))
    if request.method != "POST":
        return _matrix(request, accounts)
    wishes = wishes_in(request.POST, accounts)
    if not wishes:
        messages.info(request, _("No role was changed."))
        return redirect("operators")
    is_confirmed = "confirm" in request.POST
    form = ReasonForm(request.POST if is_confirmed else None)
    saves = is_confirmed and form.is_valid()
    reason = form.cleaned_data["reason"] if saves else ""
    try:
        apply_wishes(wishes, operator=request.user, reason=reason, at=now(), only_try=not saves)
    except UnableToChangeOperator as unable:
        return _matrix(request, accounts, wishes=wishes, refusal=unable.text)
    if not saves:
        return _summary(request, wishes, form)
    messages.success(request, _("The roles have been saved."))
    # who has just given up administering has no way back to this page
    still = Operator.objects.get(pk=request.user.pk).may(Right.MANAGE_OPERATORS)
    return redirect("operators" if still else "administration")


def _matrix(
    request: HttpRequest,
    accounts: list[queries.Account],
    *,
    wishes: list[Wish] | None = None,
    refusal: Text | None = None,
) -> HttpResponse:
    wanted = {wish.account.pk: wish.wanted for wish in wishes or []}
    at = now()
    rows: list[dict[str, Any]] = [
        {
            "account": one,
            "state": one.state_at(at),
            "cells": cells_of(one.operator, _ticked(one.operator, wanted.get(one.operator.pk))),
            "before": Wish(account=one.operator, before=_given_by_hand(one.operator), wanted=frozenset()),
        }
        for one in accounts
    ]
    context = {
        "rows": rows,
        "roles": [(cell.role, ROLE_WORDS[cell.role]) for cell in rows[0]["cells"]] if rows else [],
        "refusal": refusal,
        "breadcrumbs": _crumbs((_("Operators"), None)),
    }
    return render(request, "administration/operators.html", context, status=_WRONG if refusal else 200)


def _given_by_hand(account: Operator) -> frozenset[Role]:
    return frozenset(queries.hand_given(is_payer=account.is_payer)).intersection(account.roles)


def _ticked(account: Operator, wanted: frozenset[Role] | None) -> frozenset[Role] | None:
    """What was ticked, with the roles that cannot be ticked as they are; None where nothing was."""
    if wanted is None:
        return None
    return wanted | frozenset(map(Role, account.roles)) - frozenset(
        queries.hand_given(is_payer=account.is_payer)
    )


def _summary(request: HttpRequest, wishes: list[Wish], form: ReasonForm) -> HttpResponse:
    context = {
        "changes": [
            {
                "wish": wish,
                "given": [ROLE_WORDS[role] for role in wish.given],
                "taken": [ROLE_WORDS[role] for role in wish.taken],
                "wanted": sorted(wish.wanted),
            }
            for wish in wishes
        ],
        "form": form,
        "breadcrumbs": _crumbs((_("Operators"), reverse("operators")), (_("Changes of roles"), None)),
    }
    return render(request, "administration/changes.html", context, status=_WRONG if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@sensitive_variables("form")
@for_right(Right.MANAGE_OPERATORS)
def operator_add(request: HttpRequest) -> HttpResponse:
    """Add a person, with roles and a temporary password."""
    form = OperatorForm(request.POST if request.method == "POST" else None, operator=request.user)
    if form.is_valid():
        values = form.cleaned_data
        try:
            added = enrol_operator(
                operator=request.user,
                user_name=values["user_name"],
                full_name=values["full_name"],
                roles=values["roles"],
                password=values["new_password"],
                email=values["email"],
                phone=values["phone"],
                at=now(),
            )
        except UnableToChangeOperator as unable:
            form.add_error("user_name", text(unable.text))
        else:
            messages.success(request, _("%(name)s can log in now.") % {"name": added.full_name})
            return redirect("operator", added.pk)
    context = {
        "form": form,
        "party_code": request.user.party_code,
        "breadcrumbs": _crumbs((_("Operators"), reverse("operators")), (_("Add an operator"), None)),
    }
    return render(request, "administration/operator_add.html", context, status=_WRONG if form.errors else 200)


@for_right(Right.MANAGE_OPERATORS)
def operator(request: HttpRequest, operator_id: int) -> HttpResponse:
    """One operator: who it is, what it may do, its means of coming in, and what can be done about it."""
    found = operator_seen_by(request.user, operator_id)
    at = now()
    is_strangers = found.provider_id != request.user.provider_id
    context = {
        "found": found,
        "state": queries.Account(operator=found, second_factors=[]).state_at(at),
        "kinds": kinds_of(found),
        "role_names": queries.names_of(found.roles),
        "is_oneself": found.pk == request.user.pk,
        "why_not_unblock": why_not_unblock(operator=request.user, account=found),
        "may_become_administrator": (
            is_strangers and found.is_active and queries.has_lost_its_administrators(found.provider, at)
        ),
        "breadcrumbs": _crumbs(*_way_to(request, found), (found.full_name, None)),
    }
    return render(request, "administration/operator.html", context)


@for_right(Right.MANAGE_OPERATORS)
def operator_details(request: HttpRequest, operator_id: int) -> HttpResponse:
    """Correct a person's name, address and telephone."""
    return _ask(
        request,
        operator_id,
        form_class=partial(DetailsForm, of=operator_seen_by(request.user, operator_id)),
        template="administration/details.html",
        title=_("Correct the data"),
        act=lambda found, values: correct_operator(
            operator=request.user, account=found, values=values["changes"], reason=values["reason"], at=now()
        ),
        done=_("The data are saved."),
    )


@for_right(Right.MANAGE_OPERATORS)
def operator_block(request: HttpRequest, operator_id: int) -> HttpResponse:
    """Let nobody come in by this account any more."""
    return _ask(
        request,
        operator_id,
        form_class=ReasonForm,
        template="administration/block.html",
        title=_("Block the operator"),
        act=lambda found, values: block_operator(
            operator=request.user, account=found, reason=values["reason"], at=now()
        ),
        done=_("The account of %(name)s has been blocked, and its sessions have ended."),
    )


@never_cache
@sensitive_post_parameters()
@for_right(Right.MANAGE_OPERATORS)
def operator_unblock(request: HttpRequest, operator_id: int) -> HttpResponse:
    """Open a blocked account again, with a new temporary password."""
    return _ask(
        request,
        operator_id,
        form_class=TemporaryPasswordForm,
        template="administration/unblock.html",
        title=_("Unblock the operator"),
        act=lambda found, values: unblock_operator(
            operator=request.user,
            account=found,
            password=values["new_password"],
            reason=values["reason"],
            at=now(),
        ),
        done=_("The account of %(name)s is open again."),
    )


@never_cache
@sensitive_post_parameters()
@for_right(Right.MANAGE_OPERATORS)
def operator_password(request: HttpRequest, operator_id: int) -> HttpResponse:
    """Give somebody a new temporary password."""
    return _ask(
        request,
        operator_id,
        form_class=TemporaryPasswordForm,
        template="administration/password.html",
        title=_("Give a temporary password"),
        act=lambda found, values: set_temporary_password(
            operator=request.user,
            account=found,
            password=values["new_password"],
            reason=values["reason"],
            at=now(),
        ),
        done=_("%(name)s has a new temporary password; all former sessions have ended."),
    )


@for_right(Right.MANAGE_OPERATORS)
def operator_administrator(request: HttpRequest, operator_id: int) -> HttpResponse:
    """The branch makes an operator the administrator of a provider that has lost its own."""
    if not request.user.is_payer:
        raise Http404
    return _ask(
        request,
        operator_id,
        form_class=ReasonForm,
        template="administration/administrator.html",
        title=_("Make an administrator"),
        act=lambda found, values: give_roles(
            operator=request.user,
            account=found,
            roles={*map(Role, found.roles), Role.ADMINISTRATOR},
            reason=values["reason"],
            at=now(),
        ),
        done=_("%(name)s is the provider's administrator now."),
    )


@sensitive_variables("form", "values")
def _ask(
    request: HttpRequest,
    operator_id: int,
    *,
    form_class: Callable[..., ReasonForm],
    template: str,
    title: str,
    act: Callable[[Operator, dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """A page that asks for what an act on one account needs, does it, and goes back to the account."""
    found = operator_seen_by(request.user, operator_id)
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            act(found, form.cleaned_data)
        except UnableToChangeOperator as unable:
            form.add_error(None, text(unable.text))
        else:
            messages.success(request, done % {"name": found.full_name})
            return redirect("operator", operator_id)
    return render(
        request,
        template,
        {"found": found, "form": form, "breadcrumbs": crumbs_below(request, found, title)},
        status=_WRONG if request.method == "POST" else 200,
    )


def crumbs_below(request: HttpRequest, found: Operator, title: str) -> list[tuple[str, str | None]]:
    """The crumbs of a page that does something with one account."""
    account = (found.full_name, reverse("operator", args=[found.pk]))
    return _crumbs(*_way_to(request, found), account, (title, None))


def _way_to(request: HttpRequest, found: Operator) -> list[tuple[str, str | None]]:
    """The list in which an account stands."""
    if found.provider_id == request.user.provider_id:
        return [(_("Operators"), reverse("operators"))]
    return [
        (_("Operators of providers"), reverse("operators_of_parties")),
        (found.provider.name, reverse("operators_of_party", args=[found.provider_id])),
    ]


def _crumbs(*rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Administration and options"), reverse("administration")), *rest]
