"""Outpatient clinics with too few first visits: a quarter paid at 75 % (R20, rp.pl 43679351, since 2025).

A clinic whose share of first visits in a quarter is under the national median has the next quarter to improve: by
three percentage points, or to the median. Otherwise the quarter after that is paid at 75 %. The factor acts on the
units of a position (`reductions`), as if the contract reported a coefficient of 0.75 for everything in the scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.money import UNIT_SCALE, Units, count_text, units_text
from rozlicz.kernel.months import Month, Quarter
from rozlicz.kernel.texts import Text
from rozlicz.settlement.bases import TERMS_OF_SETTLEMENT
from rozlicz.settlement.books import Key
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.reductions import Reduction, Share, reduction

_FIRST_VISITS = Basis(
    Text(
        pl="udział świadczeń pierwszorazowych w AOS, zasada z 2025 r. (rp.pl 43679351); pierwszy dzień niepewny",
        en="share of first visits in outpatient care, rule of 2025 (rp.pl 43679351); its first day was not seen",
    ),
    confirmed=False,
)

TOO_FEW_FIRST_VISITS: Parameter[Units] = Parameter(
    name="too_few_first_visits",
    meaning=Text(
        pl="Współczynnik kwartału po braku poprawy udziału świadczeń pierwszorazowych",
        en="Coefficient of a quarter after the share of first visits was not improved",
    ),
    rulings=(
        Ruling(value=UNIT_SCALE, since=date(2004, 1, 1), basis=TERMS_OF_SETTLEMENT),
        Ruling(value=7_500, since=date(2025, 1, 1), basis=_FIRST_VISITS),
    ),
)

ENOUGH_IMPROVEMENT: Parameter[Units] = Parameter(
    name="first_visits_improvement",
    meaning=Text(
        pl="Poprawa udziału świadczeń pierwszorazowych, która wystarcza (ułamek)",
        en="Improvement of the share of first visits that is enough (a fraction)",
    ),
    rulings=(Ruling(value=300, since=date(2004, 1, 1), basis=_FIRST_VISITS),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstVisits:
    """What the branch counted of one clinic in one quarter.

    `first` of all its `visits`; `median` is the national share of first visits (×10,000) it is held against.
    """

    first: int
    visits: int
    median: Units

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.visits:
            raise ValueError(f"{self.first} first visits of {self.visits}")

    @property
    def share(self) -> Fraction | None:
        """First visits by all visits; None where there was no visit."""
        return Fraction(self.first, self.visits) if self.visits else None

    @property
    def is_under_median(self) -> bool:
        """Whether the share is under the median; a quarter without visits is not."""
        return self.share is not None and self.share < Fraction(self.median, UNIT_SCALE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstVisitFactor:
    """The factor (×10,000) that a quarter is paid with, and why."""

    quarter: Quarter
    factor: Units
    step: Step


def first_visit_factor(
    *, quarter: Quarter, counted: Mapping[Quarter, FirstVisits], branch: str | None = None
) -> FirstVisitFactor:
    """The factor of a quarter, from what was counted in the two quarters before it.

    A quarter that was not counted, or without a visit, never leads to a reduction.
    """
    day = quarter.first.first_day
    ruling, enough = TOO_FEW_FIRST_VISITS.on(day, branch), ENOUGH_IMPROVEMENT.on(day, branch)
    warned, improving = counted.get(quarter.plus(-2)), counted.get(quarter.plus(-1))
    too_few = (
        warned is not None
        and improving is not None
        and warned.is_under_median
        and improving.is_under_median
        and not _improved(warned, improving, enough.value)
    )
    factor = ruling.value if too_few else UNIT_SCALE
    seen = [(name, one) for name, one in (("warned", warned), ("improving", improving)) if one is not None]
    return FirstVisitFactor(
        quarter=quarter,
        factor=factor,
        step=Step(
            rule="units.first-visits-share",
            demand="R20",
            title=Text(
                pl="Udział świadczeń pierwszorazowych w dwóch poprzednich kwartałach",
                en="Share of first visits in the two quarters before",
            ),
            inputs=(
                *(_counted(quarter.plus(-2 if name == "warned" else -1), one) for name, one in seen),
                (ENOUGH_IMPROVEMENT.meaning, units_text(enough.value)),
            ),
            figures=(
                *(
                    figure
                    for name, one in seen
                    for figure in (
                        (f"first.{name}", one.first),
                        (f"visits.{name}", one.visits),
                        (f"median.{name}", one.median),
                    )
                ),
                ("improvement", enough.value),
                ("reduced", ruling.value),
                ("factor", factor),
            ),
            basis=ruling.basis,
            outcome=Text(pl="{quarter}: współczynnik {factor}", en="{quarter}: coefficient {factor}").filled(
                quarter=quarter.name, factor=units_text(factor)
            ),
        ),
    )


class FirstVisitPosition(NamedTuple):
    """An accepted position of the clinic; `month` is its reporting month (yyyymm), `units` (×10,000)."""

    key: Key
    month: int
    units: Units


def reduce_quarter(positions: Iterable[FirstVisitPosition], *, factor: FirstVisitFactor) -> Reduction:
    """Reduce everything reported in the quarter by its factor; positions of other quarters are not looked at."""
    return reduction(
        rule="units.first-visits",
        title=Text(
            pl="Kwartał płatny ze współczynnikiem udziału świadczeń pierwszorazowych ({quarter})",
            en="A quarter paid with the coefficient of the share of first visits ({quarter})",
        ).filled(quarter=factor.quarter.name),
        basis=factor.step.basis,
        factor=factor.factor,
        shares={
            position.key: Share(position.units)
            for position in positions
            if Month.from_number(position.month) in factor.quarter
        },
        inputs=((TOO_FEW_FIRST_VISITS.meaning, units_text(factor.factor)),),
    )


def _improved(warned: FirstVisits, improving: FirstVisits, enough: Units) -> bool:
    before, after = warned.share, improving.share
    return before is not None and after is not None and after >= before + Fraction(enough, UNIT_SCALE)


def _counted(quarter: Quarter, one: FirstVisits) -> tuple[Text, Text]:
    value = Text(
        pl="{first} z {visits}, mediana krajowa {median}", en="{first} of {visits}, national median {median}"
    )
    return quarter.name, value.filled(
        first=count_text(one.first), visits=count_text(one.visits), median=units_text(one.median)
    )
