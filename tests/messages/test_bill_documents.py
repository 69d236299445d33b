"""Data of paper bills, and replies to bills: a fault is named where it stands, what cannot be is not written."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rozlicz.messages.bill_replies import BillOutcome, BillReply
from rozlicz.messages.fakt_rach import read_bill
from rozlicz.messages.p_dok import read_bill_reply, write_bill_reply
from rozlicz.messages.ref import read_ref, write_ref
from rozlicz.messages.wire.header_checks import is_read
from rozlicz.messages.wire.refusals import MessageRefused

EXAMPLES = Path(__file__).parents[2] / "examples"
REF = "dane-rachunku-korygujacego.rfx"
ACCEPTED = "odpowiedz-rachunek-krotka.edz"
REFUSED = "odpowiedz-faktura-odrzucona.edz"
INCOMPLETE = "odpowiedz-dane-rachunku.rfz"

# example, what is changed into what, code of the refusal, its element, a word of its sentence
CASES = [
    (REF, 'typ-rach="1"', 'typ-rach="12"', "attribute-wrong", "naglowek-dok", "1–11"),
    (REF, 'typ-rach="1"', 'typ-rach="01"', "attribute-wrong", "naglowek-dok", "1–11"),
    (REF, 'typ-rach="1"', "", "attribute-missing", "naglowek-dok", "typ-rach"),
    (REF, 'rodzaj-dok="RACH"', 'rodzaj-dok="REF"', "attribute-wrong", "naglowek-dok", "FAKT, RACH, NOTA"),
    (REF, 'typ-dok="K"', 'typ-dok="P"', "attribute-unknown", "naglowek-dok", "numer-dok-kor"),
    (REF, 'typ="REF"', 'typ="RACH"', "kind", "komunikat", "REF"),
    (REF, "<pozycje>", "<zalaczniki/><pozycje>", "element-unknown", "zalaczniki", "zalaczniki"),
    (ACCEPTED, 'stan="P"', 'stan="O"', "element-missing", "dokument", "wynik"),
    (ACCEPTED, 'stan="P"', 'stan="N"', "element-missing", "komunikat", "braki"),
    (ACCEPTED, 'stan="P"', 'stan="X"', "attribute-wrong", "dokument", "P, N, O"),
    (ACCEPTED, ' termin-platnosci="2026-11-13"', "", "attribute-missing", "platnosc", "termin-platnosci"),
    (ACCEPTED, "<platnosc", '<platnosc nowy="1"', "attribute-unknown", "platnosc", "nowy"),
    (REFUSED, 'stan="O"', 'stan="P"', "attribute-wrong", "dokument", "powód odrzucenia"),
    (REFUSED, "</dokument>", "</dokument><platnosc/>", "element-unknown", "platnosc", "platnosc"),
    (REFUSED, 'typ="P_DOK"', 'typ="P_SWI"', "kind", "komunikat", "P_DOK / P_REF"),
    (INCOMPLETE, 'stan="N"', 'stan="P"', "attribute-missing", "platnosc", "termin-platnosci"),
    (INCOMPLETE, "<platnosc ", '<platnosc termin-platnosci="2026-11-12" ', "attribute-unknown", "platnosc", "termin"),
    (INCOMPLETE, 'dni-po-uzupelnieniu="7"', 'dni-po-uzupelnieniu="x"', "attribute-wrong", "braki", "liczba"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]}: {case[2]}" for case in CASES])
def test_a_fault_is_named_where_it_stands(case) -> None:
    name, before, after, code, element, word = case
    text = (EXAMPLES / name).read_text()
    assert before in text
    read = read_ref if name == REF else read_bill_reply
    with pytest.raises(MessageRefused) as raised:
        read(io.BytesIO(text.replace(before, after, 1).encode()))
    assert (raised.value.code, raised.value.path.rpartition("/")[2]) == (code, element)
    assert word in raised.value.text.pl
    assert raised.value.line


def test_an_incomplete_reply_says_what_is_missing() -> None:
    text = (EXAMPLES / INCOMPLETE).read_text()
    start, end = text.index("<brak "), text.index("</braki>")
    with pytest.raises(MessageRefused, match="brak is missing"):
        read_bill_reply(io.BytesIO((text[:start] + text[end:]).encode()))


@pytest.mark.parametrize(
    ("version", "is_known"), [("2.1", False), ("2.3", True), ("2.4", True), ("2.5", False)]
)
def test_versions_of_ref(version: str, is_known: bool) -> None:
    header, _ = read_ref(EXAMPLES / REF)
    assert is_read(replace(header, version=version)) is is_known


def test_a_type_that_does_not_exist_is_not_written() -> None:
    header, paper = read_ref(EXAMPLES / REF)
    with pytest.raises(ValueError, match="typ-rach 12"):
        write_ref(replace(paper, bill_type=12), header=header, target=io.BytesIO())


def test_attachments_of_a_paper_bill_are_not_written() -> None:
    header, paper = read_ref(EXAMPLES / REF)
    attached = replace(paper.bill, attachments=read_bill(EXAMPLES / "nota-krotka.enx")[1].attachments)
    with pytest.raises(ValueError, match="on paper"):
        write_ref(replace(paper, bill=attached), header=header, target=io.BytesIO())


def test_another_message_is_no_reply_to_a_bill() -> None:
    _, reply = read_bill_reply(EXAMPLES / ACCEPTED)
    with pytest.raises(ValueError, match="REF is no reply"):
        write_bill_reply(reply, header=read_ref(EXAMPLES / REF)[0], target=io.BytesIO())


def example(name: str) -> BillReply:
    return read_bill_reply(EXAMPLES / name)[1]


CONTRADICTIONS = {
    "refused-without-reason": lambda: replace(example(REFUSED), reasons=()),
    "accepted-with-reason": lambda: replace(example(ACCEPTED), reasons=example(REFUSED).reasons),
    "refused-and-paid": lambda: replace(example(REFUSED), payment=example(ACCEPTED).payment),
    "accepted-without-days": lambda: replace(example(ACCEPTED), payment=None),
    "accepted-with-parts-missing": lambda: replace(example(ACCEPTED), missing=example(INCOMPLETE).missing),
    "incomplete-without-parts": lambda: replace(example(INCOMPLETE), missing=None),
    "incomplete-with-last-day": lambda: replace(example(INCOMPLETE), payment=example(ACCEPTED).payment),
    "incomplete-is-not-accepted": lambda: replace(example(INCOMPLETE), outcome=BillOutcome.ACCEPTED),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_a_reply_that_contradicts_itself_cannot_be(case: str) -> None:
    with pytest.raises(ValueError, match=r"exactly when|not paid"):
        CONTRADICTIONS[case]()


def test_pay_11_documents_completed_later_have_both_days() -> None:
    payment = example("odpowiedz-dane-korekty.rfz").payment
    assert (payment.regular_day, payment.completed_on) == (date(2026, 12, 11), date(2026, 12, 9))
    assert payment.last_day == date(2026, 12, 16)
