"""Pages of one's own account: who one is, password, sessions."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.views import LoginView
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.entering.operations import UnableToChangePassword, change_password
from rozlicz.portal.accounts.entering.sessions import (
    end_other_sessions,
    end_session,
    forget_stay,
    sessions_of,
    stay_of,
)
from rozlicz.portal.accounts.forms import ChangePasswordForm, OwnDetailsForm
from rozlicz.portal.accounts.operations import change_own_details
from rozlicz.portal.accounts.password_field import points_today
from rozlicz.portal.accounts.passwords import LONGEST
from rozlicz.portal.accounts.queries import policy_on
from rozlicz.portal.accounts.rights import RIGHT_WORDS, ROLE_WORDS, Right, Role
from rozlicz.portal.accounts.second_factor.standing import standing_of
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.doors import for_operators
from rozlicz.portal.house.formatting import text


class LogIn(LoginView):
    """allauth's page of log-in; no field of it, not even a user name, goes into a report of an error."""

    @method_decorator(sensitive_post_parameters())
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As allauth's."""
        return super().post(request, *args, **kwargs)


@for_operators
def account(request: HttpRequest) -> HttpResponse:
    """Who I am, what I may do, how old my password is, and where I am logged in."""
    operator, at = request.user, now()
    with operator.context():
        party = None if operator.is_payer else operator.provider.name
    return render(
        request,
        "accounts/account.html",
        {
            "operator": operator,
            "party": party,
            "roles": [ROLE_WORDS[Role(role)] for role in operator.roles],
            "rights": [RIGHT_WORDS[right] for right in Right if operator.may(right)],
            "stay": stay_of(request, at),
            "sessions": sessions_of(operator, this=request.session.session_key, at=at),
            "second_factor": standing_of(operator),
        },
    )


@for_operators
@never_cache
@reauthentication_required
def account_details(request: HttpRequest) -> HttpResponse:
    """My address and telephone: administrators call back on it, so the password or a factor is asked for first."""
    operator = request.user
    if operator.has_temporary_password:
        return redirect("account_change_password")
    form = OwnDetailsForm(request.POST if request.method == "POST" else None, of=operator)
    if form.is_valid():
        with operator.context():
            change_own_details(operator=operator, values=form.cleaned_data["changes"], at=now())
        messages.success(request, _("The data are saved."))
        return redirect("account")
    return render(request, "accounts/details.html", {"form": form}, status=422 if form.errors else 200)


@for_operators
@never_cache
@sensitive_post_parameters()
@sensitive_variables("form")
def password(request: HttpRequest) -> HttpResponse:
    """A new password; afterwards every other session of the account is over."""
    at = now()
    form = ChangePasswordForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            ended = change_password(
                operator=request.user,
                password=form.cleaned_data["new_password"],
                this_session=request.session.session_key,
                at=at,
            )
        except UnableToChangePassword as unable:
            form.add_error(None, text(unable.text))
        else:
            forget_stay(request)
            update_session_auth_hash(request, request.user)
            messages.success(
                request, _("The password has been changed. %(ended)s") % {"ended": _ended(ended)}
            )
            return redirect("desk")
    until = stay_of(request, at).password_until
    return render(
        request,
        "accounts/password.html",
        {
            "form": form,
            "expired_on": until if until and until <= at else None,
            "expires_after": policy_on(warsaw_day(at)).expires_after_days,
        },
    )


def _ended(count: int) -> str:
    if not count:
        return _("There were no other sessions of this account.")
    words = ngettext(
        "%(count)s other session of this account has been ended.",
        "%(count)s other sessions of this account have been ended.",
        count,
    )
    return words % {"count": count}


@require_POST
@never_cache
@sensitive_post_parameters()
@sensitive_variables("typed")
def password_checklist(request: HttpRequest) -> HttpResponse:
    """The checklist for what is being typed; open to all, since it says nothing of anybody."""
    typed = request.POST.get(request.POST.get("field", ""), "")[:LONGEST]
    points = points_today(typed)
    return render(
        request,
        "accounts/password_checklist.html",
        {"points": points, "missing": [point for point in points if not point.met]},
    )


@for_operators
@never_cache
def sessions(request: HttpRequest) -> HttpResponse:
    """Where I am logged in: this session and the others, each of which can be ended."""
    at = now()
    return render(
        request,
        "accounts/sessions.html",
        {
            "sessions": sessions_of(request.user, this=request.session.session_key, at=at),
            "idle_minutes": stay_of(request, at).idle_minutes,
        },
    )


@for_operators
@require_POST
@reauthentication_required
def session_end(request: HttpRequest) -> HttpResponse:
    """End one session, by its handle, or all others; it is over with its next request.

    The password or a factor is asked for first, then what was pressed is done: a session that somebody else got hold
    of locks nobody out.
    """
    at = now()
    if handle := request.POST.get("session", ""):
        ended = int(end_session(operator=request.user, handle=handle, at=at))
    else:
        ended = end_other_sessions(operator=request.user, this=request.session.session_key, at=at)
    messages.success(request, _ended(ended))
    return redirect("sessions")
