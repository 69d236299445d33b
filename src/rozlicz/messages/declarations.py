"""Declarations of choice in primary care (DEKL): who chose whom, list by list, and which list replaces which.

A report is a full list: all declarations that hold for a contract, a month and a category. How many persons are paid
for is settled by the payer from it, as of the first day of the month (R25–R27).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.kernel.months import Month
from rozlicz.messages.persons import EntitlementDocument, Person
from rozlicz.messages.wire.fields import Fault


class Category(StrEnum):
    """Whom the persons of a list chose. The letters are this house's own.

    Physician, nurse, midwife and school medicine are the categories of primary care; KAOS (comprehensive outpatient
    specialist care) sends its lists by the same message.
    """

    PHYSICIAN = "L"
    NURSE = "P"
    MIDWIFE = "O"
    SCHOOL_MEDICINE = "M"
    KAOS = "K"


class Facility(StrEnum):
    """What a resident lives in (the group of residents, order 122/2018 of the Fund). The letters are our own."""

    CARE_HOME = "DPS"
    CHILDREN = "POW"


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """Residence in a care home or a facility for children: such a person counts in the residents' group.

    Days are calendar days, both included; `until` is None while it goes on. `regon` is that of the facility.
    """

    facility: Facility
    regon: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationList:
    """One list: `version` counts from 1, and a higher one replaces what was sent for contract, month and category."""

    contract: str
    month: Month
    category: Category
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One declaration that holds.

    `id`: given by the provider's program, at most 20 characters, the same in every list and version.
    `made_on`: the day on which the person declared; it counts for a month when it is not after its first day (R25).
    `ends_on`: the last day on which it holds, None while no end is known.
    `person`: identified by PESEL (P), passport (T), identity card (D) or other document (I, nfz.gov.pl notice
    8205); an infant without a PESEL of its own (NW, up to six months) by the PESEL of a parent. Without PESEL the
    day of birth tells the age group. `document_country`: two letters of the state that issued the document.
    `professional`: licence number (NPWZ) of who was chosen. `place`: the Fund's code of the location, as in the
    contract; `cell`: technical code of the cell, empty where only the place is known.
    `choice`: which choice of the calendar year it is; `fee_paid`: whether the person paid for a choice beyond the
    free ones. `residence`: of residents of care homes. `certificates`: of persons insured in another state.
    `voluntary_insurance`: number of the contract of voluntary insurance (branch/number/year), else empty.
    `school_regon`: the school of a pupil (school medicine); `school_nip`: the same, for a pupil without PESEL.
    """

    id: str
    made_on: date
    person: Person
    professional: str
    place: str
    cell: str = ""
    ends_on: date | None = None
    choice: int = 1
    fee_paid: bool = False
    document_country: str = ""
    residence: Residence | None = None
    certificates: tuple[EntitlementDocument, ...] = ()
    voluntary_insurance: str = ""
    school_regon: str = ""
    school_nip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDeclaration:
    """A declaration as a report has it, in `line`: typed, or with everything that keeps it from being so.

    `declaration` is None exactly when there are `faults`; they never stop the rest of the report. `id` is what was
    written, empty when nothing was.
    """

    of: DeclarationList
    line: int
    id: str
    declaration: Declaration | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supersession:
    """What taking a report does to the lists of its contract and month that stand.

    `taken`: lists of the report that stand from now on; `replaced`: lists of the same category that they replace;
    `deleted`: lists of other categories that cease without a new one; `kept`: lists that stay. When a list of the
    report is `stale`, the report is not taken: nothing changes, and `stale` names each with the one that stands.
    """

    taken: tuple[DeclarationList, ...] = ()
    replaced: tuple[DeclarationList, ...] = ()
    deleted: tuple[DeclarationList, ...] = ()
    kept: tuple[DeclarationList, ...] = ()
    stale: tuple[tuple[DeclarationList, DeclarationList], ...] = ()


def supersedes(arriving: Iterable[DeclarationList], standing: Iterable[DeclarationList]) -> Supersession:
    """What a report with the lists `arriving` replaces among the lists `standing`.

    The Fund's rules (nfz-lodz.pl 1063): a report with a higher version number replaces all earlier data for contract,
    period and category, one that is not higher is refused; and a list with a higher version deletes the other lists
    of its contract and period unless they are sent with it. Ours, where the rules leave it open: a report is taken as
    a whole or not at all, so that no list is lost because only its neighbour was raised; and a list of a new category
    whose version is not above the others' is added to them.

    `standing` may hold lists of any contract and month. Two lists of one contract, month and category on one side are
    a programmer's mistake: ValueError.
    """
    new, old = _by_key(arriving), _by_key(standing)
    stale = tuple(
        (one, old[key]) for key, one in new.items() if key in old and one.version <= old[key].version
    )
    if stale:
        return Supersession(kept=tuple(old.values()), stale=stale)
    newest: dict[tuple[str, Month], int] = {}
    for one in new.values():
        period = (one.contract, one.month)
        newest[period] = max(newest.get(period, 0), one.version)
    replaced, deleted, kept = [], [], []
    for key, one in old.items():
        if key in new:
            replaced.append(one)
        elif one.version < newest.get((one.contract, one.month), 0):
            deleted.append(one)
        else:
            kept.append(one)
    return Supersession(
        taken=tuple(new.values()), replaced=tuple(replaced), deleted=tuple(deleted), kept=tuple(kept)
    )


def _by_key(lists: Iterable[DeclarationList]) -> dict[tuple[str, Month, Category], DeclarationList]:
    found: dict[tuple[str, Month, Category], DeclarationList] = {}
    for one in lists:
        key = (one.contract, one.month, one.category)
        if key in found:
            raise ValueError(f"two lists {one.category} of contract {one.contract} for {one.month}")
        found[key] = one
    return found
