"""A signed e-document says who signed it and whether it is still what was signed (R6)."""

from __future__ import annotations

import io
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from signxml.xades.xades import XAdESSigner

from rozlicz.messages.fakt_rach import read_bill
from rozlicz.messages.signatures.signing import UnableToSign, sign_document
from rozlicz.messages.signatures.xades import SIGNED_LIMITS, signatures_of
from rozlicz.messages.wire.envelope import packed
from rozlicz.messages.wire.refusals import MessageRefused
from tests.messages.schemas import assert_published
from tests.messages.signers import AT, Signer, anna, certified, ewa, jan, office

BILL = (Path(__file__).parents[2] / "examples" / "faktura-korygujaca.efx").read_bytes()
DS = "{http://www.w3.org/2000/09/xmldsig#}"


def signed(content: bytes = BILL, by: Signer | None = None) -> bytes:
    by = by or anna()
    return sign_document(content, certificate=by.certificate, key=by.key, signed_at=AT)


def found_in(content: bytes, **given):
    return signatures_of(io.BytesIO(content), **given)


def faults(content: bytes) -> list[str]:
    """The codes of what is wrong, one for each signature; empty for one that holds."""
    return [one.fault.code if one.fault else "" for one in found_in(content)]


def test_a_signature_tells_who_signed_when_and_what() -> None:
    [signature] = found_in(signed())
    assert signature.holds
    assert (signature.signer, signature.issuer) == ("Anna Przykładowa", "Anna Przykładowa")
    assert (signature.serial, signature.signed_at) == ("20260042", AT)
    assert signature.references[0] == ""
    assert signature.rooted is None


def test_signing_leaves_every_byte_of_the_document() -> None:
    content = signed()
    start = content.index(b"<ds:Signature")
    end = content.index(b"</ds:Signature>") + len(b"</ds:Signature>")
    assert content[:start] + content[end:] == BILL
    assert_published(content, "FAKT")
    assert read_bill(io.BytesIO(content)) == read_bill(io.BytesIO(BILL))


@pytest.mark.parametrize("encoding", ["ISO-8859-2", "WINDOWS-1250"])
def test_a_document_in_another_encoding_is_signed_in_it(encoding: str) -> None:
    content = BILL.decode().replace("„", "").replace("”", "").replace("UTF-8", encoding).encode(encoding)
    assert faults(signed(content)) == [""]
    assert read_bill(io.BytesIO(signed(content))) == read_bill(io.BytesIO(content))


def test_a_document_with_its_mark_of_utf_8_is_signed() -> None:
    assert faults(signed(b"\xef\xbb\xbf" + BILL)) == [""]


def test_a_zipped_document_is_signed_and_verified() -> None:
    assert signed(packed(BILL, "dokument.xml")).startswith(b"<?xml")
    assert faults(packed(signed(), "dokument.xml")) == [""]


def test_a_later_signature_covers_the_earlier_one() -> None:
    content = signed(signed(), by=jan())
    assert [one.signer for one in found_in(content)] == ["Anna Przykładowa", "Jan Zmyślony"]
    assert faults(content) == ["", ""]
    second = content.index(b"<ds:Signature", content.index(b"</ds:Signature>"))
    first_taken_away = content[: content.index(b"<ds:Signature")] + content[second:]
    assert faults(first_taken_away) == ["B-805"]


def test_r6_an_unsigned_document_has_no_signature() -> None:
    assert found_in(BILL) == ()


def test_a_certificate_is_rooted_only_in_the_given_roots() -> None:
    content = signed(by=ewa())
    [by_office] = found_in(content, roots=[office().certificate])
    assert (by_office.rooted, by_office.issuer) == (True, "Urząd")
    assert [one.rooted for one in found_in(content, roots=[anna().certificate])] == [False]
    assert [one.rooted for one in found_in(content, roots=[ewa().certificate])] == [True]


def test_the_signers_pesel_is_not_told() -> None:
    assert "44051499774" not in repr(found_in(signed()))


