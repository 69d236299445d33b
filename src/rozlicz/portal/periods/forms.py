"""Forms of the branch: to close a month for reports, and to open it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.months import Month
from rozlicz.portal.house.formatting import month_name
from rozlicz.portal.house.lists import ListFilter, search_field, state_field
from rozlicz.portal.periods.queries import UNLOCK_STATES


class UnlocksFilter(ListFilter):
    """Which unlocks are listed."""

    text = search_field(_("Request, contract or scope"))
    state = state_field(UNLOCK_STATES)
    text_for_payer = _("Provider, request, contract or scope")


class _PeriodForm(forms.Form):
    """A month of those that may be chosen, and why."""

    month = forms.ChoiceField(label=_("Month"), error_messages={"required": _("Choose the month.")})

    def __init__(self, *args: Any, months: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [
            ("", gettext("choose")),
            *((str(Month.from_number(month)), month_name(month)) for month in months),
        ]


class ClosePeriodForm(_PeriodForm):
    """Which month is closed; a reason need not be given."""

    reason = forms.CharField(label=_("Remark"), max_length=300, required=False)


class OpenPeriodForm(_PeriodForm):
    """Which month is opened, and why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        error_messages={"required": _("Write why the month is opened again.")},
    )
