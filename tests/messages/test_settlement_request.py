"""The request for settlement and its refusal come back, as messages and as JSON; what is wrong is named."""

import io

import pytest
from hypothesis import given, settings
from pydantic import TypeAdapter

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.requests import MonthRequest, RepaymentRequest, RequestRefusal, SettlementRequest
from rozlicz.messages.settlement_request import (
    read_request_refusal,
    read_settlement_request,
    write_request_refusal,
    write_settlement_request,
)
from rozlicz.messages.wire.envelope import MessageRefused
from rozlicz.messages.wire.header_checks import check_header
from tests.messages.documents import AT
from tests.messages.documents import header as header_of
from tests.messages.faults import assert_fault_is_named
from tests.messages.strategies_contracts import REFUSALS, REQUESTS

ROUNDS = settings(max_examples=40)
MONTH = MonthRequest(
    contract="05/1", month=Month(2026, 10), settled_by=(SettledBy.DECLARATIONS, SettledBy.LUMP_SUM)
)
REPAYMENT = RepaymentRequest(contract="05/1", year=2026, amount=1_250_000)


@ROUNDS
@given(REQUESTS)
def test_a_request_is_one_to_one_with_its_json(request_) -> None:
    json = TypeAdapter(SettlementRequest)
    assert json.validate_json(json.dump_json(request_)) == request_


def written(request: SettlementRequest) -> str:
    target = io.BytesIO()
    write_settlement_request(request, header=header_of("Z_ROZ"), target=target)
    return target.getvalue().decode()


def test_the_branch_takes_its_header() -> None:
    header, _ = read_settlement_request(io.BytesIO(written(MONTH).encode()))
    reasons = check_header(
        header,
        branch=header.receiver,
        provider=header.sender,
        installation_long="",
        installation_short="",
        last_generation=None,
        now=AT,
        expected_kind="Z_ROZ",
    )
    assert reasons == ()


BOTH = '/><zadanie-rozliczenia nr-umowy="05/1" okres="2026-10"/>'
# request, what is changed into what, code of the refusal, path below the root, what the sentence holds
FAULTS = [
    (MONTH, 'okres="2026-10"', 'okres="X"', "attribute-wrong", "/zadanie-rozliczenia", "okres"),
    (
        MONTH,
        'wykonanie="R"',
        'wykonanie="X"',
        "attribute-wrong",
        "/zadanie-rozliczenia/podstawa[2]",
        "S, Z, D",
    ),
    (MONTH, 'nr-umowy="05/1"', "", "attribute-missing", "/zadanie-rozliczenia", "nr-umowy"),
    (REPAYMENT, "<plan-splaty", "<prosba", "element-missing", "", "zadanie-rozliczenia"),
    (REPAYMENT, 'rok="2026"', 'rok="26"', "attribute-wrong", "/plan-splaty", "2026"),
    (REPAYMENT, 'kwota="12500.00"', 'kwota="12 500"', "attribute-wrong", "/plan-splaty", "kwota"),
    (REPAYMENT, "/>", BOTH, "element-unknown", "/zadanie-rozliczenia", "zadanie-rozliczenia"),
    (REPAYMENT, ' wersja="1.0"', ' wersja="2.0"', "version", "", "1.0"),
]


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case[2])
def test_a_fault_is_named(case) -> None:
    asked, before, after, code, path, named = case
    assert_fault_is_named(
        read_settlement_request,
        written(asked),
        before,
        after,
        code=code,
        path=f"/komunikat{path}",
        named=named,
    )


@given(REFUSALS)
@settings(max_examples=1)
def test_a_refusal_has_a_reason(refusal: RequestRefusal) -> None:
    with pytest.raises(ValueError, match="at least one"):
        RequestRefusal(receipt=refusal.receipt, request=refusal.request, reasons=())
    target = io.BytesIO()
    write_request_refusal(refusal, header=header_of("P_ROZ"), target=target)
    text = target.getvalue().decode()
    without = text[: text.index("<odmowa>")] + "<odmowa/></komunikat>"
    with pytest.raises(MessageRefused) as raised:
        read_request_refusal(io.BytesIO(without.encode()))
    assert (raised.value.code, raised.value.path) == ("element-missing", "/komunikat/odmowa")


def test_a_year_is_a_year() -> None:
    with pytest.raises(ValueError, match="26-1"):
        RepaymentRequest(contract="05/1", year=26, amount=1)
