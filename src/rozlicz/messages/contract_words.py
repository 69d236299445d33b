"""The codes of a contract's file in words, for pages and commands."""

from __future__ import annotations

from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import CoefficientUse, SettledBy

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
