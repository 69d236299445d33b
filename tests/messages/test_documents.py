"""Contracts, templates and bills: what is wrong is named with line, element, attribute and what is expected."""

import io
import re
import tracemalloc
from dataclasses import replace

import pytest

from rozlicz.messages.fakt_rach import read_bill, write_bill
from rozlicz.messages.p_swi import ReplyReader, write_p_swi
from rozlicz.messages.r_umx import read_r_umx, write_r_umx
from rozlicz.messages.replies import Receipt, ReplyPosition, ReplySummary
from rozlicz.messages.umx import read_umx, write_umx
from rozlicz.messages.wire.envelope import MessageRefused
from rozlicz.messages.wire.xml_writer import NotWritable
from tests import world
from tests.messages.documents import AT, BILL, TEMPLATE, header
from tests.messages.faults import assert_fault_is_named


def umx() -> str:
    target = io.BytesIO()
    write_umx(world.contract(), header=header("UMX"), target=target)
    return target.getvalue().decode()


def r_umx() -> str:
    target = io.BytesIO()
    write_r_umx((TEMPLATE,), header=header("R_UMX"), target=target)
    return target.getvalue().decode()


def bill() -> str:
    target = io.BytesIO()
    write_bill(BILL, header=header("RACH"), target=target)
    return target.getvalue().decode()


def reply() -> str:
    target = io.BytesIO()
    position = ReplyPosition(service_id="S1", service_version="1", position="1", line=9, accepted=True)
    write_p_swi(
        receipt=Receipt(number="1", received_at=AT, sha256="0" * 64, report_generation=1),
        summary=ReplySummary(accepted=1, rejected=0, accepted_value=1000, rejected_value=0),
        positions=[position],
        header=header("P_SWI"),
        target=target,
    )
    return target.getvalue().decode()


def read_reply(source: io.BytesIO) -> list[ReplyPosition]:
    return list(ReplyReader(source))


READERS = {umx: read_umx, r_umx: read_r_umx, bill: read_bill, reply: read_reply}

