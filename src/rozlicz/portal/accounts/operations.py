"""Every write to operators."""

from __future__ import annotations

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.providers.models import Provider


def add_operator(
    *, provider: Provider | None, party_code: str, user_name: str, full_name: str, password: str
) -> Operator:
    """Give a person an account; `provider` None makes an operator of the payer, under the branch's code."""
    operator = Operator(
        provider=provider,
        party_code=party_code,
        user_name=user_name,
        login=f"{party_code}/{user_name}",
        full_name=full_name,
    )
    operator.set_password(password)
    operator.save()
    return operator
