"""An incomplete request cannot be filed, and is told every fault at once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.house.uploads import UnableToKeepFile
from rozlicz.portal.requests.drafting import (
    UnableToBeginRequest,
    attach,
    draft_request,
    faults_of,
    form_of,
    take_off,
)
from rozlicz.portal.requests.kind import Case
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.models import Request, RequestState
from rozlicz.portal.requests.operations import UnableToFileRequest, file_request
from tests import world
from tests.portal.conftest import NOON
from tests.portal.requests.filling import (
    closed_september,
    contract_of,
    draft,
    now,
    ready,
    scan,
    two_scopes,
    typed,
)

pytestmark = pytest.mark.django_db

OPTIONAL = {"why", "computes", "from_2", "to_2", "month_2", "amount_2"}
DAY = NOON.date()


def errors(code: str, operator: Operator, payer: Operator, **changes: Any) -> dict[str, list[str]]:
    """What the form of a kind says against a request that is right but for the changes."""
    values = ready(code, operator, payer) | changes
    with operator.context():
        return KINDS[code].form(typed(values), case=Case(provider=operator.provider, filed_on=DAY)).errors


@pytest.mark.parametrize("code", KINDS)
def test_every_field_is_asked_for(code: str, provider_operator: Operator, payer_operator: Operator) -> None:
    values = ready(code, provider_operator, payer_operator)
    with provider_operator.context():
        case = Case(provider=provider_operator.provider, filed_on=DAY)
        assert KINDS[code].form(typed(values), case=case).errors == {}
        for name in values:
            left = {key: value for key, value in values.items() if key != name}
            found = KINDS[code].form(typed(left), case=case).errors
            assert found or name in OPTIONAL, name


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_missing_the_request_stays_a_draft(
    data: st.DataObject, provider_operator: Operator, payer_operator: Operator
) -> None:
    code = data.draw(st.sampled_from(["installation", "bank_account", "repayment", "simp"]))
    values = ready(code, provider_operator, payer_operator)
    missing = data.draw(st.sets(st.sampled_from(sorted(values)), min_size=1))
    blank = data.draw(st.sampled_from(["", "   ", "\x00"]))
    begun = draft(code, provider_operator, values | dict.fromkeys(missing, blank))
    with provider_operator.context():
        faults = faults_of(begun, form_of(begun, NOON))
        with pytest.raises(UnableToFileRequest):
            file_request(operator=provider_operator, request=begun, at=NOON)
    assert len(faults) >= len(missing)
    assert now(begun).state == RequestState.DRAFT


def test_a_demanded_file_is_asked_for_and_may_be_taken_off(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    values = ready("bank_account", provider_operator, payer_operator)
    begun = draft("bank_account", provider_operator, values, files=False)
    with provider_operator.context():
        assert [name for name, _ in faults_of(begun, form_of(begun, NOON))] == ["Podpisany wydruk"]
        attached = attach(
            operator=provider_operator, request=begun, kind_of_file="signed", content=scan(), at=NOON
        )
        assert faults_of(begun, form_of(begun, NOON)) == []
        take_off(operator=provider_operator, request=begun, attachment=attached, at=NOON)
        with pytest.raises(UnableToFileRequest, match="Podpisany wydruk"):
            file_request(operator=provider_operator, request=begun, at=NOON)


def test_a_file_is_judged_by_its_bytes(provider_operator: Operator, payer_operator: Operator) -> None:
    begun = draft("installation", provider_operator, {})
    with provider_operator.context(), pytest.raises(UnableToKeepFile):
        attach(
            operator=provider_operator,
            request=begun,
            kind_of_file="other",
            content=scan("umowa.pdf", b"MZ not a PDF\x00"),
            at=NOON,
        )
    with provider_operator.context(), pytest.raises(UnableTo, match="files"):
        attach(operator=provider_operator, request=begun, kind_of_file="nonsense", content=scan(), at=NOON)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("account", "83 1010 1023 0000 2613 9510 0001", "26 cyfr"),
        ("account", world.ACCOUNT, "już płaci"),
        ("holder", "Ktoś Inny", "Przychodnia Wrzosowa"),
        ("since", "2026-11-04", "05.11.2026"),
        ("since", "jutro", "data"),
        ("kind", "SZP", "SZP"),
        ("account", "", "podać numer konta"),
    ],
    ids=["check digits", "the same account", "another holder", "the past", "no date", "no such kind", "none"],
)
def test_bank_account(
    field: str, value: str, words: str, provider_operator: Operator, payer_operator: Operator
) -> None:
    found = errors("bank_account", provider_operator, payer_operator, **{field: value})
    assert list(found) == [field]
    assert words in found[field][0]


@pytest.mark.slow
def test_the_account_does_not_change_back_into_payments_that_were_made(
    provider_operator: Operator, payer_operator: Operator, bill: Any
) -> None:
    from rozlicz.portal.bills.operations import approve_bill
    from rozlicz.portal.payments.operations import mark_payment_run

    with payer_operator.context():
        approve_bill(operator=payer_operator, bill=bill, at=NOON)
        mark_payment_run(operator=payer_operator, day=bill.due_on, at=NOON)
    found = errors("bank_account", provider_operator, payer_operator, since="2026-11-13")
    assert "13.11.2026" in found["since"][0]
    assert errors("bank_account", provider_operator, payer_operator, since="2026-11-14") == {}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"amount_1": "2400,10"}, "2 400,00"),
        ({"amount_1": "0"}, "większa od zera"),
        ({"to_1": ""}, "całe przesunięcie"),
        ({"to_1": f"{world.NEUROLOGY}|1"}, "inny zakres"),
        ({"quarter": "2026-Q4", "month_1": "2026-10"}, ""),
        ({"from_1": "", "to_1": "", "month_1": "", "amount_1": ""}, "co najmniej jedno"),
        ({"amount_1": "1500,00"}, "1 000,00"),
    ],
    ids=["a fifth", "nothing", "half a row", "to itself", "the last quarter", "no row", "more than planned"],
)
def test_shift(
    changes: dict[str, str], words: str, provider_operator: Operator, payer_operator: Operator
) -> None:
    found = errors("shift", provider_operator, payer_operator, **changes)
    shown = " ".join(str(line) for lines in found.values() for line in lines).replace("\u202f", " ")
    assert words in shown
    assert bool(found) == bool(words)


def test_unlocking_is_of_closed_months_of_the_contract(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    found = errors("unlocking", provider_operator, payer_operator, last_month="2026-10")
    assert list(found) == ["last_month"]
    assert list(errors_again(provider_operator, imports=[])) == ["imports"]
    assert list(errors_again(provider_operator, services=" ".join(f"S{n}" for n in range(501)))) == [
        "services"
    ]
    assert list(errors_again(provider_operator, services="x" * 61)) == ["services"]


def errors_again(operator: Operator, **changes: Any) -> dict[str, list[str]]:
    """As `errors`, for September that is closed already."""
    values = {
        "scope": f"{contract_of(operator).pk}|{world.NEUROLOGY}|1",
        "first_month": "2026-09",
        "last_month": "2026-09",
        "services": "S1",
        "imports": ["adds"],
        "value": "1",
        "reason": "x",
        "phone": "42 1234567",
    }
    with operator.context():
        case = Case(provider=operator.provider, filed_on=DAY)
        return KINDS["unlocking"].form(typed(values | changes), case=case).errors


def test_what_may_not_be_asked_for_now_says_why(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    with provider_operator.context():
        for code, words in (("unlocking", "No reporting period"), ("shift", "two scopes")):
            with pytest.raises(UnableToBeginRequest, match=words):
                draft_request(operator=provider_operator, kind=KINDS[code], typed={}, at=NOON)
    two_scopes()
    closed_september(payer_operator)
    for code in ("unlocking", "shift"):
        assert draft(code, provider_operator, {}).state == RequestState.DRAFT


def test_what_nobody_asks_for_is_not_kept(provider_operator: Operator) -> None:
    begun = draft("installation", provider_operator, {"program_name": "a\x00b", "roles": "administrator"})
    assert Request(fields=begun.fields).fields == {"program_name": ["ab"]}
