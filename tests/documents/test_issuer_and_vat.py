"""The issuer's designation by legal form (R15) and the basis of VAT exemption (R14)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rozlicz.documents.issuer import DESIGNATION_RULES, designation, issuer_refusals
from rozlicz.documents.vat import EXEMPTION_NAMES, EXEMPTION_TEXTS, usual_exemption, vat_refusals
from rozlicz.messages.bills import VatExemption
from rozlicz.messages.contracts import LegalForm
from tests.documents.desk import CLINIC

HOSPITAL = replace(
    CLINIC,
    name="Szpital Wojewódzki w Łodzi",
    legal_form=LegalForm.PUBLIC_UNIT,
    company_name="",
    form_of_business="",
)
DOCTOR = replace(
    CLINIC,
    name="Anna Nowak",
    legal_form=LegalForm.INDIVIDUAL_PRACTICE,
    company_name="",
    form_of_business="indywidualna praktyka lekarska",
)
PARTNERS = replace(
    CLINIC,
    name="Nowak i Wspólnicy",
    legal_form=LegalForm.GROUP_PRACTICE,
    company_name="",
    form_of_business="spółka partnerska",
)
ADDRESS = "ul. Piotrkowska 1, 90-001 Łódź"


def codes(issuer, party):
    return [one.code for one in issuer_refusals(issuer, contract_party=party)]


@pytest.mark.parametrize(
    "party", [CLINIC, HOSPITAL, DOCTOR, PARTNERS], ids=lambda party: party.legal_form.value
)
def test_r15_the_designation_of_the_contract_is_right(party):
    assert codes(party, party) == []
    assert party.legal_form in DESIGNATION_RULES


@pytest.mark.parametrize(
    ("party", "lines"),
    [
        pytest.param(HOSPITAL, ("Szpital Wojewódzki w Łodzi", ADDRESS), id="R15-public-unit"),
        pytest.param(
            CLINIC,
            ("Przychodnia „Zdrowie”", "Zdrowie Medycyna", "spółka jawna", ADDRESS),
            id="R15-non-public-unit-of-a-company",
        ),
        pytest.param(
            replace(CLINIC, company_name="PRZYCHODNIA „Zdrowie”"),
            ("Przychodnia „Zdrowie”", "spółka jawna", ADDRESS),
            id="R15-non-public-unit-named-as-its-company",
        ),
        pytest.param(DOCTOR, ("Anna Nowak", ADDRESS), id="R15-individual-practice"),
        pytest.param(PARTNERS, ("Nowak i Wspólnicy", "spółka partnerska", ADDRESS), id="R15-group-practice"),
    ],
)
def test_r15_what_a_bill_prints(party, lines):
    assert designation(party) == lines


@pytest.mark.parametrize(
    ("party", "changes", "expected"),
    [
        pytest.param(HOSPITAL, {"company_name": "Inna"}, ["B-316"], id="R15-public-unit-with-a-company"),
        pytest.param(
            CLINIC, {"company_name": "Przychodnia „Zdrowie”"}, ["B-316"], id="R15-both-names-needed"
        ),
        pytest.param(DOCTOR, {"form_of_business": ""}, [], id="R15-practice-may-leave-its-form-out"),
        pytest.param(
            DOCTOR, {"form_of_business": "spółka cywilna"}, ["B-315"], id="R15-but-not-contradict-it"
        ),
        pytest.param(PARTNERS, {"form_of_business": ""}, ["B-315"], id="R15-group-practice-needs-its-form"),
        pytest.param(DOCTOR, {"name": "Anna Nowak-Kowalska"}, ["B-313"], id="R15-surname"),
        pytest.param(HOSPITAL, {"name": "Szpital Wojewódzki, Łódź"}, ["B-313"], id="R15-exact-name"),
        pytest.param(HOSPITAL, {"nip": "526-025-02-74"}, [], id="NIP-with-hyphens"),
    ],
)
def test_r15_differences_from_the_contract(party, changes, expected):
    assert codes(replace(party, **changes), party) == expected


def test_r15_the_remedy_quotes_the_contract():
    (refusal,) = issuer_refusals(replace(HOSPITAL, name="Szpital"), contract_party=HOSPITAL)
    assert "Szpital Wojewódzki w Łodzi" in refusal.remedy.pl
    assert refusal.field == "issuer.name"


@pytest.mark.parametrize(
    ("exemption", "words"),
    [
        (VatExemption.MEDICAL_CARE_BY_ENTITY, ("pkt 18", "podmioty lecznicze")),
        (VatExemption.MEDICAL_CARE_BY_PROFESSIONAL, ("pkt 19", "pielęgniarki i położne", "psychologów")),
        (VatExemption.SANITARY_TRANSPORT, ("pkt 20", "transport sanitarny")),
    ],
    ids=["R14-18", "R14-19", "R14-20"],
)
def test_r14_each_basis_has_its_sentence(exemption, words):
    assert all(word in EXEMPTION_TEXTS[exemption].pl for word in words)
    assert "art. 43(1)" in EXEMPTION_TEXTS[exemption].en
    assert EXEMPTION_NAMES[exemption].pl


@pytest.mark.parametrize("legal_form", list(LegalForm))
@pytest.mark.parametrize("exemption", [None, *VatExemption])
def test_r14_only_a_missing_basis_stops_a_bill(legal_form, exemption):
    refusals = list(vat_refusals(exemption, legal_form=legal_form))
    assert any(one.stops_the_bill for one in refusals) == (exemption is None)
    if exemption is usual_exemption(legal_form):
        assert refusals == []
