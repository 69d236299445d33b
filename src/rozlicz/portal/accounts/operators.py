"""Every write by which an administrator changes somebody's account. All of them are recorded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operations import CORRECTABLE, add_operator, write_details
from rozlicz.portal.accounts.queries import policy_on
from rozlicz.portal.accounts.rights import GRANTED_BY_REQUEST, ROLE_WORDS, Right, Role, demand
from rozlicz.portal.accounts.role_changes import (
    A_PROGRAM,
    BY_REQUEST,
    OTHER_SIDE,
    RoleChange,
    administrator_role,
    roles_of_side,
    why_not_change,
    why_not_lose,
)
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house.refusal import UnableTo


class UnableToChangeOperator(UnableTo):
    """The account stays as it is."""


def enrol_operator(
    *,
    operator: Operator,
    user_name: str,
    full_name: str,
    roles: Collection[Role],
    password: str,
    at: datetime,
    email: str = "",
    phone: str = "",
) -> Operator:
    """An administrator adds an operator of its own party, with a temporary password (P2).

    Raises UnableToChangeOperator for a user name that the party has already, or a role that is not given by hand.
    """
    demand_administration(operator)
    if not set(roles) <= set(roles_of_side(is_payer=operator.is_payer)):
        raise UnableToChangeOperator(OTHER_SIDE)
    if GRANTED_BY_REQUEST & set(roles):
        raise UnableToChangeOperator(BY_REQUEST)
    try:
        with transaction.atomic():
            added = add_operator(
                provider=operator.provider,
                party_code=operator.party_code,
                user_name=user_name,
                full_name=full_name,
                roles=roles,
                password=password,
                temporary=True,
                email=email,
                phone=phone,
                at=at,
            )
            _record("operator.added", operator, added, at, subject=f"{added.login}: {_words(roles)}")
    except IntegrityError:
        raise UnableToChangeOperator(
            Text(
                pl="Nazwa użytkownika {name} jest już zajęta. Proszę wybrać inną.",
                en="The user name {name} is taken already. Please choose another.",
            ).filled(name=user_name)
        ) from None
    return added


@transaction.atomic
def give_roles(
    *,
    operator: Operator,
    account: Operator,
    roles: Collection[Role],
    reason: str,
    at: datetime,
    before: Collection[Role] | None = None,
) -> RoleChange:
    """Let the account have exactly these roles, besides those granted by request, which stay.

    `before`: the roles that were shown when the administrator chose; if they are others now, nothing is done. Locks
    the party's administrators and the account. Raises UnableToChangeOperator with the reason of `why_not_change`.
    """
    administrators, found = _under_lock(operator, account, at)
    held = set(map(Role, found.roles))
    if before is not None and set(before) - GRANTED_BY_REQUEST != held - GRANTED_BY_REQUEST:
        raise UnableToChangeOperator(
            Text(
                pl="{name}: role zmieniono w międzyczasie. Proszę obejrzeć je jeszcze raz.",
                en="{name}: the roles were changed meanwhile. Please look at them again.",
            ).filled(name=found.full_name)
        )
    change = RoleChange.of(found, set(roles) | held & GRANTED_BY_REQUEST)
    if refusal := why_not_change(change, operator=operator, account=found, administrators=administrators):
        raise UnableToChangeOperator(refusal)
    if change.given or change.taken:
        found.roles = sorted(change.wanted)
        found.save(update_fields=["roles"])
        signed = [f"+{ROLE_WORDS[role]}" for role in sorted(change.given)]
        signed += [f"−{ROLE_WORDS[role]}" for role in sorted(change.taken)]
        subject = f"{found.login}: {', '.join(signed)}"
        _record("operator.roles_changed", operator, found, at, subject=subject, reason=reason)
    return change


@transaction.atomic
def block_operator(*, operator: Operator, account: Operator, reason: str, at: datetime) -> None:
    """Let nobody come in by this account any more; its sessions end, and its password is gone for good.

    Nobody blocks oneself, and a provider's or the branch's own last administrator stays; the branch may block a
    provider's. Whom the branch has blocked only the branch lets in again. Raises UnableToChangeOperator.
    """
    administrators, found = _under_lock(operator, account, at)
    if found.pk == operator.pk:
        raise UnableToChangeOperator(
            Text(
                pl="Nikt nie blokuje samego siebie. Proszę poprosić innego administratora.",
                en="Nobody blocks oneself. Please ask another administrator.",
            )
        )
    at_home = found.provider_id == operator.provider_id
    if at_home and (refusal := why_not_lose(found, administrators)):
        raise UnableToChangeOperator(refusal)
    if not found.is_active:
        return
    close_account(found, reason=reason, by_branch=operator.is_payer)
    _record("operator.blocked", operator, found, at, reason=reason)


def close_account(account: Operator, *, reason: str, by_branch: bool) -> None:
    """Let nobody come in by an account that the caller holds locked; the caller records who does it."""
    account.is_active, account.blocked_reason = False, reason[:300]
    # A session proves the password it began with: none of them goes on, also after the account is opened again.
    account.set_unusable_password()
    account.save(update_fields=["is_active", "blocked_reason", "password"])
    if by_branch:
        _mark_blocked_by_branch(account, True)


@transaction.atomic
def unblock_operator(
    *, operator: Operator, account: Operator, password: str, reason: str, at: datetime
) -> None:
    """Open a blocked account again, with a new temporary password, since the former one is gone for good.

    Raises UnableToChangeOperator with the reason of `why_not_unblock`, and for an account that is open already: a
    colleague has just given it another password.
    """
    _administrators, found = _under_lock(operator, account, at)
    if found.is_active:
        raise UnableToChangeOperator(
            Text(
                pl="{name}: konto jest już otwarte. Kto potrzebuje hasła, dostaje je na stronie użytkownika.",
                en="{name}: the account is open already. A password is given on the operator's page.",
            ).filled(name=found.full_name)
        )
    if refusal := why_not_unblock(operator=operator, account=found):
        raise UnableToChangeOperator(refusal)
    found.is_active, found.blocked_reason = True, ""
    found.save(update_fields=["is_active", "blocked_reason"])
    if found.blocked_by_branch:
        _mark_blocked_by_branch(found, False)
    _record("operator.unblocked", operator, found, at, reason=reason)
    _give_password(operator, found, password, reason, at)


def _mark_blocked_by_branch(account: Operator, blocked: bool) -> None:
    """Apart from the other columns: a provider's role may not write this one."""
    account.blocked_by_branch = blocked
    account.save(update_fields=["blocked_by_branch"])


