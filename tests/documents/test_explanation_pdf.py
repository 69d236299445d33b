"""The explanation as PDF: everything in it, in one language, the same bytes each time, and data that stay data."""

from __future__ import annotations

import pytest

from rozlicz.documents.printouts.explanation import explanation_pdf
from rozlicz.kernel.texts import Text, same
from rozlicz.settlement.telling import told
from tests.documents.pdf_text import text_of
from tests.settlement.ledger import FEB
from tests.settlement.test_explanation import of_february

CLAIM = b"<pdfuaid:part>1</pdfuaid:part>"


@pytest.fixture(scope="module")
def explanation():
    (cap,) = of_february().settled(FEB).caps
    return cap.explanation


def printed(*explanations, language="pl", header="05-26-00123 · Przychodnia · luty 2026", **more) -> bytes:
    return explanation_pdf(explanations, language=language, header=header, **more)


def closed_up(text: str) -> str:
    return "".join(text.split())


def test_the_same_explanation_gives_the_same_bytes(explanation):
    assert printed(explanation) == printed(explanation)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_sentence_is_printed_in_the_asked_language(explanation, language):
    pdf = printed(explanation, language=language)
    text, why = closed_up(text_of(pdf)), told(explanation, language)
    sentences = [why.title, *why.columns, *why.total, *(a for row in why.months for a in row.amounts)]
    for step in why.steps:
        sentences += [step.title, step.outcome, *step.inputs, step.basis]
    assert [one for one in sentences if closed_up(one) not in text] == []
    assert f"/Lang({language})".encode() in pdf


def test_it_is_tagged_for_screen_readers_and_its_pages_are_numbered(explanation):
    pdf = printed(explanation, explanation)
    text = closed_up(text_of(pdf))
    assert CLAIM in pdf
    assert "Strona1/4" in text
    assert text.count("05-26-00123·Przychodnia·luty2026") == 4


def test_facts_and_notes_stand_above_and_an_empty_fact_is_left_out(explanation):
    facts = [(Text(pl="Umowa", en="Contract"), "05-26-00123"), (Text(pl="Naliczono", en="Calculated"), "")]
    text = closed_up(text_of(printed(explanation, facts=facts, notes=[same("Uwaga: żółć.")])))
    assert "Umowa:05-26-00123Uwaga:żółć." in text
    assert "Naliczono" not in text


@pytest.mark.parametrize(
    "name",
    ['#panic("x")', "*a* _b_ `c` $d$ = e", "</w:t> <b>&amp;", '\\"', '#include "/etc/hostname"', "@ref"],
)
def test_what_looks_like_markup_is_printed_as_it_is(explanation, name):
    assert closed_up(name) in closed_up(text_of(printed(explanation, header=name, notes=[same(name)])))


def test_a_letter_that_no_font_has_is_no_reason_to_fail(explanation):
    pdf = printed(explanation, notes=[same("日本 \N{GRINNING FACE}")])
    assert pdf.startswith(b"%PDF")
    assert CLAIM not in pdf
