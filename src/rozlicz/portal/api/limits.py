"""How often a program may call: so many times in each minute of the clock, counted for all processes together."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from rozlicz.portal.accounts.entering.attempts import network_of
from rozlicz.portal.accounts.tokens.calls import MINUTE, count
from rozlicz.portal.api.problems import Problem


def count_call(token_id: int, at: datetime) -> None:
    """Count a call with a token. Raises Problem when the token has no more calls in this minute."""
    _admit(f"token:{token_id}", settings.API_CALLS_A_MINUTE, at)


def count_failure(address: str, at: datetime) -> None:
    """Count a token that did not open anything. Raises Problem when the address has tried too many in this minute.

    Programs at the same address whose tokens are right go on working.
    """
    _admit(f"failures:{network_of(address)}", settings.API_FAILURES_A_MINUTE, at)


def _admit(whose: str, limit: int, at: datetime) -> None:
    if count(whose, at=at) > limit:
        seconds_left = MINUTE - int(at.timestamp()) % MINUTE
        raise Problem("too_many_calls", headers={"Retry-After": str(seconds_left)})
