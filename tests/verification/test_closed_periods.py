"""Closed months: nothing is reported, corrected or deleted in them but what was unlocked, item by item."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl
import pytest

from rozlicz.verification.closed_periods import ClosedPeriods, UnlockedScope
from rozlicz.verification.findings import remedy, sentence
from tests import world
from tests.verification.cases import Case, assert_holds, case, right, wrong
from tests.verification.reports import check, codes, deletion, parameters, report, visit

CONTRACT = world.contract().code
SEPTEMBER, OCTOBER = 202609, 202610


class Reported:
    """Services reported before in version 1, each in a month of the neurology scope."""

    def __init__(self, months: dict[str, int]) -> None:
        self._months = months

    def latest_versions(self, service_ids: pl.Series) -> pl.DataFrame:
        rows = [(one, 1) for one in service_ids if one in self._months]
        return pl.DataFrame(rows, schema={"service_id": pl.String, "latest_version": pl.Int64}, orient="row")

    def same_service(self, keys: pl.DataFrame) -> pl.DataFrame:
        return pl.DataFrame(schema={"row": pl.Int64, "other_service_id": pl.String})

    def places_in(self, service_ids: pl.Series, months: Collection[int]) -> pl.DataFrame:
        rows = [
            (one, CONTRACT, world.NEUROLOGY, 1, month)
            for one, month in self._months.items()
            if one in set(service_ids) and month in months
        ]
        schema = {
            "service_id": pl.String,
            "contract": pl.String,
            "scope": pl.String,
            "distinguisher_number": pl.Int64,
            "month_number": pl.Int64,
        }
        return pl.DataFrame(rows, schema=schema, orient="row")


def september(service: str, **changes: object) -> dict[str, object]:
    days = {"date_from": "2026-09-10", "date_to": "2026-09-10", "month": "2026-09"}
    return visit(service_id=service, **days, **changes)


def unlocked(*services: str, **changes: object) -> UnlockedScope:
    values = {
        "contract": CONTRACT,
        "scope": world.NEUROLOGY,
        "distinguisher": 1,
        "first": SEPTEMBER,
        "last": SEPTEMBER,
        "services": frozenset(services),
        "adds": True,
    }
    return UnlockedScope(**values | changes)  # type: ignore[arg-type]  # the dictionary's values have many types


def closed(*unlocks: UnlockedScope) -> ClosedPeriods:
    return ClosedPeriods(months=frozenset({SEPTEMBER}), unlocked=unlocks)


MOVED = {"service_version": "2"}

CASES = [
    case(
        "59904008",
        "a closed month beside an open one",
        wrong(september("A")),
        right(visit(service_id="B")),
        closed=closed(),
    ),
    case(
        "59904008",
        "only the named service is unlocked",
        right(september("A")),
        wrong(september("B")),
        closed=closed(unlocked("A")),
    ),
    case(
        "59904008",
        "new services are unlocked, corrections are not",
        right(september("A")),
        wrong(september("S9", **MOVED)),
        history=Reported({"S9": SEPTEMBER}),
        closed=closed(unlocked("A", "S9")),
    ),
    case(
        "59904008",
        "corrections are unlocked, new services are not",
        wrong(september("A")),
        right(september("S9", **MOVED)),
        history=Reported({"S9": SEPTEMBER}),
        closed=closed(unlocked("A", "S9", adds=False, changes=True)),
    ),
    case(
        "59904009",
        "a deletion of what stands in a closed month",
        wrong(deletion("S9")),
        right(deletion("S8")),
        history=Reported({"S9": SEPTEMBER, "S8": OCTOBER}),
        closed=closed(),
    ),
    case(
        "59904009",
        "a deletion that is unlocked, and one that is not",
        right(deletion("S9")),
        wrong(deletion("S8")),
        history=Reported({"S9": SEPTEMBER, "S8": SEPTEMBER}),
        closed=closed(unlocked("S9", adds=False, deletes=True), unlocked("S8", changes=True)),
    ),
    case(
        "59904009",
        "a correction takes a service out of a closed month",
        wrong(visit(service_id="S9", **MOVED)),
        right(visit(service_id="S8", **MOVED)),
        history=Reported({"S9": SEPTEMBER, "S8": OCTOBER}),
        closed=closed(),
    ),
    case(
        "59904009",
        "a correction may take a service out of a closed month that is unlocked for it",
        right(visit(service_id="S9", **MOVED)),
        wrong(visit(service_id="S8", **MOVED)),
        history=Reported({"S9": SEPTEMBER, "S8": SEPTEMBER}),
        closed=closed(unlocked("S9", adds=False, changes=True)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case) -> None:
    assert_holds(case)


@pytest.mark.parametrize(
    "change",
    [
        {"scope": world.CARDIOLOGY},
        {"distinguisher": 2},
        {"contract": "05/050123/AOS/2026/2"},
        {"first": OCTOBER, "last": OCTOBER},
        {"services": frozenset({"B"})},
        {"adds": False, "changes": True},
        {"adds": False, "deletes": True},
    ],
    ids=["scope", "distinguisher", "contract", "months", "services", "changes", "deletes"],
)
def test_an_unlock_of_something_else_opens_nothing(change: dict[str, object]) -> None:
    found = codes(check(report(september("A")), closed=closed(unlocked("A", **change))))
    assert found == {1: {"59904008"}}


def test_nothing_is_closed_by_default() -> None:
    assert codes(check(report(september("A"), deletion("S9")), history=Reported({"S9": SEPTEMBER}))) == {}


def test_the_finding_names_service_and_month_and_the_way_out() -> None:
    checked = check(report(deletion("S9")), history=Reported({"S9": SEPTEMBER}), closed=closed())
    [values] = parameters(checked, "59904009")
    assert values == {"service": "S9", "locked_month": "2026-09"}
    assert "w zamkniętym okresie (wrzesień 2026)" in sentence("59904009", values).pl
    assert "Odblokowanie zamkniętego okresu" in remedy("59904009", values).pl
