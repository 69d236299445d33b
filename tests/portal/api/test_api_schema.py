"""The OpenAPI document says what the calls do: many calls made after it, and what they answer held against it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.api.endpoints import document
from tests.portal.api.program import Program, a_token
from tests.portal.month import more_templates

load_all_checks()
HELD = [
    CHECKS.get_one(name)
    for name in (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
    )
]
SCHEMA = schemathesis.openapi.from_dict(document())
HANDLER = WSGIHandler()


def the_portal(environ: dict[str, Any], start_response: Any) -> Any:
    """The portal as a server runs it, which always knows who calls."""
    return HANDLER(environ | {"REMOTE_ADDR": "127.0.0.1"}, start_response)


SCHEMA.app = the_portal


@pytest.fixture
def one_transaction(secret: str) -> Iterator[None]:
    """A server gives its connection back after each call; here all calls share that of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def secret(provider_operator: Operator, bill, settings) -> str:
    """A token of a provider that has something of everything."""
    settings.API_CALLS_A_MINUTE = 1_000_000
    more_templates(provider_operator, 2)
    return a_token(provider_operator).secret


@pytest.mark.slow
@pytest.mark.usefixtures("one_transaction")
# werkzeug's test client leaves a download to be closed when it is forgotten; a server closes it
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fit", "do not fit"]
)
def test_answers_fit_the_document_whether_the_calls_do_or_not(mode: GenerationMode, secret: str) -> None:
    asked = []
    for found in SCHEMA.get_all_operations():
        operation = found.ok()
        asked.append(operation.label)

        @hypothesis_settings(
            max_examples=6,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def held(case: schemathesis.Case) -> None:
            case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=HELD)

        with suppress(Unsatisfiable):  # a call without parameters cannot be made wrong
            held()
    assert len(asked) == 25


@pytest.mark.slow
def test_the_document_is_open_to_everybody_and_in_the_language_of_the_call() -> None:
    address = reverse("api_openapi")
    told = {
        language: json.loads(Client().get(address, headers={"Accept-Language": language}).content)
        for language in ("pl", "en")
    }
    assert told["pl"]["paths"].keys() == told["en"]["paths"].keys()
    assert told["pl"]["paths"]["/api/v1/reports"]["post"]["summary"] == "Wyślij raport"
    assert told["en"]["paths"]["/api/v1/reports"]["post"]["summary"] == "Send a report"


def test_every_amount_says_that_it_is_in_grosze_and_every_number_of_units_how_fine() -> None:
    shapes = document()["components"]["schemas"]
    names = {name for shape in shapes.values() for name in shape.get("properties", {})}
    money = {
        name
        for name in names
        if {"amount", "price", "value", "paid", "performed", "waiting"} & set(name.split("_"))
    }
    assert {name for name in money if not name.endswith("_grosze")} == {"paid_on", "value"}
    assert "value" in shapes["ToldInput"]["properties"]
    assert {name for name in names if "units" in name} == {"units_ten_thousandths"}


@pytest.mark.slow
def test_moments_are_rfc_3339_and_months_are_months(bill, program: Program) -> None:
    [row] = program.get("/bills").json()["items"]
    assert row["received_at"] == "2026-11-05T11:00:00Z"
    assert (row["month"], row["issued_on"]) == ("2026-10", "2026-11-05")
