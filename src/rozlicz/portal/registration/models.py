"""Registrations and the signed papers that belong to them."""

from __future__ import annotations

from collections.abc import Iterable

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import pgettext_lazy

from rozlicz.portal.database import AS_APPLICANT
from rozlicz.portal.house.history import tracked
from rozlicz.portal.house.uploads import KeptFile
from rozlicz.portal.providers.models import PartyKind
from rozlicz.portal.registration.steps import STEPS


class RegistrationState(models.TextChoices):
    """Where a registration stands: codes of `house.states`."""

    DRAFT = "draft"
    FILED = "filed"
    TO_COMPLETE = "to_complete"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"


_FILED = (
    "regulations_version",
    "answers",
    "password_hash",
    "filed_at",
    "issued_file",
    "issued_sha256",
    "paper_arrived_on",
)
"""What stays as it is from filing on, unless the branch asks to complete it."""


def _differs(columns: Iterable[str]) -> str:
    """An SQL condition: an update changes one of the columns."""
    after, before = (", ".join(f"{row}.{one}" for one in columns) for row in ("new", "old"))
    return f"({after}) is distinct from ({before})"


# What is being typed leaves no copies: what was filed is kept as the document that was issued for it.
@tracked(exclude=["answers", "password_hash", "token_hash"])
class Registration(models.Model):
    """A party's request to be registered (P4), from its first page to the branch's decision.

    Whoever has the link may go on with it: of the link's token only the SHA-256 is kept. `answers` holds what the
    steps have saved. The first administrator's temporary password is kept hashed, until the decision.
    `regulations_version` is the day since which the version of the regulations is in force that was accepted last.

    Filed, it has a document to sign (`issued_file`); a registration that is filed again with other answers gets
    another one, and papers that belong to the former no longer count. `paper_due_on` is the last day for the paper
    that must follow a scan, None where none must; `complete_by` the day by which the applicant ought to complete.
    `provider` is the party that came of it; its `given_code`, and how long the temporary password works
    (`log_in_until`), stand here too, since an applicant sees nothing of parties.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=20, choices=RegistrationState, default=RegistrationState.DRAFT)
    regulations_version = models.DateField()
    answers = models.JSONField(default=dict)
    password_hash = models.CharField(max_length=128, blank=True)
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    issued_file = models.CharField(max_length=80, blank=True)
    issued_sha256 = models.CharField(max_length=64, blank=True)
    paper_due_on = models.DateField(null=True)
    paper_arrived_on = models.DateField(null=True)
    steps_to_complete = ArrayField(models.CharField(max_length=20, choices=STEPS), default=list)
    remark = models.CharField(max_length=1000, blank=True)
    complete_by = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+")
    provider = models.OneToOneField(
        "providers.Provider", on_delete=models.PROTECT, null=True, related_name="registration"
    )
    given_code = models.CharField(max_length=6, blank=True)
    log_in_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_accepted_registration_has_its_party",
                condition=models.Q(state="accepted", provider__isnull=False)
                | (~models.Q(state="accepted") & models.Q(provider__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_filed_registration_has_its_document",
                condition=models.Q(state__in=["draft", "expired"])
                | models.Q(filed_at__isnull=False) & ~models.Q(issued_file=""),
            ),
            models.CheckConstraint(
                name="a_decided_registration_keeps_no_password",
                condition=~models.Q(state__in=["accepted", "refused", "expired"])
                | models.Q(password_hash=""),
            ),
        ]
        indexes = [
            models.Index(fields=["-filed_at"], name="registrations_of_the_queue"),
            models.Index(
                fields=["touched_at"],
                condition=models.Q(state="draft"),
                name="drafts_that_may_expire",
            ),
            models.Index(
                fields=["paper_due_on"],
                condition=models.Q(paper_due_on__isnull=False),
                name="papers_that_must_follow",
            ),
        ]
        triggers = [
            # Beside the rules of rows in `house.grant_lists`, which cannot ask what a row was before.
            pgtrigger.Protect(
                name="an_applicant_files_and_decides_nothing",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"current_user = '{AS_APPLICANT}' and (new.state not in (old.state, 'filed')"
                    " or new.state = 'filed' and old.state not in ('draft', 'to_complete', 'filed')"
                    " or old.state in ('refused', 'expired')"
                    " or new.paper_arrived_on is not null"
                    " and new.paper_arrived_on is distinct from old.paper_arrived_on"
                    f" or old.state not in ('draft', 'to_complete') and {_differs(_FILED)})"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"registration {self.pk}"

    @property
    def party_name(self) -> str:
        """The name that was typed, empty before that step."""
        return str(self.answers.get("party", {}).get("name", ""))

    @property
    def kind(self) -> PartyKind | None:
        """The kind of party, None before that step."""
        code = self.answers.get("kind", {}).get("kind")
        return PartyKind(code) if code else None


class PaperKind(models.TextChoices):
    """How the signed document came."""

    SIGNED = "signed", pgettext_lazy("paper", "Signed electronically (PAdES)")
    SCAN = "scan", pgettext_lazy("paper", "Scan of the document signed by hand")


class Paper(KeptFile):
    """A signed document that was uploaded. Rows are added and never changed.

    `issued_sha256` says which issue of the document it belongs to. `signatures` keeps those that held, as they were
    judged on receipt (`documents.signed_papers.Signature`); pages judge the stored bytes anew.
    """

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=PaperKind)
    issued_sha256 = models.CharField(max_length=64)
    signatures = models.JSONField(default=list)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
