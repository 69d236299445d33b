"""How sums and lines of a calculation are said to people, and what they are called as figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rozlicz.kernel.money import amount_text, count_text, round_half_up, units_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.contracts import Scope
from rozlicz.settlement.lines import Line, LineKey
from rozlicz.settlement.taking import ByReportingMonth, Tally

Input = tuple[Text, Text]
Figure = tuple[str, int]


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
    """Product, units × price; a line of one person's bill says so without naming the person."""
    bill = (
        Text(pl=", rachunek osoby ({country})", en=", bill of a person ({country})") if key.bill else same("")
    )
    return Text(pl="{product}: {units} × {price}{bill}", en="{product}: {units} × {price}{bill}").filled(
        product=product_name(scope, key.product),
        units=units_text(line.units),
        price=amount_text(line.price),
        bill=bill.filled(country=key.country),
    )


def line_figures(name: str, number: int, line: Line) -> Iterator[Figure]:
    """`name.units.n`, `name.price.n`, `name.amount.n`."""
    yield f"{name}.units.{number}", line.units
    yield f"{name}.price.{number}", line.price
    yield f"{name}.amount.{number}", line.amount
