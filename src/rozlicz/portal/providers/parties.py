"""Writes to parties as a whole: a new one with its code, and the suspension of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.providers.models import BankAccount, Place, Provider

_FREE_CODE = """
select code from (select %s || lpad(number::text, 4, '0') as code from generate_series(1, 9999) as number) as codes
where not exists (select from providers_provider where providers_provider.code = codes.code)
order by code limit 1
"""
_CODES = 7212027
"""Key of the lock under which codes are given."""


class UnableToGiveCode(UnableTo):
    """All codes of the branch are taken."""


def free_code() -> str:
    """The next free code: the branch's two digits and the lowest four that no party has.

    Takes the lock of codes until the end of the transaction, in which the party must be entered: two acceptances at
    once get two codes. Raises UnableToGiveCode.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_CODES])
        cursor.execute(_FREE_CODE, [settings.BRANCH])
        row = cursor.fetchone()
    if row is None:
        raise UnableToGiveCode(
            Text(
                pl="Wszystkie kody oddziału są zajęte. Proszę zawiadomić opiekuna systemu.",
                en="All codes of the branch are taken. Tell whoever looks after the system.",
            )
        )
    code: str = row[0]
    return code


def enter_party(
    provider: Provider, *, account_number: str, since: date, places: Iterable[Place] = ()
) -> Provider:
    """Save a new party with its general bank account and places, all of them from a day on."""
    provider.save(force_insert=True)
    BankAccount.objects.create(provider=provider, number=account_number, since=since)
    for place in places:
        place.provider, place.since = provider, since
        place.save(force_insert=True)
    return provider


@transaction.atomic
def suspend_party(*, provider_id: int, reason: str, at: datetime) -> bool:
    """Let none of a party's operators and programs in any more, for a reason; the portal does it by itself.

    False when the party is suspended already. Accounts that were blocked before keep their own reason.
    """
    changed = Provider.objects.filter(pk=provider_id, suspended_since__isnull=True).update(
        suspended_since=warsaw_day(at), suspension_reason=reason
    )
    if not changed:
        return False
    Operator.objects.filter(provider=provider_id, is_active=True).update(
        is_active=False, blocked_reason=reason
    )
    record("provider.suspended", operator=None, provider_id=provider_id, reason=reason, at=at)
    return True


@transaction.atomic
def lift_suspension(*, operator: Operator, provider: Provider, at: datetime) -> bool:
    """Let those in again whom the suspension had blocked. False when the party is not suspended.

    The caller has demanded the right.
    """
    reason = provider.suspension_reason
    changed = Provider.objects.filter(pk=provider.pk, suspended_since__isnull=False).update(
        suspended_since=None, suspension_reason=""
    )
    if not changed:
        return False
    Operator.objects.filter(provider=provider, is_active=False, blocked_reason=reason).update(
        is_active=True, blocked_reason=""
    )
    record("provider.suspension_lifted", operator=operator, provider_id=provider.pk, reason=reason, at=at)
    return True
