"""Counting the calls of programs by the minute, exactly, however many processes count at once."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from rozlicz.portal.accounts.tokens.models import CallCount

MINUTE = 60
"""Seconds."""

_COUNT = """
insert into accounts_callcount as counted (key, minute, calls) values (%s, %s, 1)
on conflict (key) do update set calls = counted.calls + 1 returning calls
"""


def count(whose: str, *, at: datetime) -> int:
    """Count one more in the minute of that moment; how many it now holds.

    One statement that PostgreSQL makes under the lock of the row: two that count at once are two.
    """
    minute = _minute(at)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [f"{whose}:{minute}", minute])
        (calls,) = cursor.fetchone()
    return int(calls)


def forget_calls(*, at: datetime) -> int:
    """Delete the counts of minutes that are over, but for the last hour, whose clocks may differ; how many."""
    return int(CallCount.objects.filter(minute__lt=_minute(at) - MINUTE).delete()[0])


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // MINUTE
