"""What a spa reports of one round, or of one month of outpatient treatment, stay by stay (R36–R38, R41–R47).

Days are calendar days in Poland. Moments are Polish time to the second, without a zone; of the hour that comes
twice when the clocks go back, the first is meant. Nothing here is checked against anything else: that a discharge
before its arrival, or a leave without consent, is a fault of that one stay is for verification to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rozlicz.kernel.months import Month
from rozlicz.messages.persons import EntitlementDocument, Person


class SpaTreatment(StrEnum):
    """Kinds of spa treatment (R36, R48). The letters are this house's own."""

    SPA_HOSPITAL = "SZ"
    SANATORIUM = "SA"
    REHABILITATION_IN_SPA_HOSPITAL = "RS"
    REHABILITATION_IN_SANATORIUM = "RA"
    OUTPATIENT_ADULTS = "AD"
    OUTPATIENT_CHILDREN = "AZ"

    @property
    def is_outpatient(self) -> bool:
        """Whether it is reported by month; the others are by round."""
        return self in {SpaTreatment.OUTPATIENT_ADULTS, SpaTreatment.OUTPATIENT_CHILDREN}


class SpaExemption(StrEnum):
    """Why a patient pays nothing for board and lodging in a sanatorium (R42)."""

    CHILD = "child"
    IN_EDUCATION = "in-education"
    SEVERE_DISABILITY = "severe-disability"
    ASBESTOS = "asbestos"


class RoomKind(StrEnum):
    """Beds of a room and how its bathroom is: the nine standards for which a patient's daily payment is set.

    A studio shares one full bathroom among several rooms. The codes are this house's own.
    """

    SINGLE_FULL_BATHROOM = "1-PW"
    SINGLE_STUDIO = "1-ST"
    SINGLE_PLAIN = "1-BW"
    DOUBLE_FULL_BATHROOM = "2-PW"
    DOUBLE_STUDIO = "2-ST"
    DOUBLE_PLAIN = "2-BW"
    SHARED_FULL_BATHROOM = "W-PW"
    SHARED_STUDIO = "W-ST"
    SHARED_PLAIN = "W-BW"


class ConsentGivenBy(StrEnum):
    """In what capacity somebody lets a patient go on leave (R46). The letters are this house's own."""

    HEAD_OF_UNIT = "D"
    AUTHORISED_BY_HEAD = "U"


class ExemptionProof(StrEnum):
    """A document behind the statement of exemption (R44, R49), by the codes that attachments of bills have."""

    DISABILITY_CERTIFICATE = "DIS"
    ASBESTOS_DOCUMENT = "ASB"
    EDUCATION_DOCUMENT = "EDU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A round (turnus) as it was planned: nothing before `begins_on` or after `ends_on` is financed (R46)."""

    number: str
    treatment: SpaTreatment
    begins_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OutpatientMonth:
    """A month of outpatient treatment: it concerns patients whose treatment ended in it (R48)."""

    treatment: SpaTreatment
    month: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaReferral:
    """A referral (skierowanie) by its number, and the branch that confirmed it, which may be another one (R39)."""

    number: str
    confirmed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """Who let a patient go on leave, in what capacity, and when (R46)."""

    given_by: str
    capacity: ConsentGivenBy
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A time away during a stay: with consent a leave (przepustka, R46), without it a matter of R39.

    `ends_at` is None when the patient did not come back.
    """

    begins_at: datetime
    ends_at: datetime | None
    consent: Consent | None = None

    @property
    def is_leave(self) -> bool:
        """Whether it was consented to."""
        return self.consent is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A procedure by its ICD-9 code, and how often it was given that day (R47)."""

    code: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentDay:
    """What a patient was given on one day. In outpatient treatment these are the days of treatment."""

    day: date
    procedures: tuple[Procedure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomUse:
    """A room a patient lived in from one day to another, both included."""

    kind: RoomKind
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofOfExemption:
    """A document that the statement of exemption names; `valid_to` is None when it holds without end."""

    kind: ExemptionProof
    number: str
    issued_on: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """Why the Fund and not the patient pays board and lodging, by the statement after annex 4 (R42, R44).

    `statement_number` is the provider's own.
    """

    ground: SpaExemption
    statement_number: str
    stated_on: date
    proofs: tuple[ProofOfExemption, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianStay:
    """The stay of a guardian of a child or of a disabled person. It is never financed (R41)."""

    person: Person
    arrived_on: date
    discharged_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One patient's stay, or outpatient treatment, as it really was.

    `number` is the provider's, once only in a report. `cell` is the technical code of the organisational cell.
    `diagnoses` are ICD-10 codes, the main one first. `discharge_mode` is the code of the regulation (1 end of
    treatment, 6 at own request, 7 left arbitrarily, 9 death). Who has no `exemption` pays board and lodging alone;
    who has no `entitlement` is insured in Poland. `product` is the person-day's unit product, empty where the
    contract names none. `exchange_offer` is the number of the offer through which the patient got a place that
    another one left empty (R40). `line` is the stay's line in the file it was read from, 0 when in none.
    """

    number: str
    referral: SpaReferral
    patient: Person
    cell: str
    arrived_on: date
    discharged_on: date
    discharge_mode: str
    diagnoses: tuple[str, ...] = ()
    absences: tuple[Absence, ...] = ()
    days: tuple[TreatmentDay, ...] = ()
    rooms: tuple[RoomUse, ...] = ()
    exemption: Exemption | None = None
    guardians: tuple[GuardianStay, ...] = ()
    entitlement: EntitlementDocument | None = None
    product: str = ""
    exchange_offer: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StayReport:
    """The statistical report of one scope of one contract for one round or month (R37).

    `number` is the provider's and stays the same through all versions. A higher version replaces the one before as a
    whole: a stay that it lacks is deleted. One that is `withdrawn` deletes everything and has no stays. `reason` says
    why a later version was made. `line` is the report's line in the file it was read from, 0 when in none.
    """

    number: str
    version: int
    contract: str
    scope: str
    distinguisher: int
    period: Round | OutpatientMonth
    stays: tuple[Stay, ...]
    withdrawn: bool = False
    reason: str = ""
    line: int = field(default=0, compare=False)
