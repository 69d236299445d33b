"""Persons as messages read as a whole name them: with typed values, unlike the texts of a report (`services`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.kernel.identifiers import birth_date_of_pesel


class PersonIdType(StrEnum):
    """What identifies a person: table 10 of annex 3 to the regulation on information (Dz.U. 2019 poz. 1207)."""

    PESEL = "P"
    PERSONAL_NUMBER = "R"
    IDENTITY_CARD = "D"
    PASSPORT = "T"
    OTHER_DOCUMENT = "I"
    UNKNOWN = "NN"
    INFANT = "NW"


class Sex(StrEnum):
    """Sex as messages write it: kobieta, mężczyzna."""

    FEMALE = "K"
    MALE = "M"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person by an identifier, which is text: whether it is right is for verification to say.

    Sex, day of birth and names are told without PESEL or under EU coordination only (nfz.gov.pl notice 8191).
    """

    id_type: PersonIdType
    id: str
    sex: Sex | None = None
    born_on: date | None = None
    surname: str = ""
    first_name: str = ""

    @property
    def birth_date(self) -> date | None:
        """The day of birth: the one told, else that of a right PESEL; None when neither is there."""
        if self.born_on is not None or self.id_type is not PersonIdType.PESEL:
            return self.born_on
        try:
            return birth_date_of_pesel(self.id)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementDocument:
    """What shows the right of a person insured in another state (R57).

    `kind` is its code (S1, E112, …), `country` the two letters of the state. A day that is None sets no limit.
    """

    kind: str
    number: str
    country: str
    valid_from: date | None = None
    valid_to: date | None = None

    def covers(self, first_day: date, last_day: date) -> bool:
        """Whether it is valid from the first to the last of these days (R2)."""
        begins = self.valid_from is None or self.valid_from <= first_day
        return begins and (self.valid_to is None or last_day <= self.valid_to)
