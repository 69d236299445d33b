"""Night and holiday care: which lump sum an area has, when another performer takes over, the raise of July 2022.

The documents' law: one lump sum for the area, by its population (up to 50,000, 100,000, 150,000, above). Since the
hospital network: one provider in the area has a fixed monthly lump sum; several have a base and the price of each
visit of a doctor or a nurse. Amounts and prices are the contract's rates; their variants are named here (own names).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rozlicz.kernel.money import UNIT_SCALE, count_text, exact_value, round_half_up
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.rates import Rate
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.lump_sums.facts import Area
from rozlicz.settlement.lump_sums.parameters import (
    NIGHT_CARE_AREAS,
    NIGHT_CARE_PROVIDERS,
    NIGHT_CARE_RAISE,
    STATEMENT_DAY,
    LumpSumPolicy,
)
from rozlicz.settlement.method import method_step

SOLE_PROVIDER = "jedyny świadczeniodawca"
"""The variant of a monthly rate for the only provider of an area (own name)."""
ONE_OF_SEVERAL = "kilku świadczeniodawców"
"""The variant of a monthly rate, the base, for each of several providers of an area (own name)."""


def variant_of(area: Area, policy: LumpSumPolicy) -> str:
    """The variant of the contract's rate for an area; thresholds are included ("up to 50,000")."""
    if policy.night_care_rule == "providers":
        return SOLE_PROVIDER if area.providers == 1 else ONE_OF_SEVERAL
    return next(
        band.variant
        for band in policy.population_bands
        if band.up_to is None or area.population <= band.up_to
    )


def variant_step(area: Area, policy: LumpSumPolicy) -> Step:
    """Why the area has that variant. Figures: `population`, `providers`."""
    by_population = policy.night_care_rule == "population"
    return method_step(
        "lump-sum.area",
        Text(pl="Obszar nocnej i świątecznej opieki", en="Area of night and holiday care"),
        Text(pl="Wariant stawki: {variant}", en="Variant of the rate: {variant}").filled(
            variant=same(variant_of(area, policy))
        ),
        demand="R28",
        basis=NIGHT_CARE_AREAS if by_population else NIGHT_CARE_PROVIDERS,
        inputs=(
            (Text(pl="Ludność obszaru", en="Population of the area"), count_text(area.population)),
            (Text(pl="Świadczeniodawcy obszaru", en="Providers of the area"), count_text(area.providers)),
        ),
        figures=(("population", area.population), ("providers", area.providers)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement that a list's night care is performed by another provider (its code) from now on."""

    performer: str
    filed: date


def performed_from(filed: date, branch: str | None = None) -> date:
    """The first day of the new performer (DATE-01): filed by the 10th, the next month; later, the one after it.

    The day is that of filing: it is no term of payment, and does not move when it is a day off.
    """
    in_time = filed.day <= STATEMENT_DAY.on(filed, branch).value
    return Month.of(filed).plus(1 if in_time else 2).first_day


def performer_in(
    month: Month, *, before: str, statements: Iterable[Statement], branch: str | None = None
) -> str:
    """Who performs in a month: the newest statement that is in effect on its first day; `before`: without any."""
    in_effect = [s for s in statements if performed_from(s.filed, branch) <= month.first_day]
    return max(in_effect, key=lambda s: s.filed).performer if in_effect else before


def raised(rates: Iterable[Rate], branch: str | None = None) -> tuple[Rate, ...]:
    """Agreed rates as an annex writes them after the raises: a rate that runs over such a day is split there.

    What begins on the day or later was agreed at the new level and stays (LUMP-09).
    """
    found = list(rates)
    for ruling in NIGHT_CARE_RAISE.rulings:
        factor = NIGHT_CARE_RAISE.on(ruling.since, branch).value
        found = [part for rate in found for part in _raised_on(rate, ruling.since, factor)]
    return tuple(found)


def _raised_on(rate: Rate, day: date, factor: int) -> tuple[Rate, ...]:
    if factor == UNIT_SCALE or not rate.valid_from < day <= rate.valid_to:
        return (rate,)
    amount = round_half_up(exact_value(units=factor, price=rate.amount))
    return (
        replace(rate, valid_to=day - timedelta(days=1)),
        replace(rate, valid_from=day, amount=amount, ward=None),
    )
