"""Are the documents that must go with a bill there, and are they the files that the bill names (R2–R4)?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rozlicz.documents.attachments import (
    ATTACHMENT_NAMES,
    AttachmentForm,
    AttachmentKind,
    Entitlement,
    Requirement,
    missing,
    required,
)
from rozlicz.documents.bases import E_DOCUMENT_ORDER, LODZ_PAGE
from rozlicz.documents.refusals import Reason, Refusal, reason
from rozlicz.documents.ways import ServiceGroup, Way
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.bills import AttachmentReference


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedFile:
    """A file that came with a bill: its name, its SHA-256 (hex).

    `transcript`: it holds a transcript (odpis) instead of a copy, which needs a stated reason (R2).
    """

    file_name: str
    sha256: str
    transcript: bool = False
    transcript_reason: str = ""


_FIELD = Text(pl="załączniki", en="attachments")

ATTACHMENT_MISSING = reason(
    "B-701",
    _FIELD,
    Text(
        pl="Brakuje załącznika: {expected}{whose}.",
        en="An attachment is missing: {expected}{whose}.",
    ),
    basis=LODZ_PAGE,
    remedy=Text(
        pl="Proszę dołączyć skan ({kind}) i przesłać rachunek ponownie.",
        en="Attach the scan ({kind}) and send the bill again.",
    ),
)

KIND_UNKNOWN = reason(
    "B-702",
    _FIELD,
    Text(
        pl="Załącznik {file} ma nieznany rodzaj „{found}”; znane rodzaje: {expected}.",
        en="The attachment {file} is of an unknown kind “{found}”; known kinds: {expected}.",
    ),
    basis=LODZ_PAGE,
    remedy=Text(pl="Proszę wybrać jeden ze znanych rodzajów.", en="Choose one of the known kinds."),
)

FILE_MISSING = reason(
    "B-703",
    _FIELD,
    Text(
        pl="Rachunek wymienia załącznik {file}, którego nie przesłano.",
        en="The bill names the attachment {file}, which was not sent.",
    ),
    basis=E_DOCUMENT_ORDER,
    remedy=Text(
        pl="Proszę przesłać ten plik razem z rachunkiem.", en="Send this file together with the bill."
    ),
)

FILE_CHANGED = reason(
    "B-704",
    _FIELD,
    Text(
        pl="Przesłany plik {file} nie jest tym, który wymienia rachunek: skrót SHA-256 pliku to {found}, "
        "na rachunku {expected}.",
        en="The file {file} that was sent is not the one the bill names: its SHA-256 is {found}, the bill says "
        "{expected}.",
    ),
    basis=E_DOCUMENT_ORDER,
    remedy=Text(
        pl="Proszę przesłać właściwy plik albo wystawić rachunek z nowym skrótem.",
        en="Send the right file, or make the bill with the new hash.",
    ),
)

NOT_VALID_FOR_SERVICES = reason(
    "B-705",
    Text(pl="dokument uprawniający", en="entitlement document"),
    Text(
        pl="Dokument {document} jest ważny {found}, a świadczenia trwały {expected}.",
        en="The document {document} is valid {found}; the services lasted {expected}.",
    ),
    basis=LODZ_PAGE,
    remedy=Text(
        pl="Proszę dołączyć dokument ważny przez cały czas świadczenia albo poprawić raport.",
        en="Attach a document valid during the whole service, or correct the report.",
    ),
)

TRANSCRIPT_WITHOUT_REASON = reason(
    "B-706",
    _FIELD,
    Text(
        pl="Załącznik {file} to odpis zamiast kopii, a nie podano uzasadnienia.",
        en="The attachment {file} is a transcript instead of a copy, without a stated reason.",
    ),
    basis=LODZ_PAGE,
    remedy=Text(
        pl="Proszę podać, dlaczego kopii nie można było zrobić, albo dołączyć kopię.",
        en="State why a copy could not be made, or attach a copy.",
    ),
)

REASONS: tuple[Reason, ...] = (
    ATTACHMENT_MISSING,
    KIND_UNKNOWN,
    FILE_MISSING,
    FILE_CHANGED,
    NOT_VALID_FOR_SERVICES,
    TRANSCRIPT_WITHOUT_REASON,
)

_KINDS = frozenset(kind.value for kind in AttachmentKind)


def attachment_refusals(
    references: Sequence[AttachmentReference],
    *,
    services: Collection[ServiceGroup],
    entitlements: Sequence[Entitlement],
    received: Sequence[ReceivedFile] | None,
) -> Iterator[Refusal]:
    """What is wrong with the attachments of an e-document.

    Only scans are asked for here; originals on paper (orders for devices) come after the electronic part and
    set the day of delivery. `received` are the files that came with the bill, None when they are not at hand.
    """
    requirements = required(services=services, entitlements=entitlements, way=Way.E_DOCUMENT)
    yield from _missing_refusals(requirements, references)
    for index, one in enumerate(references, start=1):
        if one.kind not in _KINDS:
            yield KIND_UNKNOWN.because(
                field=f"attachments.{index}.kind",
                found=one.kind,
                expected=", ".join(sorted(_KINDS)),
                file=one.file_name,
            )
        if received is not None:
            yield from _file_refusals(one, f"attachments.{index}", received)
    for entitlement in entitlements:
        if entitlement.document and not entitlement.covers_services:
            yield _validity_refusal(entitlement)


def _missing_refusals(
    requirements: Sequence[Requirement], references: Sequence[AttachmentReference]
) -> Iterator[Refusal]:
    scans = [one for one in requirements if one.form is AttachmentForm.SCAN]
    # One file named twice is one document.
    distinct = {(one.kind, one.sha256.lower()) for one in references if one.kind in _KINDS}
    given = [AttachmentKind(kind) for kind, _ in distinct]
    for one in missing(scans, given):
        yield ATTACHMENT_MISSING.because(
            field="attachments",
            expected=ATTACHMENT_NAMES[one.kind],
            basis=one.basis,
            whose=_whose(one.document_number),
            kind=one.kind.value,
        )


def _file_refusals(
    reference: AttachmentReference, field: str, received: Sequence[ReceivedFile]
) -> Iterator[Refusal]:
    file = next((one for one in received if one.file_name == reference.file_name), None)
    if file is None:
        yield FILE_MISSING.because(field=f"{field}.file_name", file=reference.file_name)
        return
    if file.sha256.lower() != reference.sha256.lower():
        yield FILE_CHANGED.because(
            field=f"{field}.sha256",
            found=file.sha256,
            expected=reference.sha256,
            file=reference.file_name,
        )
    if file.transcript and not file.transcript_reason.strip():
        yield TRANSCRIPT_WITHOUT_REASON.because(field=f"{field}.transcript", file=reference.file_name)


def _validity_refusal(one: Entitlement) -> Refusal:
    return NOT_VALID_FOR_SERVICES.because(
        field="attachments",
        found=_span(one.valid_from or "…", one.valid_to or "…"),
        expected=_span(one.services_from, one.services_to),
        document=f"{one.document} {one.number}".strip(),
    )


def _span(first: object, last: object) -> Text:
    return Text(pl="od {first} do {last}", en="from {first} to {last}").filled(first=first, last=last)


def _whose(document_number: str) -> Text:
    if not document_number:
        return same("")
    return Text(pl=" (dokument {number})", en=" (document {number})").filled(number=document_number)
