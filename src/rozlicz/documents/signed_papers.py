"""Papers that we issue as PDF and that come back signed (PAdES): is it ours, is it whole, who signed it.

What is looked at: that the file begins with the very bytes that were issued, that nothing but signatures was added to
them, that every signature fits what it signs and the last one covers the whole file, and that each certificate was
valid on the day of receipt. What is not: whether a certificate is a qualified one, who issued it, and whether it was
revoked. That would need the European lists of trust and a connection to their issuers.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
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
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from rozlicz.kernel.texts import Text, excerpt

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature that holds: whom its certificate names, who issued that, and its first and last day."""

    signer: str
    issuer: str
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPaper:
    """What a paper that came back holds: its signatures, or every reason for which it is refused."""

    signatures: tuple[Signature, ...] = ()
    refusals: tuple[Text, ...] = ()


def signable(paper: bytes) -> bytes:
    """The paper with an empty form, to which programs add their signatures.

    Only so can later be told that they added nothing else. The update is written by hand: pyHanko's own writer adds
    the present time and random numbers, and the same paper would never be the same bytes twice.
    """
    reader = PdfFileReader(io.BytesIO(paper))
    catalogue, form = reader.root_ref.idnum, int(reader.trailer["/Size"])
    root = generic.DictionaryObject(reader.root)
    root["/AcroForm"] = generic.IndirectObject(form, 0, reader)
    written = io.BytesIO()
    written.write(paper if paper.endswith(b"\n") else paper + b"\n")
    places = {}
    for number, value in (
        (catalogue, root),
        (form, generic.DictionaryObject({"/Fields": generic.ArrayObject()})),
    ):
        places[number] = written.tell()
        written.write(b"%d 0 obj\n" % number)
        value.write_to_stream(written, None)
        written.write(b"\nendobj\n")
    trailer = generic.DictionaryObject(reader.trailer.flatten())
    trailer["/Size"] = generic.NumberObject(form + 1)
    trailer["/Prev"] = generic.NumberObject(reader.last_startxref)
    table = written.tell()
    written.write(b"xref\n")
    for number, place in sorted(places.items()):
        written.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    written.write(b"trailer\n")
    trailer.write_to_stream(written, None)
    written.write(b"\nstartxref\n%d\n%%%%EOF\n" % table)
    return written.getvalue()


def read_signed(content: bytes, *, issued: bytes, at: datetime) -> SignedPaper:
    """Check a signed paper against the one that was issued. `at` is the moment of receipt, aware."""
    if content == issued:
        return SignedPaper(refusals=(_NOT_SIGNED,))
    if not content.startswith(issued):
        return SignedPaper(refusals=(_NOT_OURS,))
    try:
        return _read(content, issued, at)
    # A damaged or hostile file may fail pyHanko anywhere, by assertions too; whatever it is means "cannot be read".
    except Exception:  # noqa: BLE001 - no list of exceptions would be complete, and none of them is our mistake
        return SignedPaper(refusals=(_UNREADABLE,))


def _read(content: bytes, issued: bytes, at: datetime) -> SignedPaper:
    reader = PdfFileReader(io.BytesIO(content))
    found = reader.embedded_signatures
    if not found:
        return SignedPaper(refusals=(_NOT_SIGNED,))
    refusals = [refusal for one in found for refusal in _faults(one, at, is_last=one is found[-1])]
    if _changes(reader, issued):
        refusals.append(_CHANGED)
    if refusals:
        return SignedPaper(refusals=tuple(dict.fromkeys(refusals)))
    return SignedPaper(signatures=tuple(map(_told, found)))


def _changes(reader: PdfFileReader, issued: bytes) -> bool:
    """Whether anything but signatures was added to the paper."""
    base = PdfFileReader(io.BytesIO(issued)).xrefs.total_revisions - 1
    return isinstance(_ONLY_SIGNATURES.review_file(reader, base), SuspiciousModification)


def _faults(one: EmbeddedPdfSignature, at: datetime, *, is_last: bool) -> Iterator[Text]:
    told = _told(one)
    # The certificate is trusted as it is: only whether the signature fits is asked here.
    context = ValidationContext(trust_roots=[one.signer_cert], allow_fetching=False, moment=at)
    status = validate_pdf_signature(one, context, skip_diff=True)
    if not (status.intact and status.valid):
        yield _BROKEN.filled(signer=told.signer)
    wanted = {SignatureCoverageLevel.ENTIRE_FILE}
    if not is_last:
        wanted.add(SignatureCoverageLevel.ENTIRE_REVISION)
    if status.coverage not in wanted:
        yield _NOT_WHOLE.filled(signer=told.signer)
    if not told.valid_from <= at.date() <= told.valid_to:
        yield _CERTIFICATE_NOT_VALID.filled(signer=told.signer, first=told.valid_from, last=told.valid_to)


def _told(one: EmbeddedPdfSignature) -> Signature:
    certificate = one.signer_cert
    return Signature(
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        valid_from=certificate.not_valid_before.date(),
        valid_to=certificate.not_valid_after.date(),
    )


def _name(name: object) -> str:
    """Whom a distinguished name means: its common name, else all of it."""
    parts = name.native  # type: ignore[attr-defined]  # asn1crypto has no types
    return excerpt(str(parts.get("common_name") or ", ".join(map(str, parts.values()))), 120)


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
_CERTIFICATE_NOT_VALID = Text(
    pl="Certyfikat „{signer}” jest ważny od {first} do {last}, a więc nie w dniu wpływu dokumentu. Proszę podpisać"
    " dokument ważnym certyfikatem.",
    en="The certificate of “{signer}” is valid from {first} to {last}, and so not on the day of receipt. Sign with a"
    " valid one.",
)
_UNREADABLE = Text(
    pl="Pliku nie można odczytać jako podpisanego dokumentu PDF: jest uszkodzony albo niepełny. Proszę przesłać go"
    " jeszcze raz.",
    en="The file cannot be read as a signed PDF: it is damaged or cut short. Send it again.",
)
