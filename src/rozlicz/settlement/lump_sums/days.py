"""Which days of a month a lump sum is paid for, and at which rate each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from rozlicz.kernel.money import Price
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Language, Text, format_day
from rozlicz.messages.contracts import Contract, Scope
from rozlicz.messages.rates import Rate, RatePer


class Days(NamedTuple):
    """Days of a month: those the contract covers, those of them without readiness, and the rest, which are paid."""

    covered: tuple[date, ...]
    closed: tuple[date, ...]
    paid: tuple[date, ...]


def days_of(contract: Contract, month: Month, closed: Collection[date] = ()) -> Days:
    """The days of a month, in order; never one outside the contract's validity."""
    all_days = (month.first_day + timedelta(days=number) for number in range(month.days))
    covered = tuple(day for day in all_days if contract.valid_from <= day <= contract.valid_to)
    return Days(
        covered=covered,
        closed=tuple(day for day in covered if day in closed),
        paid=tuple(day for day in covered if day not in closed),
    )


class Run(NamedTuple):
    """Days with rates of the same amount, in grosze; both in the order of the days."""

    amount: Price
    rates: tuple[Rate, ...]
    days: tuple[date, ...]


def runs_of(
    scope: Scope, days: Iterable[date], *, per: RatePer, variant: str = ""
) -> tuple[tuple[Run, ...], tuple[date, ...]]:
    """The days at the rate of each (a change of price inside the month parts them), and the days without a rate.

    A contract whose rates of that measure have no variants has one for all.
    """
    named = {rate.variant for rate in scope.rates if rate.per is per}
    asked = "" if named == {""} else variant
    found: dict[Price, tuple[dict[Rate, None], list[date]]] = {}
    missing = []
    for day in sorted(days):
        rate = scope.rate_on(day, per=per, variant=asked)
        if rate is None:
            missing.append(day)
        else:
            rates, of_rates = found.setdefault(rate.amount, ({}, []))
            rates[rate] = None
            of_rates.append(day)
    runs = (Run(amount, tuple(rates), tuple(of_rates)) for amount, (rates, of_rates) in found.items())
    return tuple(runs), tuple(missing)


def days_text(days: Sequence[date]) -> Text:
    """Days as people name them: runs of following days from – to."""
    spans: list[list[date]] = []
    for day in sorted(set(days)):
        if spans and day - spans[-1][1] == timedelta(days=1):
            spans[-1][1] = day
        else:
            spans.append([day, day])

    def said(language: Language) -> str:
        return ", ".join(
            format_day(first, language)
            if first == last
            else f"{format_day(first, language)} – {format_day(last, language)}"
            for first, last in spans
        )

    return Text(pl=said("pl") or "—", en=said("en") or "—")
