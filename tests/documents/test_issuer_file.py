"""The issuer's file of the provider's desk."""

from __future__ import annotations

import string
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.documents.issuer_file import IssuerFile, IssuerFileRefused, issuer_file_text, read_issuer_file
from rozlicz.messages.bills import VatExemption
from rozlicz.messages.contracts import LegalForm
from tests.documents.desk import ACCOUNT, CLINIC, CONTRACT, TEMPLATE

EXAMPLE = Path(__file__).parents[2] / "examples" / "wystawca.toml"
ISSUER = IssuerFile(party=CLINIC, bank_account=ACCOUNT, vat_exemption=VatExemption.MEDICAL_CARE_BY_ENTITY)


def faults(text: str) -> list[str]:
    with pytest.raises(IssuerFileRefused) as caught:
        read_issuer_file(text)
    return [one.pl for one in caught.value.texts]


def changed(**values: str | None) -> str:
    """The example with some of its lines replaced (`kod="5"`) or left out (None)."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    for key, value in values.items():
        name = key.replace("_", "-")
        at = next(n for n, line in enumerate(lines) if line.startswith(f"{name} ="))
        lines[at] = "" if value is None else f"{name} = {value}"
    return "\n".join(lines)


def test_the_example_of_the_documentation_is_right():
    issuer = read_issuer_file(EXAMPLE.read_text(encoding="utf-8"))
    assert issuer.party.legal_form is LegalForm.NON_PUBLIC_UNIT
    assert issuer.party.address.town == "Łódź"
    assert issuer.number_for(TEMPLATE) == "700123/10/2026"


def test_a_number_may_hold_the_contract():
    issuer = replace(ISSUER, numbering="{umowa}-{szablon}")
    assert issuer.number_for(TEMPLATE) == f"{CONTRACT.code}-700123"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("praktyka-indywidualna", VatExemption.MEDICAL_CARE_BY_PROFESSIONAL),
        ("publiczny", VatExemption.MEDICAL_CARE_BY_ENTITY),
    ],
)
def test_r14_a_basis_that_is_left_out_follows_the_legal_form(form, expected):
    text = changed(rodzaj=f'"{form}"', zwolnienie_vat=None)
    assert read_issuer_file(text).vat_exemption is expected


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"kod": '"5990"'}, "sześć cyfr"),
        ({"nazwa": None}, "brakuje wartości wystawca.nazwa"),
        ({"rodzaj": '"szpital"'}, "praktyka-grupowa"),
        ({"nip": '"9990000009"'}, "NIP"),
        ({"regon": '"990000001"'}, "REGON"),
        ({"konto": '"1"'}, "26 cyfr"),
        ({"zwolnienie-vat": "17"}, "18, 19 albo 20"),
        ({"numeracja": '"{numer}/2026"'}, "{szablon}"),
        ({"ulica": "[1, 2]"}, "tekst"),
        ({"identyfikator": '"05010318"'}, "8 cyfr, łącznik"),
        ({"ostatni-numer": "-1"}, "liczba całkowita"),
    ],
)
def test_each_fault_is_named(values, word):
    (fault,) = faults(changed(**values))
    assert word in fault


def test_all_faults_come_at_once():
    told = faults('[wystawca]\nkod = 5\nimie = "Anna"\n')
    assert len(told) == 10
    assert any("nieznana wartość wystawca.imie" in one for one in told)


def test_a_file_that_is_no_toml_is_told_with_its_line():
    (fault,) = faults("[wystawca\n")
    assert "line 1" in fault


WORDS = st.text(string.printable + "ąćęłńóśźż„”\\\"'", min_size=1, max_size=30).map(str.strip).filter(bool)


@given(
    WORDS, WORDS, st.sampled_from(LegalForm), st.sampled_from(VatExemption), st.none() | st.integers(0, 10**9)
)
def test_a_written_file_is_read_back(name, company, form, exemption, last):
    party = replace(CLINIC, name=name, company_name=company, legal_form=form)
    issuer = replace(ISSUER, party=party, vat_exemption=exemption, last_generation=last)
    assert read_issuer_file(issuer_file_text(issuer)) == issuer
