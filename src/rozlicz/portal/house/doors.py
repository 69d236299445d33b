"""Who may open a page: three decorators, one on every page function but the first page and log-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

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


def for_provider(page: _Page) -> _Page:
    """Operators of a provider only."""
    return _only(page, lambda request: not request.user.is_payer)


def for_payer(page: _Page) -> _Page:
    """Operators of the branch only."""
    return _only(page, lambda request: request.user.is_payer)


def _only(page: _Page, may: Callable[[HttpRequest], bool]) -> _Page:
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request):
            raise PermissionDenied
        return page(request, *args, **kwargs)

    return for_operators(guarded)
