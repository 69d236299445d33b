"""What the reply to a report (P_SWI) says: the receipt, and the result item by item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rozlicz.kernel.money import Grosze
from rozlicz.kernel.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Proof that a message was taken in: its number, the moment, and the SHA-256 of its bytes (hex)."""

    number: str
    received_at: datetime
    sha256: str
    report_generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFinding:
    """One finding on one record: the rule's code, its severity (`error` or `warning`) and the sentences."""

    code: str
    severity: str
    message: Text
    basis: Text
    remedy: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPosition:
    """The result of one position. `line` is its line in the report.

    Of an examination, `service_id` and `service_version` are those of its set, `position` its number there; empty
    where the report has none.
    """

    service_id: str
    service_version: str
    position: str
    line: int
    accepted: bool
    findings: tuple[ReplyFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySummary:
    """Counts of positions and their values in grosze."""

    accepted: int
    rejected: int
    accepted_value: Grosze
    rejected_value: Grosze
