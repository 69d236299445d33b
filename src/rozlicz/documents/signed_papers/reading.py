"""Checking a signed paper: that it is ours and whole, that every signature holds, and what can be said of each.

Refused is what is wrong for certain: bytes that are not ours, changes beside signatures, a signature that does not
fit or does not cover the document, a certificate outside its days or revoked before the signature. Everything else
is told, and a person decides: the issuer may be a good one of whom the branch has no certificate.
"""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DiffResult,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.validation import SignatureCoverageLevel
from pyhanko.sign.validation.generic_cms import async_validate_cms_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from rozlicz.documents.signed_papers import Clock, Signature, SignedPaper, Trust
from rozlicz.documents.signed_papers.certificates import (
    declared_by,
    is_of_podpis_zaufany,
    name_of,
    person_in,
)
from rozlicz.documents.signed_papers.evidence import (
    Store,
    revocation_of,
    stamps_of,
    store_of,
    with_archive_of,
)
from rozlicz.documents.signed_papers.issuers import UNLOOKED, Issuer, chain_to
from rozlicz.kernel.texts import Text

log = logging.getLogger(__name__)

_FORM_KEYS_THAT_SIGNING_SETS = {"/Fields", "/SigFlags", "/DR", "/DA"}

_ONLY_SIGNATURES = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(),
        DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        MetadataUpdateRule().as_qualified(ModificationLevel.LTA_UPDATES),
    ],
    form_rule=FormUpdatingRule(
        field_rules=[SigFieldCreationRule(), SigFieldModificationRule()],
        ignored_acroform_keys=_FORM_KEYS_THAT_SIGNING_SETS,
    ),
)
"""What may be added to an issued paper: signature fields and signatures, and what keeps them valid."""


def read_signed(
    content: bytes, *, issued: bytes | None, at: datetime, issuers: Sequence[Issuer] = ()
) -> SignedPaper:
    """Check a signed paper against the one that was issued.

    `at` is the moment of receipt, aware. `issued` None: nobody knows what was issued, so that only what came after
    the first signature can be judged. `issuers` are those whom the branch trusts; with none, whose certificates the
    signers have is not checked, and no time stamp or answer about revocation is believed.
    """
    if content == issued:
        return SignedPaper(refusals=(_NOT_SIGNED,))
    if issued is not None and not content.startswith(issued):
        return SignedPaper(refusals=(_NOT_OURS,))
    try:
        # pyHanko needs an event loop; in a thread of its own one can be started whoever calls.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(_read(content, issued, at, issuers))).result()
    except Exception as failure:  # noqa: BLE001 - damaged files fail pyHanko anywhere, by assertions too
        # Were it our own mistake after all, the log would tell by its kind; its words may hold names.
        log.warning("A signed paper could not be read: %s", type(failure).__qualname__)
        return SignedPaper(refusals=(_UNREADABLE,))


def carries_signatures(content: bytes) -> bool:
    """Whether a file seems to be a PDF with an electronic signature in it; a scan is not."""
    return content.startswith(b"%PDF-") and b"/ByteRange" in content


async def _read(content: bytes, issued: bytes | None, at: datetime, issuers: Sequence[Issuer]) -> SignedPaper:
    reader = PdfFileReader(io.BytesIO(content))
    found = reader.embedded_regular_signatures
    if not found:
        return SignedPaper(refusals=(_NOT_SIGNED,))
    knowledge = _Knowledge(issuers=issuers, store=store_of(reader), at=at)
    judged = [
        await _judged(one, reader.embedded_timestamp_signatures, knowledge, is_last=one is found[-1])
        for one in found
    ]
    refusals = [refusal for one in judged for refusal in one.refusals]
    if _changes(reader, issued, found[0]):
        refusals.append(_CHANGED)
    if refusals:
        return SignedPaper(refusals=tuple(dict.fromkeys(refusals)), is_ours=issued is not None)
    return SignedPaper(signatures=tuple(one.signature for one in judged), is_ours=issued is not None)


