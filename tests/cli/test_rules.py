"""`rozlicz rules`: the catalogue that the portal's page shows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rozlicz.verification.catalogue import RULES, RULES_VERSION


def test_all_rules_are_listed_with_severity_and_name(typed):
    out = typed("rules").out
    assert [line[:8] for line in out.splitlines()[1 : len(RULES) + 1]] == [rule.code for rule in RULES]
    assert "ostrzeżenie" in out
    assert f"Reguł: {len(RULES)}, wersja {RULES_VERSION}." in out


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_one_rule_is_told_with_remedy_and_basis(typed, rule):
    out = " ".join(typed("rules", rule.code).out.split())
    assert out.startswith(f"{rule.code} {rule.name.pl} ")
    assert " ".join(rule.basis.reference.pl.split()) in out
    assert ("(do potwierdzenia)" in out) is not rule.basis.confirmed
    assert "{" not in out


def test_the_document_is_the_one_in_docs(typed):
    page = Path(__file__).parents[2] / "docs" / "rules.md"
    assert typed("rules", "--markdown").out == page.read_text(encoding="utf-8")


def test_programs_get_both_languages(typed):
    found = json.loads(typed("rules", "--json").out)
    assert found["rules_version"] == RULES_VERSION
    assert [rule["code"] for rule in found["rules"]] == [rule.code for rule in RULES]
    first = found["rules"][0]
    assert first["name"] == RULES[0].name.to_json()
    assert first["severity"] in {"error", "warning"}
    assert json.loads(typed("rules", RULES[0].code, "--json").out)["rules"] == [first]


def test_they_speak_english_when_asked(typed, monkeypatch):
    monkeypatch.setenv("ROZLICZ_LANG", "en")
    assert RULES[0].name.en in typed("rules").out
