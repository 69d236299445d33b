"""The rest of a settlement period as the calculation sees it when performance goes on at a pace.

Books are given what the pace lets expect of each month to come, and every month of the period is calculated, in
order, by `unit_price`: there is no second reading of R20–R23 here. A month that is calculated again gives what later
reports, corrections or annexes opened.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from rozlicz.kernel.money import Grosze, Price, Units, exact_value, round_half_up
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Scope
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.cap import ByMonth, paid, planned
from rozlicz.settlement.drafts import CapSettlement
from rozlicz.settlement.explanation import Explanation, MonthRow
from rozlicz.settlement.ledger import Ledger, Position, price_in
from rozlicz.settlement.unit_price import cap_units

Pace = Literal["period", "last_three", "none"]
"""What a month to come is expected to bring.

`period`: the average of the months of the settlement period in which anything was performed. `last_three`: the
average of the last three months of the period so far, idle ones included. `none`: nothing.
"""

EXPECTED = "PROGNOZA"
"""The product under which expected performance stands in lines (our own name: no contract has such a product)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceOfWork:
    """The months (with their units, ×10,000) that were counted, and the average, rounded half-up to 0.0001 unit."""

    choice: Pace
    counted: Mapping[Month, Units]
    units: Units


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectedMonth:
    """One month as it would be calculated.

    `known` units (×10,000) are reported already, `expected` are what the pace adds at `price`. `room` is None in an
    unlimited scope. `due` is what the calculation adds to the paid sum of the period (corrections included),
    `waiting` the value of what is performed in the period up to this month and not paid. `binds`: something did not
    fit. `explanation` is that of the calculation.
    """

    month: Month
    known: Units
    expected: Units
    price: Price
    room: Grosze | None
    due: Grosze
    waiting: Grosze
    binds: bool
    explanation: Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class CapProjection:
    """One cap unit. `month` is the last whose performance is complete.

    `plan` p(i), `paid_now` B(i) of the books and `paid_then` B(i) of the projection, in grosze; `waiting_now` the
    exact value (10⁻⁴ grosza) by reporting month of what no template holds now; `rows` the month table of the last
    calculation.
    """

    unit: CapUnit
    scope: Scope | None
    month: Month
    period: SettlementPeriod
    pace: PaceOfWork
    plan: ByMonth
    paid_now: ByMonth
    paid_then: ByMonth
    waiting_now: Mapping[Month, int]
    months: tuple[ProjectedMonth, ...]
    rows: tuple[MonthRow, ...]

    @property
    def unlimited(self) -> bool:
        """Whether everything performed is paid."""
        return self.scope is not None and self.scope.unlimited

    @property
    def left(self) -> int | None:
        """L(M) − T(M) now: what the plan of the period still allows, in grosze; None where nothing limits it."""
        return None if self.unlimited else sum(self.plan.values()) - sum(self.paid_now.values())

    @property
    def waiting(self) -> int:
        """What is performed in the period and held by no template now, in grosze."""
        return round_half_up(sum(self.waiting_now.values()))

    @property
    def earned(self) -> int:
        """What the calculations of the projection add to the paid sum of the period, in grosze."""
        return sum(self.paid_then.values()) - sum(self.paid_now.values())

    @property
    def unpaid(self) -> int:
        """The value of performance that stays unpaid when the period ends, in grosze."""
        return self.months[-1].waiting

    @property
    def unused(self) -> int | None:
        """What of the plan nobody earns by the end of the period, in grosze; None where nothing limits it."""
        return None if self.unlimited else sum(self.plan.values()) - sum(self.paid_then.values())

    @property
    def binds_in(self) -> Month | None:
        """The first month, from the current one on, in which something does not fit; None when all is paid."""
        return next((one.month for one in self.months if one.binds and one.month >= self.month), None)


