"""Every write to providers."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from rozlicz.messages.contracts import Party
from rozlicz.portal.providers.models import BankAccount, Installation, Provider


@transaction.atomic
def register_provider(*, party: Party, account_number: str, since: date) -> Provider:
    """Enter a provider with its bank account, as the branch does when it accepts a registration."""
    provider = Provider.objects.create(
        code=party.code,
        name=party.name,
        legal_form=party.legal_form.value,
        company_name=party.company_name,
        form_of_business=party.form_of_business,
        nip=party.nip,
        regon=party.regon,
        street=party.address.street,
        postal_code=party.address.postal_code,
        town=party.address.town,
    )
    BankAccount.objects.create(provider=provider, number=account_number, since=since)
    return provider


def accept_installation(*, provider: Provider, short_id: str, long_id: str) -> Installation:
    """Let a program of the provider send messages under these identifiers."""
    return Installation.objects.create(provider=provider, short_id=short_id, long_id=long_id)
