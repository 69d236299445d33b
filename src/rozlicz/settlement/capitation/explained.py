"""The explanation of a scope settled by capitation: from the persons of each group to the lines.

Figures are named `name` or `name.number`; a number counts the groups in the order of the lines. Amounts are grosze,
coefficients ×10,000, days are yyyymmdd. A line follows from its own figures: persons × coefficient × rate ÷ 12, where
care ended inside the month also × days ÷ of-days, rounded half-up once. Its coefficient is that of the group times
that of the scope, rounded to four decimals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import UNIT_SCALE, Units, amount_text, count_text, round_half_up, units_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, format_day, same
from rozlicz.messages.templates import TemplateLine
from rozlicz.settlement.bases import POLICY
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.capitation.parameters import CARE_ENDED, TERMS_OF_CAPITATION, PartOfMonth
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.method import Figure, Input, method_step
from rozlicz.settlement.recalculated import CountedUnit

_METHOD = "capitation"

CONTRACT_RATE = Basis(
    Text(pl="umowa: stawka roczna zakresu", en="the contract: the annual rate of the scope")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The persons of one group: `holders` of them are insured in another state.

    `coefficient` is that of the group, `factor` that of the whole scope, both ×10,000.
    """

    code: str
    name: str
    coefficient: Units
    persons: int
    holders: int
    basis: Basis
    factor: Units = UNIT_SCALE

    @property
    def corrected(self) -> Units:
        """The coefficient of the group times that of the scope, rounded to four decimals (nfz.gov.pl notice 8203)."""
        return round_half_up(self.coefficient * self.factor)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """Everything the lines of one scope were made from. `part`: days paid, of days; None for the whole month."""

    unit: CapUnit
    month: Month
    heads: tuple[Heads, ...]
    lines: tuple[TemplateLine, ...]
    rate: int
    variant: str
    index: Units | None
    counted_on: date
    provisional: bool
    last_day: date | None
    part: tuple[int, int] | None
    reading: PartOfMonth


def explained(priced: Priced) -> CountedUnit:
    """The scope with the steps in the order in which the rule takes them."""
    steps = (_count(priced), *_groups(priced), *_rate(priced), *_part(priced), _lines(priced))
    return CountedUnit(
        unit=priced.unit,
        method=_METHOD,
        lines=priced.lines,
        steps=steps,
        demand="R24",
        basis=TERMS_OF_CAPITATION,
    )


def _count(priced: Priced) -> Step:
    persons = sum(head.persons for head in priced.heads)
    holders = sum(head.holders for head in priced.heads)
    day = _day(priced.counted_on)
    outcome = (
        Text(
            pl="Osoby: {persons}, tymczasowo według liczb na {day}; korekta po otrzymaniu liczb miesiąca",
            en="Persons: {persons}, provisionally by the numbers of {day}; corrected when those of the month come",
        )
        if priced.provisional
        else Text(pl="Osoby: {persons}, stan na {day}", en="Persons: {persons}, state of {day}")
    )
    inputs: list[Input] = [(same(head.name), count_text(head.persons)) for head in priced.heads]
    if holders:
        label = Text(
            pl="w tym ubezpieczeni w innym państwie UE/EFTA", en="of them insured in another EU/EFTA state"
        )
        inputs.append((label, count_text(holders)))
    return method_step(
        f"{_METHOD}.count",
        Text(pl="Liczba osób przekazana przez Fundusz", en="Number of persons returned by the Fund"),
        outcome.filled(persons=count_text(persons), day=day),
        demand="R25, R27",
        basis=POLICY if priced.provisional else TERMS_OF_CAPITATION,
        inputs=inputs,
        figures=(
            ("counted-on", int(f"{priced.counted_on:%Y%m%d}")),
            ("provisional", int(priced.provisional)),
            *((f"persons.{n}", head.persons) for n, head in enumerate(priced.heads, 1)),
            *((f"certificate-holders.{n}", head.holders) for n, head in enumerate(priced.heads, 1)),
        ),
    )


def _groups(priced: Priced) -> Iterator[Step]:
    if not priced.heads:
        return
    factor = priced.heads[0].factor
    inputs = [(same(head.name), units_text(head.coefficient)) for head in priced.heads]
    if factor != UNIT_SCALE:
        whole = Text(
            pl="współczynnik całego zakresu według umowy", en="coefficient of the whole scope by the contract"
        )
        inputs.append((whole, units_text(factor)))
    yield method_step(
        f"{_METHOD}.coefficients",
        Text(pl="Współczynniki grup", en="Coefficients of the groups"),
        Text(pl="Grupy: {count}", en="Groups: {count}").filled(count=count_text(len(priced.heads))),
        demand="R24",
        basis=priced.heads[0].basis,
        inputs=inputs,
        figures=(
            ("scope-coefficient", factor),
            *((f"coefficient.{n}", head.coefficient) for n, head in enumerate(priced.heads, 1)),
        ),
    )


