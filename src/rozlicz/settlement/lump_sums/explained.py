"""How the count of lump sums is explained: which days, which duties, which lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rozlicz.kernel.money import amount_text, count_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract
from rozlicz.messages.templates import TemplateLine
from rozlicz.settlement.bases import POLICY
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.lump_sums.days import Days, days_text
from rozlicz.settlement.lump_sums.parameters import TERMS_OF_LUMP_SUMS
from rozlicz.settlement.method import Figure, method_step


class CountedLine(NamedTuple):
    """A line, how it was counted in words, and the figures beyond quantity, price and amount."""

    line: TemplateLine
    how: Text
    figures: tuple[Figure, ...] = ()


def days_step(method: str, contract: Contract, month: Month, days: Days) -> Step:
    """Which days are paid. Figures: `month.days`, `covered`, `closed`, `paid`."""
    return method_step(
        f"{method}.days",
        Text(pl="Dni gotowości w miesiącu", en="Days of readiness in the month"),
        Text(pl="Dni płatne: {paid}", en="Days that are paid: {paid}").filled(
            paid=count_text(len(days.paid))
        ),
        demand="R28",
        basis=TERMS_OF_LUMP_SUMS,
        inputs=(
            (month.name, count_text(month.days)),
            (
                Text(pl="Umowa obowiązuje", en="The contract is in force"),
                Text(pl="{first} – {last}", en="{first} – {last}").filled(
                    first=contract.valid_from, last=contract.valid_to
                ),
            ),
            (Text(pl="Dni bez gotowości", en="Days without readiness"), days_text(days.closed)),
        ),
        figures=(
            ("month.days", month.days),
            ("covered", len(days.covered)),
            ("closed", len(days.closed)),
            ("paid", len(days.paid)),
        ),
    )


def duties_step(method: str, *, reported: int, planned: int, paid: int) -> Step:
    """Which duties are paid. Figures: `reported`, `planned`, `paid`."""
    return method_step(
        f"{method}.duties",
        Text(pl="Dyżury po 12 godzin", en="Duties of 12 hours"),
        Text(pl="Dyżury płatne: {paid}", en="Duties that are paid: {paid}").filled(paid=count_text(paid)),
        demand="R28",
        basis=POLICY,
        inputs=(
            (Text(pl="Wykazane", en="Reported"), count_text(reported)),
            (Text(pl="W planie miesiąca", en="In the month's plan"), count_text(planned)),
        ),
        figures=(("reported", reported), ("planned", planned), ("paid", paid)),
    )


def lines_step(method: str, lines: Sequence[CountedLine]) -> Step:
    """The lines. Figures: `line.units.n`, `line.price.n`, `line.amount.n`.

    Of a monthly lump sum also its rate `line.rate.n`, and for how many `line.days.n` of `line.of_days.n` it is paid.
    """
    total = sum(counted.line.amount for counted in lines)
    return method_step(
        f"{method}.lines",
        Text(pl="Ryczałt: liczba razy stawka", en="Lump sum: number times rate"),
        Text(pl="Razem: {amount}", en="Together: {amount}").filled(amount=amount_text(total)),
        demand="R28",
        basis=TERMS_OF_LUMP_SUMS,
        inputs=((counted.how, amount_text(counted.line.amount)) for counted in lines),
        figures=_line_figures(lines),
    )


def _line_figures(lines: Sequence[CountedLine]) -> Iterator[Figure]:
    for number, (line, _, more) in enumerate(lines, 1):
        yield f"line.units.{number}", line.units
        yield f"line.price.{number}", line.price
        yield f"line.amount.{number}", line.amount
        yield from ((f"line.{name}.{number}", value) for name, value in more)