# message, what is changed into what, code of the refusal, path, name that the sentence must hold
CASES = [
    (umx, 'data-do="2026-12-31">', ">", "attribute-missing", "/komunikat/dane-umowy", "data-do"),
    (
        umx, 'data-podpisania="2025-12-15"', 'data-podpisania="15.12.2025"',
        "attribute-wrong", "/komunikat/dane-umowy", "15.12.2025",
    ),
    (umx, 'nr-aneksu="0"', 'nr-aneksu="zero"', "attribute-wrong", "/komunikat/dane-umowy", "nr-aneksu"),
    (
        umx, 'okres-do="2026-12"', 'okres-do="2025-12"',
        "attribute-wrong", "/komunikat/dane-umowy/okres-rozliczeniowy", "2026-01",
    ),
    (
        umx, 'okres="2026-03"', 'okres="2026-13"',
        "attribute-wrong", "/komunikat/dane-umowy/poz-umowy/plan[3]", "2026-13",
    ),
    (umx, 'cena="10.00"', 'cena="10,00"', "attribute-wrong", "/komunikat/dane-umowy/poz-umowy/plan", "10,00"),
    (
        umx, 'waga="7.1400"', 'waga="7.14001"',
        "attribute-wrong", "/komunikat/dane-umowy/poz-umowy/prod-jedn[2]", "waga",
    ),
    (
        umx, 'skierowanie="T"', 'skierowanie="tak"',
        "attribute-wrong", "/komunikat/dane-umowy/poz-umowy/prod-jedn[2]", "tak",
    ),
    (
        umx, 'forma-prawna="niepubliczny"', 'forma-prawna="sp. z o.o."',
        "attribute-wrong", "/komunikat/dane-umowy/swiadczeniodawca", "forma-prawna",
    ),
    (umx, "<slowniki>", "<slowniki/><slowniki>", "element-repeated", "/komunikat/slowniki[2]", "slowniki"),
    (
        umx, 'fakt-wykonanie="S"', 'fakt-wykonanie="s"',
        "attribute-wrong", "/komunikat/slowniki/prod-kontr", "fakt-wykonanie",
    ),
    (
        umx, "<komorka ", '<komorka kolor="1" ',
        "attribute-unknown", "/komunikat/dane-umowy/poz-umowy/komorka", "kolor",
    ),
    (
        umx, "<komorka ", "<dodatek/><komorka ",
        "element-unknown", "/komunikat/dane-umowy/poz-umowy/dodatek", "dodatek",
    ),
    (umx, "<adres ", "<inny ", "element-missing", "/komunikat/dane-umowy/swiadczeniodawca", "adres"),
    (
        umx, '<prod-kontr kod-zakresu="02.1220', '<prod-kontr kod-zakresu="03.1220',
        "reference", "/komunikat/dane-umowy/poz-umowy", "prod-kontr",
    ),
    (umx, 'typ="UMX"', 'typ="R_UMX"', "kind", "/komunikat", "R_UMX"),
    (umx, 'czas-gen="2026', 'czas-gen="26', "attribute-wrong", "/komunikat", "czas-gen"),
    (r_umx, 'rodz-nalicz="2"', 'rodz-nalicz="9"', "attribute-wrong", "/komunikat", "rodz-nalicz"),
    (r_umx, 'id-szablonu="1"', "", "attribute-missing", "/komunikat/umowa/szablon-rach", "id-szablonu"),
    (
        r_umx, 'ilosc="100.0000" ', 'ilosc="sto" ',
        "attribute-wrong", "/komunikat/umowa/szablon-rach/poz-szablonu", "sto",
    ),
    (
        r_umx, 'wartosc="1000.00">', 'wartosc="1000.01">',
        "attribute-wrong", "/komunikat/umowa/szablon-rach", "1000.00",
    ),
    (r_umx, "<umowa ", '<umowa kolor="F" ', "attribute-unknown", "/komunikat/umowa", "kolor"),
    (bill, 'typ-dok="P"', 'typ-dok="X"', "attribute-wrong", "/komunikat/naglowek-dok", "typ-dok"),
    (bill, 'typ-dok="P"', 'typ-dok="K"', "attribute-missing", "/komunikat/naglowek-dok", "numer-dok-kor"),
    (
        bill, 'typ-dok="P"', 'typ-dok="P" numer-dok-kor="1"',
        "attribute-unknown", "/komunikat/naglowek-dok", "numer-dok-kor",
    ),
    (bill, 'podst-zwol-vat="18"', 'podst-zwol-vat="21"', "attribute-wrong", "/komunikat/naglowek-dok", "18, 19, 20"),
    (bill, "<pozycje>", "<pozycje>tu", "text", "/komunikat/pozycje", "tu"),
    (bill, 'typ="RACH"', 'typ="REF"', "kind", "/komunikat", "REF"),
    (reply, 'stan="P"', 'stan="?"', "attribute-wrong", "/komunikat/pozycje/pozycja", "stan"),
    (reply, 'nr-potw="1"', "", "attribute-missing", "/komunikat/potwierdzenie", "nr-potw"),
    (reply, "<podsumowanie ", '<podsumowanie x="1" ', "attribute-unknown", "/komunikat/podsumowanie", "x"),
    (reply, "</pozycje>", "</pozycje><reszta/>", "element-unknown", "/komunikat/reszta", "reszta"),
    (reply, "<pozycja ", "<pozycja/><pozycja ", "attribute-missing", "/komunikat/pozycje/pozycja", "id-swiad"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0].__name__}: {case[2]}")
def test_a_fault_is_named_where_it_stands(case) -> None:
    make, before, after, code, path, named = case
    assert_fault_is_named(READERS[make], make(), before, after, code=code, path=path, named=named)


def test_tags_that_do_not_match_are_named() -> None:
    with pytest.raises(MessageRefused) as raised:
        read_bill(io.BytesIO(bill().replace("<nabywca ", "<kupujacy ").encode()))
    assert (raised.value.code, raised.value.path) == ("not-well-formed", "/komunikat/kupujacy")
    assert "zamykający" in raised.value.text.pl


def test_scopes_are_named_once() -> None:
    text = umx()
    scope = re.search(r" {2}<poz-umowy.*?</poz-umowy>\n", text, re.DOTALL)
    assert scope is not None
    with pytest.raises(MessageRefused) as raised:
        read_umx(io.BytesIO(text.replace(scope[0], scope[0] * 2).encode()))
    assert raised.value.code == "record-repeated"
    assert "02.1220.001.02 / 1" in raised.value.text.pl


def test_the_order_of_elements_does_not_matter() -> None:
    text = umx()
    dictionaries = text[text.index(" <slowniki>") : text.index("</komunikat>")]
    moved = text.replace(dictionaries, "").replace(" <dane-umowy", f"{dictionaries} <dane-umowy")
    assert read_umx(io.BytesIO(moved.encode())) == read_umx(io.BytesIO(text.encode()))


