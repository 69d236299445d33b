"""Bills (invoices, accounts, notes) and their attachments."""

from __future__ import annotations

from django.db import models

from rozlicz.portal.house.history import tracked

LONGEST_ACCOUNT = 40
"""Characters of an account number as a bill may write it: with blanks, and PL in front."""


class BillState(models.TextChoices):
    """Where a bill stands."""

    REFUSED = "refused"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    PAID = "paid"


@tracked()
class Bill(models.Model):
    """An e-document taken in for one template. Amount in grosze; `refusals` lists every reason, empty when accepted.

    `account_number` is the bank account as the bill names it, empty where that was not kept: of a bill received
    before accounts belonged to kinds of services. `delivered_on` is the Warsaw day of the receipt of an accepted
    bill, `due_on` the last day of payment (R10).
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="bills")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, null=True)
    template = models.ForeignKey(
        "settlements.Template", on_delete=models.PROTECT, null=True, related_name="bills"
    )
    kind = models.CharField(
        max_length=4, choices=[("FAKT", "FAKT"), ("RACH", "RACH"), ("NOTA", "NOTA")], blank=True
    )
    number = models.CharField(max_length=60)
    issued_on = models.DateField(null=True)
    month = models.PositiveIntegerField(null=True)
    amount = models.BigIntegerField(default=0)
    account_number = models.CharField(max_length=LONGEST_ACCOUNT, blank=True, default="")
    file = models.CharField(max_length=80)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=BillState)
    refusals = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    delivered_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        "accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["template"],
                condition=models.Q(state__in=["accepted", "approved", "paid"]),
                name="one_live_bill_of_a_template",
            ),
            models.UniqueConstraint(
                fields=["provider", "number"],
                condition=models.Q(state__in=["accepted", "approved", "paid"]),
                name="one_live_bill_of_a_number",
            ),
            models.UniqueConstraint(
                fields=["provider", "sha256"],
                condition=~models.Q(state="refused"),
                name="identical_bytes_of_a_sender_are_one_bill",
            ),
            models.CheckConstraint(
                name="a_live_bill_has_template_and_days",
                condition=models.Q(state="refused")
                | models.Q(template__isnull=False, delivered_on__isnull=False, due_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Attachment(models.Model):
    """A scan attached to a bill: what it is (`DEC`, `ENT`, …) and its stored bytes.

    `transcript_reason` says why it is a transcript instead of a copy (R2), empty for a copy.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT)
    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(max_length=10)
    file = models.CharField(max_length=80)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    transcript_reason = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
