"""Each position says which service it belongs to, in which version, and under which number."""

from __future__ import annotations

import pytest

from tests.verification.reports import check, codes, deletion, parameters, report, visit


def test_a_correct_report_has_no_findings() -> None:
    checked = check(report(visit(), visit(date_from="2026-10-06", date_to="2026-10-06")))
    assert codes(checked) == {}
    assert checked.positions["accepted"].to_list() == [True, True]


@pytest.mark.parametrize("identifier", ["", " S1", "S 1", "Ś1", "A" * 21, "1;2", "S1\n"])
def test_a_service_identifier_of_another_form_is_told(identifier: str) -> None:
    checked = check(report(visit(service_id=identifier), visit(date_from="2026-10-06", date_to="2026-10-06")))
    assert codes(checked) == {1: {"59901001"}}


@pytest.mark.parametrize("identifier", ["1", "A" * 20, "2026/10/000001", "x-1_2.3"])
def test_usual_service_identifiers_are_right(identifier: str) -> None:
    assert codes(check(report(visit(service_id=identifier)))) == {}


@pytest.mark.parametrize("version", [None, "", "0", "01", "1.0", "-1", "1000000", "٣", "1e3"])
def test_a_version_is_a_whole_number_from_one(version: str | None) -> None:
    checked = check(report(visit(service_version=version)))
    assert codes(checked) == {1: {"59901002"}}
    assert parameters(checked, "59901002") == [{"value": version or ""}]


@pytest.mark.parametrize("position", [None, "", "0", "A", "100000"])
def test_a_position_has_a_number(position: str | None) -> None:
    assert codes(check(report(visit(position=position)))) == {1: {"59901003"}}


@pytest.mark.parametrize("kind", [None, "", "B", "a", "AS"])
def test_a_set_is_ambulatory_or_stationary(kind: str | None) -> None:
    assert "59901004" in codes(check(report(visit(set_type=kind))))[1]


def test_a_deletion_needs_identifier_and_version_but_no_position() -> None:
    checked = check(report(deletion("S1"), deletion("S 2"), deletion("S3", service_version="x")))
    assert codes(checked) == {2: {"59901001"}, 3: {"59901002"}}
