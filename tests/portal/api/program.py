"""A program that calls the API with a token, as the tests make it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.test import Client

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.accounts.tokens.models import SCOPES
from rozlicz.portal.accounts.tokens.operations import MadeToken, make_token
from rozlicz.portal.providers.models import Installation
from tests.portal.conftest import NOON


class Program:
    """Calls with one token; nothing else is sent that a browser would send."""

    def __init__(self, secret: str | None) -> None:
        self.client = Client()
        self.headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}

    def get(self, address: str, **parameters: Any) -> HttpResponse:
        return self.client.get(f"/api/v1{address}", parameters, headers=self.headers)

    def post(self, address: str, content: Any = None, content_type: str = "application/json") -> HttpResponse:
        return self.client.post(f"/api/v1{address}", content, content_type=content_type, headers=self.headers)

    def send(self, address: str, **parts: Any) -> HttpResponse:
        """A form with parts."""
        return self.client.post(f"/api/v1{address}", parts, headers=self.headers)

    def whole(self, address: str, **parameters: Any) -> Iterator[dict[str, Any]]:
        """A list page by page, as a program reads it."""
        after: dict[str, int] = {}
        while True:
            page = self.get(address, **parameters, **after).json()
            yield from page["items"]
            if page["next"] is None:
                return
            after = {"after": page["next"]}


def bytes_of(response: HttpResponse) -> bytes:
    """A file that was downloaded, however it was sent."""
    if response.streaming:
        return b"".join(response.streaming_content)
    return response.content


def a_token(
    operator: Operator,
    roles: Collection[Role] = SCOPES,
    *,
    name: str = "serwer",
    valid_until: date = date(2027, 11, 1),
    installation: Installation | None = None,
) -> MadeToken:
    """A token of the first installation of the operator's provider, unless another is named."""
    with operator.context():
        first = Installation.objects.filter(provider=operator.provider_id).order_by("pk")[0]
        return make_token(
            operator=operator,
            installation=installation or first,
            name=name,
            roles=roles,
            valid_until=valid_until,
            at=NOON,
        )


def a_program(operator: Operator, roles: Collection[Role] = SCOPES, *, name: str = "serwer") -> Program:
    """A program of the operator's provider, with a token of these scopes."""
    return Program(a_token(operator, roles, name=name).secret)