SIGNATURE = """<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="s">
<ds:SignedInfo><ds:Reference URI=""/></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>"""


def test_a_signed_bill_reads_like_an_unsigned_one() -> None:
    signed = bill().replace("</komunikat>", f"{SIGNATURE}{SIGNATURE}</komunikat>")
    assert read_bill(io.BytesIO(signed.encode())) == read_bill(io.BytesIO(bill().encode()))


def test_a_signature_has_no_place_elsewhere() -> None:
    inside = bill().replace("<pozycje>", f"<pozycje>{SIGNATURE}")
    contract = umx().replace("</komunikat>", f"{SIGNATURE}</komunikat>")
    for read, text in ((read_bill, inside), (read_umx, contract)):
        with pytest.raises(MessageRefused):
            read(io.BytesIO(text.encode()))


def test_text_behind_a_signature_is_refused() -> None:
    signed = bill().replace("</komunikat>", f"{SIGNATURE}tekst</komunikat>")
    with pytest.raises(MessageRefused) as raised:
        read_bill(io.BytesIO(signed.encode()))
    assert raised.value.code == "text"


def test_a_bill_that_does_not_add_up_can_still_be_read() -> None:
    changed = replace(BILL, amount=1)
    target = io.BytesIO()
    write_bill(changed, header=header("RACH"), target=target)
    assert read_bill(target)[1] == changed


def test_templates_of_two_contracts_do_not_fit_one_message() -> None:
    with pytest.raises(ValueError, match="one contract"):
        write_r_umx(
            (TEMPLATE, replace(TEMPLATE, contract="05/2")), header=header("R_UMX"), target=io.BytesIO()
        )
    with pytest.raises(ValueError, match="must be told"):
        write_r_umx((), header=header("R_UMX"), target=io.BytesIO())


def test_a_header_of_another_message_or_version_is_not_written() -> None:
    with pytest.raises(ValueError, match="R_UMX"):
        write_umx(world.contract(), header=header("R_UMX"), target=io.BytesIO())
    with pytest.raises(ValueError, match="version"):
        write_umx(world.contract(), header=replace(header("UMX"), version="3.7"), target=io.BytesIO())


@pytest.mark.parametrize("letter", ["\0", "\x1f", "\x0b", "\ud800", "\ufffe"])
def test_a_letter_that_xml_cannot_carry_is_not_written(letter: str) -> None:
    with pytest.raises(NotWritable, match=f"U\\+{ord(letter):04X}"):
        write_bill(replace(BILL, number=f"1{letter}"), header=header("RACH"), target=io.BytesIO())


def test_a_half_written_document_leaves_nothing(tmp_path) -> None:
    with pytest.raises(NotWritable):
        write_bill(replace(BILL, number="\0"), header=header("RACH"), target=tmp_path / "a.erx")
    assert list(tmp_path.iterdir()) == []


def test_a_written_document_replaces_the_old_one(tmp_path) -> None:
    path = tmp_path / "a.erx"
    path.write_text("old")
    write_bill(BILL, header=header("RACH"), target=path, zipped=True)
    assert read_bill(path)[1] == BILL
    assert [found.name for found in tmp_path.iterdir()] == ["a.erx"]


@pytest.mark.slow
def test_a_reply_of_any_length_is_written_and_read_in_the_same_memory(tmp_path) -> None:
    path = tmp_path / "a.swz"
    peaks = []
    for count in (1_000, 10_000):
        positions = (
            ReplyPosition(service_id=f"S{n}", service_version="1", position="1", line=n, accepted=True)
            for n in range(1, count + 1)
        )
        tracemalloc.start()
        write_p_swi(
            receipt=Receipt(number="1", received_at=AT, sha256="0" * 64, report_generation=1),
            summary=ReplySummary(accepted=count, rejected=0, accepted_value=0, rejected_value=0),
            positions=positions,
            header=header("P_SWI"),
            target=path,
            zipped=True,
        )
        assert sum(1 for _ in ReplyReader(path)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2**20


def test_a_reply_is_closed_when_it_is_left_early(tmp_path) -> None:
    path = tmp_path / "a.swz"
    path.write_text(reply())
    with ReplyReader(path) as found:
        assert found.summary.accepted == 1
    path.write_text(reply().replace("podsumowanie", "suma"))
    with pytest.raises(MessageRefused):
        ReplyReader(path)
