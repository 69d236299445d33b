"""What is told of a signature: its issuer, its time, what its certificate declares, whether it was revoked."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import ValidationContext

from rozlicz.documents.printouts.paper import paper_pdf
from rozlicz.documents.signed_papers import (
    Clock,
    Declared,
    Purpose,
    Revocation,
    Signature,
    SignedPaper,
    Trust,
)
from rozlicz.documents.signed_papers.issuers import Issuer, UnableToReadIssuers, issuers_in
from rozlicz.documents.signed_papers.reading import carries_signatures, read_signed
from rozlicz.documents.signed_papers.signable import signable
from rozlicz.documents.signed_papers.words import words_of
from tests.issuing import (
    PESEL,
    Holder,
    World,
    converted,
    declaration,
    name,
    signed_by,
    stamper,
    with_document_stamp,
    with_store,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ISSUED = signable(paper_pdf(title="Umowa", header="Oddział", language="pl"))
WORLD = World.at(NOW)
OTHER_WORLD = World.at(NOW)
ZOFIA = WORLD.person(statements=declaration(kind="01", device=True))
AUTHORITY = WORLD.authority()
SIGNED = signed_by(ZOFIA, ISSUED)
ROOT = [WORLD.root.issuer]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def read(content: bytes, *, at: datetime = NOW, issuers: list[Issuer] = ROOT) -> SignedPaper:
    return read_signed(content, issued=ISSUED, at=at, issuers=issuers)


def the_one(content: bytes, *, at: datetime = NOW, issuers: list[Issuer] = ROOT) -> Signature:
    found = read(content, at=at, issuers=issuers)
    assert not found.refusals
    [signature] = found.signatures
    return signature


def why(content: bytes, *, at: datetime = NOW, issuers: list[Issuer] = ROOT) -> str:
    found = read(content, at=at, issuers=issuers)
    assert not found.signatures
    return " ".join(text.en for text in found.refusals)


def stamped(holder: Holder = ZOFIA, *, at: datetime, by: Holder = AUTHORITY) -> bytes:
    return signed_by(holder, ISSUED, stamp=stamper(by, at))


def told(signature: Signature, reader: str = "branch") -> str:
    words = words_of(signature, reader="branch" if reader == "branch" else "sender")
    facts = [f"{label.en}: {value.en}" for label, value in words.facts]
    return "\n".join([words.clock.en, *facts, *(one.en for one in words.advice)])


# Issuers


def test_a_chain_is_built_to_a_trusted_root_by_way_of_what_the_signature_carries() -> None:
    found = the_one(SIGNED)
    assert (found.trust, found.anchor) == (Trust.TRUSTED, "Narodowe Centrum Prób")
    assert found.issuer == "Centrum Kwalifikowane Prób"


def test_the_provider_itself_may_be_the_trusted_one() -> None:
    assert the_one(SIGNED, issuers=[WORLD.provider.issuer]).anchor == "Centrum Kwalifikowane Prób"


def test_the_chain_may_lie_in_the_files_store() -> None:
    alone = signed_by(replace(ZOFIA, chain=()), ISSUED)
    assert the_one(alone).trust is Trust.UNKNOWN
    assert the_one(with_store(alone, certificates=(WORLD.provider.certificate,))).trust is Trust.TRUSTED


def test_with_no_issuers_named_the_page_says_that_they_are_not_checked() -> None:
    found = the_one(SIGNED, issuers=[])
    assert found.trust is Trust.NOT_CHECKED
    assert "Not checked: no issuers whom the branch trusts are named" in told(found)
    assert "Without a trusted issuer this declaration means nothing" in told(found)


def test_an_issuer_of_the_same_name_but_with_another_key_is_unknown() -> None:
    found = the_one(SIGNED, issuers=[OTHER_WORLD.root.issuer, OTHER_WORLD.provider.issuer])
    assert found.trust is Trust.UNKNOWN
    assert "check the signature with a validation service" in told(found)


def test_an_issuer_whose_own_certificate_has_ended_is_not_trusted() -> None:
    at = NOW + 366 * DAY
    person = WORLD.person(last=800 * DAY)
    assert the_one(signed_by(person, ISSUED), at=at).trust is Trust.UNKNOWN


@pytest.mark.slow
def test_certificates_that_name_each_other_in_circles_take_no_time() -> None:
    circles = tuple(World.at(NOW).provider.certificate for _ in range(30))
    crowd = signed_by(replace(OTHER_WORLD.person(), chain=circles), ISSUED, stamp=stamper(AUTHORITY, NOW))
    assert the_one(crowd).trust is Trust.UNKNOWN


# Time


def test_without_a_stamp_the_time_is_the_signers_own_statement() -> None:
    found = the_one(SIGNED)
    assert (found.clock, found.has_unused_stamp) == (Clock.SIGNER, False)
    assert found.signed_at is not None
    assert "as the signer states; there is no time stamp" in told(found)


@pytest.mark.slow
def test_a_trusted_stamp_tells_the_time() -> None:
    found = the_one(stamped(at=NOW - 3 * DAY))
    assert (found.clock, found.signed_at) == (Clock.TIME_STAMP, NOW - 3 * DAY)


@pytest.mark.slow
def test_a_stamp_of_an_unknown_authority_is_not_believed() -> None:
    found = the_one(stamped(at=NOW - DAY, by=OTHER_WORLD.authority()))
    assert (found.clock, found.has_unused_stamp) == (Clock.SIGNER, True)
    assert "is from no trusted issuer" in told(found)


@pytest.mark.slow
def test_a_stamp_by_a_certificate_that_is_not_for_stamps_is_not_believed() -> None:
    assert the_one(stamped(at=NOW - DAY, by=WORLD.authority(stamps=False))).clock is Clock.SIGNER


@pytest.mark.slow
def test_a_stamp_from_the_future_is_not_believed() -> None:
    assert the_one(stamped(at=NOW + HOUR)).has_unused_stamp


@pytest.mark.slow
def test_a_stamp_of_another_signature_is_not_believed() -> None:
    twice = signed_by(WORLD.person(), stamped(at=NOW - DAY), field="Drugi")
    first, second = read(twice).signatures
    assert (first.clock, second.clock) == (Clock.TIME_STAMP, Clock.SIGNER)


@pytest.mark.slow
def test_a_stamp_of_the_whole_document_counts_for_the_signatures_before_it() -> None:
    first = with_document_stamp(SIGNED, stamper(AUTHORITY, NOW - DAY))
    found = read(signed_by(WORLD.person(), first, field="Drugi"))
    assert [one.clock for one in found.signatures] == [Clock.TIME_STAMP, Clock.SIGNER]
    assert the_one(with_document_stamp(SIGNED, stamper(AUTHORITY, NOW - DAY))).signed_at == NOW - DAY


@pytest.mark.slow
@pytest.mark.parametrize(("stamp", "good"), [(None, False), (NOW - 10 * DAY, True), (NOW - 5 * DAY, False)])
def test_a_certificate_that_has_expired_since_is_good_only_with_an_older_stamp(
    stamp: datetime | None, good: bool
) -> None:
    person = WORLD.person(last=-7 * DAY)
    content = stamped(person, at=stamp) if stamp else signed_by(person, ISSUED)
    if good:
        assert the_one(content).trust is Trust.TRUSTED
    else:
        assert "to 15 Nov 2026, not on" in why(content)


# What the certificate declares


@pytest.mark.parametrize(
    ("statements", "declared"),
    [
        (None, Declared()),
        (declaration(qualified=False), Declared()),
        (declaration(), Declared(qualified=True)),
        (declaration(kind="01"), Declared(qualified=True, purpose=Purpose.SIGNATURE)),
        (
            declaration(kind="01", device=True),
            Declared(qualified=True, purpose=Purpose.SIGNATURE, in_device=True),
        ),
        (declaration(kind="02"), Declared(qualified=True, purpose=Purpose.SEAL)),
        (b"\x04\x01\x00", Declared()),
    ],
)
def test_what_the_certificate_declares_is_read(statements: bytes | None, declared: Declared) -> None:
    assert the_one(signed_by(WORLD.person(statements=statements), ISSUED)).declared == declared


def test_who_is_declared_qualified_is_told_so_and_a_seal_is_no_person() -> None:
    assert "declares itself a qualified one for electronic signatures, with its key in a" in told(
        the_one(SIGNED)
    )
    seal = the_one(signed_by(WORLD.person(statements=declaration(kind="02")), ISSUED))
    assert "of an organisation and not a person." in told(seal)
    assert "ask for one, for a podpis zaufany, or for the paper" in told(seal)
    assert "branch may ask for one" in told(seal, "sender")


@pytest.mark.slow
def test_no_page_is_given_a_pesel() -> None:
    owners = [
        name("Zofia Żuk", serial=f"PNOPL-{PESEL}"),
        name("", given="Zofia", surname="Żuk", serial=f"PNOPL-{PESEL}"),
        name(f"Zofia Żuk {PESEL}"),
        name("", serial=f"PNOPL-{PESEL}"),
    ]
    found = [the_one(signed_by(WORLD.person(owner), ISSUED)) for owner in owners]
    assert [one.signer for one in found] == ["Zofia Żuk", "Zofia Żuk", "Zofia Żuk …", "?"]
    assert PESEL not in repr(found)


SEAL = name(
    "Minister do spraw informatyzacji - pieczęć podpisu zaufanego", organization="Ministerstwo Cyfryzacji"
)
IN_HER_NAME = "Opatrzono pieczęcią ministra właściwego do spraw informatyzacji w imieniu: Zofia Żuk, " + PESEL


def test_a_podpis_zaufany_is_the_ministrys_seal_in_a_persons_name() -> None:
    sealed = signed_by(WORLD.person(SEAL, statements=declaration()), ISSUED, reason=IN_HER_NAME)
    found = the_one(sealed)
    assert (found.is_podpis_zaufany, found.person) == (True, "Zofia Żuk, …")
    assert "Compare the person in the signature" in told(found)
    assert "the ministry's seal in a person's name" in told(found)
    assert "There is nothing more to do" in told(found, "sender")


def test_anybody_may_call_himself_the_ministry() -> None:
    found = the_one(signed_by(OTHER_WORLD.person(SEAL), ISSUED, reason="Bo tak"))
    assert found.person == "Bo tak"
    assert "nobody knows whether it is" in told(found)


# Revocation


def test_without_proofs_in_the_file_revocation_is_not_known() -> None:
    assert the_one(SIGNED).revocation is None
    assert "Revocation: Not known" in told(the_one(SIGNED))


@pytest.mark.slow
def test_an_answer_in_the_file_is_told_with_its_day_however_old_it_is() -> None:
    good = with_store(stamped(at=NOW - 9 * DAY), ocsps=(WORLD.ocsp(ZOFIA, as_of=NOW - 9 * DAY + HOUR),))
    found = the_one(good)
    assert found.revocation == Revocation(as_of=NOW - 9 * DAY + HOUR, source="OCSP")
    assert "Not revoked as of 13 Nov 2026 (OCSP in the file)." in told(found)
    assert "validation service" not in told(found)


@pytest.mark.slow
def test_an_answer_older_than_the_signature_is_told_as_such() -> None:
    found = the_one(with_store(stamped(at=NOW - DAY), crls=(WORLD.crl(as_of=NOW - 2 * DAY),)))
    assert found.revocation == Revocation(as_of=NOW - 2 * DAY, source="CRL")
    assert "before the signature; what came later is not known" in told(found)


@pytest.mark.slow
@pytest.mark.parametrize("source", ["OCSP", "CRL"])
def test_a_certificate_revoked_before_the_signature_is_refused(source: str) -> None:
    def proved(content: bytes, revoked_at: datetime) -> bytes:
        if source == "OCSP":
            return with_store(content, ocsps=(WORLD.ocsp(ZOFIA, as_of=NOW - HOUR, revoked_at=revoked_at),))
        return with_store(content, crls=(WORLD.crl(as_of=NOW - HOUR, revoked={ZOFIA: revoked_at}),))

    assert f"was revoked on 20 Nov 2026 ({source} in the file)" in why(proved(SIGNED, NOW - 2 * DAY))
    assert "the day of its time stamp" in why(proved(stamped(at=NOW - DAY), NOW - 2 * DAY))
    later = the_one(proved(stamped(at=NOW - 3 * DAY), NOW - 2 * DAY))
    assert "Revoked on 20 Nov 2026" in told(later)
    assert "The signature is older than the revocation" in told(later)


def test_one_revocation_outweighs_later_good_answers() -> None:
    answers = (
        WORLD.ocsp(ZOFIA, as_of=NOW - 2 * HOUR, revoked_at=NOW - DAY),
        WORLD.ocsp(ZOFIA, as_of=NOW - HOUR),
    )
    assert "was revoked" in why(with_store(SIGNED, ocsps=answers))


def test_answers_of_others_about_others_or_from_the_future_prove_nothing() -> None:
    wrong = (
        WORLD.ocsp(WORLD.person(), as_of=NOW - HOUR),
        WORLD.ocsp(ZOFIA, as_of=NOW - HOUR, by=OTHER_WORLD.provider),
        WORLD.ocsp(ZOFIA, as_of=NOW + HOUR),
    )
    lists = (OTHER_WORLD.crl(as_of=NOW - HOUR, revoked={ZOFIA: NOW - DAY}),)
    assert the_one(with_store(SIGNED, ocsps=wrong, crls=lists)).revocation is None


def test_without_a_trusted_issuer_no_answer_is_believed() -> None:
    revoked = with_store(SIGNED, ocsps=(WORLD.ocsp(ZOFIA, as_of=NOW - HOUR, revoked_at=NOW - DAY),))
    assert the_one(revoked, issuers=[]).revocation is None


def test_proofs_inside_the_signature_count_too() -> None:
    archive = ValidationContext(
        trust_roots=[converted(WORLD.root.certificate)],
        other_certs=[converted(WORLD.provider.certificate)],
        ocsps=[WORLD.ocsp(ZOFIA, as_of=NOW - HOUR)],
        moment=NOW,
        allow_fetching=False,
    )
    found = the_one(signed_by(ZOFIA, ISSUED, archive=archive))
    assert found.revocation == Revocation(as_of=NOW - HOUR, source="OCSP")


# Several signatures, and papers of which nobody knows what was issued


@pytest.mark.slow
def test_each_of_two_signatures_is_told_by_itself() -> None:
    stranger = OTHER_WORLD.person(name("Adam Bąk"))
    found = read(signed_by(stranger, stamped(at=NOW - DAY), field="Drugi")).signatures
    assert [(one.signer, one.trust) for one in found] == [
        ("Zofia Żuk", Trust.TRUSTED),
        ("Adam Bąk", Trust.UNKNOWN),
    ]


def test_of_a_foreign_paper_the_signatures_are_told_and_that_it_is_not_ours() -> None:
    foreign = signed_by(ZOFIA, paper_pdf(title="Pełnomocnictwo", header="", language="pl"))
    assert carries_signatures(foreign)
    assert not carries_signatures(ISSUED)
    found = read_signed(foreign, issued=None, at=NOW, issuers=ROOT)
    assert (found.is_ours, found.refusals) == (False, ())
    assert found.signatures[0].trust is Trust.TRUSTED


def test_a_paper_can_be_read_from_within_an_event_loop() -> None:
    async def within() -> Signature:
        return the_one(SIGNED)

    assert asyncio.run(within()).trust is Trust.TRUSTED


# Files of issuers


def test_issuers_are_read_from_pem_and_der() -> None:
    both = issuers_in(WORLD.root.pem() + WORLD.provider.pem(), name="krajowe.pem")
    assert [one.name for one in both] == ["Narodowe Centrum Prób", "Centrum Kwalifikowane Prób"]
    [one] = issuers_in(WORLD.root.certificate.public_bytes(Encoding.DER), name="root.der")
    assert one.certificate.dump() == both[0].certificate.dump()
    assert one.is_valid_at(NOW)
    assert not one.is_valid_at(NOW + 366 * DAY)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "cannot be read as an X.509 certificate"),
        (WORLD.root.pem()[:200], "cannot be read"),
        (WORLD.root.certificate.public_bytes(Encoding.DER)[:-9], "cannot be read"),
        (WORLD.root.pem() + b"-----BEGIN PRIVATE KEY-----", "holds a private key"),
        (ZOFIA.pem(), "“Zofia Żuk” in the file plik.pem is not one of an issuer"),
    ],
)
def test_a_file_that_holds_no_issuers_is_refused_with_a_sentence(content: bytes, reason: str) -> None:
    with pytest.raises(UnableToReadIssuers, match=reason):
        issuers_in(content, name="plik.pem")
