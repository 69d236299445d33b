"""Parcels (przesyłki): files with a letter, between the branch and one provider, both ways."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house.uploads import KeptFile


class Direction(models.TextChoices):
    """Which way a parcel goes."""

    TO_BRANCH = "to_branch"
    FROM_BRANCH = "from_branch"


DIRECTION_WORDS: dict[str, Promise] = {
    Direction.TO_BRANCH: pgettext_lazy("direction", "to the branch"),
    Direction.FROM_BRANCH: pgettext_lazy("direction", "from the branch"),
}
"""Each direction in words."""


class Parcel(models.Model):
    """One parcel; rows are added and never changed. `sender` is the person's name as it was then."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="parcels")
    direction = models.CharField(max_length=12, choices=Direction)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    answers = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="answered_by")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    sender = models.CharField(max_length=120)

    class Meta:
        indexes = [
            models.Index(fields=["provider", "-id"], name="parcels_of_a_provider"),
            models.Index(fields=["answers"], name="answers_to_a_parcel"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number of the receipt: `P/2026/000012`."""
        return f"P/{warsaw_day(self.sent_at).year}/{self.pk:06d}"

    @property
    def is_from_branch(self) -> bool:
        """Whether the branch has sent it."""
        return self.direction == Direction.FROM_BRANCH


class ParcelFile(KeptFile):
    """A file of a parcel."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="files")


class ParcelReading(models.Model):
    """The receipt of the receiver: who opened the parcel first, and when."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    parcel = models.OneToOneField(Parcel, on_delete=models.PROTECT, related_name="reading")
    at = models.DateTimeField()
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    reader = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.reader}"


class ParcelArchiving(models.Model):
    """One side has put the parcel away: it leaves that side's list, and is found under "archive".

    Until it is taken back, once, by a person of that side; then it may be put away anew.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="archivings")
    by_branch = models.BooleanField()
    at = models.DateTimeField()
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(
        "accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["parcel", "by_branch"],
                condition=models.Q(taken_back_at=None),
                name="a_side_archives_a_parcel_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id}"
