"""Who a declaration is about, and what the branch must know of that person to count them (R25, R57)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rozlicz.kernel.months import Month
from rozlicz.messages.declarations import Category, Declaration
from rozlicz.messages.persons import EntitlementDocument, PersonIdType
from rozlicz.messages.rates import PersonGroup
from rozlicz.settlement.coordination import BillKind, Method, Route, route


class PersonKey(NamedTuple):
    """Who a declaration is about. An infant known by a parent's PESEL is told apart by birth day and first name."""

    id_type: PersonIdType
    id: str
    country: str = ""
    infant: str = ""


class Choice(NamedTuple):
    """A valid declaration of a person with any provider; compares as newer when made later.

    Of choices made on one day the one with the higher number of the year is the newer; after that codes decide, only
    so that nobody is counted twice.
    """

    made_on: date
    number: int
    contract: str
    declaration: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """What the branch knows of a person for the first day of the month.

    `entitled`: the right to services on that day (eWUŚ), a certificate of another state apart. `elsewhere`: by
    category the newest valid choice in lists of other contracts. `chronic`: under care for a chronic disease.
    """

    entitled: bool = True
    died_on: date | None = None
    chronic: bool = False
    elsewhere: Mapping[Category, Choice] | None = None


def person_key(declaration: Declaration) -> PersonKey:
    """By what a declaration tells its person from all others; the state of a document matters without PESEL only."""
    person = declaration.person
    if person.id_type is PersonIdType.INFANT:
        return PersonKey(person.id_type, person.id, infant=f"{person.born_on} {person.first_name.casefold()}")
    has_pesel = person.id_type is PersonIdType.PESEL
    return PersonKey(person.id_type, person.id, "" if has_pesel else declaration.document_country)


def choice_of(contract: str, declaration: Declaration) -> Choice:
    """A declaration as a choice that can be compared with others."""
    return Choice(declaration.made_on, declaration.choice, contract, declaration.id)


def marks_on(declaration: Declaration, person: KnownPerson, day: date) -> tuple[PersonGroup, ...]:
    """What a person is beside the age on a day: resident by the declaration, chronically ill by what is known."""
    home = declaration.residence
    resides = home is not None and home.since <= day and (home.until is None or day <= home.until)
    marks = ((PersonGroup.CARE_HOME, resides), (PersonGroup.CHRONIC, person.chronic))
    return tuple(mark for mark, holds in marks if holds)


def certificate_on(declaration: Declaration, day: date) -> EntitlementDocument | None:
    """The first certificate of a state under coordination that is valid on the day and puts a person on a list."""
    month = Month.of(day)
    return next(
        (one for one in declaration.certificates if one.covers(day, day) and _is_for_lists(one, month)), None
    )


def _is_for_lists(document: EntitlementDocument, month: Month) -> bool:
    """Whether its holder is claimed for and yet stands in the collective bill (R57, R61)."""
    routed = route(country=document.country, document=document.kind, month=month, method=Method.CAPITATION)
    return isinstance(routed, Route) and routed.bill is BillKind.COLLECTIVE and routed.form is not None
