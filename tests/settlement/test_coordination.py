"""R57–R62: on whose bill a person insured in another state stands, by state, document, month and method."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.documents.attachments import AttachmentKind, Entitlement, required, right_of_document
from rozlicz.documents.ways import ServiceGroup, Way
from rozlicz.kernel.countries import COORDINATION_DOCUMENTS, coordinated_countries
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.persons import EntitlementDocument
from rozlicz.settlement.coordination import (
    METHOD_OF,
    BillKind,
    BillOf,
    ClaimForm,
    Finding,
    Method,
    Paid,
    Route,
    bill_of,
    route,
    route_service,
)
from rozlicz.settlement.coordination_reasons import REASONS

GENERAL_E127 = (BillKind.GENERAL, ClaimForm.E127)
INDIVIDUAL = (BillKind.INDIVIDUAL, ClaimForm.E125)
COLLECTIVE = (BillKind.COLLECTIVE, ClaimForm.E125)
GENERAL = (BillKind.GENERAL, None)


def routed(country: str, document: str, month: str, **more) -> Route | Finding:
    return route(country=country, document=document, month=Month.parse(month), **more)


@pytest.mark.parametrize(
    ("country", "document", "month", "expected"),
    [
        pytest.param("DE", "EKUZ", "2009-11", INDIVIDUAL, id="RT-01 R61"),
        pytest.param("DE", "E-121", "2010-04", GENERAL_E127, id="old rules in the EU R58"),
        pytest.param("DE", "E-121", "2010-05", INDIVIDUAL, id="RT-03 R59 R62"),
        pytest.param("IT", "E-106", "2008-03", INDIVIDUAL, id="RT-06 R59"),
        pytest.param("IT", "E-120", "2008-03", INDIVIDUAL, id="RT-06 E-120 R59"),
        pytest.param("IT", "E-123", "2008-03", INDIVIDUAL, id="RT-06 E-123 R59"),
        pytest.param("NO", "E-109", "2010-05", GENERAL_E127, id="RT-07 R60"),
        pytest.param("IS", "E-121", "2012-05", GENERAL_E127, id="RT-09 the month before R60"),
        pytest.param("IS", "E-121", "2012-06", INDIVIDUAL, id="RT-09 R58"),
        pytest.param("CH", "E-121", "2012-03", GENERAL_E127, id="old rules in CH R60"),
        pytest.param("CH", "E-121", "2012-04", INDIVIDUAL, id="new rules in CH R58"),
        pytest.param("LI", "EKUZ", "2011-01", INDIVIDUAL, id="RT-12 R61"),
        pytest.param("DE", "S1", "2015-03", INDIVIDUAL, id="RT-14 R59"),
        pytest.param("HR", "EKUZ", "2013-07", INDIVIDUAL, id="RT-16 R57"),
        pytest.param("PL", "", "2015-03", GENERAL, id="RT-21 R57"),
        pytest.param("PL", "EWUS", "2026-01", GENERAL, id="RT-21 with a document"),
        pytest.param("PL", "DEC", "2026-01", GENERAL, id="mayor's decision R2"),
        pytest.param("", "DEC", "2006-01", GENERAL, id="mayor's decision, no state R2"),
        pytest.param("UK", "CERT", "2022-01", INDIVIDUAL, id="Great Britain after 2020"),
        pytest.param("EL", "E112", "2006-01", INDIVIDUAL, id="Greece by its other code"),
    ],
)
def test_the_bill_and_the_form(country, document, month, expected):
    found = routed(country, document, month)
    assert isinstance(found, Route)
    assert (found.bill, found.form) == expected
    assert found.is_individual == (expected == INDIVIDUAL)
    assert found.is_inside_limit


@pytest.mark.parametrize(
    ("country", "document", "month", "method", "on_list", "expected"),
    [
        pytest.param("DE", "S1", "2015-03", "capitation", True, (*COLLECTIVE, Paid.ON_LIST), id="RT-18 R61"),
        pytest.param(
            "IT",
            "E-106",
            "2008-03",
            "capitation",
            True,
            (*COLLECTIVE, Paid.ON_LIST),
            id="old rules, on a list",
        ),
        pytest.param(
            "DE",
            "E-121",
            "2009-03",
            "capitation",
            True,
            (BillKind.COLLECTIVE, ClaimForm.E127, Paid.ON_LIST),
            id="E-127 from a list R58",
        ),
        pytest.param(
            "NO",
            "E-121",
            "2011-03",
            "capitation",
            False,
            (*GENERAL_E127, Paid.UNIT_PRICE),
            id="R60, off the list",
        ),
        pytest.param("DE", "EKUZ", "2015-03", "capitation", True, (*INDIVIDUAL, Paid.VISIT), id="card R61"),
        pytest.param(
            "DE", "CERT", "2015-03", "capitation", True, (*INDIVIDUAL, Paid.VISIT), id="substitute R61"
        ),
        pytest.param("DE", "E-112", "2015-03", "capitation", True, (*INDIVIDUAL, Paid.VISIT), id="E-112 R61"),
        pytest.param(
            "DE", "S1", "2015-03", "capitation", False, (*INDIVIDUAL, Paid.VISIT), id="off the list R61"
        ),
        pytest.param(
            "PL", "EWUS", "2015-03", "capitation", True, (BillKind.COLLECTIVE, None, Paid.ON_LIST), id="PL"
        ),
        pytest.param(
            "PL", "DEC", "2015-03", "capitation", False, (*GENERAL, Paid.UNIT_PRICE), id="decision R2"
        ),
        pytest.param(
            "DE", "EKUZ", "2015-03", "lump-sum", True, (*INDIVIDUAL, Paid.REAL_COST), id="RT-20 R3 R61"
        ),
        pytest.param("DE", "S1", "2015-03", "lump-sum", True, (*INDIVIDUAL, Paid.REAL_COST), id="S1 R61"),
        pytest.param(
            "NO",
            "E-109",
            "2010-05",
            "lump-sum",
            True,
            (*GENERAL_E127, Paid.LUMP_SUM),
            id="in the lump sum R60",
        ),
        pytest.param("PL", "", "2015-03", "lump-sum", True, (*GENERAL, Paid.LUMP_SUM), id="PL in a lump sum"),
    ],
)
def test_what_the_method_of_settlement_changes(*, country, document, month, method, on_list, expected):
    found = routed(country, document, month, method=Method(method), on_list=on_list)
    assert isinstance(found, Route)
    assert (found.bill, found.form, found.paid) == expected
    assert found.is_inside_limit == (found.paid is Paid.UNIT_PRICE)


@pytest.mark.parametrize(
    ("country", "document", "month", "code", "words"),
    [
        pytest.param("HR", "EKUZ", "2013-06", "C-1", "czerwiec 2013", id="RT-16 R57"),
        pytest.param("US", "EKUZ", "2026-06", "C-1", "US", id="no state of the coordination"),
        pytest.param("DE", "OSW", "2026-06", "C-2", "OSW", id="no document of the coordination"),
        pytest.param(
            "DE", "DEC", "2026-06", "C-2", "DEC", id="a decision is for no insured person of a state"
        ),
        pytest.param("DE", "", "2026-06", "C-2", "—", id="no document at all"),
        pytest.param("NO", "S1", "2011-01", "C-3", "NO", id="S1 under old rules"),
    ],
)
@pytest.mark.parametrize("method", Method)
def test_what_cannot_be_put_on_a_bill(*, country, document, month, code, words, method):
    found = routed(country, document, month, method=method)
    assert isinstance(found, Finding)
    assert found.code == code
    assert words in found.text.pl
    assert found.remedy.en
    assert found.basis.reference.pl


months = st.builds(Month, st.integers(2003, 2027), st.integers(1, 12))
methods = st.sampled_from(Method)
countries = st.sampled_from(["", "PL", "US", "TR", *sorted(coordinated_countries(Month(2026, 1)))])
documents = st.sampled_from(["", "EWUS", "DEC", "E-109", "E-121", "E-112", *COORDINATION_DOCUMENTS])


@given(country=countries, document=documents, month=months, method=methods, on_list=st.booleans())
def test_everything_has_one_route_or_one_finding(country, document, month, method, on_list):
    found = route(country=country, document=document, month=month, method=method, on_list=on_list)
    assert isinstance(found, Route | Finding)
    assert found == route(country=country, document=document, month=month, method=method, on_list=on_list)
    if isinstance(found, Finding):
        assert "{" not in found.text.pl + found.text.en + found.remedy.pl + found.remedy.en
        return
    national = country in ("", "PL")
    assert not (national and found.is_individual), "who is insured in Poland has no bill of their own"
    assert (found.form is None) == national
    if found.is_individual:
        assert found.form is ClaimForm.E125
    assert (found.bill is BillKind.COLLECTIVE) == (found.paid is Paid.ON_LIST)
    if found.paid is Paid.VISIT:
        assert method is Method.CAPITATION
        assert found.is_individual


@given(country=countries, document=documents, month=months, method=methods)
def test_the_method_never_changes_the_form_nor_what_is_a_finding(country, document, month, method):
    """R58–R60 look at state, document and month only."""
    by_price = route(country=country, document=document, month=month)
    found = route(country=country, document=document, month=month, method=method)
    assert type(found) is type(by_price)
    if isinstance(found, Route) and isinstance(by_price, Route):
        assert found.form == by_price.form
        assert found.is_individual <= by_price.is_individual


def test_the_bill_of_a_service_follows_its_method():
    asked = {"country": "EL", "document": "S1", "number": "7", "month": Month(2015, 3)}
    assert bill_of(**asked) == BillOf("7", "GR")
    assert bill_of(**asked, method=Method.CAPITATION) == BillOf()
    assert bill_of(**asked, method=Method.CAPITATION, on_list=False) == BillOf("7", "GR")


def test_every_way_of_settlement_has_a_method():
    assert set(METHOD_OF) == set(SettledBy)


MARCH = Month(2026, 3)
DECISION = EntitlementDocument(
    kind="DEC", number="MOPS.1/2026", country="", valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 20)
)


@pytest.mark.parametrize(
    ("first", "last", "changes", "holds"),
    [
        pytest.param(1, 20, {}, True, id="from the first to the last day R2"),
        pytest.param(1, 21, {}, False, id="a day too long R2"),
        pytest.param(2, 3, {"valid_from": date(2026, 3, 3)}, False, id="begins a day too late R2"),
        pytest.param(2, 3, {"valid_to": None}, False, id="a decision without its end R2"),
        pytest.param(2, 3, {"valid_from": None}, False, id="a decision without its beginning R2"),
        pytest.param(
            2, 3, {"kind": "EKUZ", "country": "DE", "valid_from": None}, True, id="a card has no beginning"
        ),
        pytest.param(2, 30, {"kind": "EKUZ", "country": "DE"}, False, id="a card that ran out R2"),
    ],
)
def test_a_document_covers_every_day_of_the_service(first, last, changes, holds):
    document = replace(DECISION, **changes)
    found = route_service(
        document=document, month=MARCH, first_day=date(2026, 3, first), last_day=date(2026, 3, last)
    )
    assert isinstance(found, Route) == holds
    if isinstance(found, Finding):
        assert found.code == "C-4"
        assert document.kind in found.text.pl


def test_r2_a_mayors_decision_is_in_the_general_bill_with_its_scan_attached():
    found = route_service(
        document=DECISION, month=MARCH, first_day=date(2026, 3, 2), last_day=date(2026, 3, 3)
    )
    assert isinstance(found, Route)
    assert (found.bill, found.form) == GENERAL
    assert "art. 54" in found.basis.reference.pl
    right = Entitlement(
        right=right_of_document(DECISION.kind),
        services_from=date(2026, 3, 2),
        services_to=date(2026, 3, 3),
        document=DECISION.kind,
        number=DECISION.number,
    )
    needed = required(services={ServiceGroup.GENERAL}, entitlements=[right], way=Way.E_DOCUMENT)
    assert [one.kind for one in needed] == [AttachmentKind.DECISION]


def test_a_service_on_no_bill_is_told_before_its_days_are_looked_at():
    document = EntitlementDocument(kind="EKUZ", number="1", country="US", valid_to=date(2020, 1, 1))
    found = route_service(
        document=document, month=MARCH, first_day=date(2026, 3, 2), last_day=date(2026, 3, 2)
    )
    assert isinstance(found, Finding)
    assert found.code == "C-1"


def test_every_reason_has_a_code_of_its_own_and_both_languages():
    assert [reason.code for reason in REASONS] == [f"C-{n}" for n in range(1, len(REASONS) + 1)]
    for reason in REASONS:
        assert reason.text.pl != reason.text.en
