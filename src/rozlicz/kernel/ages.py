"""Age in completed years."""

from __future__ import annotations

from calendar import isleap
from datetime import date


def completed_years(born: date, on: date) -> int:
    """How many years a person has completed on a day; negative before birth.

    A year is completed at the beginning of the birthday (art. 112 of the Civil Code). Who was born on 29 February
    completes it in a common year on the 28th (policy; a first of a month never meets it).
    """
    birthday = (born.month, born.day)
    if birthday == (2, 29) and not isleap(on.year):
        birthday = (2, 28)
    return on.year - born.year - ((on.month, on.day) < birthday)
