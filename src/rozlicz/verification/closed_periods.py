"""Months that are closed for reports, and what was unlocked in them: facts for the rules about closed periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import polars as pl

Aim = Literal["adds", "changes", "deletes"]
"""What is done to a closed month: a new service, a new version of one, the deletion of one."""

PLACE = ("contract", "scope", "distinguisher_number", "month_number")
"""The columns by which an unlock is found: of a reported row, or of the accepted position it replaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlockedScope:
    """One exception: a scope of a contract in months yyyymm (both ends included), for the named services only."""

    contract: str
    scope: str
    distinguisher: int
    first: int
    last: int
    services: frozenset[str]
    adds: bool = False
    changes: bool = False
    deletes: bool = False

    def allows(self, aim: Aim) -> pl.Expr:
        """Rows of a frame with `service_id` and PLACE that it opens to this aim."""
        return (
            pl.lit(getattr(self, aim))
            & (pl.col("contract") == self.contract)
            & (pl.col("scope") == self.scope)
            & (pl.col("distinguisher_number") == self.distinguisher)
            & pl.col("month_number").is_between(self.first, self.last)
            & pl.col("service_id").is_in(sorted(self.services))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPeriods:
    """The months (yyyymm) closed when a report was received, and the provider's unlocks then. None by default."""

    months: frozenset[int] = frozenset()
    unlocked: tuple[UnlockedScope, ...] = ()

    def locked(self, aim: Aim) -> pl.Expr:
        """Rows of a frame with `service_id` and PLACE that lie in a closed month and are not unlocked for the aim."""
        if not self.months:
            return pl.lit(value=False)
        closed = pl.col("month_number").is_in(sorted(self.months))
        allowed = [one.allows(aim).fill_null(value=False) for one in self.unlocked]
        return closed & ~pl.any_horizontal(allowed) if allowed else closed


NOTHING_CLOSED = ClosedPeriods()
"""Every month is open."""
