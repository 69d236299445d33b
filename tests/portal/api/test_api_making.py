"""A program has the portal make the bill of a template, as a clerk does on the page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.settlements.models import Template
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.api.program import Program, a_program, bytes_of
from tests.portal.bills.test_making import personal
from tests.portal.month import bills_of, file
from tests.portal.test_road import OCTOBER, send, settle
from tests.reporting import Reported

__all__ = ["personal"]

SAID = {"kind": "FAKT", "number": "10/2026", "issued_on": "2026-11-05"}


def address(template: Template) -> str:
    return f"/templates/{template.number}/bill"


@pytest.mark.slow
def test_a_bill_is_made_of_a_template_and_accepted(program: Program, template: Template) -> None:
    draft = program.get(address(template)).json()
    assert (draft["kinds"], draft["vat_exemption"], draft["attachments"]) == (["FAKT", "RACH"], "18", [])
    made = program.send(address(template), **SAID)
    assert (made.status_code, made.json()["state"], made.json()["repeated"]) == (201, "accepted", False)
    assert (made.json()["amount_grosze"], made.json()["due_on"]) == (draft["amount_grosze"], "2026-11-13")
    place = made["Location"].removeprefix("/api/v1")
    assert b"10/2026" in bytes_of(program.get(f"{place}/file"))
    assert program.get(address(template)).json()["billed_by"] == made.json()["id"]
    with acting_for_payer():
        [entry] = Entry.objects.filter(act="bill.accepted")
    assert entry.token.startswith("serwer (")


@pytest.mark.slow
def test_the_same_bill_asked_for_again_is_answered_with_the_first(
    program: Program, template: Template
) -> None:
    first, again = (program.send(address(template), **SAID) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json() | {"repeated": True}
    other = program.send(address(template), **SAID | {"number": "11/2026"}).json()
    assert (other["state"], [reason["code"] for reason in other["refusals"]]) == ("refused", ["B-103"])


@pytest.mark.slow
def test_a_refused_bill_is_kept_and_leaves_its_template_free(program: Program, template: Template) -> None:
    refused = program.send(address(template), **SAID | {"issued_on": "2026-10-30"}).json()
    assert (refused["state"], refused["refusals"][0]["code"]) == ("refused", "B-401")
    assert program.send(address(template), **SAID).json()["state"] == "accepted"


@pytest.mark.slow
def test_r2_a_demanded_scan_is_named_by_the_draft_and_comes_with_the_bill(
    program: Program, personal: Template
) -> None:
    [demanded] = program.get(address(personal)).json()["attachments"]
    assert demanded["document_number"] == "80276001234567890123"
    missing = program.send(address(personal), **SAID).json()
    assert (missing["state"], missing["refusals"][0]["code"]) == ("refused", "B-701")
    scan = {demanded["part"]: file("ekuz.pdf", b"card")}
    taken = program.send(address(personal), **SAID, **scan).json()
    assert (taken["state"], [one["kind"] for one in taken["attachments"]]) == ("accepted", [demanded["kind"]])


@pytest.mark.slow
def test_r2_a_transcript_needs_a_reason(program: Program, personal: Template) -> None:
    said = SAID | {"transcript_of_0": "true"}
    refused = program.send(address(personal), **said, scan_0=file("ekuz.pdf", b"card"))
    assert [error["field"] for error in refused.json()["errors"]] == ["transcript_reason"]
    reason = {"transcript_reason": "oryginał jest w sądzie"}
    taken = program.send(address(personal), **said, **reason, scan_0=file("ekuz.pdf", b"card")).json()
    assert taken["attachments"][0]["transcript_reason"] == "oryginał jest w sądzie"


@pytest.mark.slow
def test_r13_a_correction_names_the_bill_and_its_reason(
    program: Program, provider_operator: Operator, template: Template, bill: object
) -> None:
    send(provider_operator, [Reported(service_id="S0", version=2, deleted=True)], generation=2)
    [correction] = settle(provider_operator, OCTOBER)
    assert program.get(address(correction)).json()["corrects_bill"] == "10/2026"
    said = SAID | {"number": "10/2026/K", "correction_reason": "usunięto świadczenie"}
    made = program.send(address(correction), **said).json()
    assert (made["state"], made["amount_grosze"]) == ("accepted", -10_00)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "NOTA"}, "kind"),
        ({"number": ""}, "number"),
        ({"issued_on": "5 listopada"}, "issued_on"),
        ({"vat_exemption": "99"}, "vat_exemption"),
        ({"scan_0": "a"}, "scan_0"),
        ({"amount": "1"}, "amount"),
    ],
)
def test_what_is_wrong_is_named_by_its_part_and_nothing_is_made(
    change: dict[str, str], field: str, program: Program, provider_operator: Operator, template: Template
) -> None:
    refused = program.send(address(template), **SAID | change)
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert bills_of(provider_operator) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_the_same_bill_asked_for_at_once_one_is_made(
    provider_operator: Operator, template: Template
) -> None:
    secret_holder, start = a_program(provider_operator), Barrier(3)

    def asked() -> int:
        try:
            program = Program(None)
            program.headers = secret_holder.headers
            start.wait()
            return int(program.send(address(template), **SAID).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        works = [threads.submit(asked) for _ in range(3)]
        assert sorted(work.result() for work in works) == [200, 200, 201]
    assert [bill.state for bill in bills_of(provider_operator)] == ["accepted"]
