"""Reading supplied devices into typed values stays in the neighbourhood of what the parser itself needs."""

import io
from dataclasses import replace

import pytest

from rozlicz.messages.supply import MonthlySupply, SupplyPosition
from rozlicz.messages.zposp import SupplyReader, write_zposp
from tests.messages.speed import times_the_parser
from tests.messages.test_supply import HEADER, SUPPLY

POSITIONS = 5_000
LARGEST_RATIO = 5.0
"""Measured: 3.2 to 3.6, of which the half is making the six values of a position; the rest is patience."""


def report() -> bytes:
    monthly = MonthlySupply(part="1", first_month="2026-10", last_month="2026-12")
    supply = replace(SUPPLY, monthly=monthly)
    target = io.BytesIO()
    positions = (SupplyPosition(id=f"P{number}", supply=supply) for number in range(POSITIONS))
    write_zposp(positions, header=HEADER, target=target)
    return target.getvalue()


def read(content: bytes) -> None:
    assert sum(one.supply is not None for one in SupplyReader(io.BytesIO(content))) == POSITIONS


@pytest.mark.slow
def test_reading_supplies_costs_little_more_than_parsing() -> None:
    assert times_the_parser(read, report()) < LARGEST_RATIO
