"""Filters of the lists of contracts and of their files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.contracts.queries import EXPIRED, FUTURE, IN_FORCE
from rozlicz.portal.house.states import STATES


class ContractsFilter(forms.Form):
    """Which contracts are listed."""

    text = forms.CharField(label=_("Contract code or kind"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("all")), *((code, STATES[code].word) for code in (IN_FORCE, FUTURE, EXPIRED))],
        required=False,
    )

    def __init__(self, *args: Any, for_payer: bool, **kwargs: Any) -> None:
        """The payer searches among providers too."""
        super().__init__(*args, **kwargs)
        if for_payer:
            self.fields["text"].label = _("Provider, contract code or kind")


class ContractFilesFilter(forms.Form):
    """Which contract files are listed."""

    text = forms.CharField(label=_("Contract code or kind"), max_length=100, required=False)
    only_current = forms.BooleanField(label=_("Only current files"), required=False)

    def __init__(self, *args: Any, for_payer: bool, **kwargs: Any) -> None:
        """The payer searches among providers too."""
        super().__init__(*args, **kwargs)
        if for_payer:
            self.fields["text"].label = _("Provider, contract code or kind")
