"""Somebody at the log-in page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.clock import now
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import PASSWORD

SENTENCE = "Nieprawidłowy kod świadczeniodawcy, użytkownik lub hasło."


def log_in(client: Client, login: str, password: str = PASSWORD, **request: Any) -> HttpResponse:
    """Send the three fields, as the page does; `REMOTE_ADDR="…"` from another address."""
    code, _, name = login.partition("/")
    data = {"provider_code": code, "login": name, "password": password}
    return client.post("/logowanie/", data, **request)


def is_let_in(answer: HttpResponse) -> bool:
    """Whether the password was taken, and the form did not come again."""
    return answer.status_code == 302


def change(operator: Operator, **columns: Any) -> None:
    """Put an operator into a state, as an administrator would."""
    with acting_for_payer():
        Operator.objects.filter(pk=operator.pk).update(**columns)


def days_ago(days: float) -> datetime:
    """A moment before now."""
    return now() - timedelta(days=days)


@pytest.fixture
def window(db: None) -> Client:
    """A browser in which nobody is logged in."""
    return Client()


@pytest.fixture
def program(clinic: Provider) -> Operator:
    """The account in whose name the clinic's program works."""
    with acting_for_payer():
        operator = Operator(
            provider=clinic,
            party_code=clinic.code,
            user_name="program",
            login=f"{clinic.code}/program",
            full_name="Program",
            is_program=True,
        )
        operator.set_unusable_password()
        operator.save()
    return operator
