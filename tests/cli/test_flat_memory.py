"""A report of any size is checked in the same memory, also when every position has findings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import reporting

HERE = Path(__file__).parents[2]
PROGRAM = (
    "import sys; from rozlicz.cli.commands import run; run(sys.argv[1:]); "
    "from tests.memory import peak; print(peak(), file=sys.stderr)"
)


def write_report(positions: int) -> Path:
    """A report whose positions all have a wrong month and a product that is not in their scope."""
    wrong = reporting.Reported(service_id="S-00000001", month="2026-13", product="5.30.00.9999999")
    head, mark, rest = reporting.report([wrong]).partition(b"<zestaw-swiadczen")
    piece, end, tail = rest.partition(b"</zestaw-swiadczen>")
    path = Path(f"{positions}.swx")
    with path.open("wb") as file:
        file.write(head)
        for number in range(positions):
            file.write(mark + piece.replace(b"S-00000001", b"S-%08d" % number) + end)
        file.write(tail)
    return path


def peak_of(report: Path, *more: str) -> int:
    """The largest memory of the check, in MB."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, "report", "check", report, "--contract", "umowa.umx", *more],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(HERE)},
    )
    return int(ended.stderr)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sizes", "way"),
    [((20_000, 70_000), ()), ((20_000, 70_000), ("--json",)), ((12_000, 30_000), ("--xlsx", "w.xlsx"))],
    ids=["page", "json", "xlsx"],
)
def test_more_positions_take_no_more_memory(desk, umowa, sizes, way):
    small, large = (peak_of(write_report(positions), *way) for positions in sizes)
    assert large < 300
    assert large - small < 50
