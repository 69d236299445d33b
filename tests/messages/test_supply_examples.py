"""The examples of device supply and of prevention tell one story."""

from pathlib import Path

import pytest

from rozlicz.kernel.identifiers import is_pesel
from rozlicz.kernel.money import grosze_from_text, round_half_up, units_from_text
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.p_zposp import SupplyReplyReader
from rozlicz.messages.persons import PersonIdType
from rozlicz.messages.prevention import ExaminationState
from rozlicz.messages.simp import ExaminationListReader
from rozlicz.messages.simp_bill import read_simp_bill
from rozlicz.messages.umx import read_umx
from rozlicz.messages.wire.envelope import sha256_of
from rozlicz.messages.zposp import SupplyReader

EXAMPLES = Path(__file__).parents[2] / "examples"
SUPPLIES = {
    "zaopatrzenie-krotkie.zpx": "odpowiedz-zaopatrzenie-krotka.zpz",
    "zaopatrzenie.zpx": "odpowiedz-zaopatrzenie.zpz",
}
LISTS = {
    "profilaktyka-krotka.smx": ("profilaktyka-zatwierdzona-krotka.smz", "rachunek-profilaktyki-krotki.smr"),
    "profilaktyka.smx": ("profilaktyka-zatwierdzona.smz", "rachunek-profilaktyki.smr"),
}


@pytest.mark.parametrize("name", SUPPLIES)
def test_patient_and_payer_pay_the_price_together(name: str) -> None:
    contract = read_umx(EXAMPLES / "umowa-wyroby.umx")[1]
    scopes = {(scope.code, str(scope.distinguisher)): scope for scope in contract.scopes}
    for supply in (one.supply for one in SupplyReader(EXAMPLES / name) if one.supply is not None):
        assert supply.patient is not None or is_pesel(supply.pesel)
        settled = supply.settlement
        assert settled.contract == contract.code
        assert scopes[settled.scope, settled.distinguisher].settled_by is SettledBy.DEVICE_SUPPLY
        parts = (settled.due, settled.own_share, settled.over_limit)
        assert sum(map(grosze_from_text, parts)) == grosze_from_text(settled.value)
        exact = units_from_text(supply.device.quantity) * grosze_from_text(settled.price)
        assert round_half_up(exact) == grosze_from_text(settled.value)


@pytest.mark.parametrize(("name", "answer"), SUPPLIES.items())
def test_the_reply_answers_the_report(name: str, answer: str) -> None:
    positions = list(SupplyReader(EXAMPLES / name))
    reply = SupplyReplyReader(EXAMPLES / answer)
    results = list(reply)
    assert reply.receipt.sha256 == sha256_of(EXAMPLES / name)
    assert [(one.id, one.version, one.row, one.line) for one in results] == [
        (one.id, one.version, one.row, one.line) for one in positions
    ]
    due = dict.fromkeys((True, False), 0)
    for position, result in zip(positions, results, strict=True):
        if position.supply is not None:
            due[result.accepted] += grosze_from_text(position.supply.settlement.due)
    assert (reply.summary.accepted_value, reply.summary.rejected_value) == (due[True], due[False])
    assert reply.summary.accepted == sum(result.accepted for result in results)


@pytest.mark.parametrize(("name", "answers"), LISTS.items())
def test_r35_the_bill_holds_the_approved_examinations(name: str, answers: tuple[str, str]) -> None:
    sent = list(ExaminationListReader(EXAMPLES / name))
    found = ExaminationListReader(EXAMPLES / answers[0])
    listed = list(found)
    assert found.receipt is not None
    assert found.receipt.sha256 == sha256_of(EXAMPLES / name)
    assert [(one.id, one.version) for one in listed] == [(one.id, one.version) for one in sent]
    assert all(is_pesel(one.patient.id) for one in sent if one.patient.id_type is PersonIdType.PESEL)
    bill = read_simp_bill(EXAMPLES / answers[1])[1]
    assert bill.adds_up
    assert bill.bill.month == found.month
    scopes = {line.number: line.scope for line in bill.bill.lines}
    assert [(scopes[one.line], one.id, one.version, one.number) for one in bill.examinations] == [
        (one.scope, one.id, one.version, one.number)
        for one in listed
        if one.state is ExaminationState.APPROVED and one.contract == bill.bill.contract
    ]
