"""The page that lists the calls: made of the OpenAPI document, in the look of the portal, open to everybody."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.accounts.rights import PROVIDER_ROLES, RIGHT_WORDS, ROLE_WORDS, Right
from rozlicz.portal.accounts.tokens.models import SCOPES
from rozlicz.portal.api.door import ADDRESS
from rozlicz.portal.api.endpoints import document
from rozlicz.portal.api.problems import KINDS

_AREAS: dict[str, Promise] = {
    "me": _("The program itself"),
    "contracts": _("Contracts for services"),
    "reports": _("Reporting"),
    "settlements": _("Settlements"),
    "templates": _("Templates"),
    "bills": _("Bills"),
    "payments": _("Payments"),
}


class Call(NamedTuple):
    """One call as the page shows it; `right` None: any token will do."""

    method: str
    address: str
    summary: str
    right: Promise | None
    scopes: list[Promise]


def guide(request: HttpRequest) -> HttpResponse:
    """How a program uses the portal: the calls, the scopes they need, the problems and what to do."""
    by_area: dict[str, list[Call]] = {}
    for address, operations in document()["paths"].items():
        for method, operation in operations.items():
            by_area.setdefault(operation["tags"][0], []).append(_call(method, address, operation))
    return render(
        request,
        "api/guide.html",
        {
            "areas": [(_AREAS[tag], calls) for tag, calls in by_area.items()],
            "problems": KINDS,
            "address": request.build_absolute_uri(ADDRESS),
            "calls_a_minute": settings.API_CALLS_A_MINUTE,
        },
    )


def _call(method: str, address: str, operation: dict[str, Any]) -> Call:
    right = Right(operation["x-right"]) if operation["x-right"] else None
    return Call(
        method=method.upper(),
        address=address,
        summary=operation["summary"],
        right=RIGHT_WORDS[right] if right else None,
        scopes=[ROLE_WORDS[role] for role in SCOPES if right is None or right in PROVIDER_ROLES[role]],
    )
