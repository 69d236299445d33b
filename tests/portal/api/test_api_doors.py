"""Every call of the API by every scope, by a neighbour's program, and by tokens that no longer open anything."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.accounts.tokens.operations import revoke_token
from rozlicz.portal.api.endpoints import api, document
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.providers.models import Installation, Provider
from rozlicz.portal.providers.operations import close_installation
from rozlicz.portal.reports.models import Report
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.api.program import Program, a_program, a_token, bytes_of
from tests.portal.conftest import NOON
from tests.portal.month import more_templates

CALLS = """
# R reporting, B billing, O read only; the status for who is let through; own: a neighbour is told there is none
GET  api_me                     RBO 200
GET  api_contracts              RBO 200
GET  api_contract               RBO 200 own
GET  api_contract_file          RBO 200 own
GET  api_reports                RBO 200
POST api_report_send            R-- 415
GET  api_report                 RBO 200 own
GET  api_report_findings        RBO 200 own
GET  api_report_reply           RBO 200 own
GET  api_settlements            -BO 200
POST api_settlement_ask         -B- 415
GET  api_settlement             -BO 200 own
GET  api_settlement_explanation -BO 200 own
GET  api_templates              -BO 200
GET  api_template               -BO 200 own
GET  api_template_file          -BO 200 own
GET  api_template_bill          -BO 200 own
POST api_template_bill_make     -B- 415 own
GET  api_bills                  -BO 200
POST api_bill_send              -B- 415
GET  api_bill                   -BO 200 own
GET  api_bill_file              -BO 200 own
GET  api_payments               -BO 200
GET  api_transfers              -BO 200
GET  api_payments_due           -BO 200
"""
ROWS = [line.split() for line in CALLS.splitlines() if line and not line.startswith("#")]
SCOPES = {"R": Role.REPORTING, "B": Role.BILLING, "O": Role.READ_ONLY}


@pytest.fixture
def things(bill) -> dict[str, list[int]]:
    with acting_for_payer():
        contract = Contract.objects.get(pk=bill.contract_id).pk
        report = Report.objects.get(provider=bill.provider_id).pk
    settlement, number = bill.template.request_id, bill.template.number
    return {
        "api_contract": [contract],
        "api_contract_file": [contract],
        "api_report": [report],
        "api_report_findings": [report],
        "api_report_reply": [report],
        "api_settlement": [settlement],
        "api_settlement_explanation": [settlement],
        "api_template": [number],
        "api_template_file": [number],
        "api_template_bill": [number],
        "api_template_bill_make": [number],
        "api_bill": [bill.pk],
        "api_bill_file": [bill.pk],
    }


def asked(program: Program, method: str, name: str, parts: list[int]) -> int:
    address = reverse(name, args=parts).removeprefix("/api/v1")
    response = program.get(address) if method == "GET" else program.post(address, "", "text/plain")
    bytes_of(response)
    return int(response.status_code)


def test_every_call_has_its_row() -> None:
    described = {
        (method.upper(), f"api_{operation['operationId']}")
        for operations in document()["paths"].values()
        for method, operation in operations.items()
    }
    assert described == {(method, name) for method, name, *_rest in ROWS}


@pytest.mark.slow
def test_a_program_may_do_what_its_scope_allows(things, provider_operator: Operator) -> None:
    programs = {letter: a_program(provider_operator, [role], name=letter) for letter, role in SCOPES.items()}
    wrong = []
    for method, name, letters, status, *_own in ROWS:
        for letter, program in programs.items():
            found = asked(program, method, name, things.get(name, []))
            if found != (int(status) if letter in letters else 403):
                wrong.append((name, letter, found))
    assert wrong == []


@pytest.mark.slow
def test_a_neighbour_is_told_that_there_is_none(things, neighbour: Program) -> None:
    for method, name, _letters, status, *own in ROWS:
        found = asked(neighbour, method, name, things.get(name, []))
        assert found == (404 if own else int(status)), name
        if own:
            there = neighbour.get(reverse(name, args=things[name]).removeprefix("/api/v1"))
            nowhere = neighbour.get(reverse(name, args=[987654321]).removeprefix("/api/v1"))
            assert there.content == nowhere.content


@pytest.mark.slow
def test_lists_show_nothing_of_a_neighbour(bill, neighbour: Program) -> None:
    for address in ("/reports", "/settlements", "/templates", "/bills", "/payments", "/payments/transfers"):
        assert neighbour.get(address).json() == {"items": [], "next": None}, address
    assert neighbour.get("/payments/due").json() == []
    [contract] = neighbour.get("/contracts").json()["items"]
    assert contract["code"].startswith("05/050777/")


def code_of(program: Program, address: str = "/contracts") -> tuple[int, str]:
    response = program.get(address)
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == response.status_code
    assert told["remedy"]
    assert told["basis"]
    return response.status_code, told["code"]


@pytest.mark.slow
def test_without_a_token_nothing_is_told(things, clerk) -> None:
    for method, name, *_rest in ROWS:
        assert asked(Program(None), method, name, things.get(name, [])) == 401, name
    assert code_of(Program(None)) == (401, "token_missing")
    assert Program(None).get("/me")["WWW-Authenticate"].startswith("Bearer")


def test_the_session_of_a_browser_opens_nothing(clerk) -> None:
    """No page elsewhere can make a reader's browser call the API."""
    answer = clerk.get("/api/v1/contracts", headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 401
    assert "Set-Cookie" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert clerk.get("/umowy/").status_code == 200


@pytest.mark.parametrize(
    "header",
    ["Bearer rzl_nothing", "Bearer ", "Bearer", "Basic YTpi", "rzl_x", "Bearer ż\u00ff" * 50],
    ids=["unknown", "empty", "word", "basic", "bare", "odd"],
)
def test_what_is_no_token_is_answered_alike(header: str, program: Program) -> None:
    program.headers = {"Authorization": header.encode().decode("latin-1")}
    assert code_of(program) == (401, "token_unknown")


def test_a_revoked_token_ends_at_once(provider_operator: Operator) -> None:
    made = a_token(provider_operator)
    program = Program(made.secret)
    assert program.get("/me").status_code == 200
    with provider_operator.context():
        revoke_token(operator=provider_operator, token=made.token, at=NOON)
    assert code_of(program) == (401, "token_revoked")


def test_a_token_ends_after_its_last_day(provider_operator: Operator, monkeypatch) -> None:
    program = Program(a_token(provider_operator, valid_until=NOON.date()).secret)
    assert program.get("/me").status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(hours=12))
    assert code_of(program) == (401, "token_expired")


