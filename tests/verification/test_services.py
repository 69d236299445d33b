"""Each position says which service it belongs to, in which version, and under which number."""

from __future__ import annotations

import pytest

from tests.verification.cases import Case, assert_holds, case, right, wrong
from tests.verification.reports import check, codes, deletion, parameters, report, visit


def test_a_correct_report_has_no_findings() -> None:
    checked = check(report(visit(), visit(date_from="2026-10-06", date_to="2026-10-06")))
    assert codes(checked) == {}
    assert checked.positions["accepted"].to_list() == [True, True]


CASES = [
    case(
        "59901001",
        "identifiers of another form",
        *(wrong(visit(service_id=text)) for text in ("", " S1", "S 1", "Ś1", "A" * 21, "1;2", "S1\n")),
        *(right(visit(service_id=text)) for text in ("1", "A" * 20, "2026/10/000001", "x-1_2.3")),
    ),
    case(
        "59901001",
        "a deletion needs one too",
        wrong(deletion("S 2")),
        right(deletion("S2")),
    ),
    case(
        "59901002",
        "versions are whole numbers from one",
        *(
            wrong(visit(service_version=text))
            for text in (None, "", "0", "01", "1.0", "-1", "1000000", "٣", "1e3")
        ),
        wrong(deletion("A", service_version="x")),
        right(visit(service_version="1")),
        right(visit(service_version="999999")),
    ),
    case(
        "59901003",
        "a position has a number, a deletion has none",
        *(wrong(visit(position=text)) for text in (None, "", "0", "A", "100000")),
        right(visit(position="99999")),
        right(deletion("A")),
    ),
    case(
        "59901004",
        "a set is ambulatory or stationary",
        *(wrong(visit(set_type=text)) for text in (None, "", "B", "a", "AS")),
        right(visit(set_type="A")),
        right(visit(set_type="S", discharge_mode="1")),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rules_about_services_and_positions(case: Case) -> None:
    assert_holds(case)


def test_the_wrong_value_is_told() -> None:
    checked = check(report(visit(service_version="1.0"), visit(service_id="x" * 100)))
    assert parameters(checked, "59901002") == [{"value": "1.0"}]
    assert parameters(checked, "59901001") == [{"value": "x" * 40 + "…"}]
