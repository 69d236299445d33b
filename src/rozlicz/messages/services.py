"""Services as a provider reports them, ready to be written into a report (SWIAD).

Every value is the text that will stand in the file, None where the attribute is not written: a report may
also carry what is wrong, and whether it is wrong is for verification to say. What each value means stands with the
column of the same name in `swiad_columns`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who was treated. Sex, birth date and names are written without PESEL or under EU coordination only."""

    id_type: str | None = "P"
    id: str | None = None
    sex: str | None = None
    birth_date: str | None = None
    surname: str | None = None
    first_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSet:
    """A set of services of one patient: ambulatory (`A`) or stationary (`S`).

    The modes belong to stationary sets; in ambulatory ones the mode stands on each service.
    """

    patient: Patient | None
    type: str | None = "A"
    admission_mode: str | None = None
    discharge_mode: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """The right to the service: its basis, and the document that shows it.

    `document` is EWUS, OSW (the patient's statement), DEC, EKUZ, CERT, S1, E106, …
    """

    basis: str | None = None
    document: str | None = None
    number: str | None = None
    country: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedCoefficient:
    """A special settlement code and the value that was used: `R01`, `1.2`."""

    code: str
    value: str


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
    """One service of a set. A deleted one carries its identifier and version only."""

    id: str | None
    version: str | None = "1"
    deleted: bool = False
    code: str | None = None
    admission_mode: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    diagnosis: str | None = None
    cell: str | None = None
    staff_id_type: str | None = None
    staff_id: str | None = None
    referral_issuer: str | None = None
    referral_date: str | None = None
    entitlement: Entitlement | None = None
    settled: tuple[SettledUnder, ...] = ()
