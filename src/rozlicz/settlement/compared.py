"""One cap unit under two sets of terms: what each month's calculation gives under the one and under the other."""

from __future__ import annotations

from dataclasses import dataclass

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.drafts import CapSettlement
from rozlicz.settlement.parameters import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsOfSettlement:
    """What a calculation goes by: the newest version of a contract, and the branch's choices."""

    contract: Contract
    policy: Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCompared:
    """The calculation of one month under both terms, each with its explanation; None where they have no such scope.

    Amounts in grosze. A due is Σ new templates and corrections of that calculation; what waits is the value of what
    is performed in the settlement period up to the month and not paid after it.
    """

    month: Month
    before: CapSettlement | None
    after: CapSettlement | None

    @property
    def due_before(self) -> int:
        """The due as the terms are."""
        return _due(self.before)

    @property
    def due_after(self) -> int:
        """The due under the other terms."""
        return _due(self.after)

    @property
    def difference(self) -> int:
        """What the other terms add; negative when they take."""
        return self.due_after - self.due_before

    @property
    def waiting_before(self) -> int:
        """What waits as the terms are."""
        return self.before.waiting if self.before else 0

    @property
    def waiting_after(self) -> int:
        """What would wait under the other terms."""
        return self.after.waiting if self.after else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CapCompared:
    """One cap unit in every month that was calculated, in order."""

    unit: CapUnit
    terms_before: TermsOfSettlement
    terms_after: TermsOfSettlement
    months: tuple[MonthCompared, ...]

    @property
    def difference(self) -> int:
        """What the other terms add in all months together, in grosze."""
        return sum(one.difference for one in self.months)


def _due(cap: CapSettlement | None) -> int:
    return cap.due + cap.corrected if cap else 0
