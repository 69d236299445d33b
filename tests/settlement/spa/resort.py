"""A spa of the small world: its contract, and reports of its rounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from rozlicz.messages.contracts import Contract, Scope, SettledBy, UnitProduct
from rozlicz.messages.persons import Person, PersonIdType
from rozlicz.messages.rates import Rate, RatePer
from rozlicz.messages.spa_stays import (
    Absence,
    Consent,
    ConsentGivenBy,
    OutpatientMonth,
    Round,
    SpaReferral,
    SpaTreatment,
    Stay,
    StayReport,
)
from rozlicz.messages.templates import Template
from rozlicz.settlement.drafts import TemplateDraft
from rozlicz.settlement.spa.parameters import LeavePolicy
from rozlicz.settlement.spa.rounds import ReportSettlement, settle_report
from tests import world

SCOPE = "08.1870.053.02"
PRODUCT = "5.11.02.0000015"
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
RATE, SUMMER_RATE = 14_250, 14_950
CALENDAR, ANY_24_HOURS = LeavePolicy(), LeavePolicy(day="any-24-hours")


def scope(**more: Any) -> Scope:
    """A sanatorium's scope: 142.50 a person-day until 30 April, 149.50 from 1 May."""
    product = UnitProduct(
        code=PRODUCT, name="osobodzień w sanatorium", weight=10_000, valid_from=FIRST, valid_to=LAST
    )
    usual = {
        "settled_by": SettledBy.SPA_SYSTEM,
        "name": "leczenie sanatoryjne dorosłych",
        "products": (product,),
        "rates": (
            Rate(per=RatePer.PERSON_DAY, amount=RATE, valid_from=FIRST, valid_to=date(2026, 4, 30)),
            Rate(per=RatePer.PERSON_DAY, amount=SUMMER_RATE, valid_from=date(2026, 5, 1), valid_to=LAST),
        ),
    }
    return replace(world.scope(SCOPE), **(usual | more))


def contract(**more: Any) -> Contract:
    return replace(world.contract(scopes=(scope(),)), **more)


def leave(begins: str, ends: str | None, *, consent: bool = True) -> Absence:
    """An absence between two moments such as `2026-03-08 10:00`."""
    given = Consent(
        given_by="Anna Przykład",
        capacity=ConsentGivenBy.HEAD_OF_UNIT,
        given_at=datetime.fromisoformat(begins),
    )
    return Absence(
        begins_at=datetime.fromisoformat(begins),
        ends_at=None if ends is None else datetime.fromisoformat(ends),
        consent=given if consent else None,
    )


def person(number: int = 1, born_on: date | None = None) -> Person:
    return Person(id_type=PersonIdType.PASSPORT, id=f"PL{number:06}", born_on=born_on)


def stay(number: str = "1", arrived: str = "2026-03-01", discharged: str = "2026-03-22", **more: Any) -> Stay:
    usual = {
        "number": number,
        "referral": SpaReferral(number=f"05/2026/{number}", confirmed_by="07"),
        "patient": person(int(number)) if number.isdigit() else person(),
        "cell": "0599-101",
        "arrived_on": date.fromisoformat(arrived),
        "discharged_on": date.fromisoformat(discharged),
        "discharge_mode": "1",
        "product": PRODUCT,
    }
    return Stay(**(usual | more))


def planned(
    begins: str = "2026-03-01",
    ends: str = "2026-03-22",
    treatment: SpaTreatment = SpaTreatment.SANATORIUM,
) -> Round:
    return Round(
        number="14",
        treatment=treatment,
        begins_on=date.fromisoformat(begins),
        ends_on=date.fromisoformat(ends),
    )


def report(*stays: Stay, period: Round | OutpatientMonth | None = None, **more: Any) -> StayReport:
    usual = {
        "number": "T/14",
        "version": 1,
        "contract": contract().code,
        "scope": SCOPE,
        "distinguisher": 1,
        "period": period or planned(),
        "stays": stays,
    }
    return StayReport(**(usual | more))


def settled(
    of: StayReport,
    *,
    terms: Contract | None = None,
    confirmed: Iterable[SpaReferral] | None = None,
    issued: Iterable[Template] = (),
    policy: LeavePolicy | None = None,
) -> ReportSettlement:
    """The settlement of a report; every referral is confirmed unless said."""
    referrals = (one.referral for one in of.stays) if confirmed is None else confirmed
    return settle_report(
        contract=terms or contract(),
        report=of,
        confirmed=frozenset(referrals),
        issued=tuple(issued),
        policy=policy,
    )


def issue(drafts: Iterable[TemplateDraft], *, after: Iterable[Template] = ()) -> list[Template]:
    """Drafts become templates with the next numbers."""
    templates = list(after)
    for draft in drafts:
        templates.append(
            Template(
                number=len(templates) + 1,
                contract=contract().code,
                annex=0,
                branch="05",
                provider=world.CLINIC.code,
                month=draft.month,
                issued_at=datetime(2026, 12, 1, 12),
                lines=draft.lines,
                corrects=draft.corrects,
                person=draft.bill,
                country=draft.country,
                calculated_by=draft.calculated_by,
            )
        )
    return templates


def codes(of: ReportSettlement) -> list[str]:
    return [refusal.code for refusal in of.settlement.refusals]
