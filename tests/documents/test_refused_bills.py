"""A bill that differs from what it must be is refused, with every reason at once and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rozlicz.documents.catalogue import REASONS, reason_of
from rozlicz.documents.refusals import Severity, is_refused
from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.months import Month
from rozlicz.messages.bills import VatExemption
from rozlicz.messages.contracts import LegalForm, SettledBy
from tests.documents.desk import (
    ACCOUNT,
    CONTRACT,
    CORRECTING,
    OTHER_ACCOUNT,
    TEMPLATE,
    bill_of,
    checked,
    codes,
    contract_of,
    scope_of,
    template_of,
)

ELSEWHERE = PostalAddress(street="ul. Inna 2", postal_code="91-002", town="Łódź")


def line_changed(index: int = 0, **changes):
    bill = bill_of()
    lines = list(bill.lines)
    lines[index] = replace(lines[index], **changes)
    return replace(bill, lines=tuple(lines))


def part_changed(part: str, **changes):
    bill = bill_of()
    return replace(bill, **{part: replace(getattr(bill, part), **changes)})


def test_a_bill_made_from_its_template_is_accepted():
    assert checked(bill_of()) == ()


def test_a_correcting_bill_made_from_its_template_is_accepted():
    assert checked(bill_of(CORRECTING), template=CORRECTING, corrected_bill_number="17/10/2026") == ()


CHANGES = [
    pytest.param({"template": 1}, ["B-102"], id="R65-other-template"),
    pytest.param({"contract": "05-26-99999"}, ["B-111"], id="R18-other-contract"),
    pytest.param({"month": Month(2026, 9)}, ["B-113"], id="R18-other-month"),
    pytest.param({"sold_on": date(2026, 10, 30)}, ["B-114"], id="R13-sale-date"),
    pytest.param({"number": "  "}, ["B-121"], id="R13-number-empty"),
    pytest.param({"number": "9" * 61}, ["B-123"], id="number-of-61-characters"),
    pytest.param({"number": "9" * 60}, [], id="number-of-60-characters"),
    pytest.param({"issued_on": date(2026, 10, 30)}, ["B-401"], id="R18-issued-before-month-end"),
    pytest.param({"issued_on": date(2026, 11, 6)}, ["B-402"], id="R13-issued-in-future"),
    pytest.param({"vat_exemption": None}, ["B-411"], id="R14-basis-missing"),
    pytest.param({"vat_exemption": VatExemption.MEDICAL_CARE_BY_PROFESSIONAL}, ["B-412"], id="R14-unusual"),
    pytest.param({"bank_account": "61109010140000071219812875"}, ["B-501"], id="account-check-digits"),
    pytest.param({"bank_account": ""}, ["B-501"], id="account-empty"),
    pytest.param({"bank_account": OTHER_ACCOUNT}, ["B-502"], id="account-not-registered"),
    pytest.param({"amount": 1}, ["B-207", "B-208"], id="total"),
    pytest.param({"corrects_number": "16/10/2026"}, ["B-604"], id="R13-not-a-correction"),
    pytest.param({"correction_reason": "pomyłka"}, ["B-604"], id="R13-reason-on-no-correction"),
    pytest.param({"lines": ()}, ["B-201", "B-201", "B-207"], id="no-lines"),
]


@pytest.mark.parametrize(("changes", "expected"), CHANGES)
def test_a_changed_field_is_refused_with_its_own_reason(changes, expected):
    assert codes(checked(replace(bill_of(), **changes))) == expected


LINE_CHANGES = [
    pytest.param({"scope": "02.1100.001.02"}, ["B-201", "B-202"], id="scope"),
    pytest.param({"distinguisher": 2}, ["B-201", "B-202"], id="distinguisher"),
    pytest.param({"product": "5.30.00.0000013"}, ["B-201", "B-202"], id="product"),
    pytest.param({"units": 71_4001}, ["B-203"], id="units-below-half-a-grosz"),
    pytest.param({"units": 72_0000}, ["B-203", "B-206"], id="units"),
    pytest.param({"price": 1001}, ["B-204", "B-206"], id="price"),
    pytest.param({"amount": 71401}, ["B-205", "B-206", "B-207"], id="amount"),
    pytest.param({"unit_name": "świadczenie"}, ["B-209"], id="unit-name-of-11-characters"),
    pytest.param({"unit_name": ""}, ["B-209"], id="unit-name-empty"),
    pytest.param({"unit_name": "porada"}, [], id="unit-name-is-the-providers"),
    pytest.param({"name": " "}, ["B-210"], id="R13-name-empty"),
    pytest.param({"number": 5}, ["B-211"], id="line-number"),
]


@pytest.mark.parametrize(("changes", "expected"), LINE_CHANGES)
def test_a_changed_line_is_refused_with_its_own_reason(changes, expected):
    assert codes(checked(line_changed(**changes))) == expected


PART_CHANGES = [
    pytest.param("buyer", {"name": "Fundusz"}, ["B-301"], id="R12-buyer-name"),
    pytest.param("buyer", {"nip": "5260250274"}, ["B-302"], id="R12-buyer-nip"),
    pytest.param("buyer", {"nip": "107-00-01-057"}, [], id="R12-nip-with-hyphens"),
    pytest.param("buyer", {"address": ELSEWHERE}, ["B-303"], id="R12-buyer-address"),
    pytest.param("recipient", {"branch": "06"}, ["B-304"], id="R12-recipient-branch"),
    pytest.param("recipient", {"name": "Oddział"}, ["B-305"], id="R12-recipient-name"),
    pytest.param("recipient", {"address": ELSEWHERE}, ["B-306"], id="R12-recipient-address"),
    pytest.param("recipient", {"address": None}, ["B-306"], id="R12-recipient-without-address"),
    pytest.param("issuer", {"code": "059999"}, ["B-311"], id="R15-code"),
    pytest.param("issuer", {"legal_form": LegalForm.PUBLIC_UNIT}, ["B-312"], id="R15-kind"),
    pytest.param("issuer", {"name": "Przychodnia"}, ["B-313"], id="R15-name"),
    pytest.param("issuer", {"name": "PRZYCHODNIA  „ZDROWIE” "}, [], id="R15-case-and-space"),
    pytest.param("issuer", {"address": ELSEWHERE}, ["B-314"], id="R15-address"),
    pytest.param("issuer", {"form_of_business": "spółka cywilna"}, ["B-315"], id="R15-form"),
    pytest.param("issuer", {"form_of_business": ""}, ["B-315"], id="R15-form-missing"),
    pytest.param("issuer", {"company_name": ""}, ["B-316"], id="R15-company-missing"),
    pytest.param("issuer", {"nip": "1070001057"}, ["B-317"], id="R15-nip"),
    pytest.param("issuer", {"regon": "123456786"}, ["B-318"], id="R15-regon"),
]


@pytest.mark.parametrize(("part", "changes", "expected"), PART_CHANGES)
def test_a_changed_party_is_refused_with_its_own_reason(part, changes, expected):
    assert codes(checked(part_changed(part, **changes))) == expected


CIRCUMSTANCES = [
    pytest.param({"template": None}, ["B-101"], id="template-unknown"),
    pytest.param({"template_already_billed": True}, ["B-103"], id="one-template-one-bill"),
    pytest.param({"contract": contract_of(code="05-26-77777")}, ["B-112"], id="other-contract-file"),
    pytest.param({"contract": None}, [], id="contract-not-at-hand"),
    pytest.param({"numbers_used": {"17/10/2026"}}, ["B-122"], id="number-used"),
    pytest.param({"registered_bank_accounts": []}, [], id="account-not-known-off-line"),
    pytest.param({"registered_bank_accounts": [f"PL {ACCOUNT}"]}, [], id="account-with-PL"),
    pytest.param({"received_on": date(2026, 11, 10)}, [], id="R9-on-the-10th"),
    pytest.param({"received_on": date(2026, 11, 12)}, ["B-403"], id="R9-late"),
    pytest.param({"first_service_on": date(2013, 12, 20)}, ["B-104"], id="AT-23-R1-service-of-2013"),
    pytest.param({"first_service_on": date(2014, 1, 1)}, [], id="R1-first-day-of-2014"),
]


@pytest.mark.parametrize(("given", "expected"), CIRCUMSTANCES)
def test_circumstances_of_a_right_bill(given, expected):
    assert codes(checked(bill_of(), **given)) == expected


def test_r9_a_late_bill_is_only_warned():
    (late,) = checked(bill_of(), received_on=date(2026, 11, 12))
    assert late.severity is Severity.WARNING
    assert not is_refused([late])
    assert "10.11.2026" in late.text.pl


def test_at23_r1_a_template_of_2013_is_refused_as_e_document():
    template = template_of(month=Month(2013, 12))
    refusals = checked(bill_of(template, issued_on=date(2014, 1, 2)), template=template)
    assert "B-104" in codes(refusals)
    (early,) = [one for one in refusals if one.code == "B-104"]
    assert "REF" in early.remedy.pl


@pytest.mark.parametrize(
    ("changes", "known", "expected"),
    [
        pytest.param({"corrects_number": ""}, "17/10/2026", ["B-601"], id="R13-number-missing"),
        pytest.param({"correction_reason": " "}, "17/10/2026", ["B-602"], id="R13-reason-missing"),
        pytest.param({"corrects_number": "1/1"}, "17/10/2026", ["B-603"], id="R13-number-wrong"),
        pytest.param({"corrects_number": "1/1"}, None, [], id="R13-number-not-known-off-line"),
        pytest.param({}, "", ["B-605"], id="R13-nothing-billed-yet"),
        pytest.param(
            {"corrects_number": "", "correction_reason": ""}, None, ["B-601", "B-602"], id="R13-both"
        ),
    ],
)
def test_a_correcting_bill_names_what_it_corrects_and_why(changes, known, expected):
    bill = replace(bill_of(CORRECTING), **changes)
    assert codes(checked(bill, template=CORRECTING, corrected_bill_number=known)) == expected


def test_a_correction_is_never_late():
    bill = bill_of(CORRECTING, issued_on=date(2027, 3, 1))
    assert checked(bill, template=CORRECTING, received_on=date(2027, 3, 2)) == ()


def test_all_reasons_come_at_once_and_in_both_languages():
    bill = replace(bill_of(), number="", vat_exemption=None, bank_account="1", amount=5)
    refusals = checked(bill, received_on=date(2026, 12, 1))
    assert codes(refusals) == ["B-121", "B-207", "B-208", "B-403", "B-411", "B-501"]
    for one in refusals:
        assert one.text.pl != one.text.en
        assert one.remedy.pl
        assert one.basis.reference.pl
        assert one.field


def test_every_code_is_the_houses_own_and_used_once():
    found = [one.code for one in REASONS]
    assert len(set(found)) == len(found)
    assert all(code.startswith("B-") for code in found)
    assert reason_of("B-101").field_name.en == "template"


@pytest.mark.parametrize(
    ("settled_by", "name", "expected"),
    [
        (SettledBy.PREVENTION_SYSTEM, "profilaktyka raka piersi", ["B-105"]),
        (SettledBy.SPA_SYSTEM, "uzdrowiskowe leczenie sanatoryjne dorosłych", ["B-105"]),
        (SettledBy.LUMP_SUM, "izba przyjęć", []),
    ],
    ids=["R8-SIMP", "R49-spa", "R28-lump-sum"],
)
def test_services_that_are_not_settled_by_e_document(settled_by, name, expected):
    contract = contract_of(scope_of(name=name, settled_by=settled_by))
    assert codes(checked(bill_of(), contract=contract)) == expected


def test_r12_the_buyers_address_is_that_of_the_day_of_issue():
    template = template_of(month=Month(2020, 8))
    old = bill_of(template, issued_on=date(2020, 9, 3))
    assert old.buyer.address.street == "ul. Rakowiecka 26/30"
    assert checked(old, template=template, received_on=date(2020, 9, 4)) == ()
    new = bill_of(template, issued_on=date(2026, 11, 3))
    assert new.buyer.address.street == "ul. Grójecka 186"


def test_r12_a_branch_without_a_known_address_leaves_it_to_the_provider():
    template, contract = template_of(branch="04"), contract_of(branch="04")
    bill = bill_of(template)
    assert bill.recipient.address is None
    told = replace(bill, recipient=replace(bill.recipient, address=ELSEWHERE))
    assert checked(told, template=template, contract=contract) == ()


def test_a_template_of_no_branch_is_told_by_its_code_alone():
    refusals = checked(bill_of(), template=template_of(branch="99"))
    assert codes(refusals) == ["B-304"]


def test_nothing_but_the_bill_at_hand():
    assert codes(checked(bill_of(), template=None, contract=None)) == ["B-101"]


def test_a_foreign_text_is_quoted_only_as_far_as_a_sentence_can_hold_it():
    long = replace(bill_of(), contract="x" * 10_000)
    (refusal,) = checked(long)
    assert len(refusal.text.pl) < 400


def test_a_contract_of_another_provider_is_told_by_the_designation():
    other = replace(CONTRACT.provider, code="059999", nip="1070001057")
    assert codes(checked(bill_of(), contract=contract_of(provider=other))) == ["B-311", "B-317"]


def test_without_the_contract_the_template_tells_whose_bill_it_is():
    stranger = part_changed("issuer", code="059999", name="Inna Przychodnia")
    assert codes(checked(stranger, contract=None)) == ["B-311"]


def test_two_lines_that_differ_in_price_are_told_apart():
    first = TEMPLATE.lines[0]
    dearer = replace(first, price=1100, amount=78540)
    template = template_of(first, dearer)
    bill = bill_of(template)
    swapped = replace(
        bill,
        lines=tuple(replace(line, number=n) for n, line in enumerate(reversed(bill.lines), start=1)),
    )
    assert checked(swapped, template=template) == ()


def test_the_documentation_lists_every_reason_as_it_is():
    text = (Path(__file__).parents[2] / "docs" / "bills.md").read_text(encoding="utf-8")
    for one in REASONS:
        warning = " *(warning)*" if one.severity is Severity.WARNING else ""
        row = f"| {one.code} | {one.field_name.en} | {one.text.en}{warning} | {one.basis.reference.en} |"
        assert row in text
    assert text.count("| B-") == len(REASONS)
