"""Who may open a page: two decorators, one of them on every page function behind the log-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from rozlicz.portal.accounts.rights import Right, demand

_Page = Callable[..., HttpResponse]


def for_operators(page: _Page) -> _Page:
    """Anybody logged in; what is shown depends on whose operator it is.

    A fragment that is asked for after the log-in has expired reloads its page, which leads to log-in; the log-in
    page itself would land inside the fragment's place.
    """

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.htmx and not request.user.is_authenticated:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return login_required(page)(request, *args, **kwargs)

    return guarded


def for_right(right: Right) -> Callable[[_Page], _Page]:
    """Operators that have a right; the others are told which one is missing and who gives it."""

    def door(page: _Page) -> _Page:
        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            demand(request.user, right)
            return page(request, *args, **kwargs)

        return for_operators(guarded)

    return door
