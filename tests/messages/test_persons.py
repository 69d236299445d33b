"""Whom a message names, and when that person was born."""

from datetime import date

import pytest

from rozlicz.messages.persons import Person, PersonIdType


@pytest.mark.parametrize(
    ("person", "born"),
    [
        (Person(id_type=PersonIdType.PESEL, id="58030201016"), date(1958, 3, 2)),
        (Person(id_type=PersonIdType.PESEL, id="17260103185"), date(2017, 6, 1)),
        # what is told outranks the number, which may have been given anew
        (Person(id_type=PersonIdType.PESEL, id="58030201016", born_on=date(1958, 3, 3)), date(1958, 3, 3)),
        (Person(id_type=PersonIdType.PESEL, id="58030201017"), None),
        (Person(id_type=PersonIdType.PESEL, id=""), None),
        (Person(id_type=PersonIdType.PASSPORT, id="58030201016"), None),
        (Person(id_type=PersonIdType.PASSPORT, id="ZZ1", born_on=date(1961, 4, 2)), date(1961, 4, 2)),
    ],
)
def test_a_person_was_born_when_it_is_told_or_when_the_pesel_says(person: Person, born: date | None) -> None:
    assert person.birth_date == born
