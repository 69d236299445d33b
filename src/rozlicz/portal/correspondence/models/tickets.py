"""Reports to the operator of the portal (zgłoszenia do operatora): a thread between a provider and the branch."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house.uploads import KeptFile


class PostKind(models.TextChoices):
    """What a post is; the last one of a thread says in which state its ticket is."""

    QUESTION = "question"
    ANSWER = "answer"
    CLOSING = "closing"


class TicketArea(models.TextChoices):
    """The part of the portal that a ticket is about."""

    LOG_IN = "log_in"
    CONTRACTS = "contracts"
    REPORTING = "reporting"
    SETTLEMENTS = "settlements"
    PAYMENTS = "payments"
    REQUESTS = "requests"
    PROGRAMS = "programs"
    OTHER = "other"


TICKET_AREAS: dict[str, Promise] = {
    TicketArea.LOG_IN: _("Log-in and accounts"),
    TicketArea.CONTRACTS: _("Contracts for services"),
    TicketArea.REPORTING: _("Reporting"),
    TicketArea.SETTLEMENTS: _("Settlements and bills"),
    TicketArea.PAYMENTS: _("Payments"),
    TicketArea.REQUESTS: _("Requests and correspondence"),
    TicketArea.PROGRAMS: _("Installations and programs"),
    TicketArea.OTHER: _("Something else"),
}
"""The name of each part."""


class Ticket(models.Model):
    """One report to the operator. Rows are added and never changed; what was said stands in its posts."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="tickets")
    subject = models.CharField(max_length=200)
    area = models.CharField(max_length=12, choices=TicketArea)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["provider", "-id"], name="tickets_of_a_provider")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number of the report: `Z/2026/000012`."""
        return f"Z/{warsaw_day(self.opened_at).year}/{self.pk:06d}"


class TicketPost(models.Model):
    """One post of a thread; `author` is the person's name as it was then."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=8, choices=PostKind)
    from_branch = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    author = models.CharField(max_length=120)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.kind}"


class TicketFile(KeptFile):
    """A file of a post: a screenshot, a file that could not be sent."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(TicketPost, on_delete=models.PROTECT, related_name="files")
