"""Every write to providers."""

from __future__ import annotations

import secrets
import string
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction

from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Party
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.payments.queries import last_paid_on
from rozlicz.portal.providers.models import BankAccount, Installation, Provider
from rozlicz.portal.providers.parties import enter_party

_LETTERS = string.ascii_uppercase + string.digits


@transaction.atomic
def register_provider(*, party: Party, account_number: str, since: date) -> Provider:
    """Enter a provider, known from its contracts, with its general bank account."""
    provider = Provider(
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
    return enter_party(provider, account_number=account_number, since=since)


def accept_installation(*, provider: Provider, short_id: str, long_id: str) -> Installation:
    """Let a program of the provider send messages under identifiers that are known already."""
    return Installation.objects.create(provider=provider, short_id=short_id, long_id=long_id)


@transaction.atomic
def open_installation(
    *,
    operator: Operator,
    provider: Provider,
    program_name: str,
    program_version: str = "",
    maker: str = "",
    contact: str = "",
    at: datetime,
) -> Installation:
    """Accept a program of the provider as a new installation and allot its identifiers.

    Short: the branch and six digits, counted up. Long: the short one, `-`, and 20 characters A–Z0–9 by chance (the
    pattern of a published sample). Called by the branch when it accepts the request for a new installation.
    """
    demand(operator, Right.DECIDE_REQUESTS)
    short_id = _next_short_id()
    chance = "".join(secrets.choice(_LETTERS) for _ in range(20))
    installation = Installation.objects.create(
        provider=provider,
        short_id=short_id,
        long_id=f"{short_id}-{chance}",
        program_name=program_name,
        program_version=program_version,
        maker=maker,
        contact=contact,
        accepted_on=warsaw_day(at),
    )
    record(
        "installation.accepted",
        operator=operator,
        provider_id=provider.pk,
        subject=installation.long_id,
        at=at,
    )
    return installation


def _next_short_id() -> str:
    """The next number of the branch that no installation has; some were given before numbers were counted here."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("select nextval('installation_number')")
            (number,) = cursor.fetchone()
        short_id = f"{settings.BRANCH}{number:06d}"
        if not Installation.objects.filter(short_id=short_id).exists():
            return short_id


class UnableToCloseInstallation(UnableTo):
    """The installation is closed already."""


@transaction.atomic
def close_installation(*, operator: Operator, installation: Installation, reason: str, at: datetime) -> None:
    """Close an installation for good: its messages are refused from now on, and its tokens end.

    Raises UnableToCloseInstallation when it was closed before.
    """
    demand(operator, Right.MANAGE_INSTALLATIONS)
    changed = Installation.objects.filter(pk=installation.pk, closed_at=None).update(
        closed_at=at, closed_reason=reason
    )
    if not changed:
        raise UnableToCloseInstallation(
            Text(pl="Instalacja {id} jest już zamknięta.", en="Installation {id} is already closed.").filled(
                id=installation.short_id
            )
        )
    record(
        "installation.closed",
        operator=operator,
        provider_id=installation.provider_id,
        subject=installation.long_id,
        reason=reason,
        at=at,
    )


class UnableToChangeBankAccount(UnableTo):
    """There is an account since that very day, or transfers of that day are marked."""


@transaction.atomic
def change_bank_account(
    *, operator: Operator, provider: Provider, kind: str, number: str, since: date, at: datetime
) -> BankAccount:
    """Pay to another account from a day on: for one kind of services, or (GENERAL) for all without one of their own.

    `number` is 26 digits. Raises UnableToChangeBankAccount when an account of that kind holds since that very day, or
    a payment run of that day or a later one pays the kind already.
    """
    demand(operator, Right.DECIDE_REQUESTS)
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)  # no run is marked meanwhile
    if BankAccount.objects.filter(provider=provider, kind=kind, since=since).exists():
        raise UnableToChangeBankAccount(
            Text(
                pl="Od {since} obowiązuje już inne konto. Proszę wybrać inny dzień.",
                en="Another account holds since {since} already. Choose another day.",
            ).filled(since=since)
        )
    paid = last_paid_on(provider, kind)
    if paid and since <= paid:
        raise UnableToChangeBankAccount(
            Text(
                pl="Przelewy są oznaczone do {day}. Proszę wybrać późniejszy dzień.",
                en="Transfers are marked up to {day}. Choose a later day.",
            ).filled(day=paid)
        )
    account = BankAccount.objects.create(provider=provider, kind=kind, number=number, since=since)
    record(
        "bank_account.changed",
        operator=operator,
        provider_id=provider.pk,
        subject=f"{kind} {since.isoformat()}".strip(),
        at=at,
    )
    return account