def _changes(reader: PdfFileReader, issued: bytes | None, first: EmbeddedPdfSignature) -> bool:
    """Whether anything but signatures was added to the paper, or to what was signed first."""
    if issued is None:
        base = first.signed_revision
    else:
        base = PdfFileReader(io.BytesIO(issued)).xrefs.total_revisions - 1
    return isinstance(_ONLY_SIGNATURES.review_file(reader, base), SuspiciousModification)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Knowledge:
    issuers: Sequence[Issuer]
    store: Store
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    signature: Signature
    refusals: tuple[Text, ...]


async def _judged(
    one: EmbeddedPdfSignature, stamps: Sequence[EmbeddedPdfSignature], known: _Knowledge, *, is_last: bool
) -> _Judged:
    certificate, store = one.signer_cert, with_archive_of(one, known.store)
    name = name_of(certificate.subject)
    broken = [
        text.filled(signer=name) for text in [*await _misfits(one, known.at), *_gaps(one, is_last=is_last)]
    ]
    stamped = await stamps_of(one, stamps, issuers=known.issuers, store=store, at=known.at)
    # Without a trusted stamp nothing shows that the signature existed before it was received.
    moment = stamped.earliest or known.at
    others = (*one.other_embedded_certs, *store.certificates)
    path = await chain_to(known.issuers, certificate, others, moment=moment)
    revocation = await revocation_of(path, store, at=known.at) if path else None
    stated = one.self_reported_timestamp
    signature = Signature(
        signer=name,
        issuer=name_of(certificate.issuer),
        valid_from=certificate.not_valid_before.date(),
        valid_to=certificate.not_valid_after.date(),
        signed_at=stamped.earliest or (stated if stated and stated.tzinfo else None),
        clock=Clock.TIME_STAMP if stamped.earliest else Clock.SIGNER if stated else Clock.NONE,
        has_unused_stamp=stamped.has_unused,
        trust=Trust.TRUSTED if path else Trust.UNKNOWN if known.issuers else Trust.NOT_CHECKED,
        anchor=name_of(path.trust_anchor.authority.name) if path else "",
        declared=declared_by(certificate),
        revocation=revocation,
        is_podpis_zaufany=is_of_podpis_zaufany(certificate),
        person=_person(one) if is_of_podpis_zaufany(certificate) else "",
    )
    return _Judged(signature=signature, refusals=(*broken, *_expired(signature, moment)))


async def _misfits(one: EmbeddedPdfSignature, at: datetime) -> list[Text]:
    """Whether the signature fits what it signs, by an algorithm that still counts."""
    # The certificate is trusted as it is: whose it is, is another question, asked within bounds.
    context = ValidationContext(
        trust_roots=[one.signer_cert], allow_fetching=False, moment=at, revinfo_policy=UNLOOKED
    )
    one.compute_integrity_info(skip_diff=True)
    status = await async_validate_cms_signature(
        one.signed_data, raw_digest=one.compute_digest(), validation_context=context
    )
    if not (status.intact and status.valid):
        return [_BROKEN]
    return [_WEAK] if status.trust_problem_indic is AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE else []


def _gaps(one: EmbeddedPdfSignature, *, is_last: bool) -> list[Text]:
    """Whether the signature covers the document up to itself, and the last one all of it but proofs added later."""
    match one.evaluate_signature_coverage():
        case SignatureCoverageLevel.ENTIRE_FILE:
            return []
        case SignatureCoverageLevel.ENTIRE_REVISION if not is_last or _has_only_proofs_after(one):
            return []
    return [_NOT_WHOLE]


def _has_only_proofs_after(one: EmbeddedPdfSignature) -> bool:
    """Whether nothing but time stamps and validation data (PAdES-LT, -LTA) follows the signature."""
    later = _ONLY_SIGNATURES.review_file(one.reader, one.signed_revision)
    return isinstance(later, DiffResult) and later.modification_level <= ModificationLevel.LTA_UPDATES


