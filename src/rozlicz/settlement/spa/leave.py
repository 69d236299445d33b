"""How long a patient was on leave on each date of a stay, in seconds that really passed (R46).

Moments are Polish time without a zone; of the hour that comes twice when the clocks go back, the first is meant, and
of the hour left out when they go forward, the moment so long after two o'clock. A date may have 23 or 25 hours.
Leaves that overlap or adjoin count as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rozlicz.messages.spa_stays import Absence

_WARSAW = ZoneInfo("Europe/Warsaw")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_SECOND = timedelta(seconds=1)
SECONDS_OF_AN_HOUR = 3_600
_SPAN = 24 * SECONDS_OF_AN_HOUR


class Interval(NamedTuple):
    """From one second to another, the last one not included; seconds since 1970 in universal time."""

    begins: int
    ends: int

    def common(self, other: Interval) -> int:
        """How many seconds both have."""
        return max(0, min(self.ends, other.ends) - max(self.begins, other.begins))


@lru_cache(maxsize=1_024)
def of_date(day: date) -> Interval:
    """A calendar date in Poland."""
    return Interval(_second(datetime.combine(day, time.min)), _second(datetime.combine(day, time.max)) + 1)


def leaves(absences: Iterable[Absence], *, first: date, last: date) -> tuple[Interval, ...]:
    """The time on leave between two dates, both included: leaves with consent, joined and in order.

    A leave without an end lasts to the end of the last date; one that ends before it begins is none.
    """
    begins, ends = of_date(first).begins, of_date(last).ends
    found: list[Interval] = []
    for absence in sorted(absences, key=lambda one: one.begins_at):
        if not absence.is_leave:
            continue
        begun = max(begins, _second(absence.begins_at))
        ended = ends if absence.ends_at is None else min(ends, _second(absence.ends_at))
        if begun >= ended:
            continue
        if found and begun <= found[-1].ends:
            found[-1] = Interval(found[-1].begins, max(found[-1].ends, ended))
        else:
            found.append(Interval(begun, ended))
    return tuple(found)


def seconds_in(interval: Interval, on_leave: Iterable[Interval]) -> int:
    """How many seconds of an interval were spent on leave."""
    return sum(interval.common(leave) for leave in on_leave)


def seconds_by_date(on_leave: Sequence[Interval], dates: Iterable[date]) -> dict[date, int]:
    """The seconds on leave of each date that has any."""
    found = {day: seconds_in(of_date(day), on_leave) for day in dates} if on_leave else {}
    return {day: seconds for day, seconds in found.items() if seconds}


def spans_of_24_hours(on_leave: Sequence[Interval], *, longer_than: int) -> tuple[Interval, ...]:
    """As many runs of 24 hours as there can be, none overlapping, each with more seconds on leave than that.

    Each begins as early as it can, which leaves most room for those after it.
    """
    found: list[Interval] = []
    while (begins := _earliest(on_leave, longer_than, found[-1].ends if found else None)) is not None:
        found.append(Interval(begins, begins + _SPAN))
    return tuple(found)


def _earliest(on_leave: Sequence[Interval], longer_than: int, not_before: int | None) -> int | None:
    """The first second at which 24 hours with more than that begin.

    Between two of the points where a leave enters or leaves the 24 hours, what they hold grows or falls by one second
    a second, or stays.
    """
    moments = {moment for leave in on_leave for moment in leave}
    points = moments | {moment - _SPAN for moment in moments}
    if not_before is not None:
        points = {point for point in points if point > not_before} | {not_before}
    previous: int | None = None
    for point in sorted(points):
        held = seconds_in(Interval(point, point + _SPAN), on_leave)
        if held > longer_than:
            return point if previous is None else point - (held - longer_than - 1)
        previous = point
    return None


def _second(moment: datetime) -> int:
    return (moment.replace(tzinfo=_WARSAW, fold=0) - _EPOCH) // _ONE_SECOND
