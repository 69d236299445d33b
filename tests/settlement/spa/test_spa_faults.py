"""Bad facts of a spa are refusals in sentences: the rest is settled, and nothing raises (R37, R63, R64)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.persons import EntitlementDocument
from rozlicz.messages.spa_stays import (
    OutpatientMonth,
    SpaTreatment,
)
from tests.settlement.spa.resort import (
    PRODUCT,
    RATE,
    codes,
    contract,
    leave,
    person,
    planned,
    report,
    scope,
    settled,
    stay,
)

SPRING = planned("2026-04-21", "2026-05-12")


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        pytest.param(stay("2", "2026-03-22", "2026-03-01"), ["UZ-204"], id="discharged-before-arrival-R37"),
        pytest.param(stay("2", "2026-05-01", "2026-05-04"), ["UZ-205"], id="outside-the-round-R37"),
        pytest.param(
            stay("2", absences=(leave("2026-03-08 10:00", "2026-03-08 09:00"),)),
            ["UZ-207"],
            id="leave-backwards",
        ),
        pytest.param(stay("2", product="5.99.99.0000001"), ["UZ-208"], id="product-not-in-contract-R63"),
        pytest.param(stay("1", patient=person(7)), ["UZ-201"], id="number-twice"),
        pytest.param(stay("2", patient=person(1)), ["UZ-202"], id="person-twice"),
        pytest.param(
            stay("2", entitlement=EntitlementDocument(kind="EKUZ", number="1", country="US")),
            ["UZ-209"],
            id="no-coordination-R57",
        ),
    ],
)
def test_a_wrong_stay_is_named_and_the_others_are_settled(bad, expected):
    found = settled(report(stay("1"), bad))
    assert codes(found) == expected
    (refusal,) = found.settlement.refusals
    assert refusal.stops_the_bill
    assert bad.number in refusal.text.pl
    assert refusal.remedy.pl
    assert (found.person_days, found.settlement.amount) == (21, 21 * RATE)
    assert found.explanations[-1].step("spa.refused").inputs


@pytest.mark.parametrize(
    ("odd", "days", "expected"),
    [
        pytest.param(stay(discharged="2026-03-24"), 21, ["UZ-301"], id="PD-17-R46"),
        pytest.param(stay(arrived="2026-02-27"), 21, ["UZ-301"], id="before-the-round-R46"),
        pytest.param(
            stay(discharged="2026-03-20", absences=(leave("2026-03-20 01:00", "2026-03-21 01:00"),)),
            18,
            ["UZ-302"],
            id="leave-too-late",
        ),
        pytest.param(
            stay(absences=(leave("2026-02-28 20:00", "2026-03-01 13:00"),)),
            20,
            ["UZ-302"],
            id="leave-too-early",
        ),
        pytest.param(
            stay(absences=(leave("2026-03-21 08:00", None),)), 19, ["UZ-303"], id="leave-without-end"
        ),
        pytest.param(
            stay(absences=(leave("2026-03-08 01:00", "2026-03-08 23:00", consent=False),)),
            21,
            ["UZ-304"],
            id="without-consent-R39",
        ),
    ],
)
def test_what_is_odd_is_a_warning(odd, days, expected):
    found = settled(report(odd))
    assert (found.person_days, codes(found)) == (days, expected)
    assert not any(refusal.stops_the_bill for refusal in found.settlement.refusals)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        pytest.param({"scope": "01.0000.000.00"}, ["UZ-101"], id="no-such-scope-R63"),
        pytest.param({"contract": "other"}, ["UZ-101"], id="another-contract-R63"),
        pytest.param({"period": planned("2026-03-22", "2026-03-01")}, ["UZ-102"], id="round-backwards"),
        pytest.param({"period": planned("2026-03-01", "2026-09-01")}, ["UZ-103"], id="round-of-half-a-year"),
        pytest.param(
            {"period": planned("2031-03-01", "2031-03-22")}, ["UZ-104"], id="after-the-contract-R63"
        ),
        pytest.param(
            {"period": planned(treatment=SpaTreatment.OUTPATIENT_ADULTS)},
            ["UZ-105"],
            id="outpatient-round-R36",
        ),
        pytest.param(
            {"period": OutpatientMonth(treatment=SpaTreatment.SANATORIUM, month=Month(2026, 3))},
            ["UZ-105"],
            id="month-in-a-sanatorium-R36",
        ),
    ],
)
def test_a_report_that_is_wrong_as_a_whole_settles_nothing(wrong, expected):
    found = settled(report(stay(), **wrong))
    assert codes(found) == expected
    assert (found.settlement.drafts, found.stays) == ((), ())


def test_a_round_may_be_as_long_as_the_longest():
    found = settled(report(stay(), period=planned("2026-03-01", "2026-05-31")))
    assert (found.person_days, codes(found)) == (21, [])


def test_a_product_must_be_valid_on_the_day_of_arrival():
    """R63."""
    ended = replace(scope().products[0], valid_to=date(2026, 2, 28))
    found = settled(report(stay()), terms=contract(scopes=(scope(products=(ended,)),)))
    assert (found.person_days, codes(found)) == (0, ["UZ-208"])


def test_lines_have_the_names_of_the_contract():
    found = settled(report(stay("1"), stay("2", product="")))
    (draft,) = found.settlement.drafts
    assert [(line.product, line.name) for line in draft.lines] == [
        ("", "leczenie sanatoryjne dorosłych"),
        (PRODUCT, "osobodzień w sanatorium"),
    ]


def test_a_scope_settled_otherwise_is_refused():
    """R63."""
    terms = contract(scopes=(scope(settled_by=SettledBy.SERVICES),))
    assert codes(settled(report(stay()), terms=terms)) == ["UZ-101"]


def test_days_without_a_rate_are_not_settled_and_the_others_are():
    """R63: the contract ends on 10 March; the template is for its last month."""
    terms = contract(valid_to=date(2026, 3, 10))
    found = settled(report(stay(), period=planned("2026-03-01", "2026-04-02")), terms=terms)
    assert (found.person_days, codes(found)) == (10, ["UZ-210"])
    assert found.settlement.month == Month(2026, 3)
    rates = scope().rates[:1]
    found = settled(
        report(stay(arrived="2026-04-21", discharged="2026-05-12"), period=SPRING),
        terms=contract(scopes=(scope(rates=rates),)),
    )
    assert (found.person_days, codes(found)) == (10, ["UZ-210"])
