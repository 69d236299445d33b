"""docs/mission.md tells the truth at least about what it names: every demand once, every file that is there."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent.parent
LINES = [line for line in (HERE / "docs/mission.md").read_text().splitlines() if re.match(r"\| [PR]\d", line)]
STATES = {"works", "partly", "not yet"}


def test_every_demand_has_exactly_one_line() -> None:
    numbers = [line.split("|")[1].strip() for line in LINES]
    assert numbers == [f"P{n}" for n in range(1, 12)] + [f"R{n}" for n in range(1, 68)]


def test_every_state_is_one_of_three_and_what_works_names_its_test() -> None:
    for line in LINES:
        state = line.split("|")[2].strip()
        assert state in STATES, line
        assert state != "works" or "`tests/" in line, line


def test_every_file_it_names_is_there() -> None:
    for line in LINES:
        for name in re.findall(r"`((?:tests|src)/[^`]+)`", line):
            assert (HERE / name).exists(), f"{name}: {line}"