def project(
    ledger: Ledger, *, month: Month, period: SettlementPeriod, pace: Pace
) -> tuple[CapProjection, ...]:
    """Every cap unit of the contract, in order. The ledger stays as it is."""
    books = ledger.under(ledger.contract, ledger.policy)
    known = _known(books, period)
    paces = {
        unit: pace_of(known.get(unit, {}), month=month, period=period, choice=pace) for unit in _units(books)
    }
    waiting_now, paid_now = _waiting(books, period), _paid(books, period)
    later = [i for i in period.months() if i > month]
    expected = {
        unit: _expect(books, unit, of_unit.units, known.get(unit, {}), later)
        for unit, of_unit in paces.items()
    }
    months = [_Calculated.of(books, i, period) for i in period.months()]
    paid_then = _paid(books, period)
    nothing = paid((), period)
    return tuple(
        CapProjection(
            unit=unit,
            scope=books.contract.scope(*unit),
            month=month,
            period=period,
            pace=paces[unit],
            plan=planned(books.contract.scope(*unit), period),
            paid_now=paid_now.get(unit, nothing),
            paid_then=paid_then.get(unit, nothing),
            waiting_now=waiting_now.get(unit, {}),
            months=tuple(
                ProjectedMonth(
                    month=one.month,
                    known=known.get(unit, {}).get(one.month, 0),
                    expected=expected[unit].get(one.month, 0),
                    price=price_in(books.contract, unit, one.month),
                    room=cap.room,
                    due=one.due.get(unit, 0),
                    waiting=cap.waiting,
                    binds=any(step.rule == "unit-price.boundary" for step in cap.explanation.steps),
                    explanation=cap.explanation,
                )
                for one in months
                if (cap := one.caps.get(unit))
            ),
            rows=months[-1].caps[unit].explanation.months,
        )
        for unit in months[-1].caps
    )


def pace_of(known: ByMonth, *, month: Month, period: SettlementPeriod, choice: Pace) -> PaceOfWork:
    """The pace of one cap unit, from the units (×10,000) of the months of the period up to `month`."""
    so_far = [i for i in period.months() if i <= month]
    months = {
        "period": [i for i in so_far if known.get(i)],
        "last_three": so_far[-3:],
        "none": [],
    }[choice]
    counted = {i: known.get(i, 0) for i in months}
    return PaceOfWork(
        choice=choice,
        counted=counted,
        units=round_half_up(sum(counted.values()), len(counted)) if counted else 0,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calculated:
    """One month of the projection: its result by cap unit, and what it added to the paid sum of the period."""

    month: Month
    caps: Mapping[CapUnit, CapSettlement]
    due: Mapping[CapUnit, int]

    @classmethod
    def of(cls, books: Ledger, month: Month, period: SettlementPeriod) -> Self:
        before = _paid(books, period)
        settlement = books.calculate(month, known_up_to=month)
        return cls(
            month=month,
            caps={cap.unit: cap for cap in settlement.caps},
            due={
                unit: sum(after.values()) - sum(before.get(unit, {}).values())
                for unit, after in _paid(books, period).items()
            },
        )


def _units(books: Ledger) -> set[CapUnit]:
    """Every cap unit a calculation of these books can have."""
    positions = (position.unit for position in books.positions.values())
    return {*cap_units(books.contract, books.settled_by), *positions, *books.issued()}


def _known(books: Ledger, period: SettlementPeriod) -> dict[CapUnit, ByMonth]:
    """Units (×10,000) of accepted positions by cap unit and reporting month."""
    known: dict[CapUnit, ByMonth] = defaultdict(lambda: defaultdict(int))
    for position in books.positions.values():
        if position.month in period:
            known[position.unit][position.month] += position.units
    return known


def _waiting(books: Ledger, period: SettlementPeriod) -> dict[CapUnit, ByMonth]:
    """Exact value (10⁻⁴ grosza) of what no template holds, by cap unit and reporting month."""
    waiting: dict[CapUnit, ByMonth] = {}
    for unit, candidates in books.candidates().items():
        by_month: ByMonth = dict.fromkeys(period.months(), 0)
        for one in candidates:
            if (month := Month.from_number(one.month)) in by_month:
                by_month[month] += exact_value(units=one.units, price=one.price)
        waiting[unit] = {month: value for month, value in by_month.items() if value}
    return waiting


def _paid(books: Ledger, period: SettlementPeriod) -> dict[CapUnit, ByMonth]:
    return {unit: paid(issued, period) for unit, issued in books.issued().items()}


def _expect(books: Ledger, unit: CapUnit, pace: int, known: ByMonth, later: Iterable[Month]) -> ByMonth:
    """Enter what the pace adds to each later month that has a price; units (×10,000) by month."""
    found: ByMonth = {}
    for month in later:
        units = pace - known.get(month, 0)
        if units > 0 and price_in(books.contract, unit, month):
            found[month] = units
            key = (f"{EXPECTED} {unit.scope} {unit.distinguisher} {month}", 1)
            books.positions[key] = Position(unit, month, month.last_day, units, EXPECTED)
    return found
