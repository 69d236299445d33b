"""Every write to operators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.queries import policy_on
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.providers.models import Provider

CORRECTABLE = ("full_name", "email", "phone")
"""What is written of a person and may turn out wrong, or change; an administrator corrects it."""
ONES_OWN = ("email", "phone")
"""What of it a person changes alone: the name stands under everything that one did."""


def add_operator(
    *,
    provider: Provider | None,
    party_code: str,
    user_name: str,
    full_name: str,
    roles: Iterable[Role],
    password: str = "",
    password_hash: str = "",
    temporary: bool,
    at: datetime,
    email: str = "",
    phone: str = "",
) -> Operator:
    """Give a person an account; `provider` None makes an operator of the payer, under the branch's code.

    A `temporary` password (P2) must be changed at the first log-in and stops working when the policy's days of it
    have passed. `password_hash` stands in for the password where only its hash was kept (a registration). Without
    either nobody can log in to the account.
    """
    days = policy_on(warsaw_day(at)).temporary_days
    operator = Operator(
        provider=provider,
        party_code=party_code,
        user_name=user_name,
        login=f"{party_code}/{user_name}",
        full_name=full_name,
        roles=sorted(roles),
        email=email,
        phone=phone,
        added_at=at,
        password_set_at=at,
        temporary_until=at + timedelta(days=days) if temporary else None,
    )
    if password_hash:
        operator.password = password_hash
    else:
        operator.set_password(password or None)
    operator.save()
    return operator


@transaction.atomic
def change_own_details(*, operator: Operator, values: Mapping[str, str], at: datetime) -> bool:
    """Change one's own address and telephone, those of `ONES_OWN` that are given. False: nothing changed.

    Runs in the operator's own context: the door may write neither. Raises KeyError for any other name.
    """
    if unknown := values.keys() - set(ONES_OWN):
        raise KeyError(*unknown)
    found = Operator.objects.select_for_update(of=("self",)).get(pk=operator.pk)
    changed = write_details(found, values)
    if changed:
        record(
            "account.details_changed",
            operator=operator,
            provider_id=operator.provider_id,
            subject=found.login,
            at=at,
        )
    return changed


def write_details(account: Operator, values: Mapping[str, str]) -> bool:
    """Write what differs into an account that the caller holds locked; whether anything did."""
    changed = [name for name, value in values.items() if getattr(account, name) != value]
    for name in changed:
        setattr(account, name, values[name])
    if changed:
        account.save(update_fields=changed)
    return bool(changed)
