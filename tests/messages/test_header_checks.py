"""A message's header is checked as the Fund checks it, and every reason is told at once."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rozlicz.messages.header import FRAMEWORK_KINDS, Header, new_header
from rozlicz.messages.kinds import KINDS
from rozlicz.messages.message_kind import Direction
from rozlicz.messages.wire.header_checks import check_header
from rozlicz.messages.wire.root import ROOT

LONG = "05010318-ABCDEFGHIJ0123456789"
NOW = datetime(2026, 11, 5, 12, 0)
OTHERS_TO_PAYER = {
    kind.type for kind in KINDS if kind.direction is Direction.TO_PAYER and kind.root == ROOT
} - FRAMEWORK_KINDS
GOOD = new_header(
    kind="SWIAD", receiver="05", sender="050123", installation=LONG, generation=8, generated_at=NOW
)


def codes(header: Header, **changes) -> list[str]:
    expected = {
        "branch": "05",
        "provider": "050123",
        "installation_long": LONG,
        "installation_short": "05010318",
        "last_generation": 7,
        "now": NOW,
        "expected_kind": "SWIAD",
    }
    return [refusal.code for refusal in check_header(header, **(expected | changes))]


def test_a_right_header_passes() -> None:
    assert codes(GOOD) == []
    assert codes(GOOD, last_generation=None) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "LIOCZ"}, "header-kind"),
        ({"version": "7", "detailed_version": "9.9"}, "header-version"),
        ({"version": "8", "detailed_version": "6.9"}, "header-version"),
        ({"version": "10", "detailed_version": "10.2"}, "header-version"),
        ({"version": "11", "detailed_version": "1.0"}, "header-version"),
        ({"version": "X"}, "header-version"),
        ({"receiver": "06"}, "header-receiver"),
        ({"generated_at": NOW + timedelta(minutes=5, seconds=1)}, "header-generated-at"),
        ({"sender": "050124", "provider": "050124"}, "header-sender"),
        ({"installation": "05010318"}, "header-installation"),
        ({"installation": ""}, "header-installation"),
        ({"generation": 7}, "header-generation"),
        ({"generation": 6}, "header-generation"),
        ({"provider": "050124"}, "header-provider"),
        ({"short_installation": "05010319"}, "header-short-installation"),
    ],
)
def test_one_fault_is_one_reason(change: dict[str, object], code: str) -> None:
    assert codes(replace(GOOD, **change)) == [code]


@pytest.mark.parametrize(
    ("version", "detailed"), [("8", "7.0"), ("8", "8.2"), ("9", "1"), ("10", "10.1"), ("10", "10")]
)
def test_known_older_versions_pass(version: str, detailed: str) -> None:
    assert codes(replace(GOOD, version=version, detailed_version=detailed)) == []


def test_five_minutes_ahead_are_tolerated() -> None:
    assert codes(replace(GOOD, generated_at=NOW + timedelta(minutes=5))) == []


def test_all_reasons_come_at_once() -> None:
    wrong = new_header(
        kind="SWIAD", receiver="06", sender="1", generation=1, generated_at=NOW + timedelta(days=1)
    )
    assert codes(replace(wrong, version="1", provider="2")) == [
        "header-version",
        "header-receiver",
        "header-generated-at",
        "header-sender",
        "header-installation",
        "header-generation",
        "header-provider",
        "header-short-installation",
    ]


@pytest.mark.parametrize("kind", sorted(FRAMEWORK_KINDS))
def test_every_report_of_the_framework_repeats_its_sender(kind: str) -> None:
    report = new_header(
        kind=kind, receiver="05", sender="050123", installation=LONG, generation=8, generated_at=NOW
    )
    assert codes(report, expected_kind=kind) == []
    assert codes(replace(report, provider="050124"), expected_kind=kind) == ["header-provider"]
    assert codes(replace(report, short_installation=""), expected_kind=kind) == ["header-short-installation"]


@pytest.mark.parametrize("kind", sorted(OTHERS_TO_PAYER))
def test_other_messages_to_the_payer_pass_without_a_repeated_sender(kind: str) -> None:
    other = new_header(
        kind=kind, receiver="05", sender="050123", installation=LONG, generation=8, generated_at=NOW
    )
    assert codes(other, expected_kind=kind) == []
    assert codes(replace(other, version="0.9"), expected_kind=kind) == ["header-version"]


def test_each_reason_is_a_sentence_with_basis_and_remedy() -> None:
    wrong = replace(GOOD, receiver="06", version="1", sender="x", generation=1, installation="y")
    refusals = check_header(
        wrong,
        branch="05",
        provider="050123",
        installation_long=LONG,
        installation_short="-",
        last_generation=7,
        now=NOW - timedelta(days=1),
        expected_kind="UMX",
    )
    for refusal in refusals:
        for text in (refusal.text, refusal.remedy, refusal.basis.reference):
            assert text.pl
            assert text.pl != text.en
        assert not refusal.basis.confirmed
    assert "06" in refusals[2].text.pl
