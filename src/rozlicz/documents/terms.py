"""A term with its last day, and the steps by which a clerk can count it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from rozlicz.documents.bases import CIVIL_CODE_115
from rozlicz.kernel.texts import Text
from rozlicz.kernel.working_days import is_working_day, moved_to_working_day
from rozlicz.settlement.explanation import Explanation, Step

_WEEKDAYS = tuple(
    Text(pl=pl, en=en)
    for pl, en in zip(
        "poniedziałek wtorek środa czwartek piątek sobota niedziela".split(),
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
        strict=True,
    )
)
_DAY = Text(pl="{weekday}, {day}", en="{weekday}, {day}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """The last day of a term; `not_before` when there is also a first one; how both were found."""

    last_day: date
    explanation: Explanation
    not_before: date | None = None


def weekday_and_day(day: date) -> Text:
    """`środa, 23.04.2025`, `Wednesday, 23 Apr 2025`."""
    return _DAY.filled(weekday=_WEEKDAYS[day.weekday()], day=day)


def why_not_working(day: date) -> Text:
    """Why nobody works that day: the name of the day off, else Saturday or Sunday."""
    return _day_off_names(day.year).get(day, _WEEKDAYS[day.weekday()])


def moved(day: date, *, rule: str) -> tuple[date, tuple[Step, ...]]:
    """The end of a term after art. 115 of the Civil Code, and the step that says so when it moved."""
    end = moved_to_working_day(day)
    if end == day:
        return day, ()
    skipped = [day + timedelta(days=n) for n in range((end - day).days)]
    step = Step(
        rule=f"{rule}.moved",
        title=Text(
            pl="Koniec terminu w dzień wolny przechodzi na następny dzień roboczy",
            en="A term that ends on a day off ends on the next working day",
        ),
        inputs=tuple((weekday_and_day(one), why_not_working(one)) for one in skipped),
        basis=CIVIL_CODE_115,
        outcome=weekday_and_day(end),
    )
    return end, (step,)


def working_days_counted(day: date, count: int) -> tuple[tuple[Text, Text], ...]:
    """Every day after `day` until the `count`-th working one: counted with its number, or skipped and why."""
    told = []
    number = 0
    while number < count:
        day += timedelta(days=1)
        if is_working_day(day):
            number += 1
            why = _COUNTED.filled(number=number)
        else:
            why = _SKIPPED.filled(why=why_not_working(day))
        told.append((weekday_and_day(day), why))
    return tuple(told)


_COUNTED = Text(pl="{number}. dzień roboczy", en="working day {number}")
_SKIPPED = Text(pl="nie liczy się: {why}", en="not counted: {why}")


@lru_cache(maxsize=64)
def _day_off_names(year: int) -> dict[date, Text]:
    polish = holidays.country_holidays("PL", years=year, language="pl")
    english = holidays.country_holidays("PL", years=year, language="en_US")
    return {day: Text(pl=name, en=english[day]) for day, name in polish.items()}
