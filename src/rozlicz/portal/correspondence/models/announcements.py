"""Announcements of the branch (komunikaty): each with its versions, for whom they are, and who has read them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rozlicz.portal.house.history import tracked
from rozlicz.portal.house.uploads import KeptFile


class Audience(models.TextChoices):
    """For whom something of the branch is."""

    PUBLIC = "public"
    PARTIES = "parties"
    KINDS = "kinds"
    PROVIDERS = "providers"


AUDIENCE_WORDS: dict[str, Promise] = {
    Audience.PUBLIC: pgettext_lazy("audience", "everybody, also before the log-in"),
    Audience.PARTIES: pgettext_lazy("audience", "all parties that are logged in"),
    Audience.KINDS: pgettext_lazy("audience", "parties of chosen kinds"),
    Audience.PROVIDERS: pgettext_lazy("audience", "chosen providers only"),
}
"""Each audience in words."""


class Addressed(models.Model):
    """What is for an audience: `party_kinds` for KINDS; for PROVIDERS the rows of `Recipient`."""

    audience = models.CharField(max_length=10, choices=Audience)
    party_kinds = ArrayField(models.CharField(max_length=20), default=list)

    class Meta:
        abstract = True


@tracked()
class Announcement(models.Model):
    """One announcement; what it says stands in its current version. A withdrawn one keeps its address and reason."""

    current = models.ForeignKey(
        "correspondence.AnnouncementVersion", on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        "accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_withdrawn_announcement_has_a_reason",
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class AnnouncementVersion(Addressed):
    """What an announcement says from a moment on. `text` is plain text, shown as `correspondence.plain` reads it.

    `valid_until` is the last day on which it is shown as current ("Ważne do"). Rows are added and never changed.
    """

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    valid_until = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["announcement", "number"], name="one_version_of_a_number")
        ]

    def __str__(self) -> str:
        return self.title


class AnnouncementFile(KeptFile):
    """A file that belongs to one version of an announcement."""

    version = models.ForeignKey(AnnouncementVersion, on_delete=models.PROTECT, related_name="files")


class Recipient(models.Model):
    """A provider to which an announcement or a survey for chosen providers is addressed.

    Whom a draft of a survey asks no more is removed and keeps its row; who once is addressed stays.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(
        AnnouncementVersion, on_delete=models.PROTECT, null=True, related_name="recipients"
    )
    survey = models.ForeignKey(
        "correspondence.Survey", on_delete=models.PROTECT, null=True, related_name="recipients"
    )
    is_removed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_recipient_is_of_one_thing",
                condition=models.Q(version__isnull=True, survey__isnull=False)
                | models.Q(version__isnull=False, survey__isnull=True),
            ),
            models.UniqueConstraint(fields=["version", "provider"], name="a_provider_is_addressed_once"),
            models.UniqueConstraint(fields=["survey", "provider"], name="a_provider_is_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id}"


class AnnouncementReading(models.Model):
    """An operator has opened a version; `provider` is for whom it worked then, None for the branch's own."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, null=True, related_name="+")
    version = models.ForeignKey(AnnouncementVersion, on_delete=models.PROTECT, related_name="readings")
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "operator", "provider"],
                nulls_distinct=False,
                name="a_version_is_first_read_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.operator_id}"
