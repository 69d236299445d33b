"""Closings of reporting periods, and the exceptions that were granted."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from rozlicz.portal.house.history import tracked


class Closing(models.Model):
    """The branch closed a month (yyyymm) for reports, or opened it again: the newest row of a month counts.

    Rows are added and never changed, so that a report can always be judged by what held when it came. A month
    without a row is open.
    """

    month = models.PositiveIntegerField()
    is_closed = models.BooleanField()
    at = models.DateTimeField()
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["month", "-at"], name="closings_of_a_month")]

    def __str__(self) -> str:
        return f"{self.month} {'closed' if self.is_closed else 'open'}"


@tracked()
class Unlock(models.Model):
    """What a provider may still report, or have computed, in closed months (yyyymm, both ends included).

    It holds for one scope of a contract and for the named services (identifiers in the sender's system), from
    `granted_at` through the day `until`, unless it was ended before. `request_number` is the request it came from.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="unlocks")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT)
    scope = models.CharField(max_length=14)
    distinguisher = models.PositiveIntegerField()
    first_month = models.PositiveIntegerField()
    last_month = models.PositiveIntegerField()
    services = ArrayField(models.CharField(max_length=60), default=list)
    adds = models.BooleanField(default=False)
    changes = models.BooleanField(default=False)
    deletes = models.BooleanField(default=False)
    computes = models.BooleanField(default=False)
    granted_at = models.DateTimeField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)
    request_number = models.CharField(max_length=24)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="unlock_ends_after_it_begins",
                condition=models.Q(last_month__gte=models.F("first_month")),
            ),
            models.CheckConstraint(
                name="unlock_has_an_aim",
                condition=models.Q(adds=True)
                | models.Q(changes=True)
                | models.Q(deletes=True)
                | models.Q(computes=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_number} {self.scope}/{self.distinguisher}"
