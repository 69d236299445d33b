"""Whether a paper that came back signed is the one that was issued, whole, and signed."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from rozlicz.documents.printouts.paper import Section, paper_pdf
from rozlicz.documents.signed_papers import SignedPaper
from rozlicz.documents.signed_papers.reading import read_signed
from rozlicz.documents.signed_papers.signable import signable
from tests.signing import SIGNER, signed

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAPER = paper_pdf(
    title="Umowa",
    header="Oddział",
    language="pl",
    sections=[Section(heading="Strony", paragraphs=["Konto: 61 1090"])],
    signatures=["Podpis"],
)
ISSUED = signable(PAPER)
SIGNED = signed(ISSUED, on=NOW.date())


def read(content: bytes, *, at: datetime = NOW) -> SignedPaper:
    return read_signed(content, issued=ISSUED, at=at)


def why(content: bytes, *, at: datetime = NOW) -> str:
    found = read(content, at=at)
    assert not found.signatures
    return " ".join(text.en for text in found.refusals)


def with_other_content(document: bytes) -> bytes:
    """The document with something else on its first page, added in the way signatures are."""
    writer = IncrementalPdfFileWriter(io.BytesIO(document))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    while "/Kids" in page:
        page = page["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT (Konto: 99) Tj ET"))
    writer.update_container(page)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def test_the_same_paper_is_issued_with_the_same_bytes() -> None:
    assert signable(PAPER) == ISSUED
    assert ISSUED.startswith(PAPER)


def test_a_signature_on_the_issued_paper_holds() -> None:
    found = read(SIGNED)
    assert not found.refusals
    [signature] = found.signatures
    assert (signature.signer, signature.issuer) == (SIGNER, SIGNER)
    assert signature.valid_from == NOW.date() - timedelta(days=10)


def test_two_representatives_may_sign_one_after_the_other() -> None:
    found = read(signed(SIGNED, on=NOW.date(), field="Drugi podpis"))
    assert (len(found.signatures), found.refusals) == (2, ())


def test_the_paper_without_a_signature_is_refused() -> None:
    assert "no electronic signature" in why(ISSUED)


def test_another_document_is_refused_however_well_it_is_signed() -> None:
    other = signable(PAPER.replace(b"%PDF-1.7", b"%PDF-1.6"))
    assert "not the document that the portal issued" in why(signed(other, on=NOW.date()))
    assert "not the document that the portal issued" in why(b"%PDF-1.7 nothing")


def test_what_was_changed_before_signing_is_refused() -> None:
    forged = signed(with_other_content(ISSUED), on=NOW.date())
    assert forged.startswith(ISSUED)
    assert "Something else than a signature was changed" in why(forged)


def test_what_was_changed_after_signing_is_refused() -> None:
    told = why(with_other_content(SIGNED))
    assert "does not cover the whole document" in told
    assert "Something else than a signature was changed" in told


def test_a_byte_changed_inside_what_is_signed_breaks_the_signature() -> None:
    year = SIGNED.rindex(b'ModifyDate="2') + len(b'ModifyDate="')
    broken = SIGNED[:year] + b"1" + SIGNED[year + 1 :]
    assert "does not fit the content" in why(broken)


@pytest.mark.parametrize(("days", "good"), [(-11, False), (-9, True), (0, True), (354, True), (356, False)])
def test_the_certificate_must_be_valid_on_the_day_of_receipt(days: int, good: bool) -> None:
    found = read(SIGNED, at=NOW + timedelta(days=days))
    assert bool(found.signatures) == good
    if not good:
        assert "is valid from 12 Nov 2026 to 12 Nov 2027" in found.refusals[0].en


@given(st.integers(0, len(SIGNED) - len(ISSUED) - 1))
@settings(max_examples=40)
def test_a_file_that_is_cut_short_is_never_taken_for_signed(kept: int) -> None:
    assert not read(SIGNED[: len(ISSUED) + kept]).signatures


@pytest.mark.slow
@given(
    st.integers(len(ISSUED), len(SIGNED) - 1),
    st.sampled_from([b"/Prev 0", b"9" * 30, b"<<", b">>", b"[[[", b"0 R", b"/ByteRange [0 0 0 0]", b"\x00"]),
)
@settings(max_examples=60)
def test_no_damage_is_more_than_a_reason_to_refuse(place: int, damage: bytes) -> None:
    """Only inside the signature's own room, behind the numbers, may a byte differ without breaking it."""
    damaged = SIGNED[:place] + damage + SIGNED[place + len(damage) :]
    assume(damaged != SIGNED)
    found = read(damaged)
    room = range(SIGNED.index(b"/Contents <", len(ISSUED)), SIGNED.rindex(b"00>"))
    assert found.refusals or place in room


@given(st.binary(max_size=300))
@settings(max_examples=40)
def test_whatever_is_appended_is_refused_with_a_sentence(tail: bytes) -> None:
    assert read(ISSUED + tail).refusals
