"""The same thing twice, corrections and deletions."""

from __future__ import annotations

import json

import polars as pl
import pytest

from tests.verification.cases import Case, assert_holds, case, right, wrong
from tests.verification.reports import check, checker, codes, deletion, foreigner, parameters, report, visit


class Before:
    """A history in two tables: services with their latest version, and duplicate keys with their services."""

    def __init__(self, versions: dict[str, int], keys: dict[str, list[str]] | None = None) -> None:
        self._versions = versions
        self._keys = keys or {}
        self.asked = 0

    def latest_versions(self, service_ids: pl.Series) -> pl.DataFrame:
        self.asked += 1
        assert not service_ids.is_duplicated().any()
        known = [(name, self._versions[name]) for name in service_ids if name in self._versions]
        return pl.DataFrame(known, schema={"service_id": pl.String, "latest_version": pl.Int64}, orient="row")

    def same_service(self, keys: pl.DataFrame) -> pl.DataFrame:
        self.asked += 1
        found = [(row, other) for row, key in keys.iter_rows() for other in self._keys.get(key, [])]
        return pl.DataFrame(found, schema={"row": pl.Int64, "other_service_id": pl.String}, orient="row")


REPORTED = Before({"S1": 2, "S2": 2, "S3": 9})
ONE_DAY = "P|44051499774|02.1220.001.02|5.30.00.0000011|2026-10-05|2026-10-05"

CASES = [
    case(
        "59908001",
        "one position twice in its service",
        right(visit(service_id="A", position="1")),
        right(visit(service_id="A", position="2")),
        wrong(visit(service_id="A", position="1")),
        right(visit(service_id="A", position="3")),
        right(visit(service_id="B", position="1")),
    ),
    case(
        "59908001",
        "one service in two places, whatever the positions",
        right(visit(service_id="A", position="1")),
        right(visit(service_id="B", position="1")),
        wrong(visit(service_id="A", position="1")),
        wrong(visit(service_id="A", position="2")),
        wrong(visit(service_id="B", position="7")),
    ),
    case("59908001", "one deletion twice", right(deletion("A")), wrong(deletion("A"))),
    case(
        "59908002",
        "one identifier for two patients, two days, two versions",
        right(visit(service_id="A")),
        wrong(visit(service_id="A", position="2", diagnosis="I10")),
        wrong(visit(service_id="A", position="3", date_from="2026-10-06", date_to="2026-10-06")),
        wrong(visit(service_id="A", position="4", service_version="2")),
        right(visit(service_id="A", position="5")),
        wrong(foreigner(service_id="A", position="6")),
        right(visit(service_id="B")),
        wrong(visit(service_id="A", diagnosis="I10")),
    ),
    case(
        "59908002",
        "a service and its deletion in one report",
        right(visit(service_id="A")),
        wrong(deletion("A")),
    ),
    case(
        "59908003",
        "two visits on a day: a warning",
        right(visit(service_id="A")),
        right(visit(service_id="A", position="2")),
        wrong(visit(service_id="B")),
        right(visit(service_id="C", date_from="2026-10-06", date_to="2026-10-06")),
        right(visit(service_id="D", multiplicity="0")),
    ),
    case(
        "59908004",
        "a correction has a higher version",
        wrong(visit(service_id="S1", service_version="1")),
        wrong(visit(service_id="S2", service_version="2")),
        wrong(deletion("S3", service_version="9")),
        right(visit(service_id="S4", service_version="1")),
        history=REPORTED,
    ),
    case(
        "59908004",
        "corrections that replace what was accepted",
        right(visit(service_id="S1", service_version="3")),
        right(deletion("S3", service_version="10")),
        history=REPORTED,
    ),
    case(
        "59908005",
        "the same visit was reported before under another identifier: a warning",
        wrong(visit(service_id="NEW")),
        right(visit(service_id="NEW2", date_from="2026-10-06", date_to="2026-10-06")),
        history=Before({}, {ONE_DAY: ["NEW", "OLD", "OLDER"]}),
    ),
    case(
        "59908005",
        "the earlier version of itself is no other service",
        right(visit(service_id="OLD", service_version="2")),
        history=Before({"OLD": 1}, {ONE_DAY: ["OLD"]}),
    ),
    case(
        "59908006",
        "deletion of what was never accepted",
        wrong(deletion("S8")),
        right(deletion("S1", service_version="3")),
        history=REPORTED,
    ),
    case(
        "59908007",
        "a deletion carries nothing",
        wrong(deletion("S8", position="1")),
        wrong(deletion("S9", product="5.30.00.0000011")),
        right(deletion("S1")),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rules_about_repetition_and_versions(case: Case) -> None:
    assert_holds(case)


def test_two_visits_on_a_day_are_accepted() -> None:
    checked = check(report(visit(), visit()))
    assert codes(checked) == {2: {"59908003"}}
    assert checked.positions["accepted"].to_list() == [True, True]
    assert parameters(checked, "59908003") == [{"first": "1"}]


def test_what_was_reported_before_is_named() -> None:
    history = Before({}, {ONE_DAY: ["Z", "OLD"]})
    checked = check(report(visit()), history=history)
    assert parameters(checked, "59908005") == [{"other": "OLD"}]
    assert history.asked == 2


def test_off_line_nothing_is_said_about_earlier_reports() -> None:
    assert codes(check(report(deletion("S1"), visit(service_version="1")))) == {}


def test_each_repetition_names_the_first_position() -> None:
    checked = check(report(visit(service_id="A"), visit(service_id="A"), visit(service_id="A")))
    assert [values["first"] for values in parameters(checked, "59908001")] == ["1", "1"]
    assert checked.positions["accepted"].to_list() == [True, False, False]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_a_service_that_goes_on_in_the_next_batch_is_one_service(size: int) -> None:
    rows = [visit(service_id="A", position=number) for number in ("1", "2", "3", "2", "4", "5")]
    frame = report(visit(service_id="Z", date_from="2026-10-06", date_to="2026-10-06"), *rows)
    one = checker()
    found = [one.check(frame[start : start + size]) for start in range(0, frame.height, size)]
    findings = pl.concat([part.findings for part in found])
    assert findings.select("row", "code").rows() == [(5, "59908001")]
    assert json.loads(findings["parameters"][0])["first"] == "3"