def changed(before: bytes, after: bytes) -> bytes:
    content = signed()
    assert before in content
    return content.replace(before, after, 1)


def moved(place: str) -> bytes:
    """The signature in another place."""
    root = etree.fromstring(signed())
    signature = root.find(f"{DS}Signature")
    if place == "first":
        root.insert(0, signature)
    else:
        next(one for one in root if one.tag.endswith("pozycje")).append(signature)
    return etree.tostring(root)


def wrapped() -> bytes:
    """Another bill, around the signed one: the signature refers to the element that nobody reads."""
    original = etree.fromstring(signed())
    original.set("Id", "signed")
    signature = original.find(f"{DS}Signature")
    signature.find(f".//{DS}Reference").set("URI", "#signed")
    original.remove(signature)
    forged = etree.fromstring(BILL.replace(b"-6.82", b"-0.01"))
    etree.SubElement(signature, f"{DS}Object").append(original)
    forged.append(signature)
    return etree.tostring(forged)


def without(*path: str) -> bytes:
    root = etree.fromstring(signed())
    for one in list(root.iter("{*}" + path[-1])):
        one.getparent().remove(one)
    return etree.tostring(root)


def with_certificate(of: Signer) -> bytes:
    root = etree.fromstring(signed())
    told = of.certificate.public_bytes(Encoding.DER)
    root.find(f".//{DS}X509Certificate").text = b64encode(told).decode()
    return etree.tostring(root)


def with_digests(algorithm: bytes) -> bytes:
    return changed(b"http://www.w3.org/2001/04/xmlenc#sha256", algorithm)


