"""How often a program may call: counted by the minute in the cache that all processes share.

Two processes that count in the same moment may count one call for two: this is a limit against programs gone wild,
not an exact measure.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.cache import cache

from rozlicz.portal.accounts.entering.attempts import network_of
from rozlicz.portal.api.problems import Problem

_MINUTE = 60


def count_call(token_id: int, at: datetime) -> None:
    """Count a call with a token. Raises Problem when the token has no more calls in this minute."""
    _count(f"token:{token_id}", settings.API_CALLS_A_MINUTE, at)


def count_failure(address: str, at: datetime) -> None:
    """Count a token that did not open anything. Raises Problem when the address has tried too many in this minute.

    Programs at the same address whose tokens are right go on working.
    """
    _count(f"failures:{network_of(address)}", settings.API_FAILURES_A_MINUTE, at)


def _count(whose: str, limit: int, at: datetime) -> None:
    minute, second = divmod(int(at.timestamp()), _MINUTE)
    key = f"api:{whose}:{minute}"
    so_far = cache.get(key, 0) + 1
    if so_far > limit:
        raise Problem("too_many_calls", headers={"Retry-After": str(_MINUTE - second)})
    cache.set(key, so_far, timeout=2 * _MINUTE)
