"""Operators with just the roles that a test is about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON

BRANCH_CODE = "050000"


def person(provider: Provider | None, user_name: str, roles: Iterable[Role], **columns: Any) -> Operator:
    """An account of a provider, None: of the branch; nobody logs in to it by password."""
    code = provider.code if provider else BRANCH_CODE
    values = {"full_name": user_name, "added_at": NOON, "password_set_at": NOON} | columns
    with acting_for_payer():
        return Operator.objects.create(
            provider=provider,
            party_code=code,
            user_name=user_name,
            login=f"{code}/{user_name}",
            roles=[role.value for role in roles],
            **values,
        )


def as_stored(operator: Operator) -> Operator:
    """The account as it stands in the books now."""
    with acting_for_payer():
        return Operator.objects.get(pk=operator.pk)
