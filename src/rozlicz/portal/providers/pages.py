"""The pages of installations: the list, one installation with its access tokens, closing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.rights import Right, Role
from rozlicz.portal.accounts.tokens.operations import (
    MadeToken,
    UnableToMakeToken,
    last_day_of_a_token,
    make_token,
    revoke_token,
)
from rozlicz.portal.accounts.tokens.queries import token_for, tokens_of
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import page_language, text
from rozlicz.portal.house.paging import order_of, page_of
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.providers.forms import (
    CloseForm,
    InstallationsFilter,
    TokenForm,
    roles_in_words,
    scopes_in_words,
)
from rozlicz.portal.providers.models import Installation
from rozlicz.portal.providers.operations import close_installation
from rozlicz.portal.providers.queries import installation_for, installations_found

_SORTS = {
    "provider": ("provider__sort_key", "short_id"),
    "id": ("short_id",),
    "generation": ("last_generation",),
}
_WRONG = 422


@for_right(Right.MANAGE_INSTALLATIONS)
def installations(request: HttpRequest) -> HttpResponse:
    """The installations of a provider's programs; the branch sees all."""
    form = InstallationsFilter(request.GET, for_payer=request.user.is_payer)
    found = form.ask(installations_found, request.user)
    page = page_of(found, order=order_of(request.GET, _SORTS, _SORTS["provider"]), address=request.GET)
    context = {"filter_form": form, "page": page, "breadcrumbs": _crumbs((_("Installations"), None))}
    return render(request, "providers/installations.html", context)


@never_cache
@for_right(Right.MANAGE_INSTALLATIONS)
def installation(request: HttpRequest, installation_id: int) -> HttpResponse:
    """One installation: what it is, what it sent last, its tokens; a new token is made here and shown once."""
    found = installation_for(request.user, installation_id)
    form = _token_form(request, found)
    if form is None and request.method == "POST":
        return HttpResponseNotAllowed(["GET"])
    if form is not None and form.is_valid():
        try:
            made = _made(request, found, form)
        except UnableToMakeToken as unable:
            form.add_error("name", text(unable.text))
        else:
            return _shown_once(request, found, made)
    return _page(request, found, form)


def _token_form(request: HttpRequest, found: Installation) -> TokenForm | None:
    """None for whom cannot make tokens: the branch, and everybody of a closed installation."""
    if request.user.is_payer or not found.is_open:
        return None
    today = warsaw_day(now())
    return TokenForm(
        request.POST if request.method == "POST" else None, today=today, last=last_day_of_a_token(today)
    )


def _made(request: HttpRequest, found: Installation, form: TokenForm) -> MadeToken:
    values = form.cleaned_data
    return make_token(
        operator=request.user,
        installation=found,
        name=values["name"],
        roles=[Role(role) for role in values["roles"]],
        valid_until=values["valid_until"],
        at=now(),
    )


def _shown_once(request: HttpRequest, found: Installation, made: MadeToken) -> HttpResponse:
    """The answer to the form itself: the token stands on no page that can be asked for again."""
    return render(
        request,
        "providers/token.html",
        {
            "installation": found,
            "token": made.token,
            "secret": made.secret,
            "scopes": roles_in_words(made.token.roles),
            "breadcrumbs": _crumbs(*_of_installations(found), (_("New access token"), None)),
        },
    )


def _page(
    request: HttpRequest, found: Installation, form: TokenForm | None, close_form: CloseForm | None = None
) -> HttpResponse:
    today = warsaw_day(now())
    bound = close_form or form
    is_wrong = bound is not None and bound.is_bound
    context: dict[str, Any] = {
        "installation": found,
        "state": "open_installation" if found.is_open else "closed_installation",
        "tokens": [(token, token.state_on(today), roles_in_words(token.roles)) for token in tokens_of(found)],
        "token_form": form,
        "form": bound if is_wrong else None,
        "scopes": scopes_in_words(),
        "close_form": close_form or CloseForm(),
        "breadcrumbs": _crumbs((_("Installations"), reverse("installations")), (found.short_id, None)),
    }
    return render(request, "providers/installation.html", context, status=_WRONG if is_wrong else 200)


@for_right(Right.MANAGE_INSTALLATIONS)
@require_POST
def installation_close(request: HttpRequest, installation_id: int) -> HttpResponse:
    """Close an installation for good."""
    found, form = installation_for(request.user, installation_id), CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, found, None, form)
    try:
        close_installation(
            operator=request.user, installation=found, reason=form.cleaned_data["reason"], at=now()
        )
    except UnableTo as unable:
        messages.error(request, unable.text.in_language(page_language()))
    else:
        messages.success(request, _("The installation %(id)s has been closed.") % {"id": found.short_id})
    return redirect("installation", installation_id)


@for_right(Right.MANAGE_INSTALLATIONS)
@require_POST
def token_revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """End an access token at once."""
    token = token_for(request.user, token_id)
    try:
        revoke_token(operator=request.user, token=token, at=now())
    except UnableTo as unable:
        messages.error(request, unable.text.in_language(page_language()))
    else:
        messages.success(request, _("The access token %(name)s works no more.") % {"name": token.name})
    return redirect("installation", token.installation_id)


def _of_installations(found: Installation) -> tuple[tuple[str, str], ...]:
    return (
        (_("Installations"), reverse("installations")),
        (found.short_id, reverse("installation", args=[found.pk])),
    )


def _crumbs(*rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Administration and options"), reverse("administration")), *rest]
