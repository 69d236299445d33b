"""What must be done first: gates between log-in and everything else.

Each gate looks at a request of somebody logged in and names the page on which the missing thing is done, or None. The
pages of one's own account, log-out and the language stand before the gates.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

Gate = Callable[[HttpRequest], str | None]

BEFORE_THE_GATES = ("/konto/", "/wylogowanie/", "/jezyk/", "/static/")
"""Addresses of one's own account: open to whoever is logged in, and outside of every tenant's data."""


def temporary_password(request: HttpRequest) -> str | None:
    """A password that somebody else has given is changed before anything else (P2)."""
    return "account_change_password" if request.user.has_temporary_password else None


GATES: tuple[Gate, ...] = (temporary_password,)


def gates(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: leads whoever has something to do first to the page on which it is done."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not is_own_account(request):
            for gate in GATES:
                if name := gate(request):
                    return _led_to(request, reverse(name))
        return get_response(request)

    return middleware


def is_own_account(request: HttpRequest) -> bool:
    """Whether the address is one of one's own account."""
    return request.path_info.startswith(BEFORE_THE_GATES)


def _led_to(request: HttpRequest, address: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)
