"""The five documents of the first page are published (P5): by the branch, and the first versions by the program."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction

from rozlicz.kernel.branches import branch_of
from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.correspondence.models import PublishedDocument
from rozlicz.portal.correspondence.papers import PAPERS
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.house.uploads import keep

_PDF = "application/pdf"


class UnableToPublishDocument(UnableTo):
    """The document was not published."""


@transaction.atomic
def publish_document(
    *, operator: Operator, kind: str, title: str, valid_from: date, file: File[Any], at: datetime
) -> PublishedDocument:
    """Publish a newer version of one of the five; earlier ones stay. `kind`: of DocumentKind.

    Raises UnableToPublishDocument for what is no PDF, or would be in force since a day that has passed: what was
    accepted then must stay what it was. Raises UnableToKeepFile.
    """
    demand(operator, Right.ANNOUNCE)
    if valid_from < warsaw_day(at):
        raise UnableToPublishDocument(_PASSED.filled(day=valid_from))
    [kept] = keep([file])
    if kept.content_type != _PDF:
        raise UnableToPublishDocument(_NO_PDF.filled(name=kept.file_name))
    document = PublishedDocument.objects.create(
        kind=kind, title=title, valid_from=valid_from, published_at=at, published_by=operator, **asdict(kept)
    )
    record("document.published", operator=operator, provider_id=None, subject=title, at=at)
    return document


@transaction.atomic
def publish_shipped_documents(*, at: datetime) -> list[PublishedDocument]:
    """Publish what comes with this version of the program and is not yet there, in force from the day of `at`.

    Runs in the payer's context. May be repeated: an edition is published once. A document that the branch has
    published itself is the branch's from then on.
    """
    taken_over = set(PublishedDocument.objects.filter(edition="").values_list("kind", flat=True))
    there = set(PublishedDocument.objects.exclude(edition="").values_list("kind", "edition"))
    return [
        _publish_shipped(kind, at)
        for kind, paper in PAPERS.items()
        if kind not in taken_over and (kind, paper.edition) not in there
    ]


def _publish_shipped(kind: str, at: datetime) -> PublishedDocument:
    paper, day = PAPERS[kind], warsaw_day(at)
    content = paper.pdf(branch=branch_of(settings.BRANCH).name, valid_from=day)
    [kept] = keep([ContentFile(content, name=paper.file_name)])
    record("document.published", operator=None, provider_id=None, subject=paper.title, at=at)
    return PublishedDocument.objects.create(
        kind=kind,
        title=paper.title,
        edition=paper.edition,
        valid_from=day,
        published_at=at,
        **asdict(kept),
    )


_NO_PDF = Text(
    pl="Plik „{name}” nie jest dokumentem PDF. Dokumenty pierwszej strony ogłasza się jako PDF.",
    en="The file “{name}” is no PDF. Documents of the first page are published as PDF.",
)
_PASSED = Text(
    pl="Dokument nie może obowiązywać od dnia, który już minął ({day}).",
    en="A document cannot be in force from a day that has passed ({day}).",
)
