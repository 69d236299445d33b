"""Every read of providers."""

from __future__ import annotations

from datetime import date

from rozlicz.portal.providers.models import BankAccount, Provider


def account_on(provider: Provider, day: date) -> str:
    """The number of the bank account to which a provider is paid on a day; empty when there is none."""
    account = BankAccount.objects.filter(provider=provider, since__lte=day).order_by("-since").first()
    return account.number if account else ""
