"""The examples are what the writers write, fit the schemas, and tell one coherent story."""

import io
from pathlib import Path

import polars as pl
import pytest

from rozlicz.kernel.identifiers import is_bank_account, is_pesel
from rozlicz.messages.envelope import sha256_of
from rozlicz.messages.fakt_rach import read_bill, write_bill
from rozlicz.messages.p_swi import ReplyReader, write_p_swi
from rozlicz.messages.r_umx import read_r_umx, write_r_umx
from rozlicz.messages.root import recognise
from rozlicz.messages.settlement_request import (
    read_request_refusal,
    read_settlement_request,
    write_request_refusal,
    write_settlement_request,
)
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad_typed import ExaminationReader, ServiceReader
from rozlicz.messages.swiad_writer import SwiadWriter, write_examinations
from rozlicz.messages.umx import read_umx, write_umx
from tests.messages.schemas import assert_fits

EXAMPLES = Path(__file__).parents[2] / "examples"

PAIRS = {
    "umowa-krotka.umx": "umx",
    "umowa.umx": "umx",
    "raport-krotki.swx": "swiad",
    "raport.swx": "swiad",
    "raport-szpitalny.swx": "swiad",
    "raport-badan-krotki.swx": "swiad-wykbad",
    "raport-badan.swx": "swiad-wykbad",
    "odpowiedz-krotka.swz": "p_swi",
    "odpowiedz.swz": "p_swi",
    "odpowiedz-potwierdzenie.swz": "p_swi",
    "odpowiedz-badan.swz": "p_swi",
    "szablon-krotki.zrz": "r_umx",
    "szablony.zrz": "r_umx",
    "umowa-poz.umx": "umx",
    "umowa-szpital.umx": "umx",
    "umowa-uzdrowisko.umx": "umx",
    "umowa-wyroby.umx": "umx",
    "szablon-poz.zrz": "r_umx",
    "szablon-ryczalt.zrz": "r_umx",
    "szablon-korygujacy.zrz": "r_umx",
    "szablon-fundusz-medyczny.zrz": "r_umx",
    "zadanie-krotkie.zrx": "z_roz",
    "zadanie.zrx": "z_roz",
    "zadanie-plan-splaty.zrx": "z_roz",
    "odmowa-krotka.zrp": "p_roz",
    "odmowa.zrp": "p_roz",
    "rachunek-krotki.erx": "fakt_rach",
    "faktura-korygujaca.efx": "fakt_rach",
}


def report(name: str) -> pl.DataFrame:
    return pl.concat(SwiadReader(EXAMPLES / name))


@pytest.mark.parametrize("name", PAIRS)
def test_an_example_fits_its_schema(name: str) -> None:
    assert_fits((EXAMPLES / name).read_bytes(), PAIRS[name])
    assert recognise(EXAMPLES / name).lower() in {"fakt", "rach", PAIRS[name].partition("-")[0]}


def rewritten(name: str) -> bytes:
    path, target = EXAMPLES / name, io.BytesIO()
    if name.endswith("umx"):
        header, contract = read_umx(path)
        write_umx(contract, header=header, target=target)
    elif name.endswith("zrz"):
        header, templates = read_r_umx(path)
        write_r_umx(templates, header=header, target=target)
    elif name.endswith("zrx"):
        header, asked = read_settlement_request(path)
        write_settlement_request(asked, header=header, target=target)
    elif name.endswith("zrp"):
        header, refusal = read_request_refusal(path)
        write_request_refusal(refusal, header=header, target=target)
    elif PAIRS[name] == "swiad":
        services = ServiceReader(path)
        with SwiadWriter(target, services.header) as writer:
            for one in services:
                writer.write_service(one.service, of=one.of)
    elif PAIRS[name] == "swiad-wykbad":
        examinations = ExaminationReader(path)
        write_examinations(
            period=examinations.period, sets=examinations, header=examinations.header, target=target
        )
    elif name.endswith("swz"):
        reply = ReplyReader(path)
        write_p_swi(
            receipt=reply.receipt,
            summary=reply.summary,
            positions=reply,
            header=reply.header,
            target=target,
        )
    else:
        header, bill = read_bill(path)
        write_bill(bill, header=header, target=target)
    return target.getvalue()


@pytest.mark.parametrize("name", PAIRS)
def test_an_example_is_what_the_writer_writes(name: str) -> None:
    assert rewritten(name) == (EXAMPLES / name).read_bytes()


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
