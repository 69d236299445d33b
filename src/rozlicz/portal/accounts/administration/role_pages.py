"""The matrix role × right in words, from the table that every check asks; printable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rozlicz.portal.accounts.administration.queries import names_of
from rozlicz.portal.accounts.rights import (
    GRANTED_BY_REQUEST,
    PAYER_ROLES,
    PROVIDER_ROLES,
    RIGHT_WORDS,
    ROLE_WORDS,
    Right,
    Role,
)
from rozlicz.portal.house.doors import for_operators


@for_operators
def roles(request: HttpRequest) -> HttpResponse:
    """What each role allows: of one's own side; the branch sees both."""
    tables = [(_("Roles of a provider's operators"), _table(PROVIDER_ROLES))]
    if request.user.is_payer:
        tables.insert(0, (_("Roles of the branch's operators"), _table(PAYER_ROLES)))
    context = {
        "tables": tables,
        "by_request": names_of(GRANTED_BY_REQUEST),
        "own": names_of(request.user.roles),
        "breadcrumbs": [
            (_("Administration and options"), reverse("administration")),
            (_("Roles and rights"), None),
        ],
    }
    return render(request, "administration/roles.html", context)


def _table(roles: Mapping[Role, frozenset[Right]]) -> dict[str, Any]:
    """Columns are roles, rows the rights that at least one of them has."""
    return {
        "roles": [ROLE_WORDS[role] for role in roles],
        "rows": [
            (words, [(ROLE_WORDS[role], right in allowed) for role, allowed in roles.items()])
            for right, words in RIGHT_WORDS.items()
            if any(right in allowed for allowed in roles.values())
        ],
    }
