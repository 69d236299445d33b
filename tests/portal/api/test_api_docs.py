"""Every example of docs/api.md, run in its order: the calls that curl would make, and the answers that are shown."""

from __future__ import annotations

import io
import json
import re
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from rozlicz.documents.bills import draft_bill
from rozlicz.messages.bills import BillKind, VatExemption
from rozlicz.messages.fakt_rach import write_bill
from rozlicz.messages.header import new_header
from rozlicz.messages.r_umx import read_r_umx
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.tokens.models import SCOPES
from rozlicz.portal.api.problems import KINDS
from rozlicz.portal.clock import now
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.reports.operations import verify_report
from rozlicz.portal.settlements.operations import calculate_request
from tests import world
from tests.portal.api.program import a_token, bytes_of
from tests.portal.conftest import NOON
from tests.portal.month import visits
from tests.reporting import report

PAGE = (Path(__file__).parents[3] / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(sh|json)\n(.*?)```", PAGE, re.DOTALL)
OF_ITS_OWN = {"id", "receipt_number"}
"""Members whose values differ from database to database."""


class Reader:
    """Somebody who follows the page: the calls one after the other, and the workers behind the portal."""

    def __init__(self, clinic: Provider, secret: str) -> None:
        self.clinic = clinic
        self.words = {"API": "http://testserver/api/v1", "TOKEN": secret}
        self.files = {"raport.swx": report(visits(80))}

    def does(self, line: str) -> HttpResponse:
        """One line of the page."""
        filled = re.sub(r"'?\$(\w+)'?", lambda found: self.words[found[1]], line)
        response = self.calls(shlex.split(filled)[1:])
        assert response.status_code in {200, 201, 401}, (line, response.content)
        return response

    def calls(self, arguments: list[str]) -> HttpResponse:
        """What curl does with these arguments."""
        headers: dict[str, str] = {}
        sent: dict[str, Any] = {}
        target, address = "", ""
        words = iter(arguments)
        for word in words:
            match word:
                case "-H":
                    name, value = next(words).split(": ", 1)
                    headers[name] = value
                case "-d" | "--data-binary":
                    sent["data"] = self.content(next(words))
                case "-F":
                    name, value = next(words).split("=", 1)
                    sent[name] = self.part(value)
                case "-o":
                    target = next(words)
                case _:
                    address = word
        place = urlsplit(address)
        path = f"{place.path}?{place.query}" if place.query else place.path
        if "data" in sent:
            kind = headers.pop("Content-Type")
            response = Client().post(path, sent["data"], content_type=kind, headers=headers)
        elif sent:
            response = Client().post(path, sent, headers=headers)
        else:
            response = Client().get(place.path, dict(parse_qsl(place.query)), headers=headers)
        if target:
            self.files[target] = bytes_of(response)
        elif response.status_code < 400:
            self.looks_at(place.path, response.json(), asked=bool(sent))
        return response

    def part(self, value: str) -> str | SimpleUploadedFile:
        if not value.startswith("@"):
            return value
        return SimpleUploadedFile(value[1:], self.content(value))

    def content(self, word: str) -> bytes:
        if not word.startswith("@"):
            return word.encode()
        return self.bill() if word == "@rachunek.efx" else self.files[word[1:]]

    def looks_at(self, path: str, told: Any, *, asked: bool) -> None:
        """Remember the keys that later lines need; a worker does what is waiting."""
        match path.removeprefix("/api/v1/").split("/"):
            case ["contracts"]:
                self.words["CONTRACT"] = str(told["items"][0]["id"])
            case ["reports"] if asked:
                self.words["REPORT"] = str(told["id"])
                verify_report(provider_id=self.clinic.pk, report_id=told["id"], now=now)
            case ["settlements"] if asked:
                self.words["SETTLEMENT"] = str(told["id"])
                calculate_request(request_id=told["id"], at=NOON)
            case ["settlements", _] if told["templates"]:
                self.words["TEMPLATE"] = str(told["templates"][0])

    def bill(self) -> bytes:
        """The bill that a program makes of the template it has downloaded."""
        _, [template] = read_r_umx(io.BytesIO(self.files["szablon.zrz"]))
        bill = draft_bill(
            template=template,
            contract=world.contract(),
            kind=BillKind.INVOICE,
            number="11/2026",
            issued_on=NOON.date(),
            vat_exemption=VatExemption.MEDICAL_CARE_BY_ENTITY,
            bank_account=world.ACCOUNT,
        )
        target = io.BytesIO()
        header = new_header(
            kind="FAKT",
            receiver="05",
            sender=world.CLINIC.code,
            installation=world.LONG_INSTALLATION,
            generation=2,
            generated_at=NOON.replace(tzinfo=None),
        )
        write_bill(bill, header=header, target=target)
        return target.getvalue()


@pytest.mark.slow
def test_every_example_of_the_page_works_as_it_is_shown(
    clinic: Provider, provider_operator: Operator
) -> None:
    reader = Reader(clinic, a_token(provider_operator).secret)
    response, done = None, 0
    for kind, text in BLOCKS:
        if kind == "json":
            assert response is not None
            fits(json.loads(text), response.json())
            continue
        for line in text.strip().splitlines():
            if line.startswith("curl"):
                response, done = reader.does(line), done + 1
    assert done == PAGE.count("\ncurl ") == 19
    assert reader.files.keys() >= {"umowa.umx", "odpowiedz.swz", "szablon.zrz"}


def fits(shown: Any, told: Any) -> None:
    """What the page shows is what was answered; an answer may hold more."""
    if isinstance(shown, dict):
        for name, value in shown.items():
            if name in OF_ITS_OWN:
                assert type(told[name]) is type(value)
            else:
                fits(value, told[name])
    elif isinstance(shown, list):
        assert len(shown) == len(told)
        for one, other in zip(shown, told, strict=True):
            fits(one, other)
    else:
        assert shown == told


def test_the_page_names_every_problem_and_every_scope() -> None:
    assert {code for code in KINDS if f"`{code}`" not in PAGE} == set()
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == [role.value for role in SCOPES]
