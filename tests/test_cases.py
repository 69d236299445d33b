"""Every named case of the definitions and of the worked examples is held by a test, or is said to come later and why.

The ids stand in the tests themselves: in the id of a parametrised case or in the sentence of a test.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

_NUMBERS = {
    "UP": "01 03a 04b 06 09a 11a 12 14 18 19",
    "PD": "01 02 03 05 08 11 13 14 17",
    "CG": "01 04 06 09 11",
    "CA": "1 5",
    "RT": "01 03 06 07 09 12 14 16 18 20 21",
    "PAY": "01 03 06 07 09 11",
    "AT": "01 02 03 05 07 09 10 12 14 15 17 18 21 23",
    "DUE": "1 3 5 8",
    "PW": "1 2 4 6 7 10",
    "SC": "1 4",
    "SPA": "01 02 03 04 05 06 11 12 17 19 20 30 31 32 35",
    "DEV": "01 02 03 08 09 10 12 13 14 15",
    "CAP": "01 02 03 04 07 08",
    "CAPS": "01 02 05 06 08 11",
    "KOEF": "01 04 05 06 09 10",
    "JGP": "01 02 03",
    "LUMP": "01 02 04 05 07 08 09",
    "DATE": "01 02 03 05 07 08 09 10 11 12 14",
    "KOORD": "01 02",
}
CASES = [f"{kind}-{number}" for kind, numbers in _NUMBERS.items() for number in numbers.split()]

LATER = {
    "DATE-08": "requests to change places come with the provider's potential",
    "DATE-09": "pharmacies have no module yet",
    "DATE-10": "rescue access to drug technologies (RDTL) has no module yet",
    "DATE-11": "since when invoices must be issued in KSeF is decided by the provider's turnover, unknown here",
}
"""Cases without a test, and why."""


def sources() -> str:
    """The text of all other tests."""
    return "\n".join(
        path.read_text(encoding="utf-8") for path in sorted(TESTS.rglob("*.py")) if path != Path(__file__)
    )


def named(case: str, text: str) -> bool:
    """Whether a text names the case itself and not one whose id only begins like it."""
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(case)}(?![0-9a-z])", text) is not None


@pytest.fixture(scope="module")
def all_tests() -> str:
    return sources()


@pytest.mark.slow
def test_every_case_has_a_test_or_a_reason(all_tests: str) -> None:
    without = {case for case in CASES if not named(case, all_tests)}
    assert without == set(LATER)
    assert len(CASES) == len(set(CASES)) == 135


def test_a_case_is_not_taken_for_another() -> None:
    assert named("UP-09a", 'id="UP-09a-R23"')
    assert not named("UP-1", "UP-11a UP-12")
    assert not named("CA-1", "RCA-1 CA-15 CA-1b")
