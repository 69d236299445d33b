"""The whole road off-line: sample → contract → report → check → template → bill, with the files of each step."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from tests.cli.payer import settle


@pytest.fixture
def made(typed):
    """What the sample made for a doctor's practice, and the result it expects."""

    def made(*more: object) -> tuple[Path, dict]:
        ended = typed("sample", "dane", "--only", "doctor", "--coordinated", "0%", *more)
        assert ended.status == 0, ended.err
        (folder,) = Path("dane").glob("*-doctor")
        (expected,) = folder.glob("*.oczekiwane.json")
        return folder, json.loads(expected.read_text(encoding="utf-8"))

    return made


def one(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


def assert_as_expected(found: dict, expected: dict) -> None:
    assert found["totals"] == {name: expected[name] for name in found["totals"]}
    assert {rule["code"]: rule["records"] for rule in found["rules"]} == expected["findings"]
    assert {rule["code"]: rule["value"] for rule in found["rules"]} == expected["value_at_stake"]


@pytest.mark.slow
def test_the_check_finds_what_the_sample_planted(typed, made):
    folder, expected = made("--errors", "20%", "--positions", "400")
    report, contract = one(folder, "*.swx"), one(folder, "*.umx")
    ended = typed("report", "check", report, "--contract", contract, "--json")
    assert ended.status == 1
    assert_as_expected(json.loads(ended.out), expected)


@pytest.mark.slow
def test_a_report_built_of_the_flat_file_has_the_same_result(typed, made):
    folder, expected = made("--errors", "20%", "--positions", "400")
    contract = one(folder, "*.umx")
    ended = typed("report", "build", one(folder, "*.csv"), "--contract", contract, "-o", "raport.swx")
    assert ended.status == 0, ended.err
    ended = typed(
        "report", "check", "raport.swx", "--contract", contract,
        "--installation", folder / "wystawca.toml", "--json",
    )  # fmt: skip
    found = json.loads(ended.out)
    assert found["header_refusals"] == []
    assert_as_expected(found, expected)


@pytest.mark.slow
def test_from_the_sample_to_an_accepted_bill(typed, made):
    folder, expected = made("--errors", "3%", "--month", "2026-10", "--today", "2026-11-05")
    contract = one(folder, "*.umx")
    assert typed("contract", "show", contract).status == 0
    settle(one(folder, "*.swx"), contract, Path("szablon.zrz"), at=datetime(2026, 11, 6, 10, 0))

    ended = typed("template", "show", "szablon.zrz", "--json")
    template = json.loads(ended.out)
    assert ended.status == 0
    assert template["amount"] == sum(line["amount"] for line in expected["performed"])

    desk = ("--template", "szablon.zrz", "--contract", contract, "--received-on", "2026-11-06")
    issuer = ("--issuer", folder / "wystawca.toml", "--issued-on", "2026-11-06")
    ended = typed("bill", "build", *desk, *issuer, "-o", "rachunek.erx")
    assert ended.status == 0, ended.err
    ended = typed("bill", "check", "rachunek.erx", *desk, "--json")
    bill = json.loads(ended.out)
    assert ended.status == 0
    assert bill["accepted"] is True
    assert bill["amount"] == template["amount"]