def why_not_unblock(*, operator: Operator, account: Operator) -> Text | None:
    """Why an administrator may not open a blocked account again; None: it may."""
    if account.blocked_by_branch and not operator.is_payer:
        return Text(
            pl="To konto zablokował oddział i tylko on może je odblokować.",
            en="The branch has blocked this account, and only the branch can unblock it.",
        )
    if account.provider and account.provider.suspended_since:
        return Text(
            pl="Podmiot jest zawieszony: jego konta otwiera zniesienie zawieszenia, na stronie rejestracji.",
            en="The party is suspended: its accounts are opened by lifting the suspension, on its registration.",
        )
    return None


@transaction.atomic
def set_temporary_password(
    *, operator: Operator, account: Operator, password: str, reason: str, at: datetime
) -> Operator:
    """Give another person a new temporary password (P2); its sessions end. Returns the account as it is now.

    One's own password is changed under one's own account. Raises UnableToChangeOperator for oneself, for programs and
    for a blocked account, which gets its password when it is unblocked.
    """
    _administrators, found = _under_lock(operator, account, at)
    if found.pk == operator.pk:
        raise UnableToChangeOperator(
            Text(
                pl="Własne hasło zmienia się na stronie własnego konta.",
                en="One's own password is changed on the page of one's own account.",
            )
        )
    if not found.is_active:
        raise UnableToChangeOperator(
            Text(
                pl="{name}: konto jest zablokowane. Nowe hasło dostaje przy odblokowaniu.",
                en="{name}: the account is blocked. It gets a new password when it is unblocked.",
            ).filled(name=found.full_name)
        )
    _give_password(operator, found, password, reason, at)
    return found


def _give_password(operator: Operator, found: Operator, password: str, reason: str, at: datetime) -> None:
    found.set_password(password)
    found.password_set_at = at
    found.temporary_until = at + timedelta(days=policy_on(warsaw_day(at)).temporary_days)
    found.save(update_fields=["password", "password_set_at", "temporary_until"])
    _record("operator.password_given", operator, found, at, reason=reason)


@transaction.atomic
def correct_operator(
    *, operator: Operator, account: Operator, values: Mapping[str, str], reason: str, at: datetime
) -> bool:
    """Correct what is written of a person: those of `CORRECTABLE` that are given, by name. False: nothing changed.

    Log-in, party and everything that opens an account are not among them. Raises KeyError for any other name, and
    UnableToChangeOperator for a program.
    """
    if unknown := values.keys() - set(CORRECTABLE):
        raise KeyError(*unknown)
    _administrators, found = _under_lock(operator, account, at)
    changed = write_details(found, values)
    if changed:
        _record("operator.corrected", operator, found, at, reason=reason)
    return changed


def demand_administration(operator: Operator) -> None:
    """Go on only if the operator administers others, also at this moment.

    A colleague may have taken the right away, or blocked the operator, while this request waited for its turn.
    Raises PermissionDenied.
    """
    demand(operator, Right.MANAGE_OPERATORS)
    as_it_is = Operator.objects.get(pk=operator.pk)
    if not as_it_is.is_active:
        raise PermissionDenied
    demand(as_it_is, Right.MANAGE_OPERATORS)


def _under_lock(operator: Operator, account: Operator, at: datetime) -> tuple[list[int], Operator]:
    """The keys of the party's administrators who can log in, and the account; the order of locks is that of keys."""
    demand(operator, Right.MANAGE_OPERATORS)
    if not operator.is_payer and account.provider_id != operator.provider_id:
        raise PermissionDenied
    role = administrator_role(is_payer=account.is_payer)
    party = Operator.objects.filter(provider=account.provider_id, is_program=False)
    locked = list(party.filter(roles__contains=[role.value]).order_by("pk").select_for_update(of=("self",)))
    found = Operator.objects.select_for_update(of=("self",)).select_related("provider").get(pk=account.pk)
    demand_administration(operator)
    if found.is_program:
        raise UnableToChangeOperator(A_PROGRAM)
    return [one.pk for one in locked if one.can_log_in(at)], found


def _words(roles: Collection[Role]) -> str:
    return ", ".join(str(ROLE_WORDS[role]) for role in sorted(roles)) or "–"


def _record(
    act: str, operator: Operator, account: Operator, at: datetime, *, subject: str = "", reason: str = ""
) -> None:
    record(
        act,
        operator=operator,
        provider_id=account.provider_id,
        subject=subject or account.login,
        reason=reason.strip(),
        at=at,
    )
