"""What a contract pays by other measures than units of services: rates of days, months, duties and persons.

A scope settled by reported services needs none of this: its plan has the price of a unit. What a device, a double
room or an examination programme is worth comes from dictionaries of the law, never from a contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.kernel.money import Price, Units, exact_value, round_half_up


class RatePer(StrEnum):
    """For what a rate is paid once.

    `DAY`: a day of readiness (dobodzień, R28); `MONTH`: a monthly lump sum; `DUTY`: a duty of twelve hours;
    `VISIT`: a visit paid beside a lump sum (night and holiday care); `PERSON_YEAR`: a person on the list for a year,
    of which a month pays a twelfth (R24); `PERSON_MONTH`: a person in a programme for a month; `PERSON_DAY`: a day of
    a stay (osobodzień, R38).
    """

    DAY = "day"
    MONTH = "month"
    DUTY = "duty"
    VISIT = "visit"
    PERSON_YEAR = "person-year"
    PERSON_MONTH = "person-month"
    PERSON_DAY = "person-day"


class PersonGroup(StrEnum):
    """Persons of a capitation list who have a group of their own, whatever their age (order 122/2018 of the Fund).

    `CARE_HOME`: residents of care homes and of facilities for children; `CHRONIC`: persons under care for a chronic
    disease; `UNNAMED`: everybody the other groups do not name (thinly populated areas).
    """

    CARE_HOME = "care-home"
    CHRONIC = "chronic"
    UNNAMED = "unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WardRate:
    """What the day rate of an emergency ward consists of (order 78/2015/DSM of the Fund).

    `base` and `function_part` in grosze; `structure_share` is the share of the base (×10,000) that the conditions met
    beyond the required ones add; `function_part` pays for the patients by their state.
    """

    base: Price
    structure_share: Units
    function_part: Price

    @property
    def amount(self) -> int:
        """Base + base × share, rounded half-up, + function part, in grosze."""
        return (
            self.base
            + round_half_up(exact_value(units=self.structure_share, price=self.base))
            + self.function_part
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What a scope is paid with from day to day, both included; `amount` in grosze.

    Seasons of a spa and changes within a year are rates of other days. `variant` names the one of several rates that
    holds when a condition of quality is met, empty for the usual one. `ward` takes an emergency ward's rate apart;
    a rate that is not the sum of these parts raises ValueError.
    """

    per: RatePer
    amount: Price
    valid_from: date
    valid_to: date
    variant: str = ""
    ward: WardRate | None = None

    def __post_init__(self) -> None:
        if self.ward is not None and self.ward.amount != self.amount:
            raise ValueError(f"a rate of {self.amount} is not the sum of its parts, {self.ward.amount}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CapitationGroup:
    """Persons of a list for whom the annual rate is multiplied by one coefficient (R24).

    `code` is what lines of templates carry as their product. `coefficient` ×10,000. `min_age` and `max_age` are
    completed years on the first day of the month, both included, None where there is no bound. `persons` takes the
    place of the ages: such a person counts in this group and in none by age.
    """

    code: str
    name: str
    coefficient: Units
    valid_from: date
    valid_to: date
    min_age: int | None = None
    max_age: int | None = None
    persons: PersonGroup | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedScope:
    """The scope whose declarations another one is settled by (`fakt-wykonanie` Y: transport, fluoride).

    `contract` is empty for a scope of the same contract.
    """

    code: str
    distinguisher: int
    contract: str = ""
