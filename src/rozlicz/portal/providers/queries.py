"""Every read of providers."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.house.lists import holding
from rozlicz.portal.providers.models import BankAccount, Installation, Provider


def account_on(provider: Provider, day: date) -> str:
    """The number of the bank account to which a provider is paid on a day; empty when there is none."""
    account = BankAccount.objects.filter(provider=provider, since__lte=day).order_by("-since").first()
    return account.number if account else ""


def installations_for(operator: Operator) -> QuerySet[Installation]:
    """The installations an operator may see: a provider its own, the payer all."""
    visible = Installation.objects.select_related("provider")
    return visible if operator.is_payer else visible.filter(provider=operator.provider_id)


INSTALLATION_STATES: dict[str, Q] = {
    "open_installation": Q(closed_at=None),
    "closed_installation": Q(closed_at__isnull=False),
}
"""States of an installation, by the names of `house.states`."""


def installations_found(operator: Operator, *, text: str = "", state: str = "") -> QuerySet[Installation]:
    """Those of `installations_for` whose identifier, program or provider holds the text, with that state."""
    found = installations_for(operator)
    if text:
        found = found.filter(holding(text, operator, "long_id", "program_name", "last_program"))
    return found.filter(INSTALLATION_STATES[state]) if state else found


def installation_for(operator: Operator, installation_id: int) -> Installation:
    """One installation by its key. Raises Http404 for what does not exist or is another's."""
    return get_object_or_404(installations_for(operator), pk=installation_id)
