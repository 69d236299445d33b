"""Cases of rules as documents: a tiny report whose rows say which is wrong, beside a neighbour that is right.

Each wrong row must have exactly the one finding the case is about, and each right row none.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from rozlicz.messages.contracts import Contract
from rozlicz.verification.findings import remedy, sentence
from tests.verification.reports import Row, check, codes, parameters, report

_LIKE_SERVICE = "59908003"
"""Neighbours are the same patient on the same day: what is pointed out about that is left aside."""


@dataclass(frozen=True)
class Marked:
    row: Row
    is_wrong: bool


def wrong(row: Row) -> Marked:
    return Marked(row, is_wrong=True)


def right(row: Row) -> Marked:
    return Marked(row, is_wrong=False)


@dataclass(frozen=True)
class Case:
    code: str
    why: str
    rows: tuple[Marked, ...]
    contracts: tuple[Contract, ...] = ()
    also: frozenset[str] = frozenset()
    circumstances: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} {self.why}"


def case(
    code: str,
    why: str,
    *rows: Marked,
    contracts: tuple[Contract, ...] = (),
    also: Collection[str] = (),
    **circumstances: Any,
) -> Case:
    """`also`: rules that the same fault cannot but break. `circumstances`: received_on, history, provider."""
    return Case(code, why, rows, contracts, frozenset(also), circumstances)


def assert_holds(case: Case) -> None:
    """The wrong rows have the finding, the right ones none, and the finding can be said in both languages."""
    checked = check(report(*(one.row for one in case.rows)), *case.contracts, **case.circumstances)
    expected = {
        number: {case.code, *case.also} for number, one in enumerate(case.rows, start=1) if one.is_wrong
    }
    found = codes(checked)
    if case.code != _LIKE_SERVICE:
        found = {row: rest for row, all_of in found.items() if (rest := all_of - {_LIKE_SERVICE})}
    assert found == expected
    for values in parameters(checked, case.code):
        for text in (sentence(case.code, values), remedy(case.code, values)):
            assert "" not in (text.pl, text.en)
            assert "{" not in text.pl + text.en
