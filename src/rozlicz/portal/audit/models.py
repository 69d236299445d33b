"""The book of acts: one line for each thing an operator or the portal did."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func


class Words(Func):
    """The words of a subject and a reason, each found by its beginning; made by a migration of this app."""

    function = "audit_words"
    arity = 2
    output_field = SearchVectorField()


class Entry(models.Model):
    """One act. `act` is a dotted code of `audit.acts`; rows are added and never changed.

    `provider` is whose affair it was (none: the branch's own), `acting_for` is true when an operator of a superior
    provider did it for that provider. `token` is the access token with which a program did it: its name and its
    ending, which open nothing. `subject` names the thing without any patient's data. `address` is where the
    request came from, empty for jobs and commands. `change` joins the entry with the row history (pghistory) of the
    same request, or of the one thing that a job did.

    The book only grows, and is asked for the newest lines of a person, a party, an act or an address: an index each,
    in the order of the page. Words have one of their own.
    """

    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    operator = models.ForeignKey(
        "accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    login = models.CharField(max_length=47, blank=True)
    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    acting_for = models.BooleanField(default=False)
    token = models.CharField(max_length=70, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    address = models.GenericIPAddressField(null=True)
    change = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index(fields=["provider", "-at", "-id"], name="audit_newest_of_provider"),
            models.Index(fields=["operator", "-at", "-id"], name="audit_newest_of_operator"),
            models.Index(fields=["act", "-at", "-id"], name="audit_newest_of_act"),
            models.Index(fields=["address", "-at", "-id"], name="audit_newest_from_address"),
            models.Index(
                fields=["change"],
                name="audit_of_one_request",
                condition=models.Q(change__isnull=False),
            ),
            models.Index(
                fields=["operator", "-id"],
                name="audit_newest_for_subordinates",
                condition=models.Q(acting_for=True),
            ),
            GinIndex(Words(F("subject"), F("reason")), name="audit_words"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.subject}"
