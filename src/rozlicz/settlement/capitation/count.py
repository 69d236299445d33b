"""How many persons are counted for a month: the branch's verification of lists of declarations (R25–R27, R64).

F is the first day of the reporting month. A person is counted who is alive and entitled on F, by the newest valid
declaration dated not after F: in one list of a category, once, in one group. Who has a newer choice with another
provider counts there. A person insured in another EU/EFTA state is counted inside the group and listed (R57, R67).

What comes out is what the replies tell: the numbers of R_DEKL, the unrecognised of W_DEKL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rozlicz.kernel.ages import completed_years
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract, Scope, SettledBy
from rozlicz.messages.declaration_replies import (
    CertificateHolder,
    GroupCount,
    Population,
    UnrecognisedDeclaration,
    UnrecognisedReason,
)
from rozlicz.messages.declarations import Category, Declaration, ReportedDeclaration
from rozlicz.messages.rates import CapitationGroup
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.capitation.groups import Groups, groups_of
from rozlicz.settlement.capitation.people import (
    Choice,
    KnownPerson,
    PersonKey,
    certificate_on,
    choice_of,
    marks_on,
    person_key,
)
from rozlicz.settlement.capitation.unrecognised import ENDED, NO_BIRTH_DAY, NO_GROUP, unrecognised

ADULT_AGE = 18
"""Completed years of an adult (art. 10 of the Civil Code)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The outcome: numbers by group, who does not count, who is insured in another state, adults by category."""

    population: Population
    unrecognised: tuple[UnrecognisedDeclaration, ...]
    certificate_holders: tuple[CertificateHolder, ...]
    adults: Mapping[Category, int]


def count_persons(
    *,
    contract: Contract,
    month: Month,
    declarations: Iterable[ReportedDeclaration],
    scopes: Mapping[Category, CapUnit],
    known: Mapping[PersonKey, KnownPerson],
) -> Count:
    """Count the lists of a contract as of the first day of a month.

    `declarations`: all lists of the contract and month, in any order; those with faults were told before and are
    passed over. `scopes`: in which scope of the contract each category is paid. `known`: who is not in it is not
    known to the Fund.
    """
    counting = _Counting(contract, month.first_day, scopes, known)
    for reported in declarations:
        counting.take(reported)
    return counting.result()


class _Counted(NamedTuple):
    """A person who counts, in the group of the scope of the category."""

    reported: ReportedDeclaration
    declaration: Declaration
    unit: CapUnit
    group: CapitationGroup


class _Counting:
    """The newest valid declaration of each person and category, while the lists are read."""

    def __init__(
        self,
        contract: Contract,
        day: date,
        scopes: Mapping[Category, CapUnit],
        known: Mapping[PersonKey, KnownPerson],
    ) -> None:
        self.contract, self.day, self.scopes, self.known = contract, day, scopes, known
        self.places = {location.code for location in contract.locations}
        self.groups: dict[Category, Groups | None] = {}
        self.newest: dict[tuple[Category, PersonKey], tuple[ReportedDeclaration, Declaration]] = {}
        self.refused: list[UnrecognisedDeclaration] = []

    def take(self, reported: ReportedDeclaration) -> None:
        """Keep a declaration that holds on the day, when it is the person's newest in its category."""
        declaration = reported.declaration
        if declaration is None:
            return
        if declaration.made_on > self.day:
            self._refuse(reported, declaration, UnrecognisedReason.TOO_LATE)
            return
        if declaration.ends_on is not None and declaration.ends_on < self.day:
            self.refused.append(
                unrecognised(reported, declaration, UnrecognisedReason.OTHER, on=self.day, text=ENDED)
            )
            return
        key = (reported.of.category, person_key(declaration))
        held = self.newest.get(key)
        mine = (reported, declaration)
        if held is not None and self._rank(held) >= self._rank(mine):
            self._refuse(*mine, UnrecognisedReason.REPEATED)
            return
        if held is not None:
            self._refuse(*held, UnrecognisedReason.REPEATED)
        self.newest[key] = mine

    def _rank(self, of: tuple[ReportedDeclaration, Declaration]) -> tuple[Choice, int]:
        reported, declaration = of
        return choice_of(self.contract.code, declaration), -reported.line

    def result(self) -> Count:
        """Everything counted."""
        counted = [
            person
            for (_, key), (reported, declaration) in sorted(self.newest.items(), key=_category_and_id)
            if (person := self._counted(key, reported, declaration))
        ]
        refused = sorted(self.refused, key=lambda one: (one.category, one.line, one.id))
        return Count(
            population=Population(counts=(*self._counts(counted), *self._follower_counts(counted))),
            unrecognised=tuple(refused),
            certificate_holders=tuple(self._holders(counted)),
            adults=Counter(
                person.reported.of.category
                for person in counted
                if (born := person.declaration.person.birth_date)
                and completed_years(born, self.day) >= ADULT_AGE
            ),
        )

    def _counted(
        self, key: PersonKey, reported: ReportedDeclaration, declaration: Declaration
    ) -> _Counted | None:
        category = reported.of.category
        unit, groups = self.scopes.get(category), self._groups_of(category)
        if unit is None or groups is None or (self.places and declaration.place not in self.places):
            self._refuse(reported, declaration, UnrecognisedReason.NOT_IN_CONTRACT)
            return None
        person = self.known.get(key)
        if person is None:
            self._refuse(reported, declaration, UnrecognisedReason.UNKNOWN_PERSON)
            return None
        if person.died_on is not None and person.died_on < self.day:
            self._refuse(reported, declaration, UnrecognisedReason.DIED, since=person.died_on)
            return None
        if not person.entitled and certificate_on(declaration, self.day) is None:
            self._refuse(reported, declaration, UnrecognisedReason.NO_RIGHT)
            return None
        other = (person.elsewhere or {}).get(category)
        if other and choice_of(self.contract.code, declaration) < other and other.made_on <= self.day:
            self._refuse(reported, declaration, UnrecognisedReason.NEWER_CHOICE, since=other.made_on)
            return None
        group = groups.of_person(
            born=declaration.person.birth_date, on=self.day, marks=marks_on(declaration, person, self.day)
        )
        if group is None:
            self._refuse_group(reported, declaration)
            return None
        return _Counted(reported, declaration, unit, group)

    def _groups_of(self, category: Category) -> Groups | None:
        if category not in self.groups:
            unit = self.scopes.get(category)
            scope = self.contract.scope(*unit) if unit else None
            self.groups[category] = (
                groups_of(scope, category=category, on=self.day, branch=self.contract.branch)
                if scope
                else None
            )
        return self.groups[category]

    def _counts(self, counted: Iterable[_Counted]) -> Iterator[GroupCount]:
        """One count a group, in the order of categories and of the groups of the scope."""
        persons: Counter[tuple[Category, str]] = Counter()
        holders: Counter[tuple[Category, str]] = Counter()
        for person in counted:
            key = (person.reported.of.category, person.group.code)
            persons[key] += 1
            holders[key] += certificate_on(person.declaration, self.day) is not None
        for category in Category:
            unit, groups = self.scopes.get(category), self._groups_of(category)
            if unit and groups:
                yield from (
                    _group_count(
                        category, unit, group, persons[category, group.code], holders[category, group.code]
                    )
                    for group in groups.groups
                    if persons[category, group.code]
                )

    def _follower_counts(self, counted: Sequence[_Counted]) -> Iterator[GroupCount]:
        """The counts of scopes that follow others' declarations and have groups of their own, such as fluoride."""
        for scope in self.contract.scopes:
            if scope.settled_by is SettledBy.OTHER_SCOPE_DECLARATIONS and scope.groups:
                yield from self._counts_of_follower(scope, counted)

    def _counts_of_follower(self, scope: Scope, counted: Sequence[_Counted]) -> Iterator[GroupCount]:
        groups = groups_of(scope, category=None, on=self.day, branch=self.contract.branch)
        followed = {CapUnit(f.code, f.distinguisher) for f in scope.follows if not f.contract}
        # A person on several of the followed lists counts once, on the first of them.
        own = {person_key(p.declaration): p for p in reversed(counted) if p.unit in followed}
        persons: Counter[tuple[Category, str]] = Counter()
        holders: Counter[tuple[Category, str]] = Counter()
        for key, person in own.items():
            marks = marks_on(person.declaration, self.known[key], self.day)
            born = person.declaration.person.birth_date
            if group := groups.of_person(born=born, on=self.day, marks=marks):
                at = (person.reported.of.category, group.code)
                persons[at] += 1
                holders[at] += certificate_on(person.declaration, self.day) is not None
        unit = CapUnit(scope.code, scope.distinguisher)
        for category in Category:
            for group in groups.groups:
                if number := persons[category, group.code]:
                    yield _group_count(category, unit, group, number, holders[category, group.code])

    def _holders(self, counted: Iterable[_Counted]) -> Iterator[CertificateHolder]:
        for one in counted:
            if document := certificate_on(one.declaration, self.day):
                yield CertificateHolder(
                    category=one.reported.of.category,
                    scope=one.unit.scope,
                    distinguisher=one.unit.distinguisher,
                    group=one.group.code,
                    declaration=one.declaration.id,
                    person=one.declaration.person,
                    document=document,
                )

    def _refuse(
        self,
        reported: ReportedDeclaration,
        declaration: Declaration,
        reason: UnrecognisedReason,
        since: date | None = None,
    ) -> None:
        self.refused.append(unrecognised(reported, declaration, reason, on=self.day, since=since))

    def _refuse_group(self, reported: ReportedDeclaration, declaration: Declaration) -> None:
        born = declaration.person.birth_date
        text = NO_BIRTH_DAY if born is None or born > self.day else NO_GROUP
        self.refused.append(
            unrecognised(reported, declaration, UnrecognisedReason.OTHER, on=self.day, text=text)
        )


def _category_and_id(
    item: tuple[tuple[Category, PersonKey], tuple[ReportedDeclaration, Declaration]],
) -> tuple[Category, str, PersonKey]:
    (category, key), (_, declaration) = item
    return (category, declaration.id, key)


def _group_count(
    category: Category, unit: CapUnit, group: CapitationGroup, persons: int, holders: int
) -> GroupCount:
    return GroupCount(
        category=category,
        scope=unit.scope,
        distinguisher=unit.distinguisher,
        group=group.code,
        name=group.name,
        coefficient=group.coefficient,
        persons=persons,
        certificate_holders=holders,
    )