def test_a_closed_installation_ends_its_tokens(program: Program, provider_operator: Operator) -> None:
    with provider_operator.context():
        close_installation(
            operator=provider_operator, installation=Installation.objects.get(), reason="koniec", at=NOON
        )
    assert code_of(program) == (403, "installation_closed")


def test_a_suspended_party_is_told_why(program: Program, clinic: Provider) -> None:
    with acting_for_payer():
        Provider.objects.filter(pk=clinic.pk).update(
            suspended_since=date(2026, 11, 4), suspension_reason="Brak papierowej umowy."
        )
    assert code_of(program) == (403, "party_suspended")
    assert program.get("/me").json()["detail"] == "Brak papierowej umowy."


def test_a_program_whose_account_is_blocked_is_told_so(program: Program, clinic: Provider) -> None:
    with acting_for_payer():
        Operator.objects.filter(provider=clinic, is_program=True).update(is_active=False)
    assert code_of(program) == (403, "account_blocked")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/nothing", (404, "not_found")),
        ("/contracts/", (404, "not_found")),
        ("/contracts/" + "9" * 30, (404, "not_found")),
        ("/contracts?limit=0", (422, "invalid")),
        ("/contracts?after=x", (422, "invalid")),
        ("/contracts?state=other", (422, "invalid")),
        ("/contracts?text=%00", (422, "invalid")),
        ("/reports?text=" + "x" * 101, (422, "invalid")),
        ("/bills?after=" + "9" * 40, (422, "invalid")),
        ("/reports?stat=accepted", (422, "invalid")),
        ("/reports?limit=1&limit=2", (422, "invalid")),
        ("/me?access_token=rzl_x", (422, "invalid")),
    ],
)
def test_a_wrong_call_is_told_what_is_wrong(
    address: str, expected: tuple[int, str], program: Program
) -> None:
    assert code_of(program, address) == expected


