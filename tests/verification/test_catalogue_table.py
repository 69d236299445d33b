"""docs/rules.md is the catalogue, and no older one."""

from __future__ import annotations

from pathlib import Path

from rozlicz.verification.catalogue import RULES
from rozlicz.verification.catalogue_table import markdown

DOCUMENT = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_document_is_current() -> None:
    """Write it anew: python -m rozlicz.verification.catalogue_table > docs/rules.md."""
    assert DOCUMENT.read_text(encoding="utf-8") == markdown()


def test_every_rule_has_one_heading_and_no_open_placeholder() -> None:
    lines = markdown().splitlines()
    for rule in RULES:
        assert lines.count(f"### {rule.code} {rule.name.pl}") == 1
    assert not any("{" in line for line in lines)
