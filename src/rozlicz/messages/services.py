"""Services as a provider reports them, complete: what a report of services (SWIAD, AMBSZP) can say.

Every value is the text that stands in the file, None where the attribute is not written: a report may also carry
what is wrong, and whether it is wrong is for verification to say. Days are written 2026-10-31, months 2026-10,
moments 2026-10-31T12:30:00, decimals with a point. What a value means stands with the column of the same name in
`swiad.columns`, or else here. Numbers of notices are those of nfz.gov.pl.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who was treated. Sex, birth date and names are written without PESEL or under EU coordination only.

    `country` is the state that issued the identifier (two letters), where it is no PESEL; UA for persons from
    Ukraine (notice 8191).
    """

    id_type: str | None = "P"
    id: str | None = None
    country: str | None = None
    sex: str | None = None
    birth_date: str | None = None
    surname: str | None = None
    first_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSet:
    """A set of services of one patient: ambulatory (`A`) or stationary (`S`).

    The stay belongs to stationary sets: number in the main book of admissions, modes and days of admission and
    discharge (codes of annexes 4 and 5 to the regulation on information, Dz.U. 2019 poz. 1207). In ambulatory sets
    the mode stands on each service (notice 8524).
    """

    patient: Patient | None
    type: str | None = "A"
    book_number: str | None = None
    admission_mode: str | None = None
    admitted_on: str | None = None
    discharge_mode: str | None = None
    discharged_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """The right to the service: its basis, and the document that shows it.

    `basis` is a code of up to two digits (10: persons from Ukraine, notice 8188). `document` is EWUS, OSW (the
    patient's statement), POBYT (residence card), DEC, EKUZ, CERT, S1, E106, …; the other fields tell of it. An
    electronic document has at most a number and a `system` that issued it. A statement was made on `issued_on`, and
    has days of validity only when that is not the day of the service (notice 8188); it has a kind (OSE, …, up to
    three letters), and the identity document of who made it where that is not the patient. Every other document may
    have the institution that issued it and the person who signed it.
    """

    basis: str | None = None
    document: str | None = None
    number: str | None = None
    country: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    issued_on: str | None = None
    issued_by: str | None = None
    issuing_person: str | None = None
    system: str | None = None
    statement_kind: str | None = None
    declarer_document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """A diagnosis: its code, of ICD-10 unless `classification` names another (ORPHANET, notice 6649).

    `stage` is the clinical stage of a cancer (condition 51001018).
    """

    code: str | None
    classification: str | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Infection:
    """An infection found during the stay, by the code of its cause (conditions 50501034 and 50501035)."""

    cause: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A procedure that was done: its code of ICD-9, the day, how many times (condition 50613001)."""

    code: str | None
    date: str | None = None
    multiplicity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Continuation:
    """The service continues a treatment (specialist ambulatory care, notice 6649) that began on that day."""

    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accommodation:
    """Accommodation during the treatment: its kind, a code of the provider's program, and its days."""

    type: str | None = None
    date_from: str | None = None
    date_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Performer:
    """One of all who performed the service (notice 8344): profession (table 1 of annex 3 to the regulation).

    `id_type` is 1 for the number of a licence, 2 for a PESEL; `id` up to 24 characters.
    """

    profession: str | None = None
    id_type: str | None
    id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cardiology:
    """Interventional cardiology (notice 8166): `ejection_fraction` of the left ventricle, per cent, two digits."""

    ejection_fraction: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """An assessment of the patient in a scale, and its result (condition 50601073)."""

    scale: str | None
    result: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehabilitation:
    """Stationary rehabilitation, or bypass surgery (notice 8166).

    Months since the onset (children's neurological), days from the discharge out of acute care to the admission,
    class in the scale NYHA, and assessments in scales.
    """

    months_since_onset: str | None = None
    days_to_admission: str | None = None
    nyha: str | None = None
    assessments: tuple[Assessment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPosition:
    """A position of a contract: scope (14 characters) and distinguishing number, in contracts of the type 19/4.

    `contract` is the technical code of the contract, where the provider has several with that scope.
    """

    scope: str | None
    distinguisher: str | None
    contract: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """An examination that was done: its number in the set (up to 999), day, code and multiplicity (up to 99).

    The day lies in the period of the report; the code has up to 16 characters.
    """

    number: str | None = None
    performed_on: str | None
    code: str | None
    multiplicity: str | None
    position: ContractPosition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedCoefficient:
    """A special settlement code and the value that was used: `R01`, `1.2`."""

    code: str | None
    value: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One settlement position of a service."""

    number: str | None
    scope: str | None
    distinguisher: str | None
    product: str | None
    actual_multiplicity: str | None
    multiplicity: str | None
    coefficients: tuple[UsedCoefficient, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledUnder:
    """Positions of one service under one contract (its technical code) and reporting month (2026-10)."""

    contract: str | None
    month: str | None
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service of a set. A deleted one carries its identifier, version and code only.

    `admitted_at`, `discharged_at` (moments) and `admission_reason` belong to emergency wards and vascular surgery
    (notice 6649). The first diagnosis is the principal one, the others coexist with it. `referral_issuer` is the
    licence number of who referred, `referral_profession` the profession, `referral_unit` the REGON of where.
    `staff_id` is who performed the service, `all_staff` everybody who did, where the Fund asks for it.
    `examinations` are those of primary care (notice 6649).
    """

    id: str | None
    version: str | None = "1"
    deleted: bool = False
    code: str | None = None
    admission_mode: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    admitted_at: str | None = None
    discharged_at: str | None = None
    admission_reason: str | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    infections: tuple[Infection, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    referral_issuer: str | None = None
    referral_profession: str | None = None
    referral_date: str | None = None
    referral_number: str | None = None
    referral_unit: str | None = None
    continuation: Continuation | None = None
    accommodation: Accommodation | None = None
    cell: str | None = None
    staff_id_type: str | None = None
    staff_id: str | None = None
    all_staff: tuple[Performer, ...] = ()
    cardiology: Cardiology | None = None
    rehabilitation: Rehabilitation | None = None
    entitlement: Entitlement | None = None
    examinations: tuple[Examination, ...] = ()
    settled: tuple[SettledUnder, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedService:
    """A service and the set it stands in, as a report gives them."""

    of: ServiceSet
    service: Service
