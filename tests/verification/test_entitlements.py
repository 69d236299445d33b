"""The right to the service: its basis, the document, and persons insured in other states (R57–R59)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from rozlicz.kernel.countries import COORDINATION_DOCUMENTS
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Contract, PlanMonth
from rozlicz.settlement.coordination import Route, route
from rozlicz.verification.rules.entitlements import NATIONAL_DOCUMENTS
from tests.verification.cases import Case, assert_holds, case, right, wrong
from tests.verification.reports import CONTRACT, check, foreigner, report, visit

_DECISION = {
    "entitlement_document": "DEC",
    "entitlement_number": "MOPS.8123.15.2026",
    "entitlement_from": "2026-10-01",
    "entitlement_to": "2026-12-29",
}


def of_year(year: int) -> Contract:
    """The small world's contract in another year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    (neurology,) = CONTRACT.scopes
    return replace(
        CONTRACT,
        signed_on=first,
        valid_from=first,
        valid_to=last,
        settlement_periods=(SettlementPeriod(Month(year, 1), Month(year, 12)),),
        scopes=(
            replace(
                neurology,
                plan=tuple(
                    PlanMonth(month=Month(year, m), units=1_000_000, price=1000) for m in range(1, 13)
                ),
                products=tuple(replace(p, valid_from=first, valid_to=last) for p in neurology.products),
                cells=tuple(replace(c, valid_from=first, valid_to=last) for c in neurology.cells),
            ),
        ),
    )


def insured(country: str, day: str, **changes: object) -> dict[str, object]:
    """A person insured in that state, with a document of the whole year, on that day."""
    year = day[:4]
    dates = {"date_from": day, "date_to": day, "month": day[:7]}
    valid = {"entitlement_from": f"{year}-01-01", "entitlement_to": f"{year}-12-31"}
    return foreigner(**dates, **valid, entitlement_country=country, **changes)


CASES = [
    case(
        "50314075",
        "no basis",
        wrong(visit(entitlement_basis=None)),
        wrong(visit(entitlement_basis="")),
        right(visit()),
    ),
    case(
        "59902001",
        "code of the basis",
        wrong(visit(entitlement_basis="100")),
        wrong(visit(entitlement_basis="A")),
        right(visit(entitlement_basis="10")),
    ),
    case(
        "50301112",
        "number or kind of the document missing",
        wrong(visit(entitlement_number=None)),
        wrong(visit(entitlement_document=None)),
        wrong(foreigner(entitlement_number="")),
        right(visit(entitlement_document=None, entitlement_number=None)),
        right(foreigner()),
    ),
    case(
        "59902002",
        "kind of document",
        wrong(visit(entitlement_document="ekuz")),
        wrong(visit(entitlement_document="E999")),
        right(visit(entitlement_document="OSW")),
    ),
    case(
        "59902003",
        "days of validity",
        wrong(visit(**_DECISION) | {"entitlement_from": None}),
        wrong(visit(**_DECISION) | {"entitlement_to": "29.12.2026"}),
        wrong(foreigner(entitlement_to=None)),
        wrong(foreigner(entitlement_document="CERT", entitlement_from=None)),
        right(foreigner(entitlement_from=None)),  # the European card shows only its end
        right(foreigner(entitlement_document="S1", entitlement_to=None)),
        right(visit(**_DECISION)),
    ),
    case(
        "59902004",
        "valid on every day of the service",
        wrong(visit(**_DECISION) | {"entitlement_from": "2026-10-06"}),
        wrong(visit(**_DECISION) | {"entitlement_to": "2026-10-04"}),
        right(visit(**_DECISION) | {"entitlement_from": "2026-10-05", "entitlement_to": "2026-10-05"}),
        wrong(visit(**_DECISION, set_type="S", discharge_mode="1") | {"date_from": "2026-09-30"}),
        right(visit(**_DECISION, set_type="S", discharge_mode="1") | {"date_from": "2026-10-01"}),
    ),
    case(
        "59902005",
        "state of insurance",
        wrong(foreigner(entitlement_country=None)),
        wrong(foreigner(entitlement_country="DEU")),
        wrong(foreigner(entitlement_country="de")),
        right(foreigner(entitlement_country="DE")),
        right(visit(entitlement_country=None)),
    ),
    case(
        "59902006",
        "R57 state under coordination",
        wrong(foreigner(entitlement_country="US")),
        wrong(foreigner(entitlement_country="UA")),
        wrong(foreigner(entitlement_country="PL")),
        right(foreigner(entitlement_country="CH")),
        right(foreigner(entitlement_country="GB")),
        right(foreigner(entitlement_country="UK")),
        right(foreigner(entitlement_country="EL")),
    ),
    case(
        "59902007",
        "R57 identity document",
        wrong(
            visit(
                patient_sex="M",
                patient_birth_date="1944-05-14",
                entitlement_document="EKUZ",
                entitlement_country="DE",
                entitlement_to="2026-12-31",
            )
        ),
        right(foreigner(patient_id_type="D")),
        right(foreigner(patient_id_type="R")),
    ),
    case(
        "59902006",
        "RT-16 Croatia from July 2013",
        wrong(insured("HR", "2013-06-28")),
        right(insured("HR", "2013-07-01")),
        contracts=(of_year(2013),),
    ),
    case(
        "59902008",
        "insured abroad, but without a document of coordination",
        wrong(foreigner(entitlement_document="OSW")),
        wrong(visit(entitlement_country="UA")),
        right(foreigner()),
        right(visit(entitlement_country="PL")),
    ),
    case(
        "59902009",
        "R58 S1 under the old rules",
        wrong(insured("DE", "2010-04-30", entitlement_document="S1")),
        right(insured("DE", "2010-05-04", entitlement_document="S1")),
        right(insured("DE", "2010-04-29", entitlement_document="E121")),
        contracts=(of_year(2010),),
    ),
    case(
        "59902009",
        "R58 S1 under the old rules in EFTA states",
        wrong(insured("CH", "2012-03-30", entitlement_document="S1")),
        right(insured("CH", "2012-04-02", entitlement_document="S1")),
        wrong(insured("NO", "2012-05-31", entitlement_document="S1")),
        right(insured("NO", "2012-06-01", entitlement_document="S1")),
        contracts=(of_year(2012),),
    ),
    case(
        "59902010",
        "R61 a number that fits into no template",
        wrong(foreigner(entitlement_number="8" * 41)),
        right(foreigner(entitlement_number="8" * 40)),
        right(visit(entitlement_number="8" * 41)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rules_about_the_right_to_the_service(case: Case) -> None:
    assert_holds(case)


@pytest.mark.parametrize("year", [2010, 2012, 2026])
def test_whatever_is_accepted_can_be_put_on_a_bill(year: int) -> None:
    """R57–R62: settlement finds a bill for every state and document that verification accepts."""
    states = [None, "PL", "DE", "UK", "EL", "HR", "CH", "NO", "UA", "XX"]
    rows = [
        insured(state or "", f"{year}-0{month}-15", entitlement_document=document)
        for state in states
        for document in (None, *NATIONAL_DOCUMENTS, *COORDINATION_DOCUMENTS)
        for month in (4, 5, 6)
    ]
    accepted = check(report(*rows), of_year(year)).positions.filter("accepted")
    assert accepted.height > 50
    for document, country, month in accepted.select(
        pl.col("entitlement_document", "entitlement_country").fill_null(""), "month_number"
    ).iter_rows():
        way = route(document=document, country=country, month=Month.from_number(month))
        assert isinstance(way, Route), (document, country, month)
