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
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.umx import read_umx, write_umx
from tests.messages.schemas import assert_fits

EXAMPLES = Path(__file__).parents[2] / "examples"

PAIRS = {
    "umowa-krotka.umx": "umx",
    "umowa.umx": "umx",
    "raport-krotki.swx": "swiad",
    "raport.swx": "swiad",
    "odpowiedz-krotka.swz": "p_swi",
    "odpowiedz.swz": "p_swi",
    "szablon-krotki.zrz": "r_umx",
    "szablony.zrz": "r_umx",
    "rachunek-krotki.erx": "fakt_rach",
    "faktura-korygujaca.efx": "fakt_rach",
}


def report(name: str) -> pl.DataFrame:
    return pl.concat(SwiadReader(EXAMPLES / name))


@pytest.mark.parametrize("name", PAIRS)
def test_an_example_fits_its_schema(name: str) -> None:
    assert_fits((EXAMPLES / name).read_bytes(), PAIRS[name])
    assert recognise(EXAMPLES / name).lower() in {"fakt", "rach", PAIRS[name]}


def rewritten(name: str) -> bytes:
    path, target = EXAMPLES / name, io.BytesIO()
    if name.endswith("umx"):
        header, contract = read_umx(path)
        write_umx(contract, header=header, target=target)
    elif name.endswith("zrz"):
        header, templates = read_r_umx(path)
        write_r_umx(templates, header=header, target=target)
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


@pytest.mark.parametrize("name", [name for name in PAIRS if not name.endswith("swx")])
def test_an_example_is_what_the_writer_writes(name: str) -> None:
    assert rewritten(name) == (EXAMPLES / name).read_bytes()


@pytest.mark.parametrize("kind", ["", "-krotk"])
def test_the_reply_answers_the_report(kind: str) -> None:
    path = next(EXAMPLES.glob(f"raport{kind}*.swx")) if kind else EXAMPLES / "raport.swx"
    reply = ReplyReader(EXAMPLES / ("odpowiedz-krotka.swz" if kind else "odpowiedz.swz"))
    rows = report(path.name)
    assert reply.receipt.sha256 == sha256_of(path)
    assert [(one.service_id, one.line) for one in reply] == list(
        zip(rows["service_id"], rows["line"], strict=True)
    )
    assert reply.summary.accepted + reply.summary.rejected == rows.height


@pytest.mark.parametrize("name", ["raport-krotki.swx", "raport.swx"])
def test_persons_have_right_numbers(name: str) -> None:
    rows = report(name)
    numbers = rows.filter(pl.col("patient_id_type") == "P")["patient_id"]
    assert all(is_pesel(number) for number in numbers)
    assert not SwiadReader(EXAMPLES / name).unread


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
