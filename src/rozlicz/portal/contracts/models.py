"""Contracts as the branch keeps them: every state (annex) with its file and its plan."""

from __future__ import annotations

from django.db import models

from rozlicz.portal.house.history import tracked


@tracked()
class Contract(models.Model):
    """A signed contract. `code` is the technical code of data exchange, `printed_code` what stands on paper.

    `amount` is the commitment amount of the newest annex, in grosze.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="contracts")
    code = models.CharField(max_length=24, unique=True)
    printed_code = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    kind_name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contract_ends_after_it_begins", condition=models.Q(valid_to__gte=models.F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return self.code


@tracked()
class ContractFile(models.Model):
    """The electronic contract (UMX) of one annex; annex 0 is the contract itself. The highest annex is current (P8).

    `file` names the stored bytes, `sha256` is theirs.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT)
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="files")
    annex = models.PositiveIntegerField()
    annexed_on = models.DateField()
    published_at = models.DateTimeField()
    file = models.CharField(max_length=80)
    file_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()

    class Meta:
        ordering = ["-annex"]
        constraints = [
            models.UniqueConstraint(fields=["contract", "annex"], name="one_file_of_an_annex"),
        ]

    def __str__(self) -> str:
        return self.file_name


class PlanRow(models.Model):
    """One month of one scope in the plan of one annex. Units ×10,000, price and amount in grosze.

    A month may have several rows: the plan is their sum, the price that of the first.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT)
    contract_file = models.ForeignKey(ContractFile, on_delete=models.PROTECT, related_name="plan")
    scope = models.CharField(max_length=14)
    distinguisher = models.PositiveIntegerField()
    scope_name = models.CharField(max_length=250)
    unit_name = models.CharField(max_length=40)
    month = models.PositiveIntegerField()
    units = models.BigIntegerField()
    price = models.BigIntegerField()
    amount = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.scope}/{self.distinguisher} {self.month}"
