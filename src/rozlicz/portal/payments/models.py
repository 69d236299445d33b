"""Payment runs of the branch."""

from __future__ import annotations

from django.db import models

from rozlicz.portal.house.history import tracked


@tracked()
class PaymentRun(models.Model):
    """One day's transfers, marked by an operator of the branch. A day has one run."""

    day = models.DateField(unique=True)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT)

    def __str__(self) -> str:
        return str(self.day)


@tracked()
class Payment(models.Model):
    """One bill inside a run; `amount` in grosze, negative where a correction is set off.

    What is transferred is the sum of a provider's payments of the run to one account, which is never negative.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="payments")
    run = models.ForeignKey(PaymentRun, on_delete=models.PROTECT, related_name="payments")
    bill = models.OneToOneField("bills.Bill", on_delete=models.PROTECT, related_name="payment")
    amount = models.BigIntegerField()
    account_number = models.CharField(max_length=26)

    def __str__(self) -> str:
        return f"{self.bill_id} {self.amount}"
