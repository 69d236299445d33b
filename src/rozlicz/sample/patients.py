"""Patients: persons who do not exist, with what entitles them to services.

Most are insured and confirmed in eWUŚ. Small shares have a statement, a mayor's decision, or are insured in
another state with a European card or a certificate S1: they are billed one by one (R57–R61). Codes of the basis
(1 insured, 2 decision, 3 coordination) are of the sample; the Fund's dictionary was not seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rozlicz.sample.dice import Dice
from rozlicz.sample.people import People, Person

INSURED = "insured"
STATEMENT = "statement"
DECISION = "decision"
CARD = "card"
CERTIFICATE = "certificate"

_STATES = ("DE", "CZ", "FR", "NL", "IE", "SK", "LT", "NO", "GB")
_STATEMENT_SHARE = 0.01
_NOTHING: dict[str, str | None] = dict.fromkeys(
    (
        "entitlement_basis",
        "entitlement_document",
        "entitlement_number",
        "entitlement_country",
        "entitlement_from",
        "entitlement_to",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Shares of patients: insured in another state (`coordinated`), and on a mayor's decision (`decisions`)."""

    coordinated: float = 0.0
    decisions: float = 0.0


class Patient:
    """A person as a report names the patient; `kind` is how the right to services is shown."""

    __slots__ = ("birth", "columns", "kind", "person", "sex")

    def __init__(self, person: Person, kind: str) -> None:
        self.person = person
        self.kind = kind
        self.birth = person.birth
        self.sex = person.sex
        foreign = kind in (CARD, CERTIFICATE)
        surname, first_name = person.names if foreign else (None, None)
        self.columns: dict[str, str | None] = {
            "patient_id_type": "P" if not foreign else "I" if kind == CARD else "T",
            "patient_id": person.pesel if not foreign else self.document,
            "patient_sex": person.sex if foreign else None,
            "patient_birth_date": person.birth.isoformat() if foreign else None,
            "patient_surname": surname,
            "patient_first_name": first_name,
        }

    @property
    def document(self) -> str:
        """The number of an identity document: different for every person."""
        return f"{self.state}{self.birth:%Y%j}{self.person.serial:04d}"

    @property
    def state(self) -> str:
        """Where a person under coordination is insured."""
        return _STATES[self.person.serial % len(_STATES)]

    def entitlement(self, day: date, dice: Dice) -> dict[str, str | None]:
        """What a service that begins on a day says about the right to it; documents are valid for 60 days on."""
        if self.kind == INSURED:
            number = f"{day:%y%m%d}{dice.below(10**14):014d}"
            return _NOTHING | {
                "entitlement_basis": "1",
                "entitlement_document": "EWUS",
                "entitlement_number": number,
            }
        if self.kind == STATEMENT:
            number = f"OSW/{day:%y%m%d}/{dice.digits(6)}"
            return _NOTHING | {
                "entitlement_basis": "1",
                "entitlement_document": "OSW",
                "entitlement_number": number,
            }
        since, until = day - timedelta(days=dice.between(0, 20)), day + timedelta(days=dice.between(60, 70))
        if self.kind == DECISION:
            return _NOTHING | {
                "entitlement_basis": "2",
                "entitlement_document": "DEC",
                "entitlement_number": f"OPS.5010.{self.person.serial}.{day.year}",
                "entitlement_from": since.isoformat(),
                "entitlement_to": until.isoformat(),
            }
        return {
            "entitlement_basis": "3",
            "entitlement_document": "EKUZ" if self.kind == CARD else "S1",
            "entitlement_number": f"80{self.birth:%y%m%d}{self.person.serial:04d}{dice.digits(8)}",
            "entitlement_country": self.state,
            "entitlement_from": since.isoformat(),
            "entitlement_to": until.isoformat(),
        }


class Patients:
    """An endless supply of different patients with these shares of kinds."""

    def __init__(self, dice: Dice, people: People, shares: Shares) -> None:
        self._dice = dice
        self.people = people
        self._coordinated = shares.coordinated
        self._decisions = shares.coordinated + shares.decisions
        self._statements = self._decisions + _STATEMENT_SHARE

    def next(self, kind: str = "") -> Patient:
        """The next patient; of a kind, if one is named."""
        return self.of(self.people.next(), kind)

    def of(self, person: Person, kind: str = "") -> Patient:
        """A person as a patient; of a kind, if one is named."""
        return Patient(person, kind or self._kind())

    def _kind(self) -> str:
        drawn = self._dice.random()
        if drawn >= self._statements:
            return INSURED
        if drawn < self._coordinated:
            return CARD if self._dice.chance(0.75) else CERTIFICATE
        return DECISION if drawn < self._decisions else STATEMENT
