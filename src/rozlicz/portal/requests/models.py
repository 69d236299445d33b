"""Requests, their attachments and the history of their states."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.db import models

from rozlicz.portal.database import AS_PROVIDER
from rozlicz.portal.house.history import tracked
from rozlicz.portal.house.uploads import KeptFile


class RequestState(models.TextChoices):
    """Where a request stands; from one to the next only by a transition of `requests.transitions`."""

    DRAFT = "draft"
    FILED = "filed"
    TO_COMPLETE = "to_complete"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"


@tracked()
class Request(models.Model):
    """One request of a provider. `kind` is a code of `requests.kinds`.

    `fields` holds what was typed, name → list of texts, wrong or not: a draft keeps everything. `version` counts the
    changes of it, so that nobody files or overwrites what he has not seen. `answer_by` is the day by which the branch
    ought to decide, `complete_by` the one by which the applicant ought to complete. `outcome` is what the acceptance
    did (`requests.kind.Outcome`). `paper_by`: the signed paper must have come by this day, else what was granted is
    taken back; `paper_on`: it came.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="requests")
    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    fields = models.JSONField(default=dict)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    filed_on = models.DateField(null=True)
    answer_by = models.DateField(null=True)
    complete_by = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    outcome = models.JSONField(default=dict)
    paper_by = models.DateField(null=True)
    paper_on = models.DateField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="a_request_is_filed_before_it_is_judged",
                condition=models.Q(state__in=["draft", "withdrawn"]) | models.Q(filed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_request_in_hand_has_its_deadline",
                condition=~models.Q(state="filed", answer_by__isnull=True)
                & ~models.Q(state="to_complete", complete_by__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "answer_by"], name="request_queue"),
            models.Index(fields=["provider", "-id"], name="request_of_a_provider"),
        ]
        triggers = [
            # Beside the rules of rows in `house.grant_lists`, which cannot ask what a row was before.
            pgtrigger.Protect(
                name="once_filed_only_withdrawn",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"current_user = '{AS_PROVIDER}' and old.state = 'filed' and (new.state <> 'withdrawn'"
                    " or (new.version, new.fields, new.filed_on, new.answer_by)"
                    " is distinct from (old.version, old.fields, old.filed_on, old.answer_by))"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open_to_change(self) -> bool:
        """Whether the applicant may still change it."""
        return self.state in {RequestState.DRAFT, RequestState.TO_COMPLETE}

    @property
    def deadline(self) -> date | None:
        """The day by which whoever has the request in hand ought to act."""
        match self.state:
            case RequestState.FILED:
                return self.answer_by
            case RequestState.TO_COMPLETE:
                return self.complete_by
        return self.paper_by if self.awaits_paper else None

    @property
    def awaits_paper(self) -> bool:
        """Whether it was accepted on a scan and the paper has not come."""
        return self.state == RequestState.ACCEPTED and self.paper_by is not None and self.paper_on is None


@tracked()
class Attachment(KeptFile):
    """A file of a request; `kind` is a code of its kind's attachments. Taken off, it does not count."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=20)
    added_at = models.DateTimeField()
    taken_off_at = models.DateTimeField(null=True)


class Step(models.Model):
    """One line of a request's history: who did what, when, and why. Rows are added and never changed.

    `transition` is a code of `requests.transitions`. `who` is the name, kept here since a provider cannot read the
    branch's accounts; the portal itself has none.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    transition = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=RequestState)
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=120, blank=True)
    of_branch = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request_id} {self.transition}"
