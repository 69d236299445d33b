"""The form of new rules of access."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rozlicz.portal.accounts.models import SecurityPolicy
from rozlicz.portal.accounts.rules_of_access.operations import BOUNDS, MAY_BE_NONE

CHOICES: dict[str, Promise] = {
    "minimum_length": gettext_lazy("Shortest password, in characters"),
    "expires_after_days": gettext_lazy("Password changed every, in days"),
    "temporary_days": gettext_lazy("Temporary password works, in days"),
    "payer_grace_days": gettext_lazy("Operators of the branch may work without a second factor, in days"),
    "provider_grace_days": gettext_lazy("Operators of providers may work without a second factor, in days"),
    "idle_minutes": gettext_lazy("Session ends without activity, after minutes"),
    "attempts": gettext_lazy("Failed attempts until log-in is held"),
    "lock_minutes": gettext_lazy("Log-in is held, for minutes"),
    "token_days": gettext_lazy("Access token of a program lasts, in days"),
}
"""The words of each choice, on the form and in the tables."""


class RulesForm(forms.Form):
    """New rules, filled in with those in force."""

    valid_from = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("Today or a later day."),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
    )
    refuse_breached = forms.BooleanField(
        label=gettext_lazy("Well-known passwords are refused"),
        help_text=gettext_lazy("The twenty thousand most common ones, also with digits and a special added."),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Kept with the rules and in the book of acts."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, in_force: SecurityPolicy, today: date, data: Any = None) -> None:
        self.today = today
        named = {name: getattr(in_force, name) for name in (*CHOICES, "refuse_breached")}
        super().__init__(data, initial={"valid_from": today} | named)
        for name, label in CHOICES.items():
            bounds = BOUNDS[name]
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=bounds.least,
                max_value=bounds.most,
                required=name not in MAY_BE_NONE,
                help_text=_("From %(least)s to %(most)s.") % bounds._asdict()
                + (" " + _("Empty: not by age.") if name in MAY_BE_NONE else ""),
                widget=forms.NumberInput(attrs={"class": "short"}),
            )
        self.order_fields(
            ["valid_from", "minimum_length", "refuse_breached", "expires_after_days", *CHOICES, "reason"]
        )

    def clean_valid_from(self) -> date:
        """Not in the past."""
        day: date = self.cleaned_data["valid_from"]
        if day < self.today:
            raise ValidationError(_("Rules can be in force from today at the earliest."))
        return day

    @property
    def choices(self) -> dict[str, int | None]:
        """The numbers, by name."""
        return {name: self.cleaned_data[name] for name in CHOICES}
