"""What was done: each service says what, on which diagnosis, by whom, and on whose referral."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.verification.cases import Case, assert_holds, case, right, wrong
from tests.verification.reports import CONTRACT, PESEL, check, parameters, report, visit
from tests.world import SPECIALIST_VISIT

_PRIMARY_CARE = replace(CONTRACT, kind="POZ", kind_name="podstawowa opieka zdrowotna")
_STAY = {"set_type": "S", "discharge_mode": "1", "admission_mode": "3"}
_REFERRED = {"product": SPECIALIST_VISIT, "referral_issuer": "2999999", "referral_date": "2026-10-05"}

CASES = [
    case(
        "50601037",
        "service code",
        wrong(visit(service_code=None)),
        wrong(visit(service_code="?")),
        right(visit(service_code="11")),
        right(visit(service_code="5.01.00")),
    ),
    case(
        "59906001",
        "diagnosis",
        wrong(visit(diagnosis=None)),
        wrong(visit(diagnosis="m54.5")),
        wrong(visit(diagnosis="M54.555")),
        wrong(visit(diagnosis="M54,5")),
        right(visit(diagnosis="I10")),
        right(visit(diagnosis="M54.5")),
    ),
    case(
        "59906002",
        "mode of admission missing",
        wrong(visit(admission_mode=None)),
        wrong(visit(**_STAY) | {"admission_mode": ""}),
        right(visit(admission_mode="6")),
    ),
    case(
        "59906002",
        "primary care has none",
        right(visit(admission_mode=None)),
        contracts=(_PRIMARY_CARE,),
    ),
    case(
        "59906003",
        "mode of admission",
        wrong(visit(admission_mode="12")),
        wrong(visit(admission_mode="06")),
        wrong(visit(**_STAY) | {"admission_mode": "4"}),
        right(visit(admission_mode="4")),
        right(visit(**_STAY)),
    ),
    case(
        "59906004",
        "mode of discharge",
        wrong(visit(**_STAY) | {"discharge_mode": None}),
        wrong(visit(**_STAY) | {"discharge_mode": "5"}),
        right(visit(**_STAY)),
        right(visit(discharge_mode=None)),
    ),
    case(
        "59906005",
        "staff",
        wrong(visit(staff_id="299999")),
        wrong(visit(staff_id=None)),
        wrong(visit(staff_id_type="3")),
        wrong(visit(staff_id_type="1", staff_id=PESEL)),
        wrong(visit(staff_id_type="2", staff_id="44051499773")),
        wrong(visit(staff_id_type="2")),
        right(visit(staff_id_type="1", staff_id="2999999")),
        right(visit(staff_id_type="2", staff_id=PESEL)),
    ),
    case(
        "50601104",
        "a product that needs a referral",
        wrong(visit(**_REFERRED) | {"referral_issuer": None}),
        wrong(visit(**_REFERRED) | {"referral_date": ""}),
        right(visit(**_REFERRED)),
        right(visit()),
    ),
    case(
        "59906006",
        "form of the referral",
        wrong(visit(**_REFERRED) | {"referral_issuer": "dr X"}),
        wrong(visit(**_REFERRED) | {"referral_date": "5.10.2026"}),
        wrong(visit(referral_issuer="1")),
        right(visit(**_REFERRED)),
    ),
    case(
        "59906007",
        "referred after the service",
        wrong(visit(**_REFERRED) | {"referral_date": "2026-10-06"}),
        right(visit(**_REFERRED)),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rules_about_what_was_done(case: Case) -> None:
    assert_holds(case)


def test_a_pesel_given_for_a_licence_is_masked() -> None:
    checked = check(report(visit(staff_id=PESEL), visit(referral_issuer=PESEL, referral_date="2026-10-01")))
    assert parameters(checked, "59906005") == [{"masked": "•••••••9774", "kind": "1"}]
    assert parameters(checked, "59906006") == [{"issuer": "•••••••9774", "value": "2026-10-01"}]
