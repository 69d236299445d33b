"""The result of a check as one JSON document, written as it comes about: each finding is a line of its own.

Amounts are grosze, sentences stand in both languages. A program may read it whole or line by line.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TextIO

from rozlicz.cli.contract_data import header_json
from rozlicz.cli.faults import unreadable
from rozlicz.cli.report_check import KIND, Check, Found, Outcome, RuleTally, rules_left_to_the_portal
from rozlicz.cli.unread import unread_json
from rozlicz.messages.wire.header_checks import HeaderRefusal
from rozlicz.messages.wire.refusals import MessageRefused
from rozlicz.verification.catalogue import RULES_VERSION
from rozlicz.verification.findings import remedy, sentence

Json = dict[str, Any]


class ReportStream:
    """Writes the document; `finish` must be called, whatever became of the report."""

    def __init__(self, check: Check, target: TextIO) -> None:
        self._source = check.source
        self._target = target
        self._separator = "\n"
        about: Json = {
            "file": check.source.name,
            "provider": check.provider,
            "branch": check.branch,
            "contracts": [one.code for one in check.contracts],
            "received_on": check.received_on.isoformat(),
            "rules_version": RULES_VERSION,
            "header_checked": check.installation is not None,
            "rules_not_checked": [rule.code for rule in rules_left_to_the_portal(check)],
        }
        target.write(f'{{"about": {_dumped(about)},\n"findings": [')

    def take(self, found: Sequence[Found]) -> None:
        """Write the next findings."""
        for one in found:
            self._target.write(f"{self._separator}{_dumped(_finding(one))}")
            self._separator = ",\n"

    def finish(self, outcome: Outcome) -> None:
        """Write what is known at the end: rules, totals, refusals, and whether anything would be rejected."""
        tally = outcome.tally
        rest: Json = {
            "header": header_json(outcome.header) if outcome.header else None,
            "rules": [_rule(one) for one in tally.by_rule],
            "totals": {
                "positions": tally.positions,
                "accepted": tally.accepted,
                "rejected": tally.rejected,
                "accepted_value": tally.accepted_value,
                "rejected_value": tally.rejected_value,
            },
            "contracts_not_given": sorted(tally.foreign_contracts),
            "unread": unread_json(outcome.unread),
            "header_refusals": [_header_refusal(one) for one in outcome.header_refusals],
            "unreadable": self._unreadable(outcome.refused) if outcome.refused else None,
            "accepted": outcome.accepted,
        }
        lines = ",\n".join(f"{json.dumps(name)}: {_dumped(value)}" for name, value in rest.items())
        self._target.write(f"\n],\n{lines}}}\n")

    def _unreadable(self, refused: MessageRefused) -> Json:
        return {
            "code": refused.code,
            "message": unreadable(self._source, refused, KIND).to_json(),
            "line": refused.line,
            "path": refused.path,
        }


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _finding(one: Found) -> Json:
    return {
        "row": one.row,
        "line": one.line,
        "service_id": one.service_id,
        "service_version": one.service_version,
        "position": one.position,
        "code": one.code,
        "severity": one.severity,
        "value": one.value,
        "message": sentence(one.code, one.parameters).to_json(),
        "remedy": remedy(one.code, one.parameters).to_json(),
    }


def _rule(one: RuleTally) -> Json:
    return {
        "code": one.rule.code,
        "severity": one.rule.severity.value,
        "name": one.rule.name.to_json(),
        "basis": one.rule.basis.reference.to_json(),
        "basis_confirmed": one.rule.basis.confirmed,
        "records": one.records,
        "value": one.value,
    }


def _header_refusal(one: HeaderRefusal) -> Json:
    return {
        "code": one.code,
        "message": one.text.to_json(),
        "remedy": one.remedy.to_json(),
        "basis": one.basis.reference.to_json(),
    }
