"""The examples tell one coherent story."""

from pathlib import Path

import polars as pl
import pytest

from rozlicz.kernel.identifiers import is_bank_account, is_pesel
from rozlicz.messages.fakt_rach import read_bill
from rozlicz.messages.p_swi import ReplyReader
from rozlicz.messages.r_umx import read_r_umx
from rozlicz.messages.settlement_request import (
    read_request_refusal,
    read_settlement_request,
)
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.umx import read_umx
from rozlicz.messages.wire.envelope import sha256_of

EXAMPLES = Path(__file__).parents[2] / "examples"


def report(name: str) -> pl.DataFrame:
    return pl.concat(SwiadReader(EXAMPLES / name))


@pytest.mark.parametrize("kind", ["", "-krotk"])
def test_the_reply_answers_the_report(kind: str) -> None:
    path = EXAMPLES / ("raport-krotki.swx" if kind else "raport.swx")
    reply = ReplyReader(EXAMPLES / ("odpowiedz-krotka.swz" if kind else "odpowiedz.swz"))
    rows = report(path.name)
    assert reply.receipt.sha256 == sha256_of(path)
    assert [(one.service_id, one.line) for one in reply] == list(
        zip(rows["service_id"], rows["line"], strict=True)
    )
    assert reply.summary.accepted + reply.summary.rejected == rows.height


def test_replies_answer_what_they_were_sent_for() -> None:
    for name, answered in (
        ("odpowiedz-potwierdzenie.swz", "raport-szpitalny.swx"),
        ("odpowiedz-badan.swz", "raport-badan.swx"),
    ):
        assert ReplyReader(EXAMPLES / name).receipt.sha256 == sha256_of(EXAMPLES / answered)
    reply = ReplyReader(EXAMPLES / "odpowiedz-badan.swz")
    lines = (EXAMPLES / "raport-badan.swx").read_text().splitlines()
    for one in reply:
        tag = f'<nfz:wyk-badanie id-bad="{one.position}"' if one.position else f'id-zest="{one.service_id}"'
        assert tag in lines[one.line - 1]


@pytest.mark.parametrize("name", ["raport-krotki.swx", "raport.swx", "raport-szpitalny.swx"])
def test_persons_have_right_numbers(name: str) -> None:
    rows = report(name)
    numbers = rows.filter(pl.col("patient_id_type") == "P")["patient_id"]
    assert all(is_pesel(number) for number in numbers)
    assert not SwiadReader(EXAMPLES / name).unread


def test_templates_belong_to_contracts() -> None:
    """Each line is of a scope of its contract, each count of persons at a rate and in a group that it has."""
    for contract, names in {
        "umowa-poz.umx": ["szablon-poz.zrz", "szablon-korygujacy.zrz", "szablon-fundusz-medyczny.zrz"],
        "umowa-szpital.umx": ["szablon-ryczalt.zrz"],
    }.items():
        terms = read_umx(EXAMPLES / contract)[1]
        for template in (one for name in names for one in read_r_umx(EXAMPLES / name)[1]):
            assert template.contract == terms.code
            assert all(line.adds_up for line in template.lines)
            for line in template.lines:
                scope = terms.scope(line.scope, line.distinguisher)
                assert scope is not None
                if line.capitation is not None:
                    assert line.capitation.annual_rate in {rate.amount for rate in scope.rates}
                    assert not line.product or line.product in {group.code for group in scope.groups}


@pytest.mark.parametrize(
    ("answer", "asked"),
    [("odmowa.zrp", "zadanie-krotkie.zrx"), ("odmowa-krotka.zrp", "zadanie-plan-splaty.zrx")],
)
def test_a_refusal_answers_its_request(answer: str, asked: str) -> None:
    refusal = read_request_refusal(EXAMPLES / answer)[1]
    header, request = read_settlement_request(EXAMPLES / asked)
    assert refusal.request == request
    assert refusal.receipt.sha256 == sha256_of(EXAMPLES / asked)
    assert refusal.receipt.report_generation == header.generation


def test_bills_belong_to_templates_and_contracts() -> None:
    for contract, templates, bill in (
        ("umowa-krotka.umx", "szablon-krotki.zrz", "rachunek-krotki.erx"),
        ("umowa.umx", "szablony.zrz", "faktura-korygujaca.efx"),
    ):
        found = read_bill(EXAMPLES / bill)[1]
        by_number = {one.number: one for one in read_r_umx(EXAMPLES / templates)[1]}
        terms = read_umx(EXAMPLES / contract)[1]
        assert found.amount == by_number[found.template].amount
        assert found.contract == terms.code
        assert found.issuer == terms.provider
        assert is_bank_account(found.bank_account)
        assert all(line.adds_up for one in by_number.values() for line in one.lines)
