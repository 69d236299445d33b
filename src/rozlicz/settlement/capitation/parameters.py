"""Numbers and choices of settlement by capitation that have dates: parts of a month, provisional counts, variants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.money import Units
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.settlement.bases import POLICY

PartOfMonth = Literal["working-days", "calendar-days", "whole-month"]

TERMS_OF_CAPITATION = Basis(
    Text(
        pl="Łódzki OW NFZ, Warunki rozliczania świadczeń – kapitacyjna stawka roczna, 3.09.2020 "
        "(za ogólnymi warunkami umów)",
        en="Łódź branch, Terms of settlement – annual capitation rate, 3 Sep 2020 "
        "(after the general terms of contracts)",
    )
)

CARE_ENDED = Basis(
    Text(
        pl="§ 17 ust. 1 zdanie drugie ogólnych warunków umów (Dz.U. 2020 poz. 696)",
        en="§ 17(1), second sentence, of the general terms of contracts (Dz.U. 2020 poz. 696)",
    )
)

_SINCE = date(2004, 1, 1)

PART_OF_MONTH: Parameter[PartOfMonth] = Parameter(
    name="capitation_part_of_month",
    meaning=Text(
        pl="Opieka ustała w trakcie miesiąca: dni robocze opieki do dni roboczych miesiąca (working-days), dni "
        "kalendarzowe opieki do dni roboczych, najwyżej całość (calendar-days), cały miesiąc (whole-month)",
        en="Care ended inside the month: working days of care to the working days of the month (working-days), "
        "calendar days of care to the working days, at most the whole (calendar-days), the whole month (whole-month)",
    ),
    rulings=(
        Ruling(value="whole-month", since=_SINCE, basis=POLICY),
        # The day in April 2020 on which the act came into force was not seen.
        Ruling(value="working-days", since=date(2020, 4, 1), basis=CARE_ENDED),
    ),
)

PROVISIONAL_COUNT: Parameter[bool] = Parameter(
    name="capitation_provisional_count",
    meaning=Text(
        pl="Bez liczb Funduszu na miesiąc: rachunek według liczb poprzedniego miesiąca, potem korekta",
        en="Without the Fund's numbers for the month: a bill by those of the month before, corrected later",
    ),
    rulings=(Ruling(value=False, since=_SINCE, basis=POLICY),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityVariant:
    """A higher rate that opens at an index of diagnostic tests; `from_index` in points ×10,000.

    `name` is the variant of the contract's rates. The name is this house's own.
    """

    name: str
    from_index: Units


DIAGNOSTICS_VARIANT = "wskaźnik badań diagnostycznych"
"""The variant of a rate for a list with enough diagnostic tests."""

QUALITY_VARIANTS: Parameter[tuple[QualityVariant, ...]] = Parameter(
    name="capitation_quality_variants",
    meaning=Text(
        pl="Warianty stawki według wskaźnika wykonania badań diagnostycznych (WWBDp)",
        en="Variants of the rate by the index of diagnostic tests performed (WWBDp)",
    ),
    rulings=(
        Ruling(value=(), since=_SINCE, basis=POLICY),
        Ruling(
            value=(QualityVariant(name=DIAGNOSTICS_VARIANT, from_index=30_000_000),),
            since=date(2016, 1, 1),
            basis=Basis(
                Text(
                    pl="zarządzenie 77/2015: 3000 punktów w I kwartale 2016 r. (prawo.pl 241948); "
                    "próg późniejszych lat nie był widziany",
                    en="order 77/2015: 3,000 points in the first quarter of 2016 (prawo.pl 241948); "
                    "the threshold of later years was not seen",
                ),
                confirmed=False,
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CapitationPolicy:
    """How one calculation chooses; `part_of_month` holds for care that ends in that month."""

    provisional: bool = False
    part_of_month: PartOfMonth = "working-days"


def capitation_policy_for(*, month: Month, branch: str) -> CapitationPolicy:
    """The policy a branch had in force on the first day of the month that is calculated."""
    day = month.first_day
    return CapitationPolicy(
        provisional=PROVISIONAL_COUNT.on(day, branch).value,
        part_of_month=PART_OF_MONTH.on(day, branch).value,
    )


def variant_for(*, index: Units | None, on: date, branch: str) -> str:
    """The variant of the rate that an index (points ×10,000) opens on a day; empty for the usual rate."""
    ruling = QUALITY_VARIANTS.on(on, branch)
    opened = [variant for variant in ruling.value if index is not None and variant.from_index <= index]
    return max(opened, key=lambda variant: variant.from_index).name if opened else ""
