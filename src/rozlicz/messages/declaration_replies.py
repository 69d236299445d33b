"""What the payer answers to a report of declarations: which are wrong, which are not recognised, how many are paid.

Three messages, in the order of the work: the confirmation (P_DEKL) after the form was checked, the unrecognised
(W_DEKL) after the persons were verified, the numbers (R_DEKL) by which the month is billed (R25–R27).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.kernel.money import Units
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.messages.declarations import Category, DeclarationList, Supersession
from rozlicz.messages.persons import EntitlementDocument, Person
from rozlicz.messages.replies import Receipt, ReplyFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class ListResult:
    """What became of one list: its version, how many of its declarations passed and how many did not.

    In the confirmation the form decides, in the other two replies the verification of the persons. `findings` concern
    the list itself; one that is an error means that the list was not taken.
    """

    category: Category
    version: int
    accepted: int
    rejected: int
    findings: tuple[ReplyFinding, ...] = ()

    @property
    def taken(self) -> bool:
        """Whether the list was taken."""
        return all(finding.severity != "error" for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListsReply:
    """The head of all three replies: the receipt of the report, its contract and month, the result of each list.

    `counted_on` is the day of the state that was verified, the first of the month (R25), None in the confirmation.
    """

    receipt: Receipt
    contract: str
    month: Month
    lists: tuple[ListResult, ...]
    counted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongDeclaration:
    """A declaration that cannot be taken, with all its findings; `line` is its line in the report."""

    category: Category
    id: str
    line: int
    findings: tuple[ReplyFinding, ...]


class UnrecognisedReason(StrEnum):
    """Why a declaration does not count for the month. The letters are this house's own.

    `NO_RIGHT`: no right to services on the day counted (since January 2015 the state of eWUŚ, nfz-opole.pl);
    `NEWER_CHOICE`: the person chose somebody else later; `REPEATED`: it stands twice in the provider's lists;
    `TOO_LATE`: declared after the day counted; `NOT_IN_CONTRACT`: the contract lacks professional, place or school.
    """

    UNKNOWN_PERSON = "N"
    DIED = "Z"
    NO_RIGHT = "U"
    NEWER_CHOICE = "W"
    REPEATED = "P"
    TOO_LATE = "T"
    NOT_IN_CONTRACT = "M"
    OTHER = "I"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnrecognisedDeclaration:
    """A declaration that does not count: `reason` for programs, `findings` for people.

    `line` is its line in the report. `since` is the day from which the reason holds (of the newer choice, of death),
    None where there is none.
    """

    category: Category
    id: str
    line: int
    reason: UnrecognisedReason
    findings: tuple[ReplyFinding, ...]
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """How many persons count in one group of one scope: what the capitation of the month is calculated from (R24).

    `scope` and `distinguisher` name the position of the contract, `group` the code of its capitation group, `name`
    the group in Polish words; `coefficient` ×10,000. `persons` are all recognised, of whom `certificate_holders` are
    insured in another state and listed one by one.
    """

    category: Category
    scope: str
    distinguisher: int
    group: str
    name: str
    coefficient: Units
    persons: int
    certificate_holders: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """The numbers of a month: one count a group.

    `provisional_from`: the month whose numbers were taken because the lists could not be verified in time; a
    correcting template follows when they are (nfz-lodz.pl 1210). None for the month's own numbers.
    """

    counts: tuple[GroupCount, ...]
    provisional_from: Month | None = None

    @property
    def persons(self) -> int:
        """All persons, in all groups."""
        return sum(count.persons for count in self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateHolder:
    """A person of a group who is insured in another state: what the branch claims by (R57, R61, R67)."""

    category: Category
    scope: str
    distinguisher: int
    group: str
    declaration: str
    person: Person
    document: EntitlementDocument


_BASIS = Text(
    pl="zasady przekazywania list POZ: pełne listy, wyższa wersja zastępuje wcześniejsze (nfz-lodz.pl 1063)",
    en="the rules for primary care lists: full lists, a higher version replaces earlier ones (nfz-lodz.pl 1063)",
)
_STALE = Text(
    pl="Lista {category} za {month} ma wersję {found}, a przyjęto już wersję {standing}. Raportu nie przyjęto.",
    en="The list {category} for {month} has the version {found}; {standing} was taken before: the report is refused.",
)
_RAISE = Text(
    pl="Utwórz raport ze wszystkimi listami umowy, każdą w wersji co najmniej {next}.",
    en="Produce a report with all lists of the contract, each in version {next} or higher.",
)
_DELETED = Text(
    pl="Raport usuwa listę {category} za {month} (wersja {standing}): jest nowszy, a tej listy nie zawiera.",
    en="The report deletes the list {category} for {month} (version {standing}): it is newer and lacks that list.",
)
_SEND_ALL = Text(
    pl="Jeżeli lista ma pozostać, utwórz raport ze wszystkimi listami umowy w wyższej wersji.",
    en="If the list is to stay, produce a report with all lists of the contract in a higher version.",
)


def list_findings(outcome: Supersession) -> tuple[tuple[DeclarationList, ReplyFinding], ...]:
    """What a provider must know of the lists of a report: an error for a stale one, a warning for one it deletes."""
    stale = [
        (
            arriving,
            ReplyFinding(
                code="dekl-list-stale",
                severity="error",
                message=_STALE.filled(**_named(standing), found=arriving.version),
                basis=_BASIS,
                remedy=_RAISE.filled(next=standing.version + 1),
            ),
        )
        for arriving, standing in outcome.stale
    ]
    deleted = [
        (
            standing,
            ReplyFinding(
                code="dekl-list-deleted",
                severity="warning",
                message=_DELETED.filled(**_named(standing)),
                basis=_BASIS,
                remedy=_SEND_ALL,
            ),
        )
        for standing in outcome.deleted
    ]
    return (*stale, *deleted)


def _named(of: DeclarationList) -> dict[str, object]:
    return {"category": CATEGORY_NAMES[of.category], "month": of.month.name, "standing": of.version}


CATEGORY_NAMES: dict[Category, Text] = {
    Category.PHYSICIAN: Text(pl="lekarza POZ", en="of physicians"),
    Category.NURSE: Text(pl="pielęgniarki POZ", en="of nurses"),
    Category.MIDWIFE: Text(pl="położnej POZ", en="of midwives"),
    Category.SCHOOL_MEDICINE: Text(pl="medycyny szkolnej", en="of school medicine"),
    Category.KAOS: Text(pl="KAOS", en="of KAOS"),
}
"""The categories as they follow the word list: “lista lekarza POZ”."""
