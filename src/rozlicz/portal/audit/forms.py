"""The filter of the book of acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.audit.acts import ACTS
from rozlicz.portal.house.fields import DayField
from rozlicz.portal.house.formatting import day
from rozlicz.portal.house.lists import ListFilter, choice_field, search_field


class EntriesFilter(ListFilter):
    """Which lines are listed; all fields together."""

    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("To day"), required=False)
    operator = search_field(_("Who: log-in, name or token"))
    provider = search_field(_("Whose affair: code or name"))
    act = choice_field(_("Act"), ACTS.items)
    words = search_field(_("Words of the subject or reason"))
    address = forms.GenericIPAddressField(label=_("Address"), required=False)

    def __init__(self, *args: Any, for_payer: bool, **kwargs: Any) -> None:
        """A provider looks into its own affairs only."""
        super().__init__(*args, for_payer=for_payer, **kwargs)
        if not for_payer:
            del self.fields["provider"]

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        values: dict[str, Any] = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until < since:
            raise ValidationError({"until": _now("The last day is before the first.")})
        return values

    def in_words(self) -> list[tuple[str, str]]:
        """What is asked for, label and value, as it stands on a printed list."""
        if not self.is_bound or not self.is_valid():
            return []
        words = {"act": str(ACTS.get(self.cleaned_data["act"], ""))}
        for name in ("since", "until"):
            words[name] = day(self.cleaned_data[name])
        return [
            (str(self.fields[name].label), words.get(name, str(value)))
            for name, value in self.cleaned_data.items()
            if value
        ]
