"""Numbers and choices of supply, dated and open to a branch's own ruling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rozlicz.kernel.legal import Parameter, Ruling
from rozlicz.kernel.texts import Text
from rozlicz.settlement.devices.bases import DISABILITY, FINANCING, ORDERS, SINCE, SUPPLY_POLICY, YEAR_END

LawDay = Literal["completed", "accepted"]

LAW_DAY: Parameter[LawDay] = Parameter(
    name="supply_law_day",
    meaning=Text(
        pl="Dzień, z którego są limit, udział i wiek: odbiór wyrobu czy przyjęcie zlecenia",
        en="The day whose limit, share and age hold: of receipt of the device, or of acceptance of the order",
    ),
    rulings=(Ruling(value="completed", since=SINCE, basis=SUPPLY_POLICY),),
)
ADULT_AGE: Parameter[int] = Parameter(
    name="supply_adult_age",
    meaning=Text(
        pl="Wiek, do którego jest udział dla dzieci", en="The age up to which the share of children holds"
    ),
    rulings=(Ruling(value=18, since=SINCE, basis=FINANCING),),
)
ORDER_MONTHS: Parameter[int] = Parameter(
    name="supply_order_months",
    meaning=Text(pl="Ile miesięcy jest ważne zlecenie", en="For how many months an order is valid"),
    rulings=(Ruling(value=12, since=SINCE, basis=ORDERS),),
)
PAPER_ORDER_MONTHS: Parameter[int] = Parameter(
    name="supply_paper_order_months",
    meaning=Text(
        pl="Na ile miesięcy jest zaopatrzenie miesięczne ze zlecenia potwierdzonego poza systemem",
        en="For how many months an order confirmed outside the system gives monthly supply",
    ),
    rulings=(Ruling(value=6, since=SINCE, basis=ORDERS),),
)
MONTHS_OF_PART: Parameter[int] = Parameter(
    name="supply_months_of_part",
    meaning=Text(
        pl="Ile miesięcy najwyżej obejmuje część zaopatrzenia miesięcznego",
        en="How many months a part of monthly supply holds at most",
    ),
    rulings=(Ruling(value=6, since=SINCE, basis=ORDERS),),
)
YEAR_END_CUT: Parameter[bool] = Parameter(
    name="supply_year_end_cut",
    meaning=Text(
        pl="Zaopatrzenie z przełomu roku rozliczane tylko za miesiące roku sprawozdawczego",
        en="Supply across the year's end settled for the months of the reporting year only",
    ),
    rulings=(Ruling(value=True, since=SINCE, basis=YEAR_END),),
)
WITHOUT_LIMIT: Parameter[frozenset[str]] = Parameter(
    name="supply_without_limit_of_quantity",
    meaning=Text(
        pl="Kody uprawnień dodatkowych, które znoszą limit ilości (kod własny)",
        en="Codes of additional entitlements that lift the limit of quantity (the code is our own)",
    ),
    rulings=(Ruling(value=frozenset({"47ZN"}), since=date(2018, 7, 1), basis=DISABILITY),),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyPolicy:
    """What is chosen where the sources leave it open: whose day's law holds, and whether the year's end cuts."""

    law_day: LawDay = "completed"
    year_end_cut: bool = True


def supply_policy(*, on: date, branch: str | None = None) -> SupplyPolicy:
    """What a branch had in force on the first day of a reporting month."""
    return SupplyPolicy(law_day=LAW_DAY.on(on, branch).value, year_end_cut=YEAR_END_CUT.on(on, branch).value)
