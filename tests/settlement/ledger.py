"""A small ledger that drives the calculation month after month, as the portal does: positions and templates."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Contract, PlanMonth, Scope
from rozlicz.settlement import ledger
from rozlicz.settlement.books import Billed, Candidate, CapUnit, Key
from rozlicz.settlement.drafts import Settlement
from rozlicz.settlement.ledger import Position
from rozlicz.settlement.lowering import Holding
from tests import world

UNIT = 10_000
JAN, FEB, MAR = (Month(world.YEAR, number) for number in (1, 2, 3))
FIRST_QUARTER = (JAN, FEB, MAR)
NEUROLOGY = CapUnit(world.NEUROLOGY, 1)


def plan_of(
    *units: int,
    price: int = 1000,
    scope: str = world.NEUROLOGY,
    distinguisher: int = 1,
    unlimited: bool = False,
) -> Scope:
    """A scope with one plan row for each month from January on; units ×10,000, price in grosze."""
    return replace(
        world.scope(scope, distinguisher=distinguisher, unlimited=unlimited),
        plan=tuple(
            PlanMonth(month=Month(world.YEAR, 1).plus(number), units=planned, price=price)
            for number, planned in enumerate(units)
        ),
    )


def contract_of(*scopes: Scope, periods: Sequence[SettlementPeriod] = ()) -> Contract:
    """A contract with these scopes; unless said, the first quarter is its settlement period."""
    return replace(
        world.contract(scopes=tuple(scopes)),
        settlement_periods=tuple(periods) or (SettlementPeriod(JAN, MAR),),
    )


@dataclass
class Ledger(ledger.Ledger):
    """The books of one contract, with words for what happens to them."""

    shuffled: random.Random | None = None
    only_changed: bool = True

    def perform(
        self,
        month: Month,
        *units: int,
        unit: CapUnit = NEUROLOGY,
        product: str = world.VISIT,
        bill: str = "",
        country: str = "",
    ) -> list[Key]:
        """Accept positions with so many units (×10,000) each, one a day of the month, in this order."""
        keys = []
        for number, amount in enumerate(units):
            key = (f"S{len(self.positions):06d}", 1)
            day = month.first_day.replace(day=1 + number * month.days // max(len(units), 1))
            self.positions[key] = Position(unit, month, day, amount, product, bill, country)
            keys.append(key)
        return keys

    def perform_visits(self, month: Month, count: int, *, unit: CapUnit = NEUROLOGY) -> list[Key]:
        """Accept so many positions of one unit each."""
        return self.perform(month, *[UNIT] * count, unit=unit)

    def change(self, key: Key, **changes: object) -> None:
        """A new version of a position."""
        self.positions[key] = self.positions[key]._replace(**changes)

    def delete(self, keys: Iterable[Key]) -> None:
        """Positions are deleted, or verified negatively."""
        for key in keys:
            self.change(key, units=0)

    def candidates(self, *, known_up_to: Month | None = None) -> dict[CapUnit, list[Candidate]]:
        return self._in_any_order(super().candidates(known_up_to=known_up_to))

    def billed(self, *, only_changed: bool | None = None) -> dict[CapUnit, list[Billed]]:
        return self._in_any_order(super().billed(only_changed=self.only_changed))

    def holdings(self) -> dict[CapUnit, list[Holding]]:
        found = defaultdict(list)
        months = {template.number: template.draft.month.number for template in self.templates}
        for (key, form, template), units in self.held().items():
            position = self.positions[key]
            if units:
                found[form.unit].append(
                    Holding(
                        key=key,
                        template=template,
                        template_month=months[template],
                        month=position.month.number,
                        last_day=position.last_day,
                        product=form.product,
                        price=form.price,
                        units=units,
                        bill=form.bill,
                        country=form.country,
                    )
                )
        return found

    def paid_up_to(self, month: Month, unit: CapUnit = NEUROLOGY) -> int:
        """T(j)."""
        period = self.contract.settlement_period_of(month)
        assert period is not None
        return sum(
            t.amount for t in self.issued().get(unit, ()) if period.first.number <= t.month <= month.number
        )

    def planned_up_to(self, month: Month, unit: CapUnit = NEUROLOGY) -> int:
        """L(j)."""
        scope, period = self.contract.scope(*unit), self.contract.settlement_period_of(month)
        assert scope is not None
        assert period is not None
        return sum(row.amount for row in scope.plan if row.month in period and row.month <= month)

    def waiting(self, month: Month | None = None) -> int:
        """Units (×10,000) that no template holds."""
        return sum(
            candidate.units
            for candidates in self.candidates().values()
            for candidate in candidates
            if month is None or candidate.month == month.number
        )

    def _in_any_order(self, found: Mapping[CapUnit, list]) -> dict[CapUnit, list]:
        if self.shuffled is not None:
            for rows in found.values():
                self.shuffled.shuffle(rows)
        return dict(found)


def new_amount(settlement: Settlement) -> int:
    """Σ of the new templates of a calculation, corrections left out, in grosze."""
    return sum(draft.amount for draft in settlement.drafts if draft.corrects is None)
