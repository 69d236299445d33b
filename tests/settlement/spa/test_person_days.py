"""Person-days of a stay (R38, R45, R46): the definition's cases, both readings of a day, clocks that change."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.spa_stays import Absence
from rozlicz.settlement.spa.leave import leaves, of_date
from rozlicz.settlement.spa.parameters import LeavePolicy, leave_policy
from rozlicz.settlement.spa.person_days import PersonDays, count_person_days
from tests.settlement.spa.resort import ANY_24_HOURS, CALENDAR, leave


def counted(
    arrived: str,
    discharged: str,
    *absences: Absence,
    policy: LeavePolicy = CALENDAR,
    begins: str = "",
    ends: str = "",
) -> PersonDays:
    return count_person_days(
        arrived_on=date.fromisoformat(arrived),
        discharged_on=date.fromisoformat(discharged),
        begins_on=date.fromisoformat(begins or arrived),
        ends_on=date.fromisoformat(ends or discharged),
        absences=absences,
        policy=policy,
    )


MARCH = ("2026-03-01", "2026-03-22")
EXAMPLES = [
    pytest.param((), 21, 21, id="PD-01-SPA-30-R45"),
    pytest.param((leave("2026-03-08 10:00", "2026-03-08 23:00"),), 20, 20, id="PD-02-SPA-31-R46"),
    pytest.param((leave("2026-03-08 18:00", "2026-03-09 14:00"),), 20, 20, id="PD-03-R46"),
    pytest.param((leave("2026-03-08 14:00", "2026-03-09 10:00"),), 21, 20, id="PD-04-R46"),
    pytest.param((leave("2026-03-08 12:00", "2026-03-09 12:00"),), 21, 20, id="PD-05-R46"),
    pytest.param((leave("2026-03-08 10:00", "2026-03-08 22:00"),), 21, 21, id="SPA-32-R46"),
    pytest.param((leave("2026-03-08 10:00", "2026-03-08 22:00:01"),), 20, 20, id="a-second-more-R46"),
    pytest.param(
        (
            leave("2026-03-10 08:00", "2026-03-10 15:00"),
            leave("2026-03-10 16:00", "2026-03-10 22:00"),
        ),
        20,
        20,
        id="PD-08-R46",
    ),
    pytest.param(
        (
            leave("2026-03-10 08:00", "2026-03-10 15:00"),
            leave("2026-03-10 09:00", "2026-03-10 18:00"),
        ),
        21,
        21,
        id="overlapping-leaves-count-once-R46",
    ),
    pytest.param((leave("2026-03-21 20:00", "2026-03-22 10:00"),), 21, 20, id="PD-11-R46"),
    pytest.param((leave("2026-03-22 00:00", "2026-03-22 13:00"),), 20, 20, id="leave-on-the-joint-day-R45"),
    pytest.param(
        (leave("2026-03-08 10:00", "2026-03-08 23:00", consent=False),), 21, 21, id="no-consent-no-leave-R39"
    ),
    pytest.param((leave("2026-03-08 12:00", "2026-03-09 13:00"),), 20, 19, id="25-hours-R46"),
    pytest.param((leave("2026-03-20 08:00", None),), 18, 18, id="never-came-back-R46"),
]


@pytest.mark.parametrize(("absences", "calendar", "any_24_hours"), EXAMPLES)
def test_the_person_days_of_a_stay_of_22_dates(absences, calendar, any_24_hours):
    """By calendar day 12:00–12:00 is twice twelve hours; in any 24 hours it is more than twelve, once."""
    assert len(counted(*MARCH, *absences).days) == calendar
    assert len(counted(*MARCH, *absences, policy=ANY_24_HOURS).days) == any_24_hours


@pytest.mark.parametrize("policy", [CALENDAR, ANY_24_HOURS])
@pytest.mark.parametrize(
    ("stay", "plan", "expected"),
    [
        pytest.param(("2026-03-01", "2026-03-01"), MARCH, 1, id="PD-13-SPA-35-R45"),
        pytest.param(("2026-03-01", "2026-03-02"), MARCH, 1, id="PD-14-R45"),
        pytest.param(("2026-03-01", "2026-03-24"), MARCH, 21, id="PD-17-R46"),
        pytest.param(("2026-02-27", "2026-03-22"), MARCH, 21, id="too-early-R46"),
        pytest.param(("2026-03-04", "2026-03-20"), MARCH, 16, id="late-start-early-discharge-R46"),
        pytest.param(("2026-04-01", "2026-04-04"), MARCH, 0, id="outside-the-round"),
        pytest.param(("2026-03-22", "2026-03-01"), MARCH, 0, id="discharged-before-arrival"),
    ],
)
def test_the_dates_that_count(stay, plan, expected, policy):
    assert len(counted(*stay, begins=plan[0], ends=plan[1], policy=policy).days) == expected


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        pytest.param("2026-03-29 00:00", "2026-03-29 13:00", 8, id="forward-13-on-the-clock-are-12-R46"),
        pytest.param("2026-03-29 00:00", "2026-03-29 13:00:01", 7, id="forward-and-a-second-R46"),
    ],
)
def test_hours_that_passed_count_in_spring(begins, ends, expected):
    assert len(counted("2026-03-25", "2026-04-02", leave(begins, ends)).days) == expected


@pytest.mark.parametrize(
    ("begins", "ends", "expected"),
    [
        pytest.param("2026-10-25 00:00", "2026-10-25 11:00", 8, id="back-11-on-the-clock-are-12-R46"),
        pytest.param("2026-10-25 00:00", "2026-10-25 11:00:01", 7, id="back-and-a-second-R46"),
        pytest.param("2026-10-25 02:30", "2026-10-25 13:30", 8, id="of-the-hour-twice-the-first-R46"),
        pytest.param("2026-10-25 02:30", "2026-10-25 13:30:01", 7, id="the-first-and-a-second-R46"),
    ],
)
def test_hours_that_passed_count_in_autumn(begins, ends, expected):
    assert len(counted("2026-10-20", "2026-10-28", leave(begins, ends)).days) == expected


def test_a_date_has_23_24_or_25_hours():
    hours = [
        (day.ends - day.begins) // 3600
        for day in map(of_date, (date(2026, 3, 29), date(2026, 3, 30), date(2026, 10, 25), date.max))
    ]
    assert hours == [23, 24, 25, 24]


def test_the_joint_day_is_the_first_and_a_lost_day_is_named():
    found = counted(*MARCH, leave("2026-03-22 00:00", "2026-03-22 13:00"))
    assert [unit.dates for unit in found.lost] == [(date(2026, 3, 1), date(2026, 3, 22))]
    assert found.days[0] == date(2026, 3, 2)


def test_any_24_hours_take_the_unit_with_most_of_the_leave_or_the_nearest_left():
    """24 hours of two dates take the fuller one; when first and last are one unit, its neighbour goes too."""
    night = leave("2026-03-08 18:00", "2026-03-09 14:00")
    found = counted(*MARCH, night, policy=ANY_24_HOURS)
    assert [unit.day for unit in found.lost] == [date(2026, 3, 9)]
    both_ends = (leave("2026-03-01 08:00", "2026-03-01 22:00"), leave("2026-03-22 00:00", "2026-03-22 13:00"))
    found = counted(*MARCH, *both_ends, policy=ANY_24_HOURS)
    assert [unit.day for unit in found.lost] == [date(2026, 3, 1), date(2026, 3, 21)]
    assert len(counted(*MARCH, *both_ends).days) == 20


def test_the_default_reading_is_the_calendar_day():
    policy = leave_policy(on=date(2026, 3, 1))
    assert (policy.day, policy.hours) == ("calendar-day", 12)


# ---- what always holds ---------------------------------------------------------------------------------------------

FIRST_MOMENT = leave("2026-03-18 00:00", None).begins_at
policies = st.sampled_from([CALENDAR, ANY_24_HOURS])
lengths = st.integers(0, 30)


@st.composite
def absences(draw):
    """Leaves around a stay that crosses the change of clocks, and starts and ends of them that meet."""
    begins = draw(st.integers(-30, 24 * 14).map(lambda hour: hour * 60) | st.integers(-30 * 60, 14 * 24 * 60))
    minutes = draw(st.sampled_from([60, 360, 720, 721, 780, 1440, 1441, 1500]) | st.integers(1, 4_000))
    start = FIRST_MOMENT + timedelta(minutes=begins)
    return leave(str(start), str(start + timedelta(minutes=minutes)), consent=draw(st.integers(0, 4)) > 0)


def spring(length: int, found: list[Absence], policy: LeavePolicy) -> PersonDays:
    last = date(2026, 3, 18) + timedelta(days=length)
    return counted("2026-03-18", str(last), *found, policy=policy, ends="2026-04-10")


@pytest.mark.slow
@settings(max_examples=150)
@given(length=lengths, found=st.lists(absences(), max_size=6), policy=policies)
def test_person_days_are_never_more_than_nights(length, found, policy):
    days = spring(length, found, policy)
    assert 0 <= len(days.days) <= max(1, length)
    assert len(days.days) + len(days.lost) == len(days.units)
    assert len(set(days.days)) == len(days.days)
    assert set(days.lost) <= set(days.units)


@pytest.mark.slow
@settings(max_examples=150)
@given(length=lengths, found=st.lists(absences(), max_size=6), more=absences(), policy=policies)
def test_leave_only_lowers(length, found, more, policy):
    assert len(spring(length, [*found, more], policy).days) <= len(spring(length, found, policy).days)


@pytest.mark.slow
@settings(max_examples=150)
@given(
    length=lengths,
    found=st.lists(absences(), max_size=5),
    one=absences(),
    part=st.integers(1, 99),
    policy=policies,
)
def test_a_leave_may_be_split_in_two_that_adjoin(length, found, one, part, policy):
    middle = one.begins_at + (one.ends_at - one.begins_at) * part // 100
    consent = one.is_leave
    halves = [
        leave(str(one.begins_at), str(middle), consent=consent),
        leave(str(middle), str(one.ends_at), consent=consent),
    ]
    assert spring(length, [*found, *halves], policy) == spring(length, [*found, one], policy)
    assert spring(length, [*halves, *found][::-1], policy) == spring(length, [one, *found], policy)


@pytest.mark.slow
@settings(max_examples=100)
@given(found=st.lists(absences(), max_size=5))
def test_the_time_on_leave_is_ordered_and_does_not_overlap(found):
    first, last = date(2026, 3, 18), date(2026, 4, 1)
    on_leave = leaves(found, first=first, last=last)
    edges = [of_date(first).begins - 1, *(edge for one in on_leave for edge in one), of_date(last).ends + 1]
    assert all(before < after for before, after in pairwise(edges))


def test_leaves_that_adjoin_are_one():
    halves = (leave("2026-03-20 08:00", "2026-03-20 12:00"), leave("2026-03-20 12:00", "2026-03-20 14:00"))
    (joined,) = leaves(halves, first=date(2026, 3, 20), last=date(2026, 3, 20))
    assert joined.ends - joined.begins == 6 * 3_600
