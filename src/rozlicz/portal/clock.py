"""The one place that reads the clock, and the turn to Warsaw time in which the Fund's documents speak."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

WARSAW = ZoneInfo("Europe/Warsaw")


def now() -> datetime:
    """The present moment, aware. Read once an operation and passed on."""
    return timezone.now()


def warsaw_time(at: datetime) -> datetime:
    """A moment as Warsaw clocks show it, naive, to the second: as messages carry it."""
    return at.astimezone(WARSAW).replace(tzinfo=None, microsecond=0)


def warsaw_day(at: datetime) -> date:
    """The day in Warsaw on which a moment falls: the day of a receipt or a delivery."""
    return at.astimezone(WARSAW).date()
