"""Whose data may be seen: the one way to a tenant's tables.

Row-level security in PostgreSQL stands behind every query of every page, job and command: a provider's operator
works as the role `rozlicz_as_provider`, whose policies show the rows of one provider; the payer's operator as
`rozlicz_as_payer`; a party that asks to be registered, and has no account yet, as `rozlicz_as_applicant`, which sees
that one registration. Outside these contexts the connection has no right on these tables at all, so a forgotten
context is an error and not an empty list (promise 6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

from rozlicz.portal.accounts.gates import is_own_account
from rozlicz.portal.database import AS_APPLICANT, AS_PAYER, AS_PROVIDER

_SERVER_ERROR = 500


@contextmanager
def acting_for_provider(provider_id: int) -> Iterator[None]:
    """One transaction in which exactly one provider's rows exist."""
    with _acting(role=AS_PROVIDER, provider=str(provider_id)):
        yield


@contextmanager
def acting_for_payer() -> Iterator[None]:
    """One transaction in which the branch sees all its providers."""
    with _acting(role=AS_PAYER):
        yield


@contextmanager
def acting_for_applicant(registration_id: int) -> Iterator[None]:
    """One transaction in which exactly one registration exists, and nothing of anybody else."""
    with _acting(role=AS_APPLICANT, registration=str(registration_id)):
        yield


_SETTINGS = ("role", "rozlicz.provider", "rozlicz.registration")


@contextmanager
def _acting(*, role: str, provider: str = "", registration: str = "") -> Iterator[None]:
    # A rollback, of a savepoint too, restores the former context by itself; after success PostgreSQL
    # keeps a local setting until the outermost transaction ends, so it is put back by hand.
    with transaction.atomic():
        former = _ask(", ".join(f"coalesce(current_setting('{name}', true), '')" for name in _SETTINGS), ())
        _set((role, provider, registration))
        yield
        if not connection.needs_rollback:
            _set(former)


def _set(values: tuple[str, ...]) -> None:
    _ask(", ".join(f"set_config('{name}', %s, true)" for name in _SETTINGS), values)


def _ask(columns: str, values: tuple[str, ...]) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns}", values)
        row: tuple[str, ...] = cursor.fetchone()
        return row


def act_for_operator(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a logged-in operator's request is one transaction in the operator's own context.

    Such a request carries `acting_for_operator`; the request that logs somebody in does not, nor do the pages of
    one's own account, which run as the door and see no tenant's data.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        operator = request.user
        if not operator.is_authenticated or is_own_account(request):
            return get_response(request)
        with operator.context():
            request.acting_for_operator = True
            response = get_response(request)
            if response.status_code >= _SERVER_ERROR:
                transaction.set_rollback(True)
            return response

    return middleware