TAMPERED = {
    "amount": (lambda: changed(b'wartosc="-6.82"', b'wartosc="-9.82"'), "B-805"),
    "account": (lambda: changed(b'bankowego="7499', b'bankowego="7599'), "B-805"),
    "attribute-added": (lambda: changed(b'oddz-nfz="05"', b'oddz-nfz="05" x="1"'), "B-805"),
    "element-added": (lambda: changed(b"<zalaczniki>", b"<nowe/><zalaczniki>"), "B-805"),
    "moment": (lambda: changed(b"2026-11-05T08:30:00+00:00", b"2026-11-04T08:30:00+00:00"), "B-805"),
    "moved-first": (lambda: moved("first"), "B-801"),
    "moved-inside": (lambda: moved("inside"), "B-801"),
    "wrapped": (wrapped, "B-803"),
    "external-reference": (lambda: changed(b'URI=""', b'URI="http://127.0.0.1:9/x"'), "B-803"),
    "reference-to-a-part": (lambda: changed(b'URI=""', b'URI="#part"'), "B-803"),
    "stylesheet": (
        lambda: changed(
            b'Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"',
            b'Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"',
        ),
        "B-803",
    ),
    "stripped-value": (lambda: without("SignatureValue"), "B-802"),
    "stripped-certificate": (lambda: without("X509Certificate"), "B-802"),
    "stripped-properties": (lambda: without("SignedProperties"), "B-802"),
    "stripped-moment": (lambda: without("SigningTime"), "B-802"),
    "stripped-references": (lambda: without("Reference"), "B-803"),
    "other-certificate": (lambda: with_certificate(jan()), "B-802"),
    "certificate-of-words": (lambda: changed(b"<ds:X509Certificate>", b"<ds:X509Certificate>AAAA"), "B-802"),
    "sha-1": (lambda: with_digests(b"http://www.w3.org/2000/09/xmldsig#sha1"), "B-804"),
    "secret-key-method": (
        lambda: changed(b"xmldsig-more#ecdsa-sha256", b"xmldsig-more#hmac-sha256"),
        "B-804",
    ),
    "rsa-of-a-curve": (lambda: changed(b"xmldsig-more#ecdsa-sha256", b"xmldsig-more#rsa-sha256"), "B-802"),
    "value-of-words": (lambda: changed(b"<ds:SignatureValue>", b"<ds:SignatureValue>AAAA"), "B-806"),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_r6_what_was_done_to_a_signed_document_is_told(case: str) -> None:
    tamper, code = TAMPERED[case]
    [signature] = found_in(tamper())
    assert not signature.holds
    assert signature.fault.code == code
    assert signature.fault.text.pl
    assert "{" not in signature.fault.text.pl + signature.fault.text.en


def test_a_short_key_is_weak() -> None:
    short = certified(rsa.generate_private_key(65537, 1024), "Anna Przykładowa")
    [signature] = found_in(signed(by=short))
    assert signature.fault.code == "B-804"
    assert "RSA 1024" in signature.fault.text.en


def test_a_second_root_ends_the_reading() -> None:
    with pytest.raises(MessageRefused, match="something follows the end of the message"):
        found_in(signed() + BILL[BILL.index(b"<komunikat") :])


def test_a_stripped_signature_leaves_an_unsigned_document() -> None:
    content = signed()
    start, end = content.index(b"<ds:Signature"), content.index(b"</ds:Signature>")
    assert found_in(content[:start] + content[end + len(b"</ds:Signature>") :]) == ()


def test_entities_never_exist() -> None:
    with pytest.raises(MessageRefused) as raised:
        found_in(signed().replace(b"<komunikat", b"<!DOCTYPE k [<!ENTITY a 'b'>]><komunikat", 1))
    assert raised.value.code == "doctype"


def test_so_many_signatures_are_not_looked_at() -> None:
    end = BILL.index(b"</komunikat>")
    many = BILL[:end] + b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>' * 9 + BILL[end:]
    assert faults(many) == ["B-808"]


@pytest.mark.slow
def test_a_signed_document_of_any_size_is_not_held_in_memory() -> None:
    filling = b"<x/>" * (SIGNED_LIMITS.max_bytes // 4)
    with pytest.raises(MessageRefused) as raised:
        found_in(signed().replace(b"<zalaczniki>", filling + b"<zalaczniki>"))
    assert raised.value.code == "too-large"


@pytest.mark.slow
@settings(max_examples=150)
@given(st.data())
def test_no_changed_byte_makes_another_bill_under_a_signature_that_holds(data) -> None:
    content = bytearray(signed())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    try:
        signatures = found_in(bytes(content))
        bill = read_bill(io.BytesIO(content))
    except MessageRefused:
        return
    if signatures and all(one.holds for one in signatures):
        assert bill == read_bill(io.BytesIO(BILL))


def test_a_key_of_another_person_does_not_sign() -> None:
    with pytest.raises(UnableToSign, match="does not belong"):
        signed(by=Signer(anna().key, jan().certificate))


@pytest.mark.parametrize("years", [(2027, 2030), (2020, 2025)], ids=["not-yet", "no-more"])
def test_a_certificate_that_is_not_valid_does_not_sign(years: tuple[int, int]) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(UnableToSign, match="Use a valid certificate"):
        signed(by=certified(key, "Anna", first=years[0], last=years[1]))


def test_a_signature_made_when_the_certificate_was_not_valid_is_told() -> None:
    """As a program makes it that does not look at the certificate."""
    expired = certified(anna().key, "Anna Przykładowa", first=2020, last=2021)
    signer = XAdESSigner(signature_algorithm="ecdsa-sha256", digest_algorithm="sha256")
    content = signer.sign(etree.fromstring(BILL), key=expired.key, cert=[expired.certificate])
    [signature] = found_in(etree.tostring(content))
    assert signature.fault.code == "B-807"
    assert "od 01.01.2020 do 01.01.2021" in signature.fault.text.pl


def test_a_key_that_no_method_fits_does_not_sign() -> None:
    with pytest.raises(UnableToSign, match="RSA or EC"):
        signed(by=certified(ed25519.Ed25519PrivateKey.generate(), "Anna Przykładowa"))
