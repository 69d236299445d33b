"""What a rule of verification is: data about it, and one function from columns to the offending rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

import polars as pl

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text
from rozlicz.verification.closed_periods import NOTHING_CLOSED, ClosedPeriods

ALWAYS = date(2004, 5, 1)
"""Since when a rule holds that has no other date: the Fund in its present form, and the coordination."""

FOREVER = date(2999, 12, 31)


class Severity(StrEnum):
    """An error rejects the position; a warning only tells."""

    ERROR = "error"
    WARNING = "warning"


class AppliesTo(StrEnum):
    """Which rows a rule looks at: reported positions, deletions of services, or both."""

    REPORTED = "reported"
    DELETED = "deleted"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a rule may know beside the columns: the day of receipt, who sent the report, and to which branch.

    `history_known`: whether earlier reports can be asked about (not so off-line). `closed`: the months that were
    closed for reports on the day of receipt, and what was unlocked in them (off-line none).
    """

    received_on: date
    provider: str
    branch: str
    history_known: bool
    closed: ClosedPeriods = NOTHING_CLOSED


@dataclass(frozen=True, slots=True)
class Offending:
    """The answer of a rule: which rows offend, and the texts that fill the placeholders of its message.

    Both are expressions over the columns of `prepared` frames. A null in `where` counts as innocent.
    """

    where: pl.Expr
    parameters: Mapping[str, pl.Expr] = field(default_factory=dict)


def offending(where: pl.Expr, **parameters: pl.Expr) -> Offending:
    """Rows for which `where` is true, with one text expression a placeholder."""
    return Offending(where, parameters)


Check = Callable[[Circumstances], Offending]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `check.__doc__` states the law; `message` and `remedy` speak to the clerk.

    `code` has eight digits: the Fund's own where it lists one for exactly this meaning, else one of ours
    (599 and five digits, see `is_own_code`). `level`: a fault of a service flags each of its positions.
    `valid_from` and `valid_to` are compared with the first day of the reporting month of the position.
    """

    code: str
    name: Text
    message: Text
    remedy: Text
    basis: Basis
    severity: Severity
    level: Literal["service", "position"]
    valid_from: date
    valid_to: date
    applies_to: AppliesTo
    check: Check

    @property
    def is_own_code(self) -> bool:
        """Whether the code is of this house; the known codes of the Fund for reports begin with 501 to 523."""
        return self.code.startswith("599")

    @property
    def law(self) -> str:
        """What the rule demands, as its function's docstring says."""
        return (self.check.__doc__ or "").strip()


def rule(
    *,
    code: str,
    name: Text,
    message: Text,
    remedy: Text,
    basis: Basis,
    severity: Severity = Severity.ERROR,
    level: Literal["service", "position"] = "position",
    valid_from: date = ALWAYS,
    valid_to: date = FOREVER,
    applies_to: AppliesTo = AppliesTo.REPORTED,
) -> Callable[[Check], Rule]:
    """Make a rule of the function below it."""

    def made(check: Check) -> Rule:
        return Rule(
            code=code,
            name=name,
            message=message,
            remedy=remedy,
            basis=basis,
            severity=severity,
            level=level,
            valid_from=valid_from,
            valid_to=valid_to,
            applies_to=applies_to,
            check=check,
        )

    return made
