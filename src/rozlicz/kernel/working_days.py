"""Working days of Poland and the terms that are counted in them.

A working day is Monday to Friday that is not a statutory day off; a Saturday is none (policy).
24 December is a day off from 2025 (act of 6 December 2024). Days off come from the `holidays` package.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import holidays

_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def days_off(year: int) -> frozenset[date]:
    """The statutory days off of a year, Sundays not listed (act of 18 January 1951 on days off)."""
    return frozenset(holidays.country_holidays("PL", years=year))


def is_working_day(day: date) -> bool:
    """Whether the Fund works and pays that day."""
    return day.weekday() < 5 and day not in days_off(day.year)


def working_days(first: date, last: date) -> int:
    """How many working days there are from day to day, both included; none when they are the wrong way round."""
    return sum(is_working_day(first + n * _ONE_DAY) for n in range((last - first).days + 1))


def nth_working_day_after(day: date, count: int) -> date:
    """The `count`-th working day after a day; the day itself is not counted.

    R10: payment within 5 working days after the day of delivery is `nth_working_day_after(delivered, 5)`.
    """
    if count < 1:
        raise ValueError("a term is at least one day")
    found = day
    for _ in range(count):
        found += _ONE_DAY
        while not is_working_day(found):
            found += _ONE_DAY
    return found


def moved_to_working_day(day: date) -> date:
    """The end of a term that falls on a Saturday or a day off moves to the next working day (art. 115 KC)."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day
