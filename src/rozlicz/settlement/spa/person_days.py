"""Person-days of a stay: what is counted, and what leave takes away (R38, R45, R46).

The dates are those from arrival to discharge inside the planned round. One date is one unit; of more, the first and
the last together are one, each between them is one. A unit is lost when one of its dates has more than 12 hours on
leave. So 0 ≤ person-days ≤ max(1, nights), and leave only lowers.

The other reading of “doba”, any 24 hours, is a switch (`LeavePolicy.day`): then each run of 24 hours with more than
12 on leave takes one unit away, as many runs as fit without overlapping. It takes the unit of the date with most of
its leave (the earlier of equal ones) or, when that is lost, the nearest one that is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from rozlicz.messages.spa_stays import Absence
from rozlicz.settlement.spa.leave import (
    SECONDS_OF_AN_HOUR,
    Interval,
    leaves,
    of_date,
    seconds_by_date,
    seconds_in,
    spans_of_24_hours,
)
from rozlicz.settlement.spa.parameters import LeavePolicy


class Unit(NamedTuple):
    """A person-day: one date, or the first and the last together."""

    dates: tuple[date, ...]

    @property
    def day(self) -> date:
        """The date whose price and season it has: of the joint one, the first."""
        return self.dates[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDays:
    """The person-days of a stay and why they are so many.

    `units` are all of the dates that count, in order of their days; `leave` the seconds on leave of each date that
    has any; `spans` the seconds on leave of each run of 24 hours that takes a unit away, in that reading only; `lost`
    the units taken away.
    """

    dates: tuple[date, ...] = ()
    units: tuple[Unit, ...] = ()
    leave: Mapping[date, int] = field(default_factory=dict)
    spans: tuple[int, ...] = ()
    lost: tuple[Unit, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """The day of each person-day, in order."""
        return tuple(unit.day for unit in self.units if unit not in self.lost)


def count_person_days(
    *,
    arrived_on: date,
    discharged_on: date,
    begins_on: date,
    ends_on: date,
    absences: Iterable[Absence] = (),
    policy: LeavePolicy,
) -> PersonDays:
    """The person-days of a stay in a round planned from `begins_on` to `ends_on`, both included.

    None when no date of the stay lies in the round.
    """
    dates = tuple(_dates(max(arrived_on, begins_on), min(discharged_on, ends_on)))
    if not dates:
        return PersonDays()
    units = units_of(dates)
    on_leave = leaves(absences, first=dates[0], last=dates[-1])
    leave = seconds_by_date(on_leave, dates)
    limit = policy.hours * SECONDS_OF_AN_HOUR
    if policy.day == "calendar-day":
        lost = tuple(unit for unit in units if any(leave.get(day, 0) > limit for day in unit.dates))
        return PersonDays(dates=dates, units=units, leave=leave, lost=lost)
    spans = spans_of_24_hours(on_leave, longer_than=limit)
    return PersonDays(
        dates=dates,
        units=units,
        leave=leave,
        spans=tuple(seconds_in(span, on_leave) for span in spans),
        lost=_taken_by(spans, units, on_leave, leave),
    )


def units_of(dates: Sequence[date]) -> tuple[Unit, ...]:
    """The units of consecutive dates, at least one: the first and the last date are one (R45)."""
    first, last = dates[0], dates[-1]
    joint = Unit((first,) if first == last else (first, last))
    return (joint, *(Unit((day,)) for day in dates[1:-1]))


def _taken_by(
    spans: Iterable[Interval],
    units: Iterable[Unit],
    on_leave: Sequence[Interval],
    leave: Mapping[date, int],
) -> tuple[Unit, ...]:
    left = list(units)
    lost: list[Unit] = []
    for span in spans:
        if not left:
            break
        most = max(sorted(leave), key=lambda day: _in_both(span, day, on_leave))
        unit = min(left, key=lambda one: (min(abs(day - most) for day in one.dates), one.day))
        left.remove(unit)
        lost.append(unit)
    return tuple(sorted(lost, key=lambda unit: unit.day))


def _in_both(span: Interval, day: date, on_leave: Sequence[Interval]) -> int:
    date_of = of_date(day)
    common = Interval(max(span.begins, date_of.begins), min(span.ends, date_of.ends))
    return seconds_in(common, on_leave)


def _dates(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
