"""Forms of payments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from rozlicz.portal.house.lists import ListFilter, search_field, state_field
from rozlicz.portal.providers.queries import ACCOUNT_STATES


class AccountsFilter(ListFilter):
    """Which bank accounts are shown."""

    text = search_field(_("Account number or kind of services"))
    state = state_field(ACCOUNT_STATES)
    text_for_payer = _("Provider, account number or kind of services")
