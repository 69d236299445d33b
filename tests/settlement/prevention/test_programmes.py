"""The dictionary of prevention programmes (R29) and where each is settled (R30, R31)."""

from datetime import date

import pytest

from rozlicz.settlement.prevention.programmes import PROGRAMMES, ReportedIn, canonical, entry_of, reported_in

DAY = date(2026, 10, 1)

SIMP = {
    "R30 cervical, diagnostic": ("10.7000.156.02", ""),
    "R30 cervical, extended": ("10.0000.156.02", ""),
    "R30 cervical sample, outpatient": ("02.1450.001.02", "5.05.00.0000060"),
    "R30 cervical sample, midwife": ("01.0034.101.01", ""),
    "R30 breast, stationary": ("10.7940.158.02", "5.10.00.0000043"),
    "R30 breast, mobile": ("10.7940.159.02", ""),
    "R30 breast, extended": ("10.0000.157.02", ""),
    "R30 cardiovascular": ("01.0010.107.11", ""),
}
SWIAD = {
    "R31 prenatal": ("10.4450.159.02", ""),
    "R31 tobacco-related": ("10.0010.162.02", ""),
    "R31 tuberculosis": ("01.0032.175.11", ""),
    "R31 glaucoma, beside a visit": ("02.1600.001.02", "5.05.00.0000062"),
    "R31 glaucoma, sole purpose": ("02.1600.001.02", "5.05.00.0000061"),
    "R29 glaucoma, as printed": ("02.1600.001.02", "5.05.0000062"),
}


@pytest.mark.parametrize("codes", SIMP.values(), ids=SIMP)
def test_programmes_settled_in_simp(codes):
    scope, product = codes
    assert reported_in(scope=scope, product=product, on=DAY) is ReportedIn.SIMP


@pytest.mark.parametrize("codes", SWIAD.values(), ids=SWIAD)
def test_programmes_of_the_open_message(codes):
    scope, product = codes
    assert reported_in(scope=scope, product=product, on=DAY) is ReportedIn.SWIAD


def test_other_services_are_no_prevention_programme():
    assert reported_in(scope="02.1600.001.02", product="5.30.00.0000011", on=DAY) is None


def test_r29_every_code_of_the_document_is_there_once():
    codes = [entry.code for entry in PROGRAMMES.on(DAY).value]
    assert len(codes) == len(set(codes)) == 13
    assert canonical("5.05.0000061") in codes
    assert canonical("5.05.0000062") in codes


def test_r31_prenatal_tobacco_and_tuberculosis_have_codes_of_effects():
    with_codes = {entry.code for entry in PROGRAMMES.on(DAY).value if entry.effect_codes}
    assert with_codes == {"10.4450.159.02", "10.0010.162.02", "01.0032.175.11"}


def test_what_is_settled_in_simp_has_a_condition_and_nothing_else_has():
    for entry in PROGRAMMES.on(DAY).value:
        assert (entry.condition is not None) == (entry.reported_in is ReportedIn.SIMP)
    assert entry_of(scope="02.1600.001.02", on=DAY) is None
