"""A small ledger that drives the calculation month after month, as the portal does: positions and templates."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Contract, PlanMonth, Scope
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.lowering import Holding
from rozlicz.settlement.unit_price import (
    Billed,
    Candidate,
    CapUnit,
    Issued,
    Key,
    Policy,
    Settlement,
    TemplateDraft,
    settle_contract,
)
from tests import world

UNIT = 10_000
JAN, FEB, MAR = (Month(world.YEAR, number) for number in (1, 2, 3))
FIRST_QUARTER = (JAN, FEB, MAR)
NEUROLOGY = CapUnit(world.NEUROLOGY, 1)


class Position(NamedTuple):
    """The accepted current version of a position; 0 units when it was deleted or verified negatively."""

    unit: CapUnit
    month: Month
    last_day: date
    units: int
    product: str = world.VISIT
    bill: str = ""
    country: str = ""


class Form(NamedTuple):
    """What a template holds a position as."""

    unit: CapUnit
    product: str
    price: int
    bill: str
    country: str
    period: SettlementPeriod | None


@dataclass
class Template:
    """An issued template."""

    number: int
    draft: TemplateDraft

    @property
    def root(self) -> int:
        return self.draft.corrects or self.number


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
class Ledger:
    """Positions and templates of one contract; every calculation is checked before its drafts become templates."""

    contract: Contract
    policy: Policy = field(default_factory=Policy)
    positions: dict[Key, Position] = field(default_factory=dict)
    templates: list[Template] = field(default_factory=list)
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

    def price(self, position: Position) -> int:
        scope = self.contract.scope(*position.unit)
        return (scope.price_in(position.month) if scope else None) or 0

    def form(self, position: Position) -> Form:
        period = self.contract.settlement_period_of(position.month)
        return Form(
            position.unit, position.product, self.price(position), position.bill, position.country, period
        )

    def held(self) -> dict[tuple[Key, Form, int], int]:
        """Signed units of each position in each form and template, corrections counted to the template corrected."""
        held: dict[tuple[Key, Form, int], int] = defaultdict(int)
        for template in self.templates:
            draft = template.draft
            period = self.contract.settlement_period_of(draft.month)
            for line, allocations in zip(draft.lines, draft.allocations, strict=True):
                unit = CapUnit(line.scope, line.distinguisher)
                form = Form(unit, line.product, line.price, draft.bill, draft.country, period)
                for key, units in allocations:
                    held[key, form, template.root] += units
        return held

    def candidates(self) -> dict[CapUnit, list[Candidate]]:
        found = defaultdict(list)
        held: dict[tuple[Key, Form], int] = defaultdict(int)
        for (key, form, _), units in self.held().items():
            held[key, form] += units
        for key, position in self.positions.items():
            form = self.form(position)
            rest = position.units - held[key, form]
            if rest > 0:
                found[position.unit].append(
                    Candidate(
                        key=key,
                        month=position.month.number,
                        last_day=position.last_day,
                        product=form.product,
                        price=form.price,
                        units=rest,
                        bill=form.bill,
                        country=form.country,
                        held=held[key, form],
                    )
                )
        return self._in_any_order(found)

    def billed(self) -> dict[CapUnit, list[Billed]]:
        found = defaultdict(list)
        held = self.held()
        sums: dict[tuple[Key, Form], int] = defaultdict(int)
        for (key, form, _), units in held.items():
            sums[key, form] += units
        months = {template.number: template.draft.month for template in self.templates}
        for (key, form, template), units in held.items():
            position = self.positions[key]
            now = self.form(position)
            too_much = form != now or sums[key, form] > position.units
            if units and (too_much or not self.only_changed):
                found[form.unit].append(
                    Billed(
                        key=key,
                        template=template,
                        template_month=months[template].number,
                        product=form.product,
                        price=form.price,
                        units=units,
                        bill=form.bill,
                        country=form.country,
                        now_units=position.units if now.unit == form.unit else 0,
                        now_month=position.month.number,
                        now_product=now.product,
                        now_price=now.price,
                        now_bill=now.bill,
                        now_country=now.country,
                    )
                )
        return self._in_any_order(found)

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

    def issue(self, drafts: Iterable[TemplateDraft]) -> None:
        """Drafts become templates with the next numbers."""
        self.templates += (
            Template(number, draft) for number, draft in enumerate(drafts, len(self.templates) + 1)
        )

    def issued(self) -> dict[CapUnit, list[Issued]]:
        found = defaultdict(list)
        for template in self.templates:
            sums: dict[CapUnit, int] = defaultdict(int)
            for line in template.draft.lines:
                sums[CapUnit(line.scope, line.distinguisher)] += line.amount
            for unit, amount in sums.items():
                row = Issued(template.number, template.draft.month.number, amount, template.draft.corrects)
                found[unit].append(row)
        return found

    def performed(self) -> dict[CapUnit, dict[int, int]]:
        """Exact value (10⁻⁴ grosza) by reporting month."""
        found: dict[CapUnit, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for position in self.positions.values():
            found[position.unit][position.month.number] += position.units * self.price(position)
        return found

    def settled(
        self, month: Month, reductions: Mapping[CapUnit, Sequence[Step]] = MappingProxyType({})
    ) -> Settlement:
        """Calculate a month without issuing anything."""
        return settle_contract(
            contract=self.contract,
            month=month,
            candidates_by_cap=self.candidates(),
            billed_by_cap=self.billed(),
            issued_by_cap=self.issued(),
            performed_by_cap=self.performed(),
            policy=self.policy,
            reductions_by_cap=reductions,
        )

    def calculate(self, month: Month) -> Settlement:
        """Calculate a month and issue its templates."""
        settlement = self.settled(month)
        self.issue(settlement.drafts)
        return settlement

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
