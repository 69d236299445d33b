"""A note settles devices only; the data of a paper bill have their type; a signature must hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rozlicz.documents.kinds import open_kinds
from rozlicz.documents.ways import Way
from rozlicz.kernel.months import Month
from rozlicz.messages.bills import BillKind, VatExemption
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.signatures import CHANGED, Signature
from rozlicz.messages.templates import CalculatedBy
from tests.documents.desk import CONTRACT, TEMPLATE, bill_of, checked, codes, contract_of, scope_of

SHOP = contract_of(scope_of(settled_by=SettledBy.DEVICE_SUPPLY))
MIXED = contract_of(scope_of(settled_by=SettledBy.DEVICE_SUPPLY), scope_of(distinguisher=2))
SUPPLIED = replace(TEMPLATE, calculated_by=CalculatedBy.DEVICE_SUPPLY)
NOTE = replace(bill_of(), kind=BillKind.NOTE, vat_exemption=None)


def test_at_21_a_note_settles_devices_as_an_e_document():
    assert checked(NOTE, contract=SHOP) == ()


def test_r56_devices_are_settled_by_any_kind():
    assert open_kinds(template=TEMPLATE, contract=SHOP) == tuple(BillKind)
    assert codes(checked(bill_of(), contract=SHOP)) == []


def test_r1_a_note_for_anything_else_is_refused():
    [refusal] = checked(NOTE)
    assert refusal.code == "B-106"
    assert "nota" in refusal.text.pl
    assert refusal.remedy.pl.endswith("faktura (FAKT), rachunek (RACH).")
    assert open_kinds(template=TEMPLATE, contract=CONTRACT) == (BillKind.INVOICE, BillKind.ACCOUNT)


def test_a_note_for_devices_and_something_else_is_refused():
    lines = (TEMPLATE.lines[0], replace(TEMPLATE.lines[1], distinguisher=2))
    template = replace(TEMPLATE, lines=lines)
    note = bill_of(template, MIXED, kind=BillKind.NOTE, vat_exemption=None)
    assert codes(checked(note, template=template, contract=MIXED)) == ["B-106"]


def test_without_the_contract_the_template_says_whether_it_is_of_devices():
    assert codes(checked(NOTE, contract=None)) == ["B-106"]
    assert codes(checked(NOTE, template=SUPPLIED, contract=None)) == []


def test_r14_a_note_may_state_a_basis_of_exemption():
    stated = replace(NOTE, vat_exemption=VatExemption.MEDICAL_CARE_BY_ENTITY)
    assert codes(checked(stated, contract=SHOP)) == []


def test_a_correcting_note_names_the_note_it_corrects():
    correcting = replace(SUPPLIED, number=700200, corrects=700123)
    note = bill_of(correcting, SHOP, kind=BillKind.NOTE, vat_exemption=None)
    given = {"template": correcting, "contract": SHOP}
    assert codes(checked(note, **given, corrected_bill_number="17/10/2026")) == []
    unnamed = replace(note, corrects_number="")
    assert codes(checked(unnamed, **given, corrected_bill_number="17/10/2026")) == ["B-601"]


DECLARED = replace(TEMPLATE, calculated_by=CalculatedBy.DECLARATIONS)
TYPES = [
    pytest.param(TEMPLATE, 11, [], id="R7-11-since-september-2013"),
    pytest.param(TEMPLATE, 1, [], id="R7-1"),
    pytest.param(TEMPLATE, 12, ["B-107"], id="R7-there-is-no-12"),
    pytest.param(TEMPLATE, 0, ["B-107"], id="R7-there-is-no-0"),
    pytest.param(DECLARED, 10, [], id="45082-declarations-10"),
    pytest.param(DECLARED, 11, ["B-107"], id="45082-declarations-11"),
]


@pytest.mark.parametrize(("template", "bill_type", "expected"), TYPES)
def test_the_type_of_a_paper_bill_fits_its_template(template, bill_type, expected):
    found = checked(bill_of(), template=template, way=Way.REF_AND_PAPER, bill_type=bill_type)
    assert codes(found) == expected


@pytest.mark.parametrize(("issued_on", "expected"), [("2013-08-31", ["B-107"]), ("2013-09-01", [])])
def test_type_11_exists_since_september_2013(issued_on, expected):
    template = replace(TEMPLATE, month=Month(2013, 8))
    bill = bill_of(template, issued_on=date.fromisoformat(issued_on))
    found = checked(
        bill,
        template=template,
        way=Way.REF_AND_PAPER,
        bill_type=11,
        received_on=date.fromisoformat(issued_on),
    )
    assert codes(found) == expected


def test_r7_services_of_2013_go_the_paper_way():
    given = {"first_service_on": date(2013, 12, 20)}
    assert codes(checked(bill_of(), **given)) == ["B-104"]
    assert codes(checked(bill_of(), **given, way=Way.REF_AND_PAPER, bill_type=1)) == []


def test_r6_a_signature_that_holds_is_fine_and_a_broken_one_refuses_the_bill():
    held = Signature(signer="Anna", issuer="Urząd", serial="1", signed_at=None)
    broken = replace(held, fault=CHANGED.because(field="signatures", signer="Jan"))
    assert checked(bill_of(), signatures=[held]) == ()
    [refusal] = checked(bill_of(), signatures=[held, broken])
    assert (refusal.code, refusal.stops_the_bill) == ("B-805", True)
    assert "Jan" in refusal.text.pl
