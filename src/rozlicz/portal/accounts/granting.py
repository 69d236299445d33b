"""Roles that nobody gives by hand, because they were asked for and granted by the branch, or taken back by it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operators import close_account
from rozlicz.portal.accounts.rights import ROLE_WORDS, Right, Role, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.house.refusal import UnableTo


class UnableToGrant(UnableTo):
    """The account has the role already, or cannot come in."""


@transaction.atomic
def grant_role(*, operator: Operator, account: Operator, role: Role, at: datetime) -> None:
    """Add a role to an account of a provider, as the branch does when it accepts a request for it.

    Raises UnableToGrant when the account is blocked or has the role.
    """
    demand(operator, Right.DECIDE_REQUESTS)
    holder = Operator.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if not holder.is_active or role in holder.roles:
        raise UnableToGrant(
            Text(
                pl="Konto {login} jest zablokowane albo ma już tę rolę.",
                en="The account {login} is blocked, or has this role already.",
            ).filled(login=holder.login)
        )
    holder.roles = sorted({*holder.roles, role.value})
    holder.save(update_fields=["roles"])
    _record("operator.role_granted", operator, holder, role, at)


@transaction.atomic
def withdraw_role(
    *, operator: Operator | None, account: Operator, role: Role, reason: str, at: datetime
) -> None:
    """Take a granted role back; an account that has lost it meanwhile is left as it is, and nothing is recorded."""
    if operator:
        demand(operator, Right.DECIDE_REQUESTS)
    holder = Operator.objects.select_for_update(of=("self",)).get(pk=account.pk)
    if role not in holder.roles:
        return
    holder.roles = sorted(set(holder.roles) - {role.value})
    holder.save(update_fields=["roles"])
    _record("operator.role_withdrawn", operator, holder, role, at, reason=reason)


@transaction.atomic
def block_by_itself(*, account: Operator, reason: str, at: datetime) -> None:
    """The portal blocks an account, without anybody's hand: its right was given on a scan whose paper did not come.

    As when the branch blocks it, its sessions end, its password is gone, and only the branch lets it in again.
    """
    holder = Operator.objects.select_for_update(of=("self",)).get(pk=account.pk)
    close_account(holder, reason=reason, by_branch=True)
    record(
        "operator.blocked",
        operator=None,
        provider_id=holder.provider_id,
        subject=holder.login,
        reason=reason,
        at=at,
    )


def _record(
    act: str, operator: Operator | None, holder: Operator, role: Role, at: datetime, *, reason: str = ""
) -> None:
    record(
        act,
        operator=operator,
        provider_id=holder.provider_id,
        subject=f"{holder.login}: {ROLE_WORDS[role]}",
        reason=reason,
        at=at,
    )
