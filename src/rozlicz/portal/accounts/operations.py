"""Every write to operators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.queries import policy_on
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.providers.models import Provider


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
