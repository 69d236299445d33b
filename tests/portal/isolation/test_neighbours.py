"""Promise 6: no one sees a neighbour. Each of two providers asks for everything of the other, everywhere."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections.abc import Iterator

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.house.grants import tenant_tables
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import client_of
from tests.portal.isolation.addresses import Address, every_address
from tests.portal.isolation.furnishing import Tenant

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ADDRESSES = list(every_address())
REFUSED = {403, 404, 405}
ENDS_THE_SESSION = {"account_logout", "session_end", "account_change_password"}
OUTSIDE = ("/konto/", "/logowanie/", "/rejestracja/")
"""Where no provider's table can be read: their forms are not worth typing into."""


class Reader:
    """One provider at the door of the other's things: with a browser, or with a program where that is asked."""

    def __init__(self, me: Tenant, other: Tenant) -> None:
        self.me, self.other = me, other
        self.browser = client_of(me.operator)
        session = self.browser.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session["account_authentication_methods_user"] = user_id_to_str(me.operator)
        session.save()
        self.found: list[str] = []

    def ask(self, address: str, way: str = "get", typed: dict[str, str] | None = None) -> HttpResponse:
        """The answer; whatever in it is the other's is written down, but for what was typed."""
        is_api = address.startswith("/api/v1/")
        client: Client = self.me.program.client if is_api else self.browser
        headers = self.me.program.headers if is_api else {}
        cache.clear()  # programs are slowed down after many calls
        answer = getattr(client, way)(address, typed or {}, headers=headers)
        content = f"{answer.headers} {plain(answer)}"
        echoed = " ".join([address, *(typed or {}).values()])
        seen = [word for word in self.other.words if word in content and word not in echoed]
        if seen:
            self.found.append(f"{way} {address} {typed or ''}: {seen}")
        return answer


def plain(answer: HttpResponse) -> str:
    """An answer to its end; workbooks and archives unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b" ".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


def rows_of(tenant: Tenant) -> dict[str, str]:
    """A fingerprint of everything a provider has."""
    found = {}
    with acting_for_payer(), connection.cursor() as cursor:
        for table in [*tenant_tables(), "providers_provider"]:
            own = "id" if table == "providers_provider" else "provider_id"
            cursor.execute(
                f"select count(*), md5(string_agg(t::text, '|' order by t::text)) from {table} t where {own} = %s",
                [tenant.provider.pk],
            )
            count, digest = cursor.fetchone()
            found[table] = f"{count} {digest}"
    return found


def both_ways(tenants: tuple[Tenant, Tenant]) -> Iterator[Reader]:
    yield Reader(*tenants)
    yield Reader(*reversed(tenants))


def test_it_is_known_of_every_address_what_stands_in_it() -> None:
    for address in ADDRESSES:
        for parameter in address.parameters:
            address.keys_of(parameter)
    assert sum(address.things > 0 for address in ADDRESSES) > 70


def test_each_has_something_in_every_table(tenants: tuple[Tenant, Tenant]) -> None:
    """Else the tests below would show nothing."""
    for tenant in tenants:
        assert [table for table, rows in rows_of(tenant).items() if rows.startswith("0 ")] == []


def test_every_thing_of_a_neighbour_is_refused_at_every_address(tenants: tuple[Tenant, Tenant]) -> None:
    for reader in both_ways(tenants):
        before = rows_of(reader.other)
        wrong = []
        for address in (one for one in ADDRESSES if one.things):
            asked = [*address.filled(reader.other.provider)]
            if address.things > 1:
                asked += address.filled(reader.me.provider, reader.other.provider)
                asked += address.filled(reader.other.provider, reader.me.provider)
            for url in dict.fromkeys(asked):
                if url in _of_both(address, reader):
                    continue
                answers = {way: reader.ask(url, way).status_code for way in ("get", "post")}
                wrong += [f"{way} {url}: {told}" for way, told in answers.items() if told not in REFUSED]
        assert wrong == []
        assert reader.found == []
        assert rows_of(reader.other) == before


def _of_both(address: Address, reader: Reader) -> set[str]:
    """Addresses that the reader may ask for, since nothing in them is the other's."""
    return set(address.filled(reader.me.provider))


def test_the_same_addresses_answer_their_owner(tenants: tuple[Tenant, Tenant]) -> None:
    """The keys are right: what a neighbour is refused is there."""
    reader = Reader(*tenants)
    not_there = set()
    for address in (one for one in ADDRESSES if one.things):
        answers = {reader.ask(url).status_code for url in address.filled(reader.me.provider)}
        if answers <= {404}:
            not_there.add(address.name)
    assert not_there == {
        "operators_of_party",  # for the branch alone
        "operator_administrator",
        "mfa_remove_webauthn",  # a colleague's security key
    }


def test_no_page_or_list_shows_anything_of_a_neighbour(tenants: tuple[Tenant, Tenant]) -> None:
    """Pages of no thing, plain and with the neighbour's words and keys in every field of every form."""
    for reader in both_ways(tenants):
        before = rows_of(reader.other)
        with acting_for_payer():
            contract = str(Contract.objects.filter(provider=reader.other.provider).latest("pk").pk)
        for address in ADDRESSES:
            if address.things or address.name in ENDS_THE_SESSION:
                continue
            for url in address.filled(reader.me.provider):
                page = reader.ask(url)
                if not page.streaming and not url.startswith(OUTSIDE):
                    names = _fields(plain(page))
                    reader.ask(url, "get", dict.fromkeys(names, contract))
                    reader.ask(url, "get", dict.fromkeys(names, reader.other.mark))
                    reader.ask(url, "post", dict.fromkeys(names, reader.other.provider.code))
        assert reader.found == []
        assert rows_of(reader.other) == before


def _fields(page: str) -> set[str]:
    names = set(re.findall(r"<(?:input|select|textarea)[^>]* name=\"([^\"]+)\"", page))
    return names - {"csrfmiddlewaretoken"} | {"after", "before", "text"}


def test_a_session_opens_no_door_of_the_api_and_a_token_no_page(tenants: tuple[Tenant, Tenant]) -> None:
    mine, _ = tenants
    assert client_of(mine.operator).get("/api/v1/reports").status_code == 401
    assert mine.program.client.get(reverse("reports"), headers=mine.program.headers).status_code == 302
