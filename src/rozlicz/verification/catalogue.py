"""The catalogue: every rule, in the order in which findings of one record are told."""

from __future__ import annotations

from rozlicz.verification.rule import Rule
from rozlicz.verification.rules import (
    contents,
    contracts,
    entitlements,
    multiplicities,
    patients,
    periods,
    scopes,
    services,
    versions,
)

RULES_VERSION = "2026.2"
"""Named by every verdict. Raise it with any change of a rule that can change a result."""

RULES: tuple[Rule, ...] = (
    *services.RULES,
    *patients.RULES,
    *periods.RULES,
    *contracts.RULES,
    *scopes.RULES,
    *multiplicities.RULES,
    *contents.RULES,
    *entitlements.RULES,
    *versions.RULES,
)

_BY_CODE = {rule.code: rule for rule in RULES}


def rule_of(code: str) -> Rule:
    """The rule with that code. Raises KeyError."""
    return _BY_CODE[code]
