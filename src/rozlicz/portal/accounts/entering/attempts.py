"""Counting attempts to log in, so that guessing is slow and nobody is kept out by another.

Each attempt is counted before the password is looked at, under the lock of the rows it counts in, so that however
many processes are asked at once no more attempts are looked at than the rules allow. A right password takes its own
count back. The limits, for `attempts` and `lock_minutes` of the rules of access:

- one account from one address: `attempts` failures within `lock_minutes`;
- one account from anywhere, and one address for any account: five and ten times as many, within four times
  `lock_minutes` and within `lock_minutes`.

When a limit is reached attempts are refused for `lock_minutes`; refused ones are not counted, so a lock always ends.
Whoever came in from an address within the last ninety days is held to the first limit only: strangers elsewhere
cannot keep an owner out at the usual place of work.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from rozlicz.portal.accounts.entering.models import Throttle
from rozlicz.portal.accounts.models import SecurityPolicy
from rozlicz.portal.accounts.rules_of_access.operations import BOUNDS

KNOWN_FOR = timedelta(days=90)
FORGOTTEN_AFTER = 4 * timedelta(minutes=BOUNDS["lock_minutes"].most)
"""The longest time within which the rules of access may have attempts counted."""
_IPV6_NETWORK = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One count and what it may reach."""

    key: str
    failures: int
    within: timedelta
    hold: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A counted attempt: whether its password may be looked at, and whether its failure closes the door."""

    limits: tuple[Limit, ...]
    counted: tuple[Limit, ...]
    reaches_limit: bool

    @property
    def admitted(self) -> bool:
        """Whether the password may be looked at; a refused attempt was not counted."""
        return bool(self.counted)


@transaction.atomic
def begin_attempt(*, login: str, address: str, policy: SecurityPolicy, at: datetime) -> Attempt:
    """Count an attempt to log in. Locks the rows of its limits, in the order of their keys."""
    limits = _limits(login, network_of(address), policy)
    rows = _locked(limits, at)
    pair = rows[limits[0].key]
    is_known = pair.let_in_at is not None and at - pair.let_in_at < KNOWN_FOR
    counted = limits[:1] if is_known else limits
    if any(_is_held(rows[limit.key], at) for limit in counted):
        return Attempt(limits=limits, counted=(), reaches_limit=False)
    reached = [_count(rows[limit.key], limit, at) for limit in counted]
    Throttle.objects.bulk_update(rows.values(), ["failures", "since", "held_until", "touched_at"])
    return Attempt(limits=limits, counted=counted, reaches_limit=any(reached))


@transaction.atomic
def let_in(attempt: Attempt, *, at: datetime) -> None:
    """The password was right: the account's count from this address begins anew, the others go back by one."""
    rows = _locked(attempt.limits, at)
    for limit in attempt.counted:
        row = rows[limit.key]
        row.failures = max(row.failures - 1, 0)
        if row.failures < limit.failures:
            row.held_until = None
    pair = rows[attempt.limits[0].key]
    pair.failures, pair.since, pair.held_until, pair.let_in_at = 0, None, None, at
    Throttle.objects.bulk_update(rows.values(), ["failures", "since", "held_until", "let_in_at"])


def forget_attempts(*, at: datetime) -> int:
    """Delete counts that decide nothing any more; how many."""
    old = Throttle.objects.filter(touched_at__lt=at - FORGOTTEN_AFTER)
    known = old.filter(let_in_at__gte=at - KNOWN_FOR)
    return int(old.exclude(pk__in=known.values("pk")).delete()[0])


def network_of(address: str) -> str:
    """The address that is counted: of IPv6 the network of a subscriber, who has many addresses."""
    if ipaddress.ip_address(address).version == 4:
        return address
    return str(ipaddress.ip_network((address, _IPV6_NETWORK), strict=False))


def _limits(login: str, network: str, policy: SecurityPolicy) -> tuple[Limit, ...]:
    hold = timedelta(minutes=policy.lock_minutes)
    return (
        Limit(key=_key("pair", login, network), failures=policy.attempts, within=hold, hold=hold),
        Limit(key=_key("account", login), failures=5 * policy.attempts, within=4 * hold, hold=hold),
        Limit(key=_key("address", network), failures=10 * policy.attempts, within=hold, hold=hold),
    )


def _key(*parts: str) -> str:
    return salted_hmac("accounts.throttle", "\0".join(parts), algorithm="sha256").hexdigest()


def _locked(limits: tuple[Limit, ...], at: datetime) -> dict[str, Throttle]:
    keys = sorted(limit.key for limit in limits)
    Throttle.objects.bulk_create((Throttle(key=key, touched_at=at) for key in keys), ignore_conflicts=True)
    rows = Throttle.objects.select_for_update().filter(key__in=keys).order_by("key")
    return {row.key: row for row in rows}


def _is_held(row: Throttle, at: datetime) -> bool:
    return row.held_until is not None and row.held_until > at


def _count(row: Throttle, limit: Limit, at: datetime) -> bool:
    """Count one attempt; whether the limit is reached by it."""
    is_new = row.since is None or row.held_until is not None or at - row.since >= limit.within
    row.since, row.failures = (at, 1) if is_new else (row.since, row.failures + 1)
    reached = row.failures >= limit.failures
    row.held_until = at + limit.hold if reached else None
    row.touched_at = at
    return reached
