"""Where requests come from, for the book of acts and for the row history."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse

from rozlicz.portal.audit.operations import one_request


def whence(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: whatever the request changes is kept under who asked and from where."""

    def middleware(request: HttpRequest) -> HttpResponse:
        address = get_adapter(request).get_client_ip(request)
        with one_request(operator_id=request.user.pk, address=address):
            return get_response(request)

    return middleware
