"""Somebody on the way to a second factor, and what the telephone would show."""

from __future__ import annotations

import time

import pytest
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import reverse

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.accounts.conftest import log_in
from tests.portal.conftest import PASSWORD, code_of, give_second_factor

SET_UP = "/konto/drugi-skladnik/"
CODES = f"{SET_UP}kody/"
SECOND_STEP = f"{SET_UP}logowanie/"


def code_at(secret: str, steps: int = 0) -> str:
    """What an application with this secret shows so many half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD + steps))


def confirmed(client: Client, name: str) -> HttpResponse:
    """Open a page that asks for the password once more, and give it."""
    answer = client.get(reverse(name))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    return client.post(answer["Location"], {"password": PASSWORD}, follow=True)


def committed(client: Client, name: str, **form: str) -> HttpResponse:
    """Send a form, and let happen what happens when its transaction has been committed."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(reverse(name), form)


def set_up_application(client: Client) -> str:
    """Set up an application, as a person does; its secret."""
    confirmed(client, "mfa_activate_totp")
    secret: str = client.session[SECRET_SESSION_KEY]
    assert committed(client, "mfa_activate_totp", code=code_at(secret))["Location"] == CODES
    return secret


def half_logged_in(operator: Operator) -> Client:
    """A browser in which the password was right and the second step is awaited."""
    client = Client()
    assert log_in(client, operator.login)["Location"] == SECOND_STEP
    return client


def second_step(client: Client, code: str) -> HttpResponse:
    """Type a code at the second step of log-in."""
    return client.post(SECOND_STEP, {"code": code})


def factors_of(operator: Operator) -> dict[str, dict[str, object]]:
    """Kind → what lies in the database."""
    return dict(Authenticator.objects.filter(user_id=operator.pk).values_list("type", "data"))


def acts(prefix: str = "second_factor.") -> list[tuple[str, str]]:
    """What stands in the book of acts of second factors: the act, and who did it."""
    with acting_for_payer():
        return list(Entry.objects.filter(act__startswith=prefix).order_by("id").values_list("act", "login"))


@pytest.fixture
def guarded(provider_operator: Operator) -> Operator:
    """The clerk, who has an application whose codes `code_of` knows."""
    return give_second_factor(provider_operator)


@pytest.fixture
def inside(guarded: Operator) -> Client:
    """The clerk's browser after a whole log-in."""
    client = half_logged_in(guarded)
    assert second_step(client, code_of(guarded))["Location"] == reverse("desk")
    return client
