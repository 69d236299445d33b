"""What a call does not look at is refused, not passed over: a misspelt name loses nothing in silence."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.utils import timezone

from rozlicz.portal.api import sending
from tests.portal.api.program import Program
from tests.portal.conftest import NOON

JSON, XML = "application/json", "application/xml"


@pytest.fixture
def wish(program: Program) -> dict[str, object]:
    """A request for settlement that is in order."""
    [contract] = program.get("/contracts").json()["items"]
    return {"contract_id": contract["id"], "month": "2026-10"}


def a_file(name: str = "10.efx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"<komunikat/>")


def faults(response: HttpResponse) -> list[str]:
    assert (response.status_code, response.json()["code"]) == (422, "invalid"), response.content
    assert all(error["message"] for error in response.json()["errors"])
    return [error["field"] for error in response.json()["errors"]]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"moth": "2026-10"}, "moth"),
        ({"contract_id": True}, "contract_id"),
        ({"contract_id": "1"}, "contract_id"),
    ],
    ids=["unknown name", "truth value", "text"],
)
def test_a_wish_holds_what_the_document_names_and_nothing_else(
    change: dict[str, object], field: str, program: Program, wish: dict[str, object]
) -> None:
    assert faults(program.post("/settlements", wish | change)) == [field]
    assert program.get("/settlements").json()["items"] == []


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", XML, "text/plain", ""])
def test_json_says_that_it_is_json(kind: str, program: Program, wish: dict[str, object]) -> None:
    refused = program.client.generic(
        "POST", "/api/v1/settlements", json.dumps(wish), content_type=kind, headers=program.headers
    )
    assert (refused.status_code, refused.json()["code"]) == (415, "media_type")


def test_the_same_wish_while_it_waits_is_answered_by_itself(
    program: Program, wish: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = program.post("/settlements", wish)
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(seconds=2))
    again = program.post("/settlements", wish)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["id"] == first.json()["id"]


def test_content_that_is_packed_by_the_way_is_not_taken_for_a_message(program: Program) -> None:
    headers = program.headers | {"Content-Encoding": "gzip"}
    refused = program.client.post("/api/v1/reports", b"\x1f\x8b", content_type=XML, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (415, "media_type")
    assert program.get("/reports").json()["items"] == []


@pytest.mark.parametrize(
    ("address", "parts", "field"),
    [
        ("/bills", {"file": a_file, "atachments": lambda: a_file("a.pdf")}, "atachments"),
        ("/bills", {"file": a_file, "scans_chosen": lambda: a_file("a.pdf")}, "scans_chosen"),
        ("/bills", {"file": lambda: [a_file(), a_file("11.efx")]}, "file"),
        (
            "/bills",
            {"file": a_file, "attachments": lambda: [a_file(f"{n}.pdf") for n in range(11)]},
            "attachments",
        ),
        ("/reports", {"file": lambda: [a_file("1.swx"), a_file("2.swx")]}, "file"),
        ("/reports", {"file": a_file, "file_name": lambda: "raport.swx"}, "file_name"),
    ],
    ids=[
        "misspelt",
        "a name of the page",
        "two bills",
        "eleven scans",
        "two reports",
        "a parameter as a part",
    ],
)
def test_no_part_is_lost(address: str, parts: dict[str, object], field: str, program: Program) -> None:
    sent = {name: make() for name, make in parts.items()}
    assert faults(program.send(address, **sent)) == [field]
    assert program.get(address).json()["items"] == []


@pytest.mark.parametrize("address", ["/reports", "/bills"])
def test_a_part_is_no_larger_than_a_message_that_is_sent_alone(
    address: str, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "LARGEST", len(b"<komunikat/>") - 1)
    refused = program.send(address, file=a_file())
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
    alone = program.post("/reports", b"<komunikat/>", XML)
    assert (alone.status_code, alone.json()["code"]) == (413, "too_large")
    assert program.get(address).json()["items"] == []


@pytest.mark.parametrize("content", [b'{"month": "' + b"x" * 6 * 2**20 + b'"}'], ids=["6 MB"])
def test_too_much_json_is_told_as_too_much(content: bytes, program: Program) -> None:
    refused = program.client.generic(
        "POST", "/api/v1/settlements", content, content_type=JSON, headers=program.headers
    )
    assert (refused.status_code, refused.json()["code"]) == (413, "too_large")
