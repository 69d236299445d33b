"""The clinic's October as fixtures: a report that was checked, its template, its bill, at the tests' own moment."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.bills.models import Bill
from rozlicz.portal.settlements.models import Template
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON
from tests.portal.test_road import OCTOBER, bill_of, send, settle
from tests.reporting import Reported

VISITS = 80
AMOUNT = "800,00 zł"
DUE = "2026-11-13"
"""The fifth working day after the 5th of November; the 11th is a day off."""


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages' clock stands at the moment at which things happen in the tests."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def visits(count: int = VISITS, *, first: int = 0) -> list[Reported]:
    """Visits that the contract pays with 10 zł each."""
    return [Reported(service_id=f"S{number}") for number in range(first, first + count)]


@pytest.fixture
def template(provider_operator: Operator) -> Template:
    """The template of 80 visits in October."""
    send(provider_operator, visits())
    [template] = settle(provider_operator, OCTOBER)
    return template


@pytest.fixture
def bill(provider_operator: Operator, template: Template) -> Bill:
    """Its bill, accepted and waiting for the branch."""
    return bill_of(provider_operator, template, "10/2026")


def more_templates(operator: Operator, count: int, *, billed: bool = False) -> None:
    """Further templates, each of a report of its own."""
    for number in range(1, count + 1):
        services = [Reported(service_id=f"M{number}", units=f"{number}.0000")]
        send(operator, services, generation=100 + number)
        [made] = settle(operator, OCTOBER)
        if billed:
            bill_of(operator, made, f"M{number}/2026")


def bill_now(pk: int) -> Bill:
    """A bill as it stands in the books."""
    with acting_for_payer():
        return Bill.objects.get(pk=pk)


def bills_of(operator: Operator) -> list[Bill]:
    """The bills of a provider, the oldest first."""
    with operator.context():
        return list(Bill.objects.filter(provider=operator.provider_id).order_by("pk"))


def make(client: Client, template: Template, **values: object) -> HttpResponse:
    """Send the form that makes a bill of a template."""
    filled = {"kind": "FAKT", "number": "10/2026", "issued_on": "2026-11-05", "vat_exemption": "18"} | values
    return client.post(reverse("bill_make", args=[template.number]), filled, follow=True)


def file(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def text(response: HttpResponse) -> str:
    """The page with every kind of blank as a plain one."""
    return " ".join(response.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def queries_of(client: Client, addresses: Iterable[str]) -> list[int]:
    """How many queries each page makes."""
    found = []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        found.append(len(queries))
    return found
