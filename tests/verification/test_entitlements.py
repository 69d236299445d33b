"""The right to the service: its basis, the document, and persons insured in other states (R57–R59)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Contract, PlanMonth
from tests.verification.cases import Case, assert_holds, case, right, wrong
from tests.verification.reports import CONTRACT, check, codes, foreigner, report, visit

_DECISION = {
    "entitlement_document": "DEC",
    "entitlement_number": "MOPS.8123.15.2026",
    "entitlement_from": "2026-10-01",
    "entitlement_to": "2026-12-29",
}

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
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rules_about_the_right_to_the_service(case: Case) -> None:
    assert_holds(case)


def of_2013() -> Contract:
    """The small world's contract in the year 2013, when Croatia joined in July."""
    first, last = date(2013, 1, 1), date(2013, 12, 31)
    (neurology,) = CONTRACT.scopes
    return replace(
        CONTRACT,
        signed_on=first,
        valid_from=first,
        valid_to=last,
        settlement_periods=(SettlementPeriod(Month(2013, 1), Month(2013, 12)),),
        scopes=(
            replace(
                neurology,
                plan=tuple(
                    PlanMonth(month=Month(2013, m), units=1_000_000, price=1000) for m in range(1, 13)
                ),
                products=tuple(replace(p, valid_from=first, valid_to=last) for p in neurology.products),
                cells=tuple(replace(c, valid_from=first, valid_to=last) for c in neurology.cells),
            ),
        ),
    )


def test_rt_16_croatia_is_under_coordination_from_july_2013() -> None:
    """RT-16: HR, EKUZ, 2013-06 / 2013-07."""

    def croat(day: str) -> dict[str, object]:
        dates = {"date_from": day, "date_to": day, "month": day[:7]}
        return foreigner(
            **dates, entitlement_country="HR", entitlement_from="2013-01-01", entitlement_to="2013-12-31"
        )

    found = codes(check(report(croat("2013-06-28"), croat("2013-07-01")), of_2013()))
    assert found == {1: {"59902006"}}
