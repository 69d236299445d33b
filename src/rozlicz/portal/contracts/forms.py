"""Filters of the lists of contracts and of their files."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.contracts.queries import EXPIRED, FUTURE, IN_FORCE
from rozlicz.portal.house.lists import ListFilter, search_field, state_field


class ContractsFilter(ListFilter):
    """Which contracts are listed."""

    text = search_field(_("Contract code or kind"))
    state = state_field((IN_FORCE, FUTURE, EXPIRED))
    text_for_payer = _("Provider, contract code or kind")


class ContractFilesFilter(ListFilter):
    """Which contract files are listed."""

    text = search_field(_("Contract code or kind"))
    only_current = forms.BooleanField(label=_("Only current files"), required=False)
    text_for_payer = _("Provider, contract code or kind")
