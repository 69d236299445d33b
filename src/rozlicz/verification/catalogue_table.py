"""The catalogue as a document, docs/rules.md: `python -m rozlicz.verification.catalogue_table` prints it."""

from __future__ import annotations

import re
import sys

from rozlicz.verification.catalogue import RULES, RULES_VERSION
from rozlicz.verification.rule import ALWAYS, FOREVER, AppliesTo, Rule
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

_SECTIONS = (
    ("Service and position", services.RULES),
    ("Patient", patients.RULES),
    ("Days and months", periods.RULES),
    ("Contract", contracts.RULES),
    ("Scope, product and cell", scopes.RULES),
    ("Multiplicity and coefficients", multiplicities.RULES),
    ("What was done", contents.RULES),
    ("Right to the service, coordination", entitlements.RULES),
    ("Repetition, versions, deletions", versions.RULES),
)

_HEAD = """\
# Rules of verification

Version {version}, {count} rules. This page is written by the program; a test keeps it current:
`python -m rozlicz.verification.catalogue_table > docs/rules.md`.

A report is checked position by position. Every rule is asked about every position, and all findings are kept; an
error rejects the position, a warning only tells. A fault of a service flags each of its positions. Where a value is
malformed, only that is told: rules about its meaning keep silent. A rule that has dates holds for reporting months
that begin on them.

- **Fund's code**: the Fund publishes a condition of the Central Verification Rules with this number and this meaning.
  Whether its own condition asks for more than ours is not known.
- **own code**: 599 and five digits; the known codes of the Fund for reports begin with 501 to 523. The fourth and
  fifth digit tell the subject.
- **(to be confirmed)**: the act is known, its place was only remembered; or the rule is a policy of this system.

"""
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def markdown() -> str:
    """The whole catalogue, in English with the Polish sentences a clerk reads, ending in a newline."""
    blocks = [_HEAD.format(version=RULES_VERSION, count=len(RULES)).rstrip("\n")]
    for title, rules in _SECTIONS:
        blocks.append(f"## {title}")
        blocks.extend(_block(rule) for rule in rules)
    return "\n\n".join(blocks) + "\n"


def _block(rule: Rule) -> str:
    """One rule: what it demands, how it speaks, what to do, on what basis."""
    confirmed = "" if rule.basis.confirmed else " (to be confirmed)"
    return "\n".join(
        (
            f"### {rule.code} {rule.name.pl}",
            "",
            f"{rule.name.en}. {' '.join(rule.law.split())}",
            "",
            f"- What is wrong: *{_with_gaps(rule.message.pl)}* {_with_gaps(rule.message.en)}",
            f"- What to do: *{_with_gaps(rule.remedy.pl)}* {_with_gaps(rule.remedy.en)}",
            f"- Basis: {rule.basis.reference.en}{confirmed}.",
            f"- {', '.join(_remarks(rule))}.",
        )
    )


def _remarks(rule: Rule) -> list[str]:
    remarks = ["Own code" if rule.is_own_code else "Fund's code", rule.severity.value]
    if rule.level == "service":
        remarks.append("whole service")
    if rule.applies_to is AppliesTo.DELETED:
        remarks.append("deletions only")
    if rule.applies_to is AppliesTo.BOTH:
        remarks.append("deletions too")
    if rule.valid_from != ALWAYS:
        remarks.append(f"from {rule.valid_from.isoformat()}")
    if rule.valid_to != FOREVER:
        remarks.append(f"until {rule.valid_to.isoformat()}")
    return remarks


def _with_gaps(sentence: str) -> str:
    """The sentence with the names of its placeholders, as `‹value›`."""
    return _PLACEHOLDER.sub(r"‹\1›", sentence)


if __name__ == "__main__":
    sys.stdout.write(markdown())
