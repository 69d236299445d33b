"""The payer's checks over a report, batch by batch, with the same result whatever the size of the batches.

Columns in, columns out: the raw columns are typed, joined with the terms of the contracts, compared with what
the report showed before and with earlier reports; then every rule says which rows offend. All rules are asked
about every row, none stops at the first fault, and no text of a provider can make a rule fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import polars as pl

from rozlicz.messages.swiad.columns import RAW_COLUMNS
from rozlicz.verification.catalogue import RULES
from rozlicz.verification.closed_periods import NOTHING_CLOSED, ClosedPeriods
from rozlicz.verification.coordination import with_coordination
from rozlicz.verification.findings import FINDINGS
from rozlicz.verification.history import History, NoHistory
from rozlicz.verification.multiplicity import Coefficients
from rozlicz.verification.repetition import EarlierReports, Repetition
from rozlicz.verification.rule import ALWAYS, FOREVER, AppliesTo, Circumstances, Rule, Severity
from rozlicz.verification.terms import Terms
from rozlicz.verification.typed import typed
from rozlicz.verification.valuation import with_value

__all__ = ["TYPED_COLUMNS", "Checked", "Checker", "History", "NoHistory", "Terms"]

TYPED_COLUMNS: dict[str, pl.DataType] = {
    "service_version_number": pl.Int64(),
    "position_number": pl.Int64(),
    "month_number": pl.Int64(),
    "distinguisher_number": pl.Int64(),
    "day_from": pl.Date(),
    "day_to": pl.Date(),
    "units": pl.Int64(),
    "price": pl.Int64(),
    "value": pl.Int64(),
    "entitlement_day_from": pl.Date(),
    "entitlement_day_to": pl.Date(),
    "duplicate_key": pl.String(),
    "accepted": pl.Boolean(),
}
"""What a checked position has beside its raw columns: yyyymm, units ×10,000, grosze; null where malformed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The result of one batch: `positions` in the order of the batch, `findings` by row and catalogue order.

    `positions` has RAW_COLUMNS and TYPED_COLUMNS, `findings` the columns FINDINGS. A position is accepted when
    no error was found on it; `value` is 0 where it cannot be calculated.
    """

    positions: pl.DataFrame
    findings: pl.DataFrame


class Checker:
    """Checks one report. Give it the batches in the order of the file; it remembers hashes between them.

    `terms`: the contracts of the provider who sent the report. `received_on`: the day of receipt in Warsaw. `closed`:
    the months closed for reports then.
    """

    def __init__(
        self,
        *,
        terms: Terms,
        provider: str,
        branch: str,
        received_on: date,
        history: History | None = None,
        closed: ClosedPeriods = NOTHING_CLOSED,
    ) -> None:
        known = None if isinstance(history, NoHistory) else history
        circumstances = Circumstances(
            received_on=received_on,
            provider=provider,
            branch=branch,
            history_known=known is not None,
            closed=closed,
        )
        self._terms = terms
        self._coefficients = Coefficients(terms)
        self._repetition = Repetition()
        self._earlier = EarlierReports(known, closed)
        self._asked = tuple(_asked(number, rule, circumstances) for number, rule in enumerate(RULES))

    def check(self, raw: pl.DataFrame) -> Checked:
        """Check one batch with the columns RAW_COLUMNS."""
        frame = with_coordination(self._terms.joined(typed(raw.select(list(RAW_COLUMNS)))))
        frame = with_value(self._coefficients.compared(frame))
        frame = self._earlier.compared(self._repetition.compared(frame))
        verdicts = frame.lazy().select(asked.verdict for asked in self._asked).collect()
        errors = [asked.code for asked in self._asked if asked.severity is Severity.ERROR]
        rejected = verdicts.select(pl.any_horizontal(errors)).to_series()
        positions = frame.with_columns(~rejected.alias("accepted")).select(*RAW_COLUMNS, *TYPED_COLUMNS)
        return Checked(positions=positions, findings=self._findings(frame, verdicts))

    def _findings(self, frame: pl.DataFrame, verdicts: pl.DataFrame) -> pl.DataFrame:
        """One row a rule and an offending row, in the order of the report and then of the catalogue."""
        offends = verdicts.select(pl.any_horizontal(pl.all())).to_series()
        faulty = frame.filter(offends).hstack(verdicts.filter(offends))
        broken = verdicts.select(pl.all().any()).row(0, named=True)
        # only the columns that a rule needs are handed on: plans over all of them are slow
        found = [
            faulty[asked.needed].lazy().filter(asked.code).select(asked.finding)
            for asked in self._asked
            if broken[asked.code]
        ]
        if not found:
            return pl.DataFrame(schema=FINDINGS)
        return pl.concat(pl.collect_all(found)).sort("row", "rule").drop("rule")


class _Asked(NamedTuple):
    """A rule under the circumstances of a report: its verdict on each row, and the findings of those that offend."""

    code: str
    severity: Severity
    verdict: pl.Expr
    finding: tuple[pl.Expr, ...]
    needed: list[str]


def _asked(number: int, rule: Rule, circumstances: Circumstances) -> _Asked:
    offending = rule.check(circumstances)
    texts = [text.cast(pl.String).fill_null("").alias(name) for name, text in offending.parameters.items()]
    parameters = pl.struct(texts).struct.json_encode() if texts else pl.lit("{}")
    return _Asked(
        code=rule.code,
        severity=rule.severity,
        verdict=_verdict(rule, offending.where),
        finding=(
            pl.col("row"),
            pl.lit(rule.code).alias("code"),
            pl.lit(rule.severity.value).alias("severity"),
            parameters.alias("parameters"),
            pl.col("value"),
            pl.lit(number).alias("rule"),
        ),
        needed=sorted({"row", "value", rule.code}.union(*(text.meta.root_names() for text in texts))),
    )


def _verdict(rule: Rule, where: pl.Expr) -> pl.Expr:
    """Whether each row offends: in the rule's kind of rows and days, and a null is innocent."""
    if rule.applies_to is AppliesTo.REPORTED:
        where &= ~pl.col("deleted")
    elif rule.applies_to is AppliesTo.DELETED:
        where &= pl.col("deleted")
    if (rule.valid_from, rule.valid_to) != (ALWAYS, FOREVER):
        where &= pl.col("month_first_day").is_between(rule.valid_from, rule.valid_to)
    return where.fill_null(value=False).alias(rule.code)
