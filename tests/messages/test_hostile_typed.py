"""What is hostile to a reader of columns is refused by a reader of typed values alike, soon and in little memory."""

import io
import tracemalloc
from pathlib import Path

import pytest

from rozlicz.messages.envelope import MessageRefused
from rozlicz.messages.swiad_typed import ServiceReader
from tests.messages.test_hostile import (
    CASES,
    ENDLESS,
    MEMORY,
    POSITION,
    hostile_streams,
    in_service,
    refusal_of,
)

# One value of a service is held once here, and not in each of its rows; streams can be read once only.
NOT_HERE = {"values without end", *ENDLESS}


def read_report(source: object) -> int:
    with ServiceReader(source) as reader:
        return sum(1 for _ in reader)


@pytest.mark.parametrize("name", sorted(CASES.keys() - NOT_HERE))
def test_a_hostile_report_is_refused_soon(name: str, tmp_path: Path) -> None:
    make, code = CASES[name]
    refusal = refusal_of(read_report, make(tmp_path))
    assert refusal.code == code, str(refusal)


@pytest.mark.parametrize("name", hostile_streams())
def test_memory_stays_flat(name: str) -> None:
    tracemalloc.start()
    with pytest.raises(MessageRefused):
        read_report(hostile_streams()[name])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MEMORY


def test_a_report_that_is_not_hostile_is_read() -> None:
    assert read_report(io.BytesIO(in_service(POSITION))) == 1
