"""How sums and lines of a calculation are said to people, and what they are called as figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import (
    UNIT_SCALE,
    amount_text,
    count_text,
    exact_value,
    format_exact,
    round_half_up,
    units_text,
)
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.contracts import Scope
from rozlicz.settlement.bases import TERMS_OF_SETTLEMENT
from rozlicz.settlement.calculation import CapCalculation
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.lines import Line, LineKey
from rozlicz.settlement.method import Figure, Input, method_step
from rozlicz.settlement.taking import ByReportingMonth, Tally


def product_name(scope: Scope | None, code: str) -> str:
    """The name the contract gives a product; its code when the contract no longer lists it."""
    return next((p.name for p in scope.products if p.code == code), code) if scope else code


def together(tallies: Iterable[Tally]) -> Tally:
    """The sum of some tallies."""
    total = Tally()
    for tally in tallies:
        total.join(tally)
    return total


def tally_text(tally: Tally) -> Text:
    """How many positions, units and zloty."""
    return Text(
        pl="pozycje: {positions}, jednostki: {units}, wartość: {amount}",
        en="positions: {positions}, units: {units}, value: {amount}",
    ).filled(
        positions=count_text(tally.positions),
        units=units_text(tally.units),
        amount=amount_text(round_half_up(tally.value)),
    )


def tally_inputs(by_month: ByReportingMonth) -> Iterator[Input]:
    """One input a reporting month."""
    for month, tally in by_month.items():
        yield Month.from_number(month).name, tally_text(tally)


def tally_figures(name: str, by_month: ByReportingMonth) -> Iterator[Figure]:
    """`name.positions.yyyymm`, `name.units.yyyymm`, `name.exact.yyyymm`."""
    for month, tally in by_month.items():
        yield f"{name}.positions.{month}", tally.positions
        yield f"{name}.units.{month}", tally.units
        yield f"{name}.exact.{month}", tally.value


def line_text(scope: Scope | None, key: LineKey, line: Line) -> Text:
    """Product, units × price, and the exact product where it is no whole grosz.

    A line of one person's bill says so without naming the person.
    """
    bill = (
        Text(pl=", rachunek osoby ({country})", en=", bill of a person ({country})") if key.bill else same("")
    )
    return Text(
        pl="{product}: {units} × {price}{exact}{bill}", en="{product}: {units} × {price}{exact}{bill}"
    ).filled(
        product=product_name(scope, key.product),
        units=units_text(line.units),
        price=amount_text(line.price),
        exact=_exact_text(exact_value(units=line.units, price=line.price)),
        bill=bill.filled(country=key.country),
    )


def _exact_text(value: int) -> Text:
    """`` = 10,008999 zł`` for a value (10⁻⁴ grosza) that has to be rounded; nothing for whole grosze."""
    if value % UNIT_SCALE == 0:
        return same("")
    return Text(pl=f" = {format_exact(value, 'pl')}", en=f" = {format_exact(value, 'en')}")


def line_figures(name: str, number: int, line: Line) -> Iterator[Figure]:
    """`name.units.n`, `name.price.n`, `name.amount.n`."""
    yield f"{name}.units.{number}", line.units
    yield f"{name}.price.{number}", line.price
    yield f"{name}.amount.{number}", line.amount


def step(
    rule: str,
    title: Text,
    outcome: Text,
    *,
    demand: str,
    basis: Basis = TERMS_OF_SETTLEMENT,
    inputs: Iterable[Input] = (),
    figures: Iterable[Figure] = (),
) -> Step:
    """A step of settlement by unit price; the pairs may come from generators."""
    return method_step(
        f"unit-price.{rule}", title, outcome, demand=demand, basis=basis, inputs=inputs, figures=figures
    )


def months_shown(calculation: CapCalculation) -> list[Month]:
    """The months worth a row: from the first of the period to the last with a template or a position."""
    seen = [t.month for t in calculation.issued] + [*calculation.performed, *calculation.taken.waiting]
    last = max([calculation.month.number, *(m for m in seen if m <= calculation.period.last.number)])
    return [month for month in calculation.period.months() if month.number <= last]
