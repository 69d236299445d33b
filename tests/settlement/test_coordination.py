"""R57–R62: on whose bill a person insured in another state stands, by state, document and reporting month."""

from __future__ import annotations

import pytest

from rozlicz.kernel.months import Month
from rozlicz.settlement.coordination import BillKind, ClaimForm, Finding, Route, route

GENERAL_E127 = (BillKind.GENERAL, ClaimForm.E127)
INDIVIDUAL = (BillKind.INDIVIDUAL, ClaimForm.E125)
GENERAL = (BillKind.GENERAL, None)


def routed(country: str, document: str, month: str) -> Route | Finding:
    return route(country=country, document=document, month=Month.parse(month))


@pytest.mark.parametrize(
    ("country", "document", "month", "expected"),
    [
        pytest.param("DE", "EKUZ", "2009-11", INDIVIDUAL, id="RT-01 R61"),
        pytest.param("DE", "E-121", "2010-04", GENERAL_E127, id="old rules in the EU R58"),
        pytest.param("DE", "E-121", "2010-05", INDIVIDUAL, id="RT-03 R59 R62"),
        pytest.param("IT", "E-106", "2008-03", INDIVIDUAL, id="RT-06 R59"),
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
        pytest.param("UK", "CERT", "2022-01", INDIVIDUAL, id="Great Britain after 2020"),
        pytest.param("EL", "E112", "2006-01", INDIVIDUAL, id="Greece by its other code"),
    ],
)
def test_the_bill_and_the_form(country, document, month, expected):
    found = routed(country, document, month)
    assert isinstance(found, Route)
    assert (found.bill, found.form) == expected
    assert found.is_individual == (expected == INDIVIDUAL)


@pytest.mark.parametrize(
    ("country", "document", "month", "code", "words"),
    [
        pytest.param("HR", "EKUZ", "2013-06", "C-1", "czerwiec 2013", id="RT-16 R57"),
        pytest.param("US", "EKUZ", "2026-06", "C-1", "US", id="no state of the coordination"),
        pytest.param("DE", "OSW", "2026-06", "C-2", "OSW", id="no document of the coordination"),
        pytest.param("DE", "", "2026-06", "C-2", "—", id="no document at all"),
        pytest.param("NO", "S1", "2011-01", "C-3", "NO", id="S1 under old rules"),
    ],
)
def test_what_cannot_be_put_on_a_bill(country, document, month, code, words):
    found = routed(country, document, month)
    assert isinstance(found, Finding)
    assert found.code == code
    assert words in found.text.pl
    assert found.remedy.en
    assert found.basis.reference.pl
