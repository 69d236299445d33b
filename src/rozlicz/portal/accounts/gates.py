"""What must be done first: gates between log-in and everything else.

Each gate looks at a request of somebody logged in and names the page on which the missing thing is done, or None. The
pages of one's own account, log-out and the language stand before the gates.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from rozlicz.portal.accounts.entering.stay import ENTERED, Stay
from rozlicz.portal.clock import now, warsaw_day

Gate = Callable[[HttpRequest], str | None]

BEFORE_THE_GATES = ("/konto/", "/logowanie/", "/wylogowanie/", "/jezyk/", "/static/")
"""Addresses of one's own account: open to whoever is logged in, and outside of every tenant's data."""


def temporary_password(request: HttpRequest) -> str | None:
    """A password that somebody else has given is changed before anything else (P2)."""
    return "account_change_password" if request.user.has_temporary_password else None


def expired_password(request: HttpRequest) -> str | None:
    """A password older than the rules of access allow is changed before anything else."""
    until = Stay.from_session(request.session[ENTERED]).password_until
    return "account_change_password" if until and until <= now() else None


def second_factor(request: HttpRequest) -> str | None:
    """Whom the rules of access oblige sets up a second factor, and keeps its recovery codes.

    Who still has days of grace goes on; `request.second_factor_by` is then the last of them, for a notice.
    """
    # At the top it would be a circle: the models need tenancy, and tenancy this module.
    from rozlicz.portal.accounts.second_factor.standing import demanded_from, standing_of

    standing = standing_of(request.user)
    if standing.is_set_up:
        return None if standing.codes_are_kept else "mfa_view_recovery_codes"
    today = warsaw_day(now())
    demanded = demanded_from(request.user, today)
    if demanded <= today:
        return "mfa_index"
    request.second_factor_by = demanded - timedelta(days=1)
    return None


GATES: tuple[Gate, ...] = (temporary_password, expired_password, second_factor)


def gates(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: leads whoever has something to do first to the page on which it is done."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not is_own_account(request):
            for gate in GATES:
                if name := gate(request):
                    return led_to(request, reverse(name))
        return get_response(request)

    return middleware


def is_own_account(request: HttpRequest) -> bool:
    """Whether the address is one of one's own account."""
    return request.path_info.startswith(BEFORE_THE_GATES)


def led_to(request: HttpRequest, address: str) -> HttpResponse:
    """Lead to a page, also where only a part of a page was asked for."""
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
