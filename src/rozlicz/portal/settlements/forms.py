"""Forms of settlements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.months import Month
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.house.formatting import month_name

_MONTHS_BACK = 24


class RequestForm(forms.Form):
    """Which contract is to be calculated, for which month."""

    contract = forms.ModelChoiceField(
        queryset=Contract.objects.none(),
        label=_("Contract"),
        empty_label=None,
    )
    month = forms.TypedChoiceField(
        label=_("Reporting month"),
        help_text=_("Services reported for this month, and earlier ones that found no room, are calculated."),
        coerce=lambda number: Month.from_number(int(number)),
    )

    def __init__(self, *args: Any, contracts: Any, this_month: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contract"].queryset = contracts
        self.fields["contract"].label_from_instance = lambda one: f"{one.code} – {one.kind_name}"
        months = [this_month.plus(-back) for back in range(_MONTHS_BACK)]
        self.fields["month"].choices = [(one.number, month_name(one)) for one in months]
        self.fields["month"].initial = this_month.plus(-1).number
