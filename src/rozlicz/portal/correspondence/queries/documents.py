"""Every read of the five documents of the first page (P5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404
from django.utils.functional import Promise

from rozlicz.portal.correspondence.models import DOCUMENT_NAMES, DocumentKind, PublishedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One of the five: the version in force on the day, the earlier ones, and those that come later."""

    kind: DocumentKind
    current: PublishedDocument | None
    earlier: list[PublishedDocument]
    coming: list[PublishedDocument]

    @property
    def name(self) -> Promise:
        """What the document is called."""
        return DOCUMENT_NAMES[self.kind]


def shelves_on(day: date) -> list[Shelf]:
    """All five in their order, each with its versions, the newest first."""
    found: dict[str, list[PublishedDocument]] = {kind: [] for kind in DocumentKind.values}
    for document in PublishedDocument.objects.order_by("-valid_from", "-id"):
        found[document.kind].append(document)
    return [_shelf(DocumentKind(kind), documents, day) for kind, documents in found.items()]


def _shelf(kind: DocumentKind, documents: list[PublishedDocument], day: date) -> Shelf:
    begun = [one for one in documents if one.valid_from <= day]
    return Shelf(
        kind=kind,
        current=begun[0] if begun else None,
        earlier=begun[1:],
        coming=[one for one in documents if one.valid_from > day],
    )


def document(document_id: int) -> PublishedDocument:
    """One published document; all of them are public. Raises Http404."""
    return get_object_or_404(PublishedDocument, pk=document_id)


def document_in_force(kind: str, day: date) -> PublishedDocument | None:
    """The version of a document in force on a day; None before the first. `kind`: of DocumentKind."""
    return (
        PublishedDocument.objects.filter(kind=kind, valid_from__lte=day)
        .order_by("-valid_from", "-id")
        .first()
    )


def regulations_in_force(day: date) -> PublishedDocument | None:
    """The regulations that whoever registers on this day accepts; None where none have been published."""
    return document_in_force("regulations", day)
