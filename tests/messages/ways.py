"""A contract with a scope of each way of settlement, holding everything that the file can say."""

from dataclasses import replace
from datetime import date

from rozlicz.messages.contracts import Cell, Contract, FollowedScope, Location, PlanIncrease, Scope, SettledBy
from rozlicz.messages.financing import FinancingDocument, FinancingKind, FundsPurpose
from rozlicz.messages.rates import CapitationGroup, PersonGroup, Rate, RatePer, WardRate
from tests import world

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
CODE = world.NEUROLOGY
PURPOSE = FundsPurpose(code="FM-03", name="profilaktyka")
DOCUMENT = FinancingDocument(
    number="FM/05/2026/7", kind=FinancingKind.MEDICAL_FUND_PLAN, dated=FIRST, purpose="FM-03"
)
PLACE = Location(code="M1", name="Przychodnia", address=world.CLINIC.address)


def rate(per: RatePer, amount: int, *, first: date = FIRST, last: date = LAST, **more) -> Rate:
    return Rate(per=per, amount=amount, valid_from=first, valid_to=last, **more)


def plain_scope(way: SettledBy, **more) -> Scope:
    return replace(world.scope(), distinguisher=list(SettledBy).index(way) + 1, settled_by=way, **more)


WARD = WardRate(base=2_000_000, structure_share=1_500, function_part=300_000)
SCOPES = {
    SettledBy.SERVICES: {},
    SettledBy.DEVICE_SUPPLY: {"unlimited": True},
    SettledBy.DECLARATIONS: {
        "rates": (
            rate(RatePer.PERSON_YEAR, 22068),
            rate(RatePer.PERSON_YEAR, 22680, variant="wskaźnik badań"),
        ),
        "groups": (
            CapitationGroup(
                code="5.01.00.0000104",
                name="40–65",
                coefficient=13_400,
                valid_from=FIRST,
                valid_to=LAST,
                min_age=40,
                max_age=65,
            ),
            CapitationGroup(
                code="5.01.00.0000107",
                name="DPS",
                coefficient=31_000,
                valid_from=FIRST,
                valid_to=LAST,
                persons=PersonGroup.CARE_HOME,
            ),
        ),
    },
    SettledBy.LUMP_SUM: {"rates": (rate(RatePer.DAY, 2_600_000, ward=WARD),), "cells": ()},
    SettledBy.PREVENTION_SYSTEM: {},
    SettledBy.SPA_SYSTEM: {
        "rates": (
            rate(RatePer.PERSON_DAY, 14_250, last=date(2026, 4, 30)),
            rate(RatePer.PERSON_DAY, 14_950, first=date(2026, 5, 1)),
        )
    },
    SettledBy.OTHER_SCOPE_DECLARATIONS: {
        "rates": (rate(RatePer.PERSON_YEAR, 672),),
        "follows": (
            FollowedScope(code=CODE, distinguisher=3),
            FollowedScope(code="01.0010.094.01", distinguisher=1, contract="05/050777/POZ/2026/1"),
        ),
    },
    SettledBy.HOSPITAL_NETWORK_LUMP_SUM: {"rates": (rate(RatePer.MONTH, 81_500_000),)},
    SettledBy.DMP_ENROLMENT: {"rates": (rate(RatePer.PERSON_MONTH, 4_500),)},
    SettledBy.EXAMINATIONS: {},
}
"""What each way of settlement needs beside the plan."""


def every_way() -> Contract:
    """A contract with one scope of each way of settlement, and everything that came with 4.0."""
    scopes = [plain_scope(way, **SCOPES[way]) for way in SettledBy]
    cell: Cell = replace(scopes[0].cells[0], location="M1")
    increase = PlanIncrease(
        month=scopes[0].plan[2].month, units=10_000, price=250_000, document=DOCUMENT.number, purpose="FM-03"
    )
    scopes[0] = replace(
        scopes[0], cells=(cell,), increases=(increase,), coefficients=world.contract().coefficients
    )
    return replace(
        world.contract(scopes=tuple(scopes)),
        contract_type="18/1",
        locations=(PLACE,),
        financing=(DOCUMENT,),
        purposes=(PURPOSE,),
    )
