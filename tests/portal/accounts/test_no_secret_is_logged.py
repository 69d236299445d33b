"""No password, code or session key in any log, whatever goes wrong."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.house.logs import WithoutRows
from tests.portal.accounts.conftest import change, log_in
from tests.portal.conftest import PASSWORD

pytestmark = pytest.mark.django_db
TYPED, NEW = "Zgadywane!7", "Lodz!202"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any logger says, at every level, as the portal writes it."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(WithoutRows(settings.LOGGING["formatters"]["line"]["fmt"]))
    root = logging.getLogger()
    names = [
        root,
        *(logging.getLogger(name) for name in ("django", "django.request", "django.db.backends", "rozlicz")),
    ]
    former = [(one, one.level) for one in names]
    for one in names:
        one.setLevel(logging.INFO)
    root.addHandler(handler)
    yield text
    root.removeHandler(handler)
    for one, level in former:
        one.setLevel(level)


def broken(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """The database refuses the statement that writes or looks for an operator."""
    if '"accounts_operator"' in sql:
        sql = sql.replace('"accounts_operator"', '"no_such_table"')
    return execute(sql, params, many, context)


def change_password(client: Client) -> HttpResponse:
    return client.post(
        "/konto/haslo/", {"present_password": PASSWORD, "new_password": NEW, "new_password_again": NEW}
    )


@pytest.mark.slow
def test_neither_right_nor_wrong_log_ins_leave_a_secret(
    log: io.StringIO, window: Client, provider_operator: Operator
) -> None:
    log_in(window, provider_operator.login, TYPED)
    log_in(window, f"{provider_operator.party_code}/{TYPED}", PASSWORD)
    log_in(window, provider_operator.login)
    key = window.session.session_key
    window.post("/konto/haslo/sprawdzenie/", {"field": "h", "h": TYPED})
    change_password(window)
    window.get("/nie-ma-takiej/")
    assert "/nie-ma-takiej/" in log.getvalue(), "the log is heard"
    for secret in (TYPED, PASSWORD, NEW, key, window.session.session_key):
        assert secret not in log.getvalue()


def test_nor_does_a_database_error_in_the_middle(
    log: io.StringIO, window: Client, provider_operator: Operator
) -> None:
    window.raise_request_exception = False
    with connection.execute_wrapper(broken):
        answer = log_in(window, provider_operator.login, TYPED)
    assert answer.status_code == 500
    assert TYPED not in answer.content.decode()
    connection.needs_rollback = False
    assert "no_such_table" in log.getvalue()
    assert "Traceback" in log.getvalue()
    assert TYPED not in log.getvalue()


def test_passwords_are_marked_for_every_report_of_an_error(
    rf: Any, window: Client, provider_operator: Operator
) -> None:
    """Django's own report of an error leaves such fields out: every field of log-in and of the change."""
    change(provider_operator, full_name="Anna Wrzos")
    for send in (lambda: log_in(window, provider_operator.login), lambda: change_password(window)):
        answer = send()
        assert answer.wsgi_request.sensitive_post_parameters == "__ALL__"
