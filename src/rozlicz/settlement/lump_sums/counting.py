"""What one scope is worth in a month by its lump sums: days, months, duties and visits at the rates of their days.

Each line is rounded half-up once. Days, duties and visits are whole, so their lines are exact; only a monthly lump
sum for a part of a month needs rounding, and such a line is one unit at the value of the part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from rozlicz.kernel.money import UNIT_SCALE, amount_text, count_text, exact_value, round_half_up
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Reason, Refusal
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.contract_words import RATE_PER
from rozlicz.messages.contracts import Contract, Scope
from rozlicz.messages.rates import RatePer, WardRate
from rozlicz.messages.templates import TemplateLine
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.lump_sums import reasons
from rozlicz.settlement.lump_sums.days import Run, days_of, days_text, runs_of
from rozlicz.settlement.lump_sums.emergency_ward import ward_step
from rozlicz.settlement.lump_sums.explained import CountedLine, days_step, duties_step, lines_step
from rozlicz.settlement.lump_sums.facts import Area, Duty, ScopeFacts, VisitedBy
from rozlicz.settlement.lump_sums.night_care import variant_of, variant_step
from rozlicz.settlement.lump_sums.parameters import TERMS_OF_LUMP_SUMS, LumpSumPolicy
from rozlicz.settlement.recalculated import CountedUnit

DUTIES_OF_A_DAY = 2
"""How many duties of twelve hours a day holds in one cell."""

MEASURES = (RatePer.DAY, RatePer.MONTH, RatePer.DUTY, RatePer.VISIT)
"""What lump sums are paid for, in the order of their lines."""


def lump_sum_line(scope: Scope, *, number: int, price: int, unit_name: str = "") -> TemplateLine:
    """A line of so many whole days, duties, visits or months at a price in grosze."""
    units = number * UNIT_SCALE
    return TemplateLine(
        scope=scope.code,
        distinguisher=scope.distinguisher,
        product="",
        name=scope.name,
        unit_name=unit_name or scope.unit_name,
        units=units,
        price=price,
        amount=round_half_up(exact_value(units=units, price=price)),
    )


@dataclass
class ScopeCount:
    """The count of one scope while it is made; `refusals` collect what could not be settled."""

    contract: Contract
    scope: Scope
    month: Month
    facts: ScopeFacts
    policy: LumpSumPolicy
    method: str
    refusals: list[Refusal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.days = days_of(self.contract, self.month, self.facts.closed)
        self.area = self._sound_area()
        self.steps: list[Step] = []

    def counted(self) -> CountedUnit | None:
        """The lines and why; None when no rate of the contract fits any day, so that nothing can be said."""
        measures = [per for per in MEASURES if any(rate.per is per for rate in self.scope.rates)]
        if not measures:
            self._refuse(reasons.NO_RATE_AT_ALL, "rates", same(""))
            return None
        for day in sorted(self.facts.closed - set(self.days.covered)):
            self._refuse_day(_CLOSED, day)
        lines = [line for count in self._counts(measures) for line in count]
        if not lines and any(refusal.code == reasons.NO_RATE.code for refusal in self.refusals):
            return None
        area = (variant_step(self.area, self.policy),) if self.area else ()
        return CountedUnit(
            unit=CapUnit(self.scope.code, self.scope.distinguisher),
            method=self.method,
            lines=tuple(counted.line for counted in lines),
            steps=(
                days_step(self.method, self.contract, self.month, self.days),
                *area,
                *self.steps,
                lines_step(self.method, lines),
            ),
            demand="R28",
            basis=TERMS_OF_LUMP_SUMS,
        )

    def _counts(self, measures: list[RatePer]) -> Iterator[Iterator[CountedLine]]:
        """The count of each measure that the contract pays or that was reported."""
        if RatePer.DAY in measures:
            yield self._days()
        if RatePer.MONTH in measures:
            yield self._months()
        if RatePer.DUTY in measures or self.facts.duties:
            yield self._duties()
        if RatePer.VISIT in measures or self.facts.visits:
            yield self._visits()

    def _days(self) -> Iterator[CountedLine]:
        wards: dict[WardRate, None] = {}
        for run in self._runs(self.days.paid, RatePer.DAY, self._variant):
            wards |= {rate.ward: None for rate in run.rates if rate.ward is not None}
            yield self._whole(len(run.days), run)
        self.steps += map(ward_step, wards)

    def _months(self) -> Iterator[CountedLine]:
        """A whole month at one rate is one unit; a part of it is one unit at its share of the days (policy)."""
        runs = self._runs(self.days.paid, RatePer.MONTH, self._variant)
        in_full = self.policy.part_of_month == "whole"
        for run in runs[:1] if in_full else runs:
            rate, of_days = run.amount, self.month.days
            days = of_days if in_full else len(run.days)
            how = amount_text(rate) if days == of_days else _PART
            yield CountedLine(
                lump_sum_line(self.scope, number=1, price=round_half_up(rate * days, scale=of_days)),
                how.filled(rate=amount_text(rate), days=days, of_days=of_days),
                (("rate", rate), ("days", days), ("of_days", of_days)),
            )

    def _duties(self) -> Iterator[CountedLine]:
        duties = self._sound_duties()
        planned = sum(row.units for row in self.scope.plan if row.month == self.month) // UNIT_SCALE
        paid = duties
        if self.policy.duties_within_plan and len(duties) > planned:
            self._refuse(reasons.DUTIES_ABOVE_PLAN, "duties", count_text(len(duties)), count_text(planned))
            paid = duties[:planned]
        self.steps.append(
            duties_step(self.method, reported=len(self.facts.duties), planned=planned, paid=len(paid))
        )
        return self._by_day(Counter(duty.day for duty in paid), RatePer.DUTY)

    def _sound_duties(self) -> list[Duty]:
        """The duties on days that are settled, at most as many a day and cell as a day holds; the earliest first."""
        inside = Counter(duty for duty in self.facts.duties if self._is_paid(_DUTY, duty.day))
        for duty, number in sorted(inside.items()):
            if number > DUTIES_OF_A_DAY:
                found, expected = count_text(number), count_text(DUTIES_OF_A_DAY)
                self._refuse(
                    reasons.TOO_MANY_DUTIES_OF_A_DAY,
                    "duties",
                    found,
                    expected,
                    cell=duty.cell or "—",
                    day=duty.day,
                )
        return [duty for duty in sorted(inside) for _ in range(min(inside[duty], DUTIES_OF_A_DAY))]

    def _visits(self) -> Iterator[CountedLine]:
        by_profession = {profession: Counter[date]() for profession in VisitedBy}
        for visits in self.facts.visits:
            if self._is_positive(_VISITS, visits.number) and self._is_paid(_VISITS, visits.day):
                by_profession[visits.by][visits.day] += visits.number
        for profession, by_day in by_profession.items():
            yield from self._by_day(by_day, RatePer.VISIT, variant=profession.value, unit_name="porada")

    def _by_day(
        self, by_day: Counter[date], per: RatePer, *, variant: str = "", unit_name: str = ""
    ) -> Iterator[CountedLine]:
        """One line for each rate, of what there was on its days."""
        for run in self._runs(by_day, per, variant):
            yield self._whole(sum(by_day[day] for day in run.days), run, unit_name=unit_name, name=variant)

    def _whole(self, number: int, run: Run, *, unit_name: str = "", name: str = "") -> CountedLine:
        return CountedLine(
            lump_sum_line(self.scope, number=number, price=run.amount, unit_name=unit_name),
            (_NAMED if name else _WHOLE).filled(
                number=count_text(number), price=amount_text(run.amount), name=name
            ),
        )

    def _runs(self, days: Iterable[date], per: RatePer, variant: str) -> tuple[Run, ...]:
        runs, missing = runs_of(self.scope, days, per=per, variant=variant)
        if missing:
            named = _VARIANT.filled(variant=variant) if variant else same("")
            self._refuse(reasons.NO_RATE, "rates", days_text(missing), measure=RATE_PER[per], variant=named)
        return runs

    @property
    def _variant(self) -> str:
        return variant_of(self.area, self.policy) if self.area else ""

    def _sound_area(self) -> Area | None:
        area = self.facts.area
        if area is None:
            return None
        sound = [
            self._is_positive(_POPULATION, area.population),
            self._is_positive(_PROVIDERS, area.providers),
        ]
        return area if all(sound) else None

    def _is_positive(self, what: Text, number: int) -> bool:
        if number <= 0:
            self._refuse(reasons.NOT_POSITIVE, "number", count_text(number), what=what)
        return number > 0

    def _is_paid(self, what: Text, day: date) -> bool:
        if day not in self.days.paid:
            self._refuse_day(what, day)
        return day in self.days.paid

    def _refuse_day(self, what: Text, day: date) -> None:
        self._refuse(reasons.OUTSIDE, "day", days_text((day,)), days_text(self.days.paid), what=what)

    def _refuse(
        self, because: Reason, field: str, found: Text, expected: Text | str = "", **values: object
    ) -> None:
        # The basis is said, so that nothing in `values` can stand in for it.
        values["scope"] = self.scope.code
        refusal = because.because(field=field, found=found, expected=expected, basis=because.basis, **values)
        self.refusals.append(refusal)


_WHOLE = Text(pl="{number} × {price}", en="{number} × {price}")
_NAMED = Text(pl="{name}: {number} × {price}", en="{name}: {number} × {price}")
_PART = Text(pl="{rate} × {days} ÷ {of_days} dni", en="{rate} × {days} ÷ {of_days} days")
_VARIANT = Text(pl=" (wariant: {variant})", en=" (variant: {variant})")
_DUTY = Text(pl="dyżur", en="a duty")
_VISITS = Text(pl="porady", en="visits")
_CLOSED = Text(pl="dzień bez gotowości", en="a day without readiness")
_POPULATION = Text(pl="liczba ludności obszaru", en="the population of the area")
_PROVIDERS = Text(pl="liczba świadczeniodawców obszaru", en="the number of providers of the area")
