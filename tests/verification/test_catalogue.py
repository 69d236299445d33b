"""The catalogue as a whole: every rule can be said, is grounded, and is provoked by a case."""

from __future__ import annotations

import re
import string
from collections import Counter

import pytest

from rozlicz.kernel.texts import Text
from rozlicz.verification.catalogue import RULES, rule_of
from rozlicz.verification.rule import Circumstances, Rule, Severity
from tests.verification import (
    test_closed_periods,
    test_contents,
    test_contracts,
    test_entitlements,
    test_multiplicities,
    test_patients,
    test_periods,
    test_services,
    test_versions,
)
from tests.verification.reports import RECEIVED

ALL_CASES = [
    *test_closed_periods.CASES,
    *test_contents.CASES,
    *test_contracts.CASES,
    *test_entitlements.CASES,
    *test_multiplicities.CASES,
    *test_patients.CASES,
    *test_periods.CASES,
    *test_services.CASES,
    *test_versions.CASES,
]
FUNDS_OWN = {
    "50101009",
    "50101011",
    "50301112",
    "50314075",
    "50317031",
    "50503014",
    "50601037",
    "50601104",
    "50701004",
    "51701028",
}
"""Codes that the Fund publishes with the very meaning of our rule."""


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def given_by(rule: Rule) -> set[str]:
    circumstances = Circumstances(received_on=RECEIVED, provider="050123", branch="05", history_known=True)
    return set(rule.check(circumstances).parameters)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestEveryRule:
    def test_speaks_both_languages(self, rule: Rule) -> None:
        for text in (rule.name, rule.message, rule.remedy, rule.basis.reference):
            assert isinstance(text, Text)
            assert text.pl.strip()
            assert text.en.strip()
            assert text.pl != text.en
        for text in (rule.message, rule.remedy):
            assert text.pl.endswith(".") or text.pl[-1] in "/-0123456789"
            assert text.pl[0].isupper() or text.pl[0] == "{"

    def test_is_given_exactly_what_its_sentences_say(self, rule: Rule) -> None:
        for text in (rule.message, rule.remedy):
            assert placeholders(text.pl) == placeholders(text.en)
            assert placeholders(text.pl) <= given_by(rule)
        assert given_by(rule) == placeholders(rule.message.pl)

    def test_states_the_law(self, rule: Rule) -> None:
        assert rule.law.endswith(".")
        assert rule.valid_from < rule.valid_to

    def test_has_a_code_of_eight_digits_of_the_fund_or_of_ours(self, rule: Rule) -> None:
        assert re.fullmatch(r"[0-9]{8}", rule.code)
        assert rule.is_own_code != (rule.code in FUNDS_OWN)
        if not rule.is_own_code:
            assert rule.code in rule.basis.reference.pl
            assert rule.basis.confirmed
        assert rule_of(rule.code) is rule

    def test_is_provoked_by_a_case_with_a_neighbour_that_is_right(self, rule: Rule) -> None:
        cases = [case for case in ALL_CASES if case.code == rule.code]
        assert any(row.is_wrong for case in cases for row in case.rows)
        assert any(not row.is_wrong for case in cases for row in case.rows)


def test_no_code_and_no_name_is_given_twice() -> None:
    assert max(Counter(rule.code for rule in RULES).values()) == 1
    assert max(Counter(rule.name.pl for rule in RULES).values()) == 1
    assert max(Counter(rule.name.en for rule in RULES).values()) == 1


def test_an_unknown_code_is_a_programmers_mistake() -> None:
    with pytest.raises(KeyError):
        rule_of("00000000")


def test_only_possible_repetitions_are_warnings() -> None:
    warnings = {rule.code for rule in RULES if rule.severity is Severity.WARNING}
    assert warnings == {"59908003", "59908005"}
