"""Pages of the second factor that allauth does not have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.stagekit import clear_login, unstash_login
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import authenticate
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from rozlicz.portal.accounts.adapter import PROVEN
from rozlicz.portal.accounts.administration.pages import crumbs_below
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.accounts.second_factor.adapter import UNREADABLE, keys_work_here
from rozlicz.portal.accounts.second_factor.forms import ResetForm
from rozlicz.portal.accounts.second_factor.operations import (
    keep_recovery_codes,
    reset_second_factor,
    why_not_reset,
)
from rozlicz.portal.accounts.second_factor.standing import (
    demanded_from,
    kinds_of,
    operator_seen_by,
    standing_of,
)
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.doors import for_operators, for_right
from rozlicz.portal.house.formatting import page_language
from rozlicz.portal.house.refusal import UnableTo


@never_cache
@for_operators
def overview(request: HttpRequest) -> HttpResponse:
    """What the operator has beside the password, what is missing and by when, and what to do about a lost thing."""
    today = warsaw_day(now())
    standing = standing_of(request.user)
    demanded = demanded_from(request.user, today)
    keys = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN)
    return render(
        request,
        "mfa/index.html",
        {
            "standing": standing,
            "keys": [key.wrap() for key in keys.order_by("pk")],
            "last_day": demanded - timedelta(days=1),
            "is_demanded": demanded <= today,
            "is_held": not standing.codes_are_kept if standing.is_set_up else demanded <= today,
            "reset_at": request.user.second_factor_reset_at,
            "reset_reason": request.user.second_factor_reset_reason,
        },
    )


@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """Allauth's second step of log-in; what was proven in the first must still hold.

    Who was blocked, or whose password was changed, in between begins anew: whoever knows the former password tries no
    further codes. Whose factor was reset begins anew too, and does not go in circles.
    """
    half = unstash_login(request, peek=True)
    if half is not None and not _is_proven_still(request, half.user):
        clear_login(request)
        return redirect("account_login")
    response = authenticate(request)
    if isinstance(response, HttpResponseRedirect) and response.url == reverse("account_login"):
        clear_login(request)
    return response


def _is_proven_still(request: HttpRequest, operator: Operator | None) -> bool:
    return (
        operator is not None
        and operator.is_active
        and constant_time_compare(request.session.get(PROVEN, ""), operator.get_session_auth_hash())
    )


@require_GET
@never_cache
@for_operators
@reauthentication_required(app="allauth.mfa")
def app_picture(request: HttpRequest) -> HttpResponse:
    """The secret of the app that is being set up, as a picture to be photographed; never kept by a browser."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")


class AddKey(AddWebAuthnView):
    """allauth's page, with a word about addresses at which browsers offer no keys."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `keys_work_here`."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"keys_work_here": keys_work_here()}


def told_when_unreadable(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever's secrets were kept under a key that is lost is told so, and what to do."""

    @wraps(page)
    def told(request: HttpRequest) -> HttpResponse:
        try:
            return page(request)
        except ValidationError as error:
            if error.code != UNREADABLE:
                raise
            messages.error(request, error.message)
            return redirect("mfa_index")

    return told


class RecoveryCodes(ViewRecoveryCodesView):
    """allauth's page, with the question whether the codes were kept."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds `standing`."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"standing": standing_of(self.request.user)}


@require_POST
@for_operators
def codes_kept(request: HttpRequest) -> HttpResponse:
    """The operator has kept the recovery codes, and may go on."""
    keep_recovery_codes(operator=request.user, at=now())
    messages.success(request, _("The second factor is ready. It will be asked for at the next log-in."))
    return redirect("desk")


@never_cache
@for_right(Right.MANAGE_OPERATORS)
def reset(request: HttpRequest, operator_id: int) -> HttpResponse:
    """An administrator takes away somebody's second factor, with a reason."""
    of = operator_seen_by(request.user, operator_id)
    form = ResetForm(request.POST or None)
    refusal = why_not_reset(operator=request.user, of=of)
    if request.method == "POST" and refusal is None and form.is_valid():
        try:
            reset_second_factor(operator=request.user, of=of, reason=form.cleaned_data["reason"], at=now())
        except UnableTo as unable:
            messages.error(request, unable.text.in_language(page_language()))
        else:
            messages.success(
                request,
                _("The second factor of %(login)s has been reset, and all its sessions have ended.")
                % {"login": of.login},
            )
        return redirect("operator", operator_id)
    return render(
        request,
        "accounts/second_factor_reset.html",
        {
            "of": of,
            "kinds": kinds_of(of),
            "form": form,
            "refusal": refusal,
            "breadcrumbs": crumbs_below(request, of, _("Reset the second factor")),
        },
        status=422 if request.method == "POST" else 200,
    )
