"""The book of acts: one line for each thing an operator or the portal did."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act. `act` is a dotted code of `audit.acts`; rows are added and never changed.

    `provider` is whose affair it was (none: the branch's own), `acting_for` is true when an operator of a superior
    provider did it for that provider. `subject` names the thing without any patient's data. `address` is where the
    request came from, empty for jobs and commands. `change` joins the entry with the row history (pghistory) of the
    same request.
    """

    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+")
    login = models.CharField(max_length=47, blank=True)
    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, null=True, related_name="+")
    acting_for = models.BooleanField(default=False)
    subject = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    address = models.GenericIPAddressField(null=True)
    change = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["provider", "-id"], name="audit_of_a_provider"),
            models.Index(fields=["operator", "-id"], name="audit_of_an_operator"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"
