"""What the branch's lists of coordination are made of: accepted bills, what they hold of persons, entries (R67)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import Grosze
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.messages.persons import EntitlementDocument, Person
from rozlicz.messages.templates import CalculatedBy, Template
from rozlicz.settlement.coordination import BillKind, Method

_COLLECTIVE = (CalculatedBy.DECLARATIONS, CalculatedBy.DMP_PRIMARY_CARE)

BILL_NAMES: dict[BillKind, Text] = {
    BillKind.GENERAL: Text(pl="rachunek ogólny", en="general bill"),
    BillKind.COLLECTIVE: Text(pl="zbiorczy rachunek kapitacji", en="collective bill of capitation"),
    BillKind.INDIVIDUAL: Text(pl="rachunek tej osoby", en="that person's bill"),
}


class BillId(NamedTuple):
    """A bill: numbers are unique with one provider (its code) only."""

    provider: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedBill:
    """A bill the branch accepted, by its number, and the template whose amount it has."""

    number: str
    template: Template

    @property
    def id(self) -> BillId:
        """Provider and number."""
        return BillId(self.template.provider, self.number)

    @property
    def kind(self) -> BillKind:
        """Whose bill it is, as its template says."""
        if self.template.person:
            return BillKind.INDIVIDUAL
        collective = self.template.calculated_by in _COLLECTIVE
        return BillKind.COLLECTIVE if collective else BillKind.GENERAL


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledService:
    """What a bill holds of a service (or of several) to one person in a reporting month, in grosze.

    In a correcting bill it is as in the bill that is corrected, with a negative amount where something is taken back.
    Services to persons insured in Poland may be given too; nothing is claimed for them.
    """

    bill: BillId
    document: EntitlementDocument
    month: Month
    first_day: date
    last_day: date
    amount: Grosze
    method: Method = Method.UNIT_PRICE
    on_list: bool = True
    person: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntry:
    """One person on one bill: the document, the days between which the services lie, how many, their cost in grosze.

    `kind` of the bill and `basis` say why the person is on this list. On E-127 the amount is for information: what is
    claimed there is a lump sum for each person, which both states agree on.
    """

    bill: BillId
    template: int
    kind: BillKind
    document: EntitlementDocument
    person: Person | None
    first_day: date
    last_day: date
    services: int
    amount: Grosze
    basis: Basis
