"""R24, R25: in which group a person counts on the first day of the month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.messages.declarations import Category, Facility, Residence
from rozlicz.messages.rates import PersonGroup
from rozlicz.settlement.capitation.groups import PHYSICIAN_GROUPS, groups_of
from tests.settlement.capitation.clinic import MARCH, counted, declared, group, heads_of, scope

GROUPS = groups_of(scope(), category=Category.PHYSICIAN, on=MARCH.first_day, branch="05")


def group_on(born: date, day: date = MARCH.first_day, **facts) -> tuple[str, int]:
    found = GROUPS.of_person(born=born, on=day, **facts)
    assert found is not None
    return found.code, found.coefficient


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        pytest.param(date(2019, 3, 1), ("LEK-7-19", 12_000), id="CG-01 R25"),
        pytest.param(date(2019, 3, 2), ("LEK-0-6", 27_000), id="the day after CG-01"),
        pytest.param(date(1986, 3, 1), ("LEK-40-65", 13_400), id="CG-04 40 R24"),
        pytest.param(date(1986, 3, 2), ("LEK-20-39", 10_000), id="CG-04 39 R24"),
        pytest.param(date(1950, 3, 1), ("LEK-76", 31_000), id="CG-06 76 R24"),
        pytest.param(date(1950, 3, 2), ("LEK-66-75", 27_000), id="CG-06 75 R24"),
        pytest.param(date(2006, 3, 1), ("LEK-20-39", 10_000), id="20 completed"),
        pytest.param(date(2006, 3, 2), ("LEK-7-19", 12_000), id="20 not yet"),
        pytest.param(date(1960, 3, 1), ("LEK-66-75", 27_000), id="66 completed"),
        pytest.param(date(1960, 3, 2), ("LEK-40-65", 13_400), id="66 not yet"),
        pytest.param(date(2019, 6, 1), ("LEK-0-6", 27_000), id="CAP-07 6th birthday passed, 7th not"),
        pytest.param(date(1950, 6, 1), ("LEK-66-75", 27_000), id="CAP-07 75"),
        pytest.param(date(1949, 6, 1), ("LEK-76", 31_000), id="CAP-07 76"),
        pytest.param(date(2026, 3, 1), ("LEK-0-6", 27_000), id="born on the day"),
    ],
)
def test_the_group_by_age(born, expected):
    assert group_on(born) == expected


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        pytest.param(Month(2023, 2), "LEK-0-6", id="29 Feb 2016, common year, before the birthday"),
        pytest.param(Month(2023, 3), "LEK-7-19", id="29 Feb 2016, common year, after 28 February"),
        pytest.param(Month(2036, 2), "LEK-7-19", id="29 Feb 2016, leap year, before the birthday"),
        pytest.param(Month(2036, 3), "LEK-20-39", id="29 Feb 2016, leap year, after it"),
    ],
)
def test_who_was_born_on_29_february(month, expected):
    assert group_on(date(2016, 2, 29), month.first_day)[0] == expected


@given(
    born=st.dates(date(1920, 1, 1), date(2026, 3, 1)),
    month=st.integers(0, 80).map(lambda n: Month(2026, 3).plus(n)),
)
def test_the_groups_are_those_of_the_table_by_day_of_birth(born, month):
    """Definition: b > F − 7 y, F − 20 y < b ≤ F − 7 y, … The borders are days of birth; F is a first of a month."""
    day = month.first_day

    def before(years: int) -> bool:
        return born <= day.replace(year=day.year - years)

    expected = (
        "LEK-76"
        if before(76)
        else "LEK-66-75"
        if before(66)
        else "LEK-40-65"
        if before(40)
        else "LEK-20-39"
        if before(20)
        else "LEK-7-19"
        if before(7)
        else "LEK-0-6"
    )
    assert group_on(born, day)[0] == expected


def test_a_resident_counts_with_the_residents_only_and_not_by_age():
    """CG-11 R24: 3.1 replaces the coefficient of the age, it is not multiplied with it."""
    home = Residence(facility=Facility.CARE_HOME, regon="100063894", since=date(2025, 5, 1))
    count = counted(declared(date(1996, 1, 1), residence=home))
    assert heads_of(count) == {"LEK-DPS": 1}
    assert count.population.counts[0].coefficient == 31_000


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2026, 3, 1), None, "LEK-DPS"),
        (date(2026, 3, 2), None, "LEK-20-39"),
        (date(2025, 1, 1), date(2026, 3, 1), "LEK-DPS"),
        (date(2025, 1, 1), date(2026, 2, 28), "LEK-20-39"),
    ],
)
def test_residence_counts_by_its_state_on_the_first_day(since, until, expected):
    home = Residence(facility=Facility.CHILDREN, regon="100063894", since=since, until=until)
    assert heads_of(counted(declared(date(1996, 1, 1), residence=home))) == {expected: 1}


def test_the_chronically_ill_have_a_group_of_their_own_and_residents_come_first():
    assert group_on(date(1996, 1, 1), marks=(PersonGroup.CHRONIC,)) == ("LEK-PCH", 32_000)
    both = (PersonGroup.CHRONIC, PersonGroup.CARE_HOME)
    assert group_on(date(1996, 1, 1), marks=both)[0] == "LEK-DPS"


def test_a_mark_without_a_group_changes_nothing():
    """The orders of 2013 had no group of the chronically ill."""
    groups = groups_of(scope(), category=Category.PHYSICIAN, on=date(2014, 5, 1), branch="05")
    found = groups.of_person(born=date(1996, 1, 1), on=date(2014, 5, 1), marks=(PersonGroup.CHRONIC,))
    assert found
    assert found.code == "LEK-7-19"


def test_both_states_of_the_law_are_kept_with_their_dates():
    """2014: children and persons over 65 twice (prawo.pl 246431); today: six groups by age (strefapoz.pl)."""
    born = date(1948, 1, 1)

    def coefficient(day: date) -> int | None:
        groups = groups_of(scope(), category=Category.PHYSICIAN, on=day, branch="05")
        found = groups.of_person(born=born, on=day)
        return found and found.coefficient

    assert coefficient(date(2014, 12, 1)) == 20_000
    assert coefficient(date(2016, 1, 1)) is None
    assert coefficient(date(2019, 1, 1)) == 27_000
    assert coefficient(date(2026, 1, 1)) == 31_000
    assert not any(ruling.basis.confirmed for ruling in PHYSICIAN_GROUPS.rulings)


def test_a_contract_names_its_own_groups_for_nurse_midwife_and_school():
    own = scope(groups=(group("PIEL-1", 15_000, ages=(None, 18)), group("PIEL-2", 10_000, ages=(19, None))))
    groups = groups_of(own, category=Category.NURSE, on=MARCH.first_day, branch="05")
    found = groups.of_person(born=date(2010, 1, 1), on=MARCH.first_day)
    assert found
    assert found.code == "PIEL-1"
    assert not groups_of(scope(), category=Category.MIDWIFE, on=MARCH.first_day, branch="05").groups
    after = groups_of(own, category=Category.NURSE, on=date(2027, 1, 1), branch="05")
    assert not after.groups


def test_persons_the_others_do_not_name_count_in_the_last_group():
    own = scope(groups=(group("A", 10_000, ages=(0, 17)), group("B", 32_000, persons=PersonGroup.UNNAMED)))
    groups = groups_of(own, category=Category.NURSE, on=MARCH.first_day, branch="05")
    codes = [
        found and found.code
        for born in (date(2020, 1, 1), date(1990, 1, 1), None, MARCH.first_day + timedelta(days=1))
        for found in [groups.of_person(born=born, on=MARCH.first_day)]
    ]
    assert codes == ["A", "B", None, None]
