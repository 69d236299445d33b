"""Who may open the pages of registration: visitors without an account, and of them whoever has the link.

The link carries its token behind the # sign, which no browser sends to any server: it stands in no log, no referrer
and no redirect. The page that it opens sends the token in a form (by script, or pasted by hand), and gets a cookie
that is seen by these pages alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from rozlicz.portal.clock import now
from rozlicz.portal.registration.models import Registration
from rozlicz.portal.registration.queries import has_expired, id_by_token
from rozlicz.portal.tenancy import acting_for_applicant

COOKIE = "rejestracja"
_EXPIRED_STATUS = 410
_ApplicantsPage = Callable[..., HttpResponse]


def for_visitors(page: _ApplicantsPage) -> _ApplicantsPage:
    """Whoever is not logged in; an operator has a party already, and is led to the desk."""

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            messages.info(request, _("You are logged in. To register another party, log out first."))
            return redirect("desk")
        return page(request, *args, **kwargs)

    return never_cache(guarded)


def for_applicant(page: _ApplicantsPage) -> _ApplicantsPage:
    """Whoever holds the link: the page is given the registration, and runs in its context.

    Without a link, or with an unknown one, the visitor is asked for it; nothing is told about any registration.
    """

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = id_by_token(request.COOKIES.get(COOKIE, ""))
        if found is None:
            return forgotten(redirect("registration_continue"))
        with acting_for_applicant(found):
            registration = Registration.objects.get(pk=found)
            if has_expired(registration, now()):
                expired = render(request, "registration/expired.html", status=_EXPIRED_STATUS)
                return forgotten(expired)
            return page(request, registration, *args, **kwargs)

    return for_visitors(guarded)


def sent(request: HttpRequest) -> Any:
    """What was sent, also if it is nothing; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


def admitted(response: HttpResponse, request: HttpRequest, token: str) -> HttpResponse:
    """The answer with the cookie that stands for the link, as long as a working day or the browser."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=settings.SESSION_COOKIE_AGE,
        path=reverse("registration"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def forgotten(response: HttpResponse) -> HttpResponse:
    """The answer without the cookie: this browser no longer knows the registration."""
    response.delete_cookie(COOKIE, path=reverse("registration"))
    return response


def link_of(request: HttpRequest) -> str:
    """The link to keep, as this browser knows it."""
    address = request.build_absolute_uri(reverse("registration_continue"))
    return f"{address}#{request.COOKIES.get(COOKIE, '')}"
