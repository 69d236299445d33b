"""The whole main road by the API alone: contract, report, settlement, bill, payment."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rozlicz.documents.bills import draft_bill
from rozlicz.messages.bills import BillKind, VatExemption
from rozlicz.messages.fakt_rach import write_bill
from rozlicz.messages.header import new_header
from rozlicz.messages.r_umx import read_r_umx
from rozlicz.messages.umx import read_umx
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.bills.operations import approve_bill
from rozlicz.portal.bills.queries import bill_for
from rozlicz.portal.clock import now
from rozlicz.portal.payments.operations import mark_payment_run
from rozlicz.portal.reports.operations import verify_report
from rozlicz.portal.settlements.operations import calculate_request
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.api.program import Program, bytes_of
from tests.portal.conftest import NOON
from tests.portal.month import visits
from tests.reporting import Reported, report

SWX = "application/zip"


@pytest.mark.slow
def test_a_month_is_settled_by_the_api_alone(program: Program, clinic, payer_operator) -> None:
    me = program.get("/me").json()
    assert (me["provider_code"], me["installation"]) == (world.CLINIC.code, world.LONG_INSTALLATION)

    [row] = program.get("/contracts", state="in_force").json()["items"]
    _, contract = read_umx(io.BytesIO(bytes_of(program.get(f"/contracts/{row['id']}/file"))))
    assert (contract.code, row["annex"]) == (row["code"], 0)

    content = report(visits(80), generation=me["last_generation"] + 1)
    sent = program.post("/reports?file_name=raport.swx", content, content_type=SWX)
    assert sent.status_code == 201
    place = sent["Location"].removeprefix("/api/v1")
    assert (sent.json()["state"], sent.json()["is_over"]) == ("received", False)
    verify_report(provider_id=clinic.pk, report_id=sent.json()["id"], now=now)
    result = program.get(place).json()
    assert (result["state"], result["accepted_positions"]) == ("accepted", 80)
    assert result["accepted_value_grosze"] == 800_00
    with zipfile.ZipFile(io.BytesIO(bytes_of(program.get(f"{place}/reply")))) as reply:
        assert b"P_SWI" in reply.read(reply.namelist()[0])

    asked = program.post("/settlements", {"contract_id": row["id"], "month": "2026-10"})
    assert (asked.status_code, asked.json()["state"]) == (201, "waiting")
    calculate_request(request_id=asked.json()["id"], at=NOON)
    settled = program.get(asked["Location"].removeprefix("/api/v1")).json()
    assert settled["state"] == "calculated"
    [number] = settled["templates"]
    assert program.get(f"/templates/{number}").json()["amount_grosze"] == 800_00
    _, [template] = read_r_umx(io.BytesIO(bytes_of(program.get(f"/templates/{number}/file"))))

    bill = draft_bill(
        template=template,
        contract=contract,
        kind=BillKind.INVOICE,
        number="10/2026",
        issued_on=NOON.date(),
        vat_exemption=VatExemption.MEDICAL_CARE_BY_ENTITY,
        bank_account=world.ACCOUNT,
    )
    message = io.BytesIO()
    header = new_header(
        kind="FAKT",
        receiver="05",
        sender=world.CLINIC.code,
        installation=me["installation"],
        generation=7,
        generated_at=NOON.replace(tzinfo=None),
    )
    write_bill(bill, header=header, target=message)
    taken = program.send("/bills", file=SimpleUploadedFile("10.efx", message.getvalue()))
    assert (taken.status_code, taken.json()["refusals"]) == (201, [])
    assert (taken.json()["state"], taken.json()["due_on"]) == ("accepted", "2026-11-13")
    assert program.get("/payments/due").json() == [
        {"due_on": "2026-11-13", "state": "accepted", "bills": 1, "amount_grosze": 800_00}
    ]

    with payer_operator.context():
        approve_bill(operator=payer_operator, bill=bill_for(payer_operator, taken.json()["id"]), at=NOON)
        mark_payment_run(operator=payer_operator, day=date(2026, 11, 13), at=NOON)
    [paid] = program.get("/payments").json()["items"]
    [transfer] = program.get("/payments/transfers").json()["items"]
    assert (paid["bill_number"], paid["amount_grosze"]) == ("10/2026", 800_00)
    assert (transfer["account_number"], transfer["amount_grosze"]) == (world.ACCOUNT, 800_00)
    assert transfer["id"] == paid["transfer_id"]
    assert program.get(f"/bills/{paid['bill_id']}").json()["paid_on"] == "2026-11-13"

    with acting_for_payer():
        acts = Entry.objects.filter(login=f"{world.CLINIC.code}/program-{world.SHORT_INSTALLATION}")
        assert list(acts.order_by("pk").values_list("act", "address")) == [
            ("report.sent", "127.0.0.1"),
            ("settlement.requested", "127.0.0.1"),
            ("bill.accepted", "127.0.0.1"),
        ]


@pytest.mark.slow
def test_every_finding_is_read_page_by_page(program: Program, clinic) -> None:
    wrong = [Reported(service_id=f"S{n}", scope="02.9999.001.02") for n in range(5)]
    sent = program.send("/reports", file=SimpleUploadedFile("raport.swx", report(wrong))).json()
    assert program.get(f"/reports/{sent['id']}/findings").status_code == 404
    verify_report(provider_id=clinic.pk, report_id=sent["id"], now=now)
    found = list(program.whole(f"/reports/{sent['id']}/findings", limit=2, severity="error"))
    assert [one["record"] for one in found] == sorted(one["record"] for one in found)
    assert {one["service_id"] for one in found} == {f"S{n}" for n in range(5)}
    assert all(one["sentence"] and one["basis"] and one["remedy"] for one in found)
    groups = program.get(f"/reports/{sent['id']}").json()["findings_by_rule"]
    assert {one["rule"] for one in found} <= {group["rule"] for group in groups}


def test_a_call_whose_answer_was_lost_may_be_repeated(program: Program) -> None:
    """Promise 3: identical bytes are answered with the first receipt."""
    content = report(visits(1))
    first = program.post("/reports", content, content_type=SWX)
    again = program.send("/reports", file=SimpleUploadedFile("inna-nazwa.swx", content))
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json()["repeated"], again.json()["repeated"]) == (False, True)
    assert again.json()["receipt_number"] == first.json()["receipt_number"]


def test_a_message_that_is_refused_says_every_reason(program: Program) -> None:
    refused = program.post("/reports", b"<komunikat/>", content_type="application/xml").json()
    assert (refused["state"], refused["is_over"]) == ("refused", True)
    assert all(reason["sentence"] and reason["remedy"] for reason in refused["refusals"])


def test_a_refused_bill_is_kept_with_every_reason(program: Program) -> None:
    sent = program.send("/bills", file=SimpleUploadedFile("x.efx", b"<komunikat/>"))
    assert (sent.status_code, sent.json()["state"]) == (201, "refused")
    assert sent.json()["refusals"][0]["sentence"]
    assert program.get(f"/bills/{sent.json()['id']}").json()["refusals"] == sent.json()["refusals"]


@pytest.mark.slow
def test_where_an_amount_comes_from_is_told_in_the_language_of_the_call(program: Program, template) -> None:
    address = f"/api/v1/settlements/{template.request_id}/explanation"
    told = {
        language: program.client.get(address, headers=program.headers | {"Accept-Language": language}).json()
        for language in ("pl", "en-GB,en;q=0.8")
    }
    polish, english = (one["scopes"][0] for one in told.values())
    assert polish["due_now_grosze"] == english["due_now_grosze"] == 800_00
    assert [step["figures"] for step in polish["steps"]] == [step["figures"] for step in english["steps"]]
    assert [step["title"] for step in polish["steps"]] != [step["title"] for step in english["steps"]]
    assert [month["month"] for month in polish["months"]][:2] == ["2026-01", "2026-02"]


def test_what_an_operation_refuses_is_a_problem_with_its_sentence(program: Program) -> None:
    [row] = program.get("/contracts").json()["items"]
    refused = program.post("/settlements", {"contract_id": row["id"], "month": "2026-12"})
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")
    assert refused.json()["code"] == "unable"
    assert "grudzień 2026" in refused.json()["detail"]