def _rate(priced: Priced) -> Iterator[Step]:
    if not priced.heads:
        return
    inputs: list[Input] = []
    figures: list[Figure] = [("rate", priced.rate)]
    if priced.index is not None:
        index = Text(pl="Wskaźnik badań diagnostycznych, punkty", en="Index of diagnostic tests, points")
        inputs.append((index, units_text(priced.index)))
        figures.append(("index", priced.index))
    variant = same(priced.variant) if priced.variant else Text(pl="podstawowy", en="the usual one")
    inputs.append((Text(pl="Wariant stawki", en="Variant of the rate"), variant))
    yield method_step(
        f"{_METHOD}.rate",
        Text(pl="Stawka roczna w pierwszym dniu miesiąca", en="Annual rate on the first day of the month"),
        Text(
            pl="Stawka: {rate} rocznie, płatna w 1/12", en="Rate: {rate} a year, a twelfth of it paid"
        ).filled(rate=amount_text(priced.rate)),
        demand="R24",
        basis=CONTRACT_RATE,
        inputs=inputs,
        figures=figures,
    )


def _part(priced: Priced) -> Iterator[Step]:
    if priced.last_day is None:
        return
    whole = Text(pl="Płatny cały miesiąc", en="The whole month is paid")
    days, of_days = priced.part or (0, 0)
    yield method_step(
        f"{_METHOD}.part-of-month",
        Text(pl="Opieka ustała w trakcie miesiąca", en="Care ended inside the month"),
        Text(pl="Dni opieki: {days} z {of_days}", en="Days of care: {days} of {of_days}").filled(
            days=days, of_days=of_days
        )
        if priced.part
        else whole,
        demand="R24",
        basis=POLICY if priced.reading == "whole-month" else CARE_ENDED,
        inputs=(
            (Text(pl="Ostatni dzień opieki", en="Last day of care"), _day(priced.last_day)),
            (Text(pl="Sposób liczenia", en="How days are counted"), _READINGS[priced.reading]),
        ),
        figures=(
            ("last-day", int(f"{priced.last_day:%Y%m%d}")),
            ("days", days),
            ("of-days", of_days),
        ),
    )


_READINGS: dict[PartOfMonth, Text] = {
    "working-days": Text(
        pl="dni robocze opieki do dni roboczych miesiąca",
        en="working days of care to the working days of the month",
    ),
    "calendar-days": Text(
        pl="dni kalendarzowe opieki do dni roboczych miesiąca, najwyżej całość",
        en="calendar days of care to the working days of the month, at most the whole",
    ),
    "whole-month": Text(pl="cały miesiąc", en="the whole month"),
}


def _lines(priced: Priced) -> Step:
    return method_step(
        f"{_METHOD}.lines",
        Text(pl="Wiersze szablonu, każdy zaokrąglony raz", en="Lines of the template, each rounded once"),
        Text(pl="Wiersze: {count}, razem {amount}", en="Lines: {count}, together {amount}").filled(
            count=count_text(len(priced.lines)),
            amount=amount_text(sum(line.amount for line in priced.lines)),
        ),
        demand="R24",
        basis=POLICY,
        inputs=((_line_text(line), amount_text(line.amount)) for line in priced.lines),
        figures=(figure for n, line in enumerate(priced.lines, 1) for figure in _line_figures(n, line)),
    )


def _line_text(line: TemplateLine) -> Text:
    """`osoby od 40 do 65 lat: 7 × 1,34 × 100,00 zł ÷ 12`."""
    counted = line.capitation
    if counted is None:
        return same(line.name)
    part = f" × {counted.days} ÷ {counted.of_days}" if counted.of_days else ""
    template = "{name}: {persons} × {coefficient} × {rate} ÷ 12{part}"
    return Text(pl=template, en=template).filled(
        name=line.name,
        persons=count_text(counted.persons),
        coefficient=units_text(counted.coefficient),
        rate=amount_text(counted.annual_rate),
        part=part,
    )


def _line_figures(number: int, line: TemplateLine) -> Iterator[Figure]:
    if counted := line.capitation:
        yield f"line.persons.{number}", counted.persons
        yield f"line.coefficient.{number}", counted.coefficient
        yield f"line.rate.{number}", counted.annual_rate
        if counted.of_days:
            yield f"line.days.{number}", counted.days
            yield f"line.of-days.{number}", counted.of_days
        yield f"line.amount.{number}", line.amount


def _day(day: date) -> Text:
    return Text(pl=format_day(day, "pl"), en=format_day(day, "en"))
