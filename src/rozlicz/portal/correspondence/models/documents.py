"""The five documents of the first page (P5): manuals, regulations, the template of the agreement."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rozlicz.portal.house.uploads import KeptFile


class DocumentKind(models.TextChoices):
    """The five, in the order in which the first page shows them."""

    PORTAL_MANUAL = "portal_manual"
    POTENTIAL_MANUAL = "potential_manual"
    ANNEXING_MANUAL = "annexing_manual"
    REGULATIONS = "regulations"
    AGREEMENT = "agreement"


DOCUMENT_NAMES: dict[str, Promise] = {
    DocumentKind.PORTAL_MANUAL: pgettext_lazy("document", "Portal manual"),
    DocumentKind.POTENTIAL_MANUAL: pgettext_lazy("document", "Potential portal manual"),
    DocumentKind.ANNEXING_MANUAL: pgettext_lazy("document", "Potential portal: annexing manual"),
    DocumentKind.REGULATIONS: pgettext_lazy("document", "Regulations of the portal"),
    DocumentKind.AGREEMENT: pgettext_lazy(
        "document", "Template of the agreement authorising the use of the portal"
    ),
}
"""The title of each kind."""


class PublishedDocument(KeptFile):
    """One version of a document: the bytes that were published, in force from `valid_from` on.

    The newest that has begun is the current one. Rows are added and never changed. The first versions are made of
    the texts that come with the program: `edition` is theirs, empty for what the branch uploaded.
    """

    kind = models.CharField(max_length=20, choices=DocumentKind)
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        "accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "edition"],
                condition=~models.Q(edition=""),
                name="an_edition_is_published_once",
            ),
            models.CheckConstraint(
                name="a_document_comes_with_the_program_or_from_a_person",
                condition=models.Q(edition="", published_by__isnull=False)
                | (~models.Q(edition="") & models.Q(published_by__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title