def _expired(signature: Signature, moment: datetime) -> Iterator[Text]:
    if not signature.valid_from <= moment.date() <= signature.valid_to:
        yield _CERTIFICATE_NOT_VALID.filled(
            signer=signature.signer,
            first=signature.valid_from,
            last=signature.valid_to,
            day=moment.date(),
            proof=_BY_THE_STAMP if signature.clock is Clock.TIME_STAMP else _BY_RECEIPT,
        )
    revocation = signature.revocation
    if revocation and revocation.revoked_at and revocation.revoked_at <= moment:
        yield _REVOKED.filled(
            signer=signature.signer,
            day=revocation.revoked_at.date(),
            source=revocation.source,
            proof=_BY_THE_STAMP if signature.clock is Clock.TIME_STAMP else _BY_RECEIPT,
        )


def _person(one: EmbeddedPdfSignature) -> str:
    return person_in(str(one.sig_object.get("/Reason", "")))


_NOT_SIGNED = Text(
    pl="W pliku nie ma podpisu elektronicznego. Proszę podpisać pobrany dokument w formacie PAdES albo przesłać skan"
    " podpisany odręcznie.",
    en="There is no electronic signature in the file. Sign the downloaded document as PAdES, or send a scan of it"
    " signed by hand.",
)
_NOT_OURS = Text(
    pl="Plik nie jest dokumentem wydanym przez portal dla tego wniosku: jego początek jest inny. Proszę pobrać"
    " dokument z tej strony i podpisać go bez drukowania do nowego pliku PDF.",
    en="The file is not the document that the portal issued for this registration: its beginning differs. Download"
    " the document from this page and sign it without printing it into a new PDF.",
)
_CHANGED = Text(
    pl="Oprócz podpisu zmieniono w dokumencie coś jeszcze. Proszę podpisać dokument bez żadnych dopisków.",
    en="Something else than a signature was changed in the document. Sign it without adding anything.",
)
_BROKEN = Text(
    pl="Podpis „{signer}” nie zgadza się z treścią dokumentu: plik zmieniono po podpisaniu. Proszę podpisać dokument"
    " jeszcze raz.",
    en="The signature of “{signer}” does not fit the content: the file was changed after signing. Sign it again.",
)
_NOT_WHOLE = Text(
    pl="Podpis „{signer}” nie obejmuje całego dokumentu. Proszę podpisać dokument jeszcze raz.",
    en="The signature of “{signer}” does not cover the whole document. Sign it again.",
)
_WEAK = Text(
    pl="Podpis „{signer}” złożono algorytmem, który nie jest już bezpieczny (np. SHA-1). Proszę podpisać dokument"
    " jeszcze raz, w programie ustawionym na SHA-256 lub nowszy.",
    en="The signature of “{signer}” was made with an algorithm that is no longer safe (such as SHA-1). Sign again"
    " with SHA-256 or a newer one.",
)
_CERTIFICATE_NOT_VALID = Text(
    pl="Certyfikat „{signer}” jest ważny od {first} do {last}, a nie w dniu {day} ({proof}). Proszę podpisać dokument"
    " ważnym certyfikatem.",
    en="The certificate of “{signer}” is valid from {first} to {last}, not on {day} ({proof}). Sign with a"
    " valid one.",
)
_REVOKED = Text(
    pl="Certyfikat „{signer}” został unieważniony {day} ({source} w pliku), zanim powstał podpis: {proof}. Proszę"
    " podpisać dokument innym, ważnym certyfikatem.",
    en="The certificate of “{signer}” was revoked on {day} ({source} in the file), before there was a signature:"
    " {proof}. Sign with another, valid one.",
)
_BY_THE_STAMP = Text(pl="dzień ze znacznika czasu", en="the day of its time stamp")
_BY_RECEIPT = Text(
    pl="dzień wpływu, bo zaufanego znacznika czasu nie ma",
    en="the day of receipt, since there is no trusted time stamp",
)
_UNREADABLE = Text(
    pl="Pliku nie można odczytać jako podpisanego dokumentu PDF: jest uszkodzony albo niepełny. Proszę przesłać go"
    " jeszcze raz.",
    en="The file cannot be read as a signed PDF: it is damaged or cut short. Send it again.",
)
