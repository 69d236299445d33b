"""Reading declarations into typed values stays in the neighbourhood of what the parser itself needs."""

import io
from datetime import date, datetime

import pytest

from rozlicz.kernel.months import Month
from rozlicz.messages.declarations import Category, Declaration, DeclarationList
from rozlicz.messages.dekl import DeclarationReader
from rozlicz.messages.dekl.writer import write_dekl
from rozlicz.messages.header import new_header
from rozlicz.messages.persons import Person, PersonIdType
from tests.messages.speed import times_the_parser

DECLARATIONS = 10_000
LARGEST_RATIO = 5.5
"""Measured: 3.6 to 3.9, of which a fifth is making the three values of a declaration; the rest is patience."""


def report() -> bytes:
    november = Month(2026, 11)
    of = DeclarationList(contract="05/1", month=november, category=Category.PHYSICIAN, version=1)
    many = (
        Declaration(
            id=f"D{number:09}",
            made_on=date(2020, 1 + number % 12, 1 + number % 28),
            person=Person(id_type=PersonIdType.PESEL, id=f"{number:011}"),
            professional="5400011",
            place="0599-M1",
            cell="0599-010",
        )
        for number in range(DECLARATIONS)
    )
    header = new_header(
        kind="DEKL", receiver="05", sender="059901", generation=1, generated_at=datetime(2026, 11, 6)
    )
    target = io.BytesIO()
    write_dekl([(of, many)], contract="05/1", month=november, header=header, target=target)
    return target.getvalue()


def read(content: bytes) -> None:
    with DeclarationReader(io.BytesIO(content)) as reader:
        assert sum(one.declaration is not None for one in reader) == DECLARATIONS


@pytest.mark.slow
def test_reading_declarations_costs_little_more_than_parsing() -> None:
    assert times_the_parser(read, report()) < LARGEST_RATIO
