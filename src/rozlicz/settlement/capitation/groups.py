"""In which group of a capitation list a person counts, by age on the first day of the month (R24, R25).

A contract names the groups of a scope with their coefficients; where it names none, those of the Fund's orders hold,
which are known for the physician only. Nurse, midwife and school nurse count in the groups of their contract.

A resident of a care home or of a facility for children counts in the residents' group **instead of** the one by age
(order 122/2018: a person not named in item 7). So does the chronically ill person in the group of chronic diseases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.ages import completed_years
from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Scope
from rozlicz.messages.declarations import Category
from rozlicz.messages.rates import CapitationGroup, PersonGroup

CONTRACT_GROUPS = Basis(Text(pl="umowa: grupy osób zakresu", en="the contract: the groups of the scope"))

_ORDER_OF_2013 = Basis(
    Text(
        pl="zarządzenie 69/2013/DSOZ; współczynniki wieku za prawo.pl 246431 (8.12.2014), mieszkańców DPS z pamięci",
        en="order 69/2013/DSOZ; coefficients of age after prawo.pl 246431 (8 Dec 2014), of residents remembered",
    ),
    confirmed=False,
)
_NOT_SEEN = Basis(
    Text(
        pl="współczynniki na lata 2015–2018: nie znaleziono zarządzenia",
        en="coefficients of 2015 to 2018: the order was not found",
    ),
    confirmed=False,
)
_ORDER_OF_2018 = Basis(
    Text(
        pl="zarządzenie 122/2018/DSOZ (grupa 7); współczynniki za strefapoz.pl; dzień wejścia w życie z pamięci",
        en="order 122/2018/DSOZ (group 7); coefficients after strefapoz.pl; the day they came into force remembered",
    ),
    confirmed=False,
)


def _group(
    code: str,
    name: str,
    coefficient: int,
    ages: tuple[int | None, int | None] = (None, None),
    persons: PersonGroup | None = None,
) -> CapitationGroup:
    """A group of an order; it holds as long as the ruling it stands in. The codes are this house's own."""
    return CapitationGroup(
        code=code,
        name=name,
        coefficient=coefficient,
        valid_from=date.min,
        valid_to=date.max,
        min_age=ages[0],
        max_age=ages[1],
        persons=persons,
    )


_RESIDENTS = "mieszkańcy domów pomocy społecznej i placówek dla dzieci"

_OF_2013 = (
    _group("LEK-0-6", "osoby do 6 lat", 20_000, (None, 6)),
    _group("LEK-7-19", "osoby od 7 do 19 lat", 12_000, (7, 19)),
    _group("LEK-20-65", "osoby od 20 do 65 lat", 10_000, (20, 65)),
    _group("LEK-66", "osoby powyżej 65 lat", 20_000, (66, None)),
    _group("LEK-DPS", _RESIDENTS, 25_000, persons=PersonGroup.CARE_HOME),
)
_OF_2018 = (
    _group("LEK-0-6", "osoby do 6 lat", 27_000, (None, 6)),
    _group("LEK-7-19", "osoby od 7 do 19 lat", 12_000, (7, 19)),
    _group("LEK-20-39", "osoby od 20 do 39 lat", 10_000, (20, 39)),
    _group("LEK-40-65", "osoby od 40 do 65 lat", 13_400, (40, 65)),
    _group("LEK-66-75", "osoby od 66 do 75 lat", 27_000, (66, 75)),
    _group("LEK-76", "osoby powyżej 75 lat", 31_000, (76, None)),
    _group("LEK-DPS", _RESIDENTS, 31_000, persons=PersonGroup.CARE_HOME),
    _group("LEK-PCH", "osoby przewlekle chore", 32_000, persons=PersonGroup.CHRONIC),
)

PHYSICIAN_GROUPS: Parameter[tuple[CapitationGroup, ...]] = Parameter(
    name="physician_groups",
    meaning=Text(
        pl="Grupy listy lekarza POZ i ich współczynniki, gdy umowa ich nie podaje",
        en="Groups of a physician's list and their coefficients where the contract names none",
    ),
    rulings=(
        Ruling(value=(), since=date.min, basis=_NOT_SEEN),
        Ruling(value=_OF_2013, since=date(2014, 1, 1), basis=_ORDER_OF_2013),
        Ruling(value=(), since=date(2015, 1, 1), basis=_NOT_SEEN),
        Ruling(value=_OF_2018, since=date(2019, 1, 1), basis=_ORDER_OF_2018),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The groups of one scope on one day and where they stand; none: nobody can be counted there."""

    groups: tuple[CapitationGroup, ...]
    basis: Basis

    def of_code(self, code: str) -> CapitationGroup | None:
        """The group of that code."""
        return next((group for group in self.groups if group.code == code), None)

    def of_person(
        self, *, born: date | None, on: date, marks: Sequence[PersonGroup] = ()
    ) -> CapitationGroup | None:
        """The one group in which a person counts on a day; None when there is none.

        `marks`: what the person is beside the age, in any order; residents come before the chronically ill
        (policy). A mark for which the scope has no group changes nothing. Who fits no group by age counts among the
        persons the others do not name, where there is such a group; without a day of birth nobody does.
        """
        for mark in (PersonGroup.CARE_HOME, PersonGroup.CHRONIC):
            if mark in marks and (group := self._of_persons(mark)):
                return group
        if born is None or born > on:
            return None
        return self._of_age(completed_years(born, on)) or self._of_persons(PersonGroup.UNNAMED)

    def _of_persons(self, mark: PersonGroup) -> CapitationGroup | None:
        return next((group for group in self.groups if group.persons is mark), None)

    def _of_age(self, age: int) -> CapitationGroup | None:
        by_age = (group for group in self.groups if group.persons is None)
        return next((group for group in by_age if _holds(group, age)), None)


def _holds(group: CapitationGroup, age: int) -> bool:
    above = group.min_age is None or group.min_age <= age
    return above and (group.max_age is None or age <= group.max_age)


def groups_of(scope: Scope, *, category: Category | None, on: date, branch: str) -> Groups:
    """The groups of a scope on a day: those of the contract, else those of the orders for the physician's list.

    `category` None: a scope that follows the declarations of another one.
    """
    if scope.groups:
        valid = tuple(group for group in scope.groups if group.valid_from <= on <= group.valid_to)
        return Groups(groups=valid, basis=CONTRACT_GROUPS)
    if category is not Category.PHYSICIAN:
        return Groups(groups=(), basis=CONTRACT_GROUPS)
    ruling = PHYSICIAN_GROUPS.on(on, branch)
    return Groups(groups=ruling.value, basis=ruling.basis)
