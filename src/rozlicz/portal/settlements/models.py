"""Requests for settlement, the templates they produced, and which positions each template holds."""

from __future__ import annotations

from django.db import models
from django.db.models import F
from django.db.models.functions import Abs
from django.db.models.lookups import LessThanOrEqual

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.portal.house.history import tracked


class RequestState(models.TextChoices):
    """Where a request for settlement stands."""

    WAITING = "waiting"
    CALCULATED = "calculated"
    NOTHING_DUE = "nothing-due"
    REFUSED = "refused"


@tracked()
class SettlementRequest(models.Model):
    """The provider's wish to have one contract calculated for one month (żądanie rozliczenia).

    `refusal` is the sentence (both languages) why it could not be calculated, null otherwise.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT)
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="requests")
    month = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.WAITING)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT)
    calculated_at = models.DateTimeField(null=True)
    refusal = models.JSONField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "month"],
                condition=models.Q(state="waiting"),
                name="one_waiting_request_of_a_month",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}/{self.month}"


class CapExplanation(models.Model):
    """How the due of one scope came about in one calculation, step by step (settlement.explanation as JSON)."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT)
    request = models.ForeignKey(SettlementRequest, on_delete=models.PROTECT, related_name="explanations")
    scope = models.CharField(max_length=14)
    distinguisher = models.PositiveIntegerField()
    explanation = models.JSONField()

    class Meta:
        ordering = ["scope", "distinguisher"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "scope", "distinguisher"], name="one_explanation_of_a_scope"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope}/{self.distinguisher}"


@tracked()
class Template(models.Model):
    """What one bill will hold. `amount` in grosze, negative on a correcting template.

    `person` is the document number of the one person the bill is for (R61), empty for the general bill.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="templates")
    contract = models.ForeignKey("contracts.Contract", on_delete=models.PROTECT, related_name="templates")
    request = models.ForeignKey(SettlementRequest, on_delete=models.PROTECT, related_name="templates")
    number = models.BigIntegerField(unique=True)
    month = models.PositiveIntegerField()
    annex = models.PositiveIntegerField()
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    person = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True)
    amount = models.BigIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "corrects", "person", "country"],
                name="one_template_of_a_calculation",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class TemplateLine(models.Model):
    """One line; units ×10,000, price and amount in grosze. The amount is the rounded product, by constraint."""

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    scope = models.CharField(max_length=14)
    distinguisher = models.PositiveIntegerField()
    product = models.CharField(max_length=15)
    name = models.CharField(max_length=250)
    unit_name = models.CharField(max_length=40)
    units = models.BigIntegerField()
    price = models.BigIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="one_line_of_a_number"),
            models.CheckConstraint(
                name="a_lines_amount_is_its_product_rounded_once",
                condition=LessThanOrEqual(
                    Abs(F("amount") * UNIT_SCALE - F("units") * F("price")), UNIT_SCALE // 2
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id}/{self.number}"


class TemplatePosition(models.Model):
    """Which position a template settles, and how much of it: append-only. Units ×10,000, negative in corrections."""

    id = models.BigAutoField(primary_key=True)
    provider_id = models.BigIntegerField()
    template_id = models.BigIntegerField()
    contract_id = models.BigIntegerField()
    service_id = models.TextField()
    position = models.BigIntegerField()
    scope = models.TextField()
    distinguisher = models.BigIntegerField()
    product = models.TextField()
    price = models.BigIntegerField()
    units = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template_id", "service_id", "position", "product", "price"],
                name="a_position_once_in_a_template",
            ),
        ]
        indexes = [
            # settlement: what was billed of each position
            models.Index(fields=["contract_id", "service_id", "position"], name="template_position_service"),
        ]

    def __str__(self) -> str:
        return f"{self.template_id}: {self.service_id}/{self.position}"
