"""Every write to access tokens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.queries import policy_on
from rozlicz.portal.accounts.rights import Right, Role, demand
from rozlicz.portal.accounts.tokens.models import SCOPES, ApiToken
from rozlicz.portal.accounts.tokens.secrets import digest_of, ending_of, new_secret
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.providers.models import Installation

USE_IS_NOTED_EVERY = timedelta(minutes=1)
"""How exactly the last use is known: not every call writes."""


class UnableToMakeToken(UnableTo):
    """No token was made."""


class UnableToRevokeToken(UnableTo):
    """The token was revoked before."""


@dataclass(frozen=True, slots=True)
class MadeToken:
    """A new token with its secret, which is nowhere else and cannot be had again."""

    token: ApiToken
    secret: str

    def __repr__(self) -> str:
        return f"MadeToken({self.token})"


def last_day_of_a_token(day: date) -> date:
    """The last day that a token made on a day may have, by the rules of access."""
    return day + timedelta(days=policy_on(day).token_days)


def make_token(
    *,
    operator: Operator,
    installation: Installation,
    name: str,
    roles: Collection[Role],
    valid_until: date,
    at: datetime,
) -> MadeToken:
    """Make a token for an installation of the operator's provider, with a name, scopes and a last day.

    The first one makes the installation's technical operator, under the lock of the installation's row. Raises
    UnableToMakeToken for a closed installation, a last day that is over or too far, a role that tokens do not carry,
    and a name that a live token has.
    """
    demand(operator, Right.MANAGE_INSTALLATIONS)
    _check_terms(roles, valid_until, warsaw_day(at))
    secret = new_secret()
    try:
        with transaction.atomic():
            locked = _locked(installation, operator)
            token = ApiToken.objects.create(
                provider_id=locked.provider_id,
                installation=locked,
                operator=_program_of(locked, at),
                name=name,
                digest=digest_of(secret),
                ending=ending_of(secret),
                roles=sorted(roles),
                valid_until=valid_until,
                made_at=at,
                made_by=operator,
            )
    except IntegrityError:
        raise UnableToMakeToken(
            Text(
                pl="Ta instalacja ma już token o nazwie {name}. Nadaj inną nazwę albo unieważnij tamten.",
                en="This installation has a token named {name}. Choose another name, or revoke that one.",
            ).filled(name=name)
        ) from None
    _record("token.made", operator, token, at)
    return MadeToken(token, secret)


def _locked(installation: Installation, operator: Operator) -> Installation:
    """The installation as it is now, locked until the transaction ends: its own, and open."""
    if operator.provider_id != installation.provider_id:
        raise UnableToMakeToken(
            Text(
                pl="Token tworzy administrator świadczeniodawcy, do którego należy instalacja.",
                en="A token is made by the administrator of the provider whose installation it is.",
            )
        )
    installations = Installation.objects.select_related("provider").select_for_update(of=("self",))
    locked = installations.get(pk=installation.pk)
    if not locked.is_open:
        raise UnableToMakeToken(
            Text(pl="Instalacja {id} jest zamknięta.", en="The installation {id} is closed.").filled(
                id=locked.short_id
            )
        )
    return locked


def _check_terms(roles: Collection[Role], valid_until: date, today: date) -> None:
    if not roles or not set(roles) <= set(SCOPES):
        raise UnableToMakeToken(
            Text(
                pl="Token musi mieć co najmniej jeden z dopuszczonych zakresów.",
                en="A token must have at least one of the scopes that tokens can carry.",
            )
        )
    last = last_day_of_a_token(today)
    if not today <= valid_until <= last:
        raise UnableToMakeToken(
            Text(
                pl="Ostatni dzień ważności musi przypadać od {today} do {last}.",
                en="The last day must lie between {today} and {last}.",
            ).filled(today=today, last=last)
        )


def _program_of(installation: Installation, at: datetime) -> Operator:
    """The technical operator of an installation: it has no password and no role of its own."""
    provider, user_name = installation.provider, f"program-{installation.short_id}"
    login = f"{provider.code}/{user_name}"
    if found := Operator.objects.filter(login=login).first():
        return _own_program(found)
    program = Operator(
        provider=provider,
        party_code=provider.code,
        user_name=user_name,
        login=login,
        full_name=f"Program {installation.short_id}",
        is_program=True,
        roles=[],
        added_at=at,
        password_set_at=at,
    )
    program.set_unusable_password()
    program.save()
    return program


def _own_program(found: Operator) -> Operator:
    if not found.is_program:
        raise UnableToMakeToken(
            Text(
                pl="Nazwę użytkownika {name}, potrzebną programowi, ma już inna osoba.",
                en="The user name {name}, which the program needs, belongs to a person.",
            ).filled(name=found.user_name)
        )
    return found


@transaction.atomic
def revoke_token(*, operator: Operator, token: ApiToken, at: datetime) -> None:
    """End a token at once. Raises UnableToRevokeToken when it was revoked before."""
    demand(operator, Right.MANAGE_INSTALLATIONS)
    changed = ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at, revoked_by=operator)
    if not changed:
        raise UnableToRevokeToken(
            Text(
                pl="Token {name} został już unieważniony.", en="The token {name} was revoked before."
            ).filled(name=token.name)
        )
    _record("token.revoked", operator, token, at)


def _record(act: str, operator: Operator, token: ApiToken, at: datetime) -> None:
    record(
        act,
        operator=operator,
        provider_id=token.provider_id,
        subject=f"{token.installation.short_id}: {token}",
        at=at,
    )


def note_use(*, token: ApiToken, address: str, at: datetime) -> None:
    """Keep when and from where a token was used last; at most once a minute. Done by the door."""
    if token.last_used_at is not None and at - token.last_used_at < USE_IS_NOTED_EVERY:
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('rozlicz.token', %s, true)", [token.digest])
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at, last_used_from=address)
