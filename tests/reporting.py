"""Small reports for tests: valid by default, each position changed as the test needs it."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rozlicz.kernel.identifiers import pesel_check_digit
from rozlicz.messages.header import Header, new_header
from rozlicz.messages.services import (
    Diagnosis,
    Entitlement,
    Patient,
    Position,
    Service,
    ServiceSet,
    SettledUnder,
)
from rozlicz.messages.swiad.writer import SwiadWriter
from tests import world


def pesel(number: int, born: date = date(1970, 5, 17)) -> str:
    """The PESEL of somebody who does not exist; different numbers below 10,000 give different ones."""
    month = born.month + (20 if born.year >= 2000 else 0)
    ten = f"{born.year % 100:02d}{month:02d}{born.day:02d}{number:04d}"
    return ten + pesel_check_digit(ten)


CONFIRMED = Entitlement(basis="1", document="EWUS", number="12345678901234567890")
"""An insured person whose right eWUŚ confirmed."""


PERSON_FROM_GERMANY = Patient(
    id_type="T", id="C01X00T47", sex="K", birth_date="1980-02-01", surname="Muster", first_name="Erika"
)


@dataclass(frozen=True, kw_only=True)
class Reported:
    """One service with one position: a visit of one unit unless the test says otherwise."""

    service_id: str
    version: int = 1
    deleted: bool = False
    day: str = "2026-10-05"
    month: str = "2026-10"
    units: str = "1.0000"
    scope: str = world.NEUROLOGY
    distinguisher: int = 1
    product: str = world.VISIT
    contract: str = world.contract().code
    patient: Patient | None = None
    entitlement: Entitlement = CONFIRMED


def header(party: world.Party = world.CLINIC, *, generation: int = 1, at: datetime | None = None) -> Header:
    """The header of a report of the clinic."""
    return new_header(
        kind="SWIAD",
        receiver="05",
        sender=party.code,
        installation=world.LONG_INSTALLATION,
        generation=generation,
        generated_at=at or datetime(2026, 11, 5, 11, 0),
    )


def report(services: Iterable[Reported], *, generation: int = 1, of: Header | None = None) -> bytes:
    """The report as a message."""
    target = io.BytesIO()
    with SwiadWriter(target, of or header(generation=generation)) as writer:
        for number, one in enumerate(services):
            insured = Patient(id=pesel(number % 10_000, date(1950 + number // 10_000, 5, 17)))
            writer.write_service(_service(one), of=ServiceSet(patient=one.patient or insured))
    return target.getvalue()


def _service(one: Reported) -> Service:
    if one.deleted:
        return Service(id=one.service_id, version=str(one.version), deleted=True)
    position = Position(
        number="1",
        scope=one.scope,
        distinguisher=str(one.distinguisher),
        product=one.product,
        actual_multiplicity=one.units,
        multiplicity=one.units,
    )
    return Service(
        id=one.service_id,
        version=str(one.version),
        code="15.1220",
        admission_mode="6",
        date_from=one.day,
        date_to=one.day,
        diagnoses=(Diagnosis(code="G43"),),
        cell=world.CELL,
        staff_id_type="1",
        staff_id="2999999",
        referral_issuer="2888888",
        referral_date="2026-01-07",
        entitlement=one.entitlement,
        settled=(SettledUnder(contract=one.contract, month=one.month, positions=(position,)),),
    )
