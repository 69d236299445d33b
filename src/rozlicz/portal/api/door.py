"""The way in for programs: by token alone, in the program's own context, in the language that the call asks for.

A cookie of a browser opens nothing here and is thrown away before anybody looks at it, so no page elsewhere can make
a reader's browser call the API; no other origin is let in (no CORS).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import pghistory
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.security.http import HttpAuthBase

from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.accounts.tokens.models import ApiToken
from rozlicz.portal.accounts.tokens.operations import note_use
from rozlicz.portal.accounts.tokens.queries import token_of
from rozlicz.portal.api.limits import count_call, count_failure
from rozlicz.portal.api.problems import MEDIA_TYPE, Problem
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.providers.models import Installation

ADDRESS = "/api/v1/"
_View = Callable[[HttpRequest], HttpResponse]
_BAD_REQUEST = 400


def is_call(request: HttpRequest) -> bool:
    """Whether a program asks, and not a reader."""
    return request.path_info.startswith(ADDRESS)


def calls(get_response: _View) -> _View:
    """Middleware, before all that looks at sessions: a call has none; and whatever fails is told as a problem."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_call(request):
            return get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = get_response(request)
        if response.status_code >= _BAD_REQUEST and response.headers.get("Content-Type") != MEDIA_TYPE:
            response = _told_as_problem(request, response)
        response.headers["Cache-Control"] = "no-store"
        patch_vary_headers(response, ["Authorization", "Accept-Language"])
        return response

    return middleware


def _told_as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """In the place of a page for readers."""
    language = _language(request)
    with translation.override(language):
        told = Problem.of_status(response.status_code).response()
    told.headers["Content-Language"] = language
    if "Allow" in response.headers:
        told.headers["Allow"] = response.headers["Allow"].replace("GET", "GET, HEAD")
    return told


def programs(get_response: _View) -> _View:
    """Middleware, the last before the operator's context: whose program calls, and in which language."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not is_call(request):
            return get_response(request)
        language = _language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = _answered(request, get_response)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def _language(request: HttpRequest) -> str:
    """The first language of the portal that the call accepts; Polish when it says nothing."""
    for wish, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if (code := wish.split("-")[0]) in dict(settings.LANGUAGES):
            return code
    return settings.LANGUAGE_CODE


def _answered(request: HttpRequest, get_response: _View) -> HttpResponse:
    request.user, request.token = AnonymousUser(), None
    try:
        if (secret := _secret(request)) is not None:
            _let_in(request, secret, now())
    except Problem as problem:
        return problem.response()
    with pghistory.context(operator=request.user.pk), _asked_without_content(request):
        return get_response(request)


@contextmanager
def _asked_without_content(request: HttpRequest) -> Iterator[None]:
    """HEAD is answered as GET is (RFC 9110, 9.3.2); the server leaves the content out."""
    asked = request.method
    if asked == "HEAD":
        request.method = "GET"
    try:
        yield
    finally:
        request.method = asked


def _secret(request: HttpRequest) -> str | None:
    """What the call shows as its token; None when it shows nothing."""
    header = request.headers.get("Authorization")
    if not header:
        return None
    scheme, _space, secret = header.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _let_in(request: HttpRequest, secret: str, at: datetime) -> None:
    """Whatever opens nothing is counted alike, be it unknown, over or no token at all. Raises Problem."""
    address = get_adapter().get_client_ip(request)
    try:
        token = _in_force(token_of(secret), at)
    except Problem:
        count_failure(address, at)
        raise
    count_call(token.pk, at)
    note_use(token=token, address=address, at=at)
    request.token = token
    request.user = token.operator.working_with(token)


def _in_force(token: ApiToken | None, at: datetime) -> ApiToken:
    """The token if it works. Raises Problem."""
    if token is None:
        raise Problem("token_unknown")
    if token.revoked_at is not None:
        raise Problem("token_revoked")
    if warsaw_day(at) > token.valid_until:
        raise Problem("token_expired")
    if not token.operator.is_active:
        raise Problem("account_blocked")
    return token


class Program(HttpAuthBase):
    """What every call asks first: a token of an open installation of a party in good standing, with this right."""

    openapi_scheme = "bearer"

    def __init__(self, right: Right | None = None) -> None:
        """`right` None: any token will do."""
        super().__init__()
        self.right = right

    def __call__(self, request: HttpRequest) -> ApiToken:
        """The token, inside the program's own context; what it is was found out at the door.

        Raises Problem or PermissionDenied.
        """
        found: ApiToken | None = request.token
        if found is None:
            raise Problem("token_missing")
        installation = Installation.objects.select_related("provider").get(pk=found.installation_id)
        if not installation.is_open:
            raise Problem("installation_closed")
        if installation.provider.suspended_since is not None:
            raise Problem("party_suspended", detail=installation.provider.suspension_reason)
        found.installation, request.user.provider = installation, installation.provider
        if self.right is not None:
            demand(request.user, self.right)
        return found
