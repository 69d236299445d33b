"""Persons who do not exist: right check digits, no two alike, born between 1926 and the report."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel.ages import completed_years
from rozlicz.kernel.identifiers import birth_date_of_pesel, is_pesel, pesel_check_digit
from rozlicz.sample.dice import Dice
from rozlicz.sample.identities import FIRST_BIRTH_DAY, pesel_of
from rozlicz.sample.people import People


@given(st.dates(date(1926, 1, 1), date(2026, 12, 31)), st.integers(0, 9999))
def test_a_pesel_carries_birth_date_sex_and_the_right_check_digit(day, serial):
    pesel = pesel_of(day, serial)
    assert is_pesel(pesel)
    assert birth_date_of_pesel(pesel) == day
    assert pesel[10] == pesel_check_digit(pesel[:10])
    assert int(pesel[9]) % 2 == serial % 2


@pytest.mark.slow
def test_many_persons_are_all_different():
    people = People(Dice("people", 1), date(2026, 10, 1))
    drawn = [people.next() for _ in range(100_000)]
    assert len({person.pesel for person in drawn}) == len(drawn)
    assert all(FIRST_BIRTH_DAY <= person.birth < date(2026, 10, 1) for person in drawn)
    assert all((person.sex == "M") == (int(person.pesel[9]) % 2 == 1) for person in drawn[:1000])


def test_all_ages_occur_about_equally_often():
    people = People(Dice("people", 2), date(2026, 10, 1))
    ages = [completed_years(people.next().birth, date(2026, 10, 1)) for _ in range(20_000)]
    assert min(ages) == 0
    assert max(ages) == 100
    assert 0.12 < sum(age < 18 for age in ages) / len(ages) < 0.24
