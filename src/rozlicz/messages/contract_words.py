"""The codes of a contract's file in words, for pages and commands."""

from __future__ import annotations

from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import CoefficientUse, SettledBy
from rozlicz.messages.financing import FinancingKind
from rozlicz.messages.rates import PersonGroup, RatePer
from rozlicz.messages.templates import CalculatedBy, PlanKind

SETTLED_BY: dict[SettledBy, Text] = {
    SettledBy.SERVICES: Text(pl="sprawozdane świadczenia", en="reported services"),
    SettledBy.DEVICE_SUPPLY: Text(pl="zaopatrzenie w wyroby medyczne", en="supply of medical devices"),
    SettledBy.DECLARATIONS: Text(pl="deklaracje wyboru", en="declarations of choice"),
    SettledBy.LUMP_SUM: Text(pl="ryczałt", en="lump sum"),
    SettledBy.PREVENTION_SYSTEM: Text(pl="badania w SIMP", en="examinations in SIMP"),
    SettledBy.SPA_SYSTEM: Text(pl="pobyty uzdrowiskowe", en="spa stays"),
    SettledBy.OTHER_SCOPE_DECLARATIONS: Text(
        pl="deklaracje innego zakresu", en="declarations of another scope"
    ),
    SettledBy.HOSPITAL_NETWORK_LUMP_SUM: Text(
        pl="ryczałt systemu zabezpieczenia", en="lump sum of the hospital network"
    ),
    SettledBy.DMP_ENROLMENT: Text(pl="zapisy do programu DMP", en="enrolments in the DMP programme"),
    SettledBy.EXAMINATIONS: Text(pl="wykonane badania", en="performed examinations"),
}
"""What a scope is settled by (`prod-kontr@fakt-wykonanie`)."""

COEFFICIENT_USE: dict[CoefficientUse, Text] = {
    CoefficientUse.SUM: Text(pl="sumuje się z innymi", en="is added to others"),
    CoefficientUse.MULTIPLY: Text(pl="mnoży się przez inne", en="is multiplied by others"),
    CoefficientUse.NOT_APPLICABLE: Text(pl="nie łączy się z innymi", en="is not joined with others"),
    CoefficientUse.INDIVIDUAL: Text(pl="ustalany dla pozycji", en="set for each position"),
}
"""How a coefficient joins others (SPEC_ROZ)."""

RATE_PER: dict[RatePer, Text] = {
    RatePer.DAY: Text(pl="dobę", en="day"),
    RatePer.MONTH: Text(pl="miesiąc", en="month"),
    RatePer.DUTY: Text(pl="dyżur 12 godzin", en="duty of 12 hours"),
    RatePer.VISIT: Text(pl="poradę", en="visit"),
    RatePer.PERSON_YEAR: Text(pl="osobę na rok", en="person and year"),
    RatePer.PERSON_MONTH: Text(pl="osobę na miesiąc", en="person and month"),
    RatePer.PERSON_DAY: Text(pl="osobodzień", en="person-day"),
}
"""For what a rate is paid once, after “za” or “per”."""

PERSON_GROUP: dict[PersonGroup, Text] = {
    PersonGroup.CARE_HOME: Text(pl="mieszkańcy DPS i placówek dla dzieci", en="residents of care homes"),
    PersonGroup.CHRONIC: Text(pl="przewlekle chorzy", en="chronically ill"),
    PersonGroup.UNNAMED: Text(pl="osoby spoza innych grup", en="persons in no other group"),
}
"""Persons with a group of their own, whatever their age."""

FINANCING_KIND: dict[FinancingKind, Text] = {
    FinancingKind.SETTLEMENT_ANNEX: Text(pl="aneks ugodowy", en="settlement annex"),
    FinancingKind.REPAYMENT_PLAN: Text(pl="plan spłaty", en="repayment plan"),
    FinancingKind.MEDICAL_FUND_PLAN: Text(pl="plan Funduszu Medycznego", en="plan of the Medical Fund"),
    FinancingKind.OTHER: Text(pl="inny dokument", en="another document"),
}
"""Documents that raise the financing."""

PLAN_KIND: dict[PlanKind, Text] = {
    PlanKind.BASIC: Text(pl="plan umowy", en="plan of the contract"),
    PlanKind.REPAYMENT: Text(pl="plan spłaty", en="repayment plan"),
    PlanKind.MEDICAL_FUND: Text(pl="Fundusz Medyczny", en="Medical Fund"),
}
"""Out of which plan templates are paid."""

CALCULATED_BY: dict[CalculatedBy, Text] = {
    CalculatedBy.DEVICE_SUPPLY: Text(pl="zaopatrzenie w wyroby medyczne", en="supply of medical devices"),
    CalculatedBy.SERVICES: Text(pl="świadczenia", en="services"),
    CalculatedBy.DECLARATIONS: Text(pl="deklaracje", en="declarations"),
    CalculatedBy.HOSPITAL_NETWORK_LUMP_SUM: Text(
        pl="ryczałt systemu zabezpieczenia", en="lump sum of the hospital network"
    ),
    CalculatedBy.OTHER_LUMP_SUM: Text(pl="inne ryczałty", en="other lump sums"),
    CalculatedBy.DMP_PRIMARY_CARE: Text(pl="POZ PLUS", en="POZ PLUS"),
}
"""The processes that calculate templates (`rodz-nalicz`)."""
