"""What KSeF would cut, drop or refuse is told before anything is written, and a file is held against KSeF's rules."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rozlicz.kernel.branches import FUND_NIP, PostalAddress
from rozlicz.messages.bills import Bill, BillKind
from rozlicz.messages.fakt_rach import read_bill
from rozlicz.messages.ksef import Correction, KsefInvoice, NotForKsef
from rozlicz.messages.ksef.checks import ksef_refusals
from rozlicz.messages.ksef.reasons import REASONS
from rozlicz.messages.ksef.schema import schema_errors_of_ksef
from rozlicz.messages.ksef.writer import write_ksef
from rozlicz.messages.wire.refusals import MessageRefused

BILL = read_bill(Path(__file__).parents[2] / "examples" / "rachunek-krotki.erx")[1]
INVOICE = KsefInvoice(
    bill=replace(BILL, kind=BillKind.INVOICE), made_at=datetime(2026, 11, 5, 8, 15, tzinfo=UTC)
)
CORRECTED_ON = Correction(issued_on=date(2026, 10, 5))


def with_bill(**changes) -> KsefInvoice:
    return replace(INVOICE, bill=replace(INVOICE.bill, **changes))


def with_issuer(**changes) -> KsefInvoice:
    return with_bill(issuer=replace(INVOICE.bill.issuer, **changes))


def with_line(**changes) -> KsefInvoice:
    return with_bill(lines=(replace(INVOICE.bill.lines[0], **changes),))


def with_lines(count: int, **changes) -> KsefInvoice:
    line = replace(INVOICE.bill.lines[0], **changes)
    return with_bill(lines=tuple(replace(line, number=number) for number in range(1, count + 1)))


ATTACHED = replace(
    read_bill(Path(__file__).parents[2] / "examples" / "faktura-korygujaca.efx")[1].attachments[0]
)

CASES = {
    "K-101 an account": (INVOICE.bill and replace(INVOICE, bill=BILL), "K-101", "kind"),
    "K-102 no basis of exemption": (with_bill(vat_exemption=None), "K-102", "vat_exemption"),
    "K-103 no branch": (
        with_bill(recipient=replace(INVOICE.bill.recipient, branch="17")),
        "K-103",
        "recipient.branch",
    ),
    "K-104 no template": (with_bill(template=0), "K-104", "template"),
    "K-105 another buyer": (
        with_bill(buyer=replace(INVOICE.bill.buyer, nip="9990000008")),
        "K-105",
        "buyer.nip",
    ),
    "K-106 long ago": (with_bill(issued_on=date(2005, 12, 31)), "K-106", "issued_on"),
    "K-106 made before FA(3)": (
        replace(INVOICE, made_at=datetime(2025, 8, 31, 23, 59, tzinfo=UTC)),
        "K-106",
        "made_at",
    ),
    "K-107 undated": (with_bill(corrects_number="1"), "K-107", "correction.issued_on"),
    "K-108 nothing corrected": (replace(INVOICE, correction=CORRECTED_ON), "K-108", "corrects_number"),
    "K-108 a reason alone": (with_bill(correction_reason="bo tak"), "K-108", "corrects_number"),
    "K-109 NIP": (with_issuer(nip="999-000-00-08"), "K-109", "issuer.nip"),
    "K-109 check digit": (with_issuer(nip="9990000009"), "K-109", "issuer.nip"),
    "K-109 REGON": (with_issuer(regon="99000000"), "K-109", "issuer.regon"),
    "K-109 identifier": (replace(INVOICE, recipient_id=f"{FUND_NIP}-5"), "K-109", "recipient_id"),
    "K-109 address": (
        with_issuer(address=PostalAddress(street="ul. Długa 1, 90-001 Łódź", postal_code="", town="")),
        "K-109",
        "issuer.address",
    ),
    "K-109 attachment": (with_bill(attachments=(replace(ATTACHED, kind="D E C"),)), "K-109", "attachments.1"),
    "K-111 no number": (with_bill(number=""), "K-111", "number"),
    "K-111 no name of a service": (with_line(name=""), "K-111", "lines.1.name"),
    "K-112 number": (with_bill(number="1" * 257), "K-112", "number"),
    "K-112 name": (with_issuer(name="ą" * 513, company_name=""), "K-112", "issuer.name"),
    "K-112 service": (with_line(name="ą" * 513), "K-112", "lines.1.name"),
    "K-112 reason": (
        replace(with_bill(corrects_number="1", correction_reason="ą" * 257), correction=CORRECTED_ON),
        "K-112",
        "correction_reason",
    ),
    "K-112 file name": (
        with_bill(attachments=(replace(ATTACHED, file_name="a" * 189),)),
        "K-112",
        "attachments.1",
    ),
    "K-113 account": (with_bill(bank_account="123456789"), "K-113", "bank_account"),
    "K-114 double blank": (with_line(name="Porada  lekarska"), "K-114", "lines.1.name"),
    "K-114 line end": (with_bill(number="1\n"), "K-114", "number"),
    "K-115 control letter": (with_line(name="Porada\x80"), "K-115", "lines.1.name"),
    "K-115 no letter": (with_line(name="Porada\ufdd0"), "K-115", "lines.1.name"),
    "K-115 end of a plane": (with_line(name="Porada\U0001ffff"), "K-115", "lines.1.name"),
    "K-121 no lines": (with_bill(lines=()), "K-121", "lines"),
    "K-121 too many lines": (with_lines(10_001), "K-121", "lines"),
    "K-122 too many descriptions": (with_lines(4_998), "K-122", "lines"),
    "K-123 repeated": (with_bill(lines=INVOICE.bill.lines * 2), "K-123", "lines"),
    "K-123 zero": (with_line(number=0), "K-123", "lines"),
    "K-124 amount": (with_bill(amount=10**18), "K-124", "amount"),
    "K-124 price": (with_line(price=-(10**16)), "K-124", "lines.1.price"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_what_stands_in_the_way_is_told_and_nothing_is_written(case: str, tmp_path: Path) -> None:
    invoice, code, field = CASES[case]
    found = [one for one in ksef_refusals(invoice) if one.code == code]
    assert [one.field for one in found] == [field]
    target = tmp_path / "faktura.xml"
    with pytest.raises(NotForKsef) as raised:
        write_ksef(invoice, target=target)
    assert raised.value.refusals == ksef_refusals(invoice)
    assert found[0].text.en in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_an_invoice_without_obstacles_has_none() -> None:
    assert ksef_refusals(INVOICE) == ()


@pytest.mark.parametrize(
    "invoice",
    [
        with_bill(number="1" * 256),
        with_issuer(name="ą" * 512, company_name=""),
        with_line(name="ą" * 512, unit_name="x" * 256, scope="1" * 50),
        with_bill(bank_account="1234567890"),
        with_bill(attachments=(replace(ATTACHED, file_name="a" * 187),)),
        with_line(name="Porada\x85lekarska"),
    ],
)
def test_what_just_fits_is_written(invoice: KsefInvoice) -> None:
    target = io.BytesIO()
    write_ksef(invoice, target=target)
    assert schema_errors_of_ksef(target) == ()


def test_everything_is_told_at_once() -> None:
    bill: Bill = replace(BILL, vat_exemption=None, number="", bank_account="1")
    assert {one.code for one in ksef_refusals(replace(INVOICE, bill=bill))} == {
        "K-101",
        "K-102",
        "K-111",
        "K-113",
    }


@pytest.mark.slow
def test_an_invoice_above_a_million_bytes_is_refused_whole() -> None:
    invoice = with_lines(1_200, name="ą" * 250)
    target = io.BytesIO()
    with pytest.raises(NotForKsef) as raised:
        write_ksef(invoice, target=target)
    assert [one.code for one in raised.value.refusals] == ["K-131"]
    assert target.getvalue() == b""


def test_every_reason_has_a_case() -> None:
    codes = [one.code for one in REASONS]
    assert len(set(codes)) == len(codes)
    assert set(codes) == {code for _, code, _ in CASES.values()} | {"K-131"}


def test_a_moment_without_its_zone_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(INVOICE, made_at=datetime(2026, 11, 5, 8, 15))


# ---- files ---------------------------------------------------------------------------------------------------------


def written(invoice: KsefInvoice = INVOICE) -> bytes:
    target = io.BytesIO()
    write_ksef(invoice, target=target)
    return target.getvalue()


def told(content: bytes) -> list[tuple[int, str]]:
    return [(one.line, one.text.pl) for one in schema_errors_of_ksef(io.BytesIO(content))]


def test_a_written_invoice_keeps_the_rules_for_files() -> None:
    content = written()
    assert content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<Faktura')
    assert b"<?" not in content[5:]
    assert told(content) == []


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        (b"\xef\xbb\xbf" + written(), b"<?xml", "BOM"),
        (written().replace(b"<Fa>", b"<?druk tak?><Fa>"), b"<?druk", "instrukcję przetwarzania"),
        (
            written()
            .decode()
            .replace("UTF-8", "ISO-8859-2")
            .replace("„", "")
            .replace("”", "")
            .encode("iso-8859-2"),
            b"<?xml",
            "UTF-8",
        ),
        (written().replace(b"Rozlicz<", b"Rozlicz&#x80;<"), b"<SystemInfo>", "U+0080"),
        (written() + b" " * 1_000_000, b"<?xml", "1000000"),
        (written().replace(b"<P_15>", b"<P_15>zl "), b"<P_15>", "P_15"),
        (written().replace(b"<JST>2</JST>", b""), b"<GV>", "GV"),
    ],
    ids=["mark", "instruction", "encoding", "letter", "size", "amount", "element"],
)
def test_a_file_that_ksef_would_refuse_is_told_with_its_line(content: bytes, place: bytes, said: str) -> None:
    line = 1 + content[: content.index(place)].count(b"\n")
    found = told(content)
    assert any(one == line and said in text for one, text in found), found


def test_a_hostile_file_is_refused_before_any_schema_is_asked() -> None:
    for content in (b"", b"<a>", written().replace(b"?>\n", b"?><!DOCTYPE Faktura>", 1)):
        with pytest.raises(MessageRefused):
            schema_errors_of_ksef(io.BytesIO(content))


def test_a_link_made_to_keep_the_schema_busy_does_not() -> None:
    link = b"https://" + b"a." * 200 + b"!" * 60
    payment = b"<LinkDoPlatnosci>" + link + b"</LinkDoPlatnosci></Platnosc>"
    begin = time.process_time()
    assert told(written().replace(b"</Platnosc>", payment))
    assert time.process_time() - begin < 2
