"""The call about the program's own account: whose it is and what its token allows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Schema

from rozlicz.portal.api.calls import Calls

calls = Calls("me", right=None)


class Me(Schema):
    """Whose program this is, and what its token allows until which day."""

    provider_code: str
    provider_name: str
    installation: str
    last_generation: int
    last_received_at: datetime | None
    user_name: str
    token: str
    scopes: list[str]
    rights: list[str]
    valid_until: date


@calls.one("", _("Whose program this is, and what its token allows"), Me)
def me(request: HttpRequest) -> dict[str, Any]:
    """Any token may ask. `last_generation` is the highest `nr-gen` taken in: the next message must be above it."""
    operator, token = request.user, request.auth
    installation = token.installation
    return {
        "provider_code": operator.party_code,
        "provider_name": operator.provider.name,
        "installation": installation.long_id,
        "last_generation": installation.last_generation,
        "last_received_at": installation.last_received_at,
        "user_name": operator.user_name,
        "token": token.name,
        "scopes": sorted(operator.roles),
        "rights": sorted(right.value for right in operator.rights),
        "valid_until": token.valid_until,
    }