def test_a_wrong_value_is_named_by_its_field_and_never_repeated(program: Program) -> None:
    told = program.post("/settlements", {"contract_id": 1, "month": "PESEL 70051700016"})
    assert [error["field"] for error in told.json()["errors"]] == ["month"]
    assert "70051700016" not in told.content.decode()


def test_a_wrong_method_is_told_with_the_right_ones(program: Program) -> None:
    answer = program.client.delete("/api/v1/contracts", headers=program.headers)
    assert (answer.status_code, answer.json()["code"], answer["Allow"]) == (
        405,
        "method_not_allowed",
        "GET, HEAD",
    )


@pytest.mark.parametrize(
    ("address", "status"),
    [("/me", 200), ("/contracts", 200), ("/reports/1", 404), ("/contracts?limit=0", 422)],
)
def test_the_head_of_an_answer_can_be_asked_for_alone(address: str, status: int, program: Program) -> None:
    head = program.client.head(f"/api/v1{address}", headers=program.headers)
    whole = program.get(address)
    assert (head.status_code, head.content) == (status, b"")
    assert dict(head.items()) == dict(whole.items())


@pytest.mark.parametrize(
    ("language", "title"), [("pl", "Token"), ("en", "The access token"), ("de", "Token")]
)
def test_a_problem_speaks_the_language_of_the_call(language: str, title: str) -> None:
    program = Program("rzl_unknown")
    answer = program.client.get("/api/v1/me", headers=program.headers | {"Accept-Language": language})
    assert answer.json()["title"].startswith(title)
    assert answer["Content-Language"] == ("en" if language == "en" else "pl")


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'"x"', b'{"contract_id": "x"}'])
def test_odd_content_is_no_error_of_ours(content: bytes, program: Program) -> None:
    answer = program.client.generic(
        "POST", "/api/v1/settlements", content, headers=program.headers | {"Content-Type": "application/json"}
    )
    assert answer.status_code in {400, 422}


def test_an_empty_file_and_a_foreign_type_are_told(program: Program) -> None:
    nothing = program.client.generic(
        "POST", "/api/v1/reports", b"", headers=program.headers, CONTENT_TYPE="application/xml"
    )
    assert nothing.json()["errors"][0]["field"] == "file"
    assert program.post("/reports", b"x", "application/json").json()["code"] == "media_type"
    empty = program.send("/reports", file=SimpleUploadedFile("raport.swx", b""))
    assert empty.json()["errors"][0]["field"] == "file"
    assert program.send("/bills").json()["errors"][0]["field"] == "file"


@pytest.mark.slow
def test_how_many_queries_a_call_makes_does_not_grow_with_the_list(
    program: Program, provider_operator: Operator, bill
) -> None:
    lists = ("/contracts", "/reports", "/settlements", "/templates", "/bills", "/payments/due")
    program.get("/me")
    before = [queries_of(program, address) for address in lists]
    more_templates(provider_operator, 3, billed=True)
    assert [queries_of(program, address) for address in lists] == before
    assert max(before) <= 20


def queries_of(program: Program, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert program.get(address).status_code == 200
    return len(queries)


def test_every_call_asks_for_a_right_but_the_one_about_itself() -> None:
    without = [
        operation["operationId"]
        for operations in document()["paths"].values()
        for operation in operations.values()
        if operation["x-right"] is None
    ]
    assert without == ["me"]
    assert all(
        operation.auth_callbacks for _prefix, router in api._routers for operation in _operations(router)
    )


def _operations(router):
    return [operation for view in router.path_operations.values() for operation in view.operations]
