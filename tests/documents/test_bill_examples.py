"""The example bills pass the checks with their templates and contracts, and the example replies answer them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rozlicz.documents.bills import check_bill
from rozlicz.documents.refusals import is_refused
from rozlicz.documents.replies import answered
from rozlicz.documents.ways import Way
from rozlicz.messages.bill_replies import BillOutcome
from rozlicz.messages.fakt_rach import read_bill
from rozlicz.messages.p_dok import read_bill_reply
from rozlicz.messages.r_umx import read_r_umx
from rozlicz.messages.ref import KIND, read_ref
from rozlicz.messages.umx import read_umx
from rozlicz.messages.wire.envelope import sha256_of
from rozlicz.messages.wire.root import recognise

EXAMPLES = Path(__file__).parents[2] / "examples"

# bill, its templates, its contract, the corrected bill
BILLS = [
    ("rachunek-krotki.erx", "szablon-krotki.zrz", "umowa-krotka.umx", None),
    ("rachunek.erx", "szablony.zrz", "umowa.umx", None),
    ("faktura-krotka.efx", "szablon-ryczalt.zrz", "umowa-szpital.umx", None),
    ("faktura-osoby.efx", "szablony.zrz", "umowa.umx", None),
    ("faktura-korygujaca.efx", "szablony.zrz", "umowa.umx", "431/09/2026"),
    ("nota-krotka.enx", "szablony-wyroby.zrz", "umowa-wyroby.umx", None),
    ("nota.enx", "szablony-wyroby.zrz", "umowa-wyroby.umx", None),
    ("nota-korygujaca.enx", "szablon-wyroby-korekta.zrz", "umowa-wyroby.umx", "660/10/2026"),
    ("dane-rachunku-krotkie.rfx", "szablon-fundusz-medyczny.zrz", "umowa-poz.umx", None),
    ("dane-rachunku.rfx", "szablon-poz.zrz", "umowa-poz.umx", None),
    ("dane-rachunku-korygujacego.rfx", "szablon-korygujacy.zrz", "umowa-poz.umx", "611/11/2026"),
]
REPLIES = {
    "odpowiedz-rachunek-krotka.edz": ("rachunek-krotki.erx", BillOutcome.ACCEPTED),
    "odpowiedz-faktura-odrzucona.edz": ("faktura-korygujaca.efx", BillOutcome.REFUSED),
    "odpowiedz-nota-niekompletna.edz": ("nota.enx", BillOutcome.INCOMPLETE),
    "odpowiedz-dane-rachunku-krotka.rfz": ("dane-rachunku-krotkie.rfx", BillOutcome.INCOMPLETE),
    "odpowiedz-dane-rachunku.rfz": ("dane-rachunku.rfx", BillOutcome.INCOMPLETE),
    "odpowiedz-dane-korekty.rfz": ("dane-rachunku-korygujacego.rfx", BillOutcome.ACCEPTED),
}


def bill_of(name: str):
    """Header, bill and, of a paper bill's data, its type."""
    if recognise(EXAMPLES / name) == KIND:
        header, paper = read_ref(EXAMPLES / name)
        return header, paper.bill, paper.bill_type
    return *read_bill(EXAMPLES / name), None


@pytest.mark.parametrize(("name", "templates", "contract", "corrected"), BILLS, ids=[one[0] for one in BILLS])
def test_an_example_bill_passes_the_checks(name, templates, contract, corrected):
    _, bill, bill_type = bill_of(name)
    refusals = check_bill(
        bill,
        template={one.number: one for one in read_r_umx(EXAMPLES / templates)[1]}[bill.template],
        contract=read_umx(EXAMPLES / contract)[1],
        received_on=max(bill.issued_on, date(2026, 11, 5)),
        template_already_billed=False,
        numbers_used=(),
        registered_bank_accounts=[bill.bank_account],
        corrected_bill_number=corrected,
        way=Way.E_DOCUMENT if bill_type is None else Way.REF_AND_PAPER,
        bill_type=bill_type,
    )
    assert not is_refused(refusals), [one.text.en for one in refusals]


def test_every_example_of_a_bill_is_checked():
    found = {path.name for path in EXAMPLES.iterdir() if path.suffix in {".efx", ".erx", ".enx", ".rfx"}}
    assert found == {one[0] for one in BILLS}


@pytest.mark.parametrize("name", REPLIES)
def test_an_example_reply_answers_its_bill(name):
    answers, outcome = REPLIES[name]
    header, bill, _ = bill_of(answers)
    reply_header, reply = read_bill_reply(EXAMPLES / name)
    assert reply.outcome is outcome
    assert reply.bill == answered(bill)
    assert reply.receipt.sha256 == sha256_of(EXAMPLES / answers)
    assert reply.receipt.report_generation == header.generation
    assert (reply_header.receiver, reply_header.sender) == (header.sender, header.receiver)
