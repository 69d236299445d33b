"""Prolonged repayment (*wniosek o wydłużenie spłaty*): a sum due to the Fund is paid back in instalments."""

from __future__ import annotations

import calendar
from datetime import date

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import amount_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.portal.accounts.rights import Right, Role
from rozlicz.portal.house.fields import AmountField, DayField
from rozlicz.portal.house.formatting import amount, day
from rozlicz.portal.requests.choices import contract_choices, contract_of
from rozlicz.portal.requests.kind import AttachmentKind, Decision, Kind, Outcome, RequestForm

MOST_INSTALMENTS = 36


def instalments(total: int, count: int, first: date) -> list[tuple[date, int]]:
    """Days and grosze of equal monthly instalments; what does not divide goes with the last one.

    Each falls on the day of the month of the first, or on the last of a shorter month.
    """
    each = total // count
    found = []
    for number in range(count):
        month = Month.of(first).plus(number)
        last = calendar.monthrange(month.year, month.month)[1]
        due = date(month.year, month.month, min(first.day, last))
        found.append((due, each if number < count - 1 else total - each * (count - 1)))
    return found


def last_day_for_the_first(filed_on: date) -> date:
    """The last day of the month a year after the request; our own term."""
    return Month.of(filed_on).plus(12).last_day


class RepaymentForm(RequestForm):
    """What is to be repaid, why not at once, and in which instalments."""

    contract = forms.ChoiceField(label=_("Contract"))
    amount = AmountField(label=_("Amount to be repaid"))
    title = forms.CharField(
        label=_("What the amount is for"),
        max_length=200,
        help_text=_("For example the number of the Fund's letter or of the correcting bill."),
    )
    count = forms.IntegerField(
        label=_("Number of monthly instalments"),
        min_value=2,
        max_value=MOST_INSTALMENTS,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    first_day = DayField(label=_("Day of the first instalment"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Why the amount cannot be repaid at once."),
    )

    def prepare(self) -> None:
        """The provider's contracts."""
        self.choose("contract", contract_choices(self.case.provider))

    def clean_first_day(self) -> date:
        """Not in the past, and not so far away that nobody can say what is owed then."""
        first: date = self.cleaned_data["first_day"]
        if first < self.case.filed_on:
            raise forms.ValidationError(gettext("The first instalment cannot be before the request."))
        if first > last_day_for_the_first(self.case.filed_on):
            raise forms.ValidationError(gettext("The first instalment must be within a year of the request."))
        return first

    def clean(self) -> dict[str, object]:
        """Every instalment is at least a grosz."""
        cleaned = super().clean() or {}
        total, count = cleaned.get("amount"), cleaned.get("count")
        if total and count and total < count:
            self.add_error("count", gettext("The amount is too small for so many instalments."))
        return cleaned

    def shown(self) -> list[tuple[str, str]]:
        """The fields, and the instalments that follow from them."""
        found = super().shown()
        cleaned = getattr(self, "cleaned_data", {})
        if self.is_bound and self.is_valid():
            plan = instalments(cleaned["amount"], cleaned["count"], cleaned["first_day"])
            rows = "; ".join(f"{day(due)}: {amount(part)}" for due, part in plan)
            found.append((gettext("Proposed instalments"), rows))
        return found


def _accept(decision: Decision) -> Outcome:
    values = decision.values
    contract = contract_of(decision.provider, values["contract"])
    plan = instalments(values["amount"], values["count"], values["first_day"])
    return Outcome(
        sentence=Text(
            pl="Oddział zgodził się na spłatę {amount} z umowy {contract} w ratach.",
            en="The branch agreed to the repayment of {amount} of contract {contract} in instalments.",
        ).filled(amount=amount_text(values["amount"]), contract=contract.code),
        facts=tuple((same("{day}").filled(day=due), amount_text(part)) for due, part in plan),
        data={
            "contract": contract.pk,
            "instalments": [[due.isoformat(), part] for due, part in plan],
        },
    )


REPAYMENT = Kind(
    code="repayment",
    name=_("Prolonged repayment"),
    purpose=_("Asks that a sum due to the Fund may be repaid in monthly instalments."),
    filed_with=Right.SEND_BILLS,
    decided_by=Role.PAYMENTS,
    form=RepaymentForm,
    accept=_accept,
    attachments=(AttachmentKind(code="grounds", name=_("Documents for the reasons")),),
    basis=Basis(
        Text(
            pl="Portal Świadczeniodawcy, Moje umowy → Wnioski: wydłużenie spłaty; tryb przyjęty przez oddział",
            en="Portal of providers, my contracts → requests: prolonged repayment; the procedure is the branch's own",
        ),
        confirmed=False,
    ),
    signatures=(_("whoever represents the provider"),),
)
