"""Forms of settlements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.months import Month
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.house.formatting import month_name
from rozlicz.portal.house.lists import ListFilter, search_field, state_field

_MONTHS_BACK = 24
ISSUED, BILLED = "issued", "billed"


class TemplatesFilter(ListFilter):
    """Which templates are listed."""

    text = search_field(_("Number of the template or contract"))
    state = state_field((ISSUED, BILLED))
    text_for_payer = _("Provider, template or contract")


class RequestForm(forms.Form):
    """Which contract is to be calculated, for which month."""

    contract = forms.ModelChoiceField(
        queryset=Contract.objects.none(),
        label=_("Contract"),
        empty_label=None,
        widget=forms.Select(attrs={"class": "wide"}),
        error_messages={
            "required": _("Choose the contract."),
            "invalid_choice": _("Choose one of the contracts in the list."),
        },
    )
    month = forms.TypedChoiceField(
        label=_("Reporting month"),
        help_text=_("Services reported for this month, and earlier ones that found no room, are calculated."),
        coerce=lambda number: Month.from_number(int(number)),
        error_messages={
            "required": _("Choose the month."),
            "invalid_choice": _("Choose one of the months in the list."),
        },
    )

    def __init__(self, *args: Any, contracts: Any, this_month: Month, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contract"].queryset = contracts
        self.fields["contract"].label_from_instance = lambda one: f"{one.code} – {one.kind_name}"
        first = min((Month.of(one.valid_from) for one in contracts), default=this_month)
        months = [this_month.plus(-back) for back in range(_MONTHS_BACK)]
        self.fields["month"].choices = [(one.number, month_name(one)) for one in months if one >= first]
        self.fields["month"].initial = this_month.plus(-1).number
