"""Numbers and choices of settlement by lump sums that have dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.settlement.bases import POLICY

PartOfMonth = Literal["days", "whole"]
NightCareRule = Literal["population", "providers"]

TERMS_OF_LUMP_SUMS = Basis(
    Text(
        pl="Łódzki OW NFZ, Warunki rozliczania świadczeń – ryczałt dobowy, 3.09.2020 (za ogólnymi warunkami umów)",
        en="Łódź branch, Terms of settlement – daily lump sum, 3 Sep 2020 (after the general terms of contracts)",
    )
)
REAL_COSTS = Basis(
    Text(
        pl="Łódzki OW NFZ, Rozliczanie świadczeń, 3.09.2020: zakresy „– UE”; § 19 ust. 3 ogólnych warunków umów "
        "(2008)",
        en="Łódź branch, Settlement of services, 3 Sep 2020: scopes “– UE”; § 19(3) of the general terms (2008)",
    )
)
NIGHT_CARE_AREAS = Basis(
    Text(
        pl="Łódzki OW NFZ, Rozliczanie świadczeń, 3.09.2020: nocna i świąteczna opieka według liczby ludności",
        en="Łódź branch, Settlement of services, 3 Sep 2020: night and holiday care by population",
    )
)
NIGHT_CARE_PROVIDERS = Basis(
    Text(
        pl="zarządzenie Prezesa NFZ 71/2017/DSM; zasada za 24kurier.pl (2022): jeden świadczeniodawca – stały "
        "ryczałt, kilku – ryczałt bazowy i porady",
        en="order 71/2017/DSM of the Fund's President; the rule after 24kurier.pl (2022): one provider – a fixed "
        "lump sum, several – a base and visits",
    ),
    confirmed=False,
)

_SINCE = date(2004, 1, 1)

PART_OF_MONTH: Parameter[PartOfMonth] = Parameter(
    name="lump_sum_part_of_month",
    meaning=Text(
        pl="Ryczałt miesięczny za część miesiąca: dni kalendarzowe do dni miesiąca (days) czy całość (whole)",
        en="A monthly lump sum for a part of a month: calendar days to days of the month (days), or all of it "
        "(whole)",
    ),
    rulings=(Ruling(value="days", since=_SINCE, basis=POLICY),),
)

DUTIES_WITHIN_PLAN: Parameter[bool] = Parameter(
    name="lump_sum_duties_within_plan",
    meaning=Text(
        pl="Dyżury ponad liczbę w planie miesiąca nie są płatne",
        en="Duties above the number in the month's plan are not paid",
    ),
    rulings=(Ruling(value=True, since=_SINCE, basis=POLICY),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationBand:
    """Areas of up to so many persons (None: any number); `variant` of the contract's rate for them (own name)."""

    up_to: int | None
    variant: str


POPULATION_BANDS: Parameter[tuple[PopulationBand, ...]] = Parameter(
    name="night_care_population_bands",
    meaning=Text(
        pl="Progi ludności obszaru zabezpieczenia w nocnej i świątecznej opiece zdrowotnej",
        en="Thresholds of the population of an area of night and holiday care",
    ),
    rulings=(
        Ruling(
            value=(
                PopulationBand(up_to=50_000, variant="do 50 tys."),
                PopulationBand(up_to=100_000, variant="do 100 tys."),
                PopulationBand(up_to=150_000, variant="do 150 tys."),
                PopulationBand(up_to=None, variant="powyżej 150 tys."),
            ),
            since=_SINCE,
            basis=NIGHT_CARE_AREAS,
        ),
    ),
)

NIGHT_CARE_RULE: Parameter[NightCareRule] = Parameter(
    name="night_care_rule",
    meaning=Text(
        pl="Ryczałt nocnej i świątecznej opieki: według ludności obszaru (population) czy liczby świadczeniodawców "
        "obszaru (providers)",
        en="The lump sum of night and holiday care: by the population of the area (population) or by the number of "
        "its providers (providers)",
    ),
    rulings=(
        Ruling(value="population", since=_SINCE, basis=NIGHT_CARE_AREAS),
        Ruling(value="providers", since=date(2017, 10, 1), basis=NIGHT_CARE_PROVIDERS),
    ),
)

NIGHT_CARE_RAISE: Parameter[int] = Parameter(
    name="night_care_raise",
    meaning=Text(
        pl="Wskaźnik, którym od tego dnia podniesiono stawki nocnej i świątecznej opieki (× 10 000)",
        en="The factor (×10,000) by which rates of night and holiday care rose on that day",
    ),
    rulings=(
        Ruling(value=10_000, since=_SINCE, basis=POLICY),
        Ruling(
            value=12_361,
            since=date(2022, 7, 1),
            basis=Basis(
                Text(
                    pl="stawki nocnej i świątecznej opieki o 23,61 % wyższe od 1.07.2022 (24kurier.pl)",
                    en="rates of night and holiday care higher by 23.61 % from 1 Jul 2022 (24kurier.pl)",
                )
            ),
        ),
    ),
)

STATEMENT_DAY: Parameter[int] = Parameter(
    name="night_care_statement_day",
    meaning=Text(
        pl="Do którego dnia miesiąca oświadczenie o zmianie wykonawcy działa od następnego miesiąca",
        en="Up to which day of a month a statement that changes the performer takes effect with the next month",
    ),
    rulings=(
        Ruling(
            value=10,
            since=_SINCE,
            basis=Basis(
                Text(
                    pl="Łódzki OW NFZ, komunikat 437 (2008): zmiana wykonawcy nocnej i świątecznej opieki",
                    en="Łódź branch, notice 437 (2008): change of the performer of night and holiday care",
                )
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LumpSumPolicy:
    """How one calculation chooses; each field is the parameter of that name."""

    part_of_month: PartOfMonth = "days"
    duties_within_plan: bool = True
    night_care_rule: NightCareRule = "providers"
    population_bands: tuple[PopulationBand, ...] = POPULATION_BANDS.rulings[0].value


def lump_sum_policy_for(*, month: Month, branch: str) -> LumpSumPolicy:
    """The policy a branch had in force on the first day of the month that is calculated."""
    day = month.first_day
    return LumpSumPolicy(
        part_of_month=PART_OF_MONTH.on(day, branch).value,
        duties_within_plan=DUTIES_WITHIN_PLAN.on(day, branch).value,
        night_care_rule=NIGHT_CARE_RULE.on(day, branch).value,
        population_bands=POPULATION_BANDS.on(day, branch).value,
    )
