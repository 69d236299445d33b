"""Numbers and choices of spa treatment, dated and open to a branch's own ruling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.texts import Text
from rozlicz.messages.spa_stays import SpaTreatment
from rozlicz.settlement.spa.bases import BENEFITS_ACT_33_4, SINCE, SPA_POLICY, SPA_TERMS

LeaveDay = Literal["calendar-day", "any-24-hours"]

LEAVE_DAY: Parameter[LeaveDay] = Parameter(
    name="spa_leave_day",
    meaning=Text(
        pl="Doba, w której liczy się godziny przepustki: kalendarzowa czy dowolne 24 godziny",
        en="The day in which hours on leave are counted: a calendar day, or any 24 hours",
    ),
    rulings=(Ruling(value="calendar-day", since=SINCE, basis=SPA_POLICY),),
)
LEAVE_HOURS: Parameter[int] = Parameter(
    name="spa_leave_hours",
    meaning=Text(
        pl="Ponad ile godzin przepustki w ciągu doby osobodnia się nie liczy",
        en="Above how many hours on leave in a day a person-day does not count",
    ),
    rulings=(Ruling(value=12, since=SINCE, basis=SPA_TERMS),),
)
LONGEST_ROUND: Parameter[int] = Parameter(
    name="spa_longest_round",
    meaning=Text(
        pl="Ile dni najwyżej trwa turnus; dłuższy jest pomyłką w datach",
        en="How many days a round lasts at most; a longer one is a mistake in its dates",
    ),
    rulings=(Ruling(value=92, since=SINCE, basis=SPA_POLICY),),
)
CHILD_AGE: Parameter[int] = Parameter(
    name="spa_exempt_child_age",
    meaning=Text(
        pl="Wiek, z którego ukończeniem kończy się zwolnienie dziecka z odpłatności",
        en="The age with which a child's exemption from payment ends",
    ),
    rulings=(Ruling(value=18, since=SINCE, basis=BENEFITS_ACT_33_4),),
)
EDUCATION_AGE: Parameter[int] = Parameter(
    name="spa_exempt_education_age",
    meaning=Text(
        pl="Wiek, z którego ukończeniem kończy się zwolnienie osoby uczącej się",
        en="The age with which the exemption of a person in education ends",
    ),
    rulings=(Ruling(value=26, since=SINCE, basis=BENEFITS_ACT_33_4),),
)
IN_SANATORIUM: Parameter[frozenset[SpaTreatment]] = Parameter(
    name="spa_in_sanatorium",
    meaning=Text(
        pl="Rodzaje leczenia, które odbywają się w sanatorium uzdrowiskowym (rehabilitacja w sanatorium też)",
        en="Kinds of treatment given in a spa sanatorium (rehabilitation in a sanatorium is one)",
    ),
    rulings=(
        Ruling(
            value=frozenset({SpaTreatment.SANATORIUM, SpaTreatment.REHABILITATION_IN_SANATORIUM}),
            since=SINCE,
            basis=BENEFITS_ACT_33_4,
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavePolicy:
    """How leave takes person-days away: in which day its hours are counted, and how many are too many."""

    day: LeaveDay = "calendar-day"
    hours: int = 12
    basis: Basis = SPA_TERMS


def leave_policy(*, on: date, branch: str | None = None) -> LeavePolicy:
    """What a branch had in force on the first day of a round."""
    hours = LEAVE_HOURS.on(on, branch)
    return LeavePolicy(day=LEAVE_DAY.on(on, branch).value, hours=hours.value, basis=hours.basis)
