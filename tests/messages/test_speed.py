"""Reading a report stays in the neighbourhood of what the parser itself needs."""

import io
from datetime import datetime

import pytest

from rozlicz.messages.header import new_header
from rozlicz.messages.services import (
    Diagnosis,
    Entitlement,
    Patient,
    Position,
    Service,
    ServiceSet,
    SettledUnder,
)
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad.writer import SwiadWriter
from tests.messages.speed import times_the_parser

POSITIONS = 10_000
LARGEST_RATIO = 3.0
"""Measured: 1.7 to 1.9 for a report with every element filled; the rest is patience with a busy machine."""


def report() -> bytes:
    target = io.BytesIO()
    header = new_header(
        kind="SWIAD", receiver="05", sender="050123", generation=1, generated_at=datetime(2026, 11, 5)
    )
    with SwiadWriter(target, header) as writer:
        for number in range(POSITIONS):
            position = Position(
                number="1",
                scope="02.1220.001.02",
                distinguisher="1",
                product="5.30.00.0000011",
                actual_multiplicity="1",
                multiplicity="1",
            )
            service = Service(
                id=str(number),
                code="15.1220",
                admission_mode="6",
                date_from="2026-10-05",
                date_to="2026-10-05",
                diagnoses=(Diagnosis(code="G43.0"),),
                cell="001",
                staff_id_type="1",
                staff_id="1234567",
                referral_issuer="1234567",
                referral_date="2026-09-01",
                entitlement=Entitlement(basis="1", document="EWUS", number=f"{number:020}"),
                settled=(SettledUnder(contract="05/1", month="2026-10", positions=(position,)),),
            )
            writer.write_service(service, of=ServiceSet(patient=Patient(id=f"{number:011}")))
    return target.getvalue()


def read(content: bytes) -> None:
    assert sum(frame.height for frame in SwiadReader(io.BytesIO(content))) == POSITIONS


@pytest.mark.slow
def test_reading_costs_little_more_than_parsing() -> None:
    assert times_the_parser(read, report()) < LARGEST_RATIO
