"""P4: the numbers of a party in its registers: their digits, their form, and who needs which."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from rozlicz.portal.house.marks import mark_of_content
from rozlicz.portal.registration.models import Registration
from rozlicz.portal.registration.printouts import mark_of_registration
from rozlicz.portal.registration.queries import application_of
from rozlicz.portal.tenancy import acting_for_payer
from tests.documents.pdf_text import text_of
from tests.portal.registration.filling import (
    PARTY,
    Applicant,
    the_one,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["PL7251806721", "725–180–67–21", " 725.180.67.21 ", "725 180 67 21"])
def test_a_number_is_kept_as_its_digits_however_it_was_written(applicant: Applicant, typed: str) -> None:
    applicant.fill(podmiot={"nip": typed, "regon": "1000-00008"})
    with acting_for_payer():
        party = Registration.objects.get().answers["party"]
    assert (party["nip"], party["regon"]) == ("7251806721", "100000008")


@pytest.mark.parametrize("typed", ["７２５１８０６７２１", "7251806722", "PL", "725180672l"])
def test_what_is_no_nip_is_told(applicant: Applicant, typed: str) -> None:
    applicant.step("rodzaj", {"kind": "provider"})
    assert applicant.step("podmiot", PARTY | {"nip": typed}).status_code == 422


@pytest.mark.parametrize(
    ("form", "business", "is_asked"),
    [
        ("non-public-unit", "spółka z o.o.", True),
        ("non-public-unit", "Sp. z o. o.", True),
        ("non-public-unit", "spółka akcyjna", True),
        ("non-public-unit", "fundacja", True),
        ("non-public-unit", "spółka cywilna", False),
        ("non-public-unit", "działalność jednoosobowa", False),
        ("group-practice", "spółka partnerska", True),
        ("group-practice", "spółka cywilna lekarzy", False),
        ("individual-practice", "", False),
        ("public-unit", "", True),
        ("public-unit", "jednostka budżetowa", False),
    ],
)
def test_the_krs_number_is_needed_of_who_is_entered_there(
    applicant: Applicant, form: str, business: str, is_asked: bool
) -> None:
    applicant.step("rodzaj", {"kind": "provider"})
    typed = PARTY | {"legal_form": form, "form_of_business": business, "krs_number": ""}
    answer = applicant.step("podmiot", typed)
    assert answer.status_code == (422 if is_asked else 302)
    if is_asked:
        assert set(answer.context["form"].errors) == {"krs_number"}
    assert applicant.step("podmiot", typed | {"krs_number": "0000 123-456"}).status_code == 302
    assert the_one().answers["party"]["krs_number"] == "0000123456"


@pytest.mark.parametrize(
    "typed",
    ["000000012345", " 0000 0001 2345 ", "000000012345 W-10", "000000012345 W - 10", "000000012345-W-10"],
)
def test_the_number_of_the_book_is_kept_without_the_mark_of_the_authority(
    applicant: Applicant, typed: str
) -> None:
    applicant.fill(podmiot={"register_number": typed})
    assert the_one().answers["party"]["register_number"] == "000000012345"


def test_a_pharmacy_writes_its_permit_as_it_stands(applicant: Applicant) -> None:
    applicant.step("rodzaj", {"kind": "pharmacy"})
    typed = PARTY | {
        "register_number": "WIF.8520.14.2019",
        "krs_number": "",
        "form_of_business": "spółka cywilna",
    }
    assert applicant.step("podmiot", typed).status_code == 302
    assert the_one().answers["party"]["register_number"] == "WIF.8520.14.2019"


def test_the_printed_form_and_the_agreement_name_the_krs_number(filed: Applicant) -> None:
    printed = text_of(filed.document())
    assert printed.count("0000123456") == 2


def test_what_was_filed_before_the_krs_number_was_asked_for_keeps_its_mark(filed: Applicant) -> None:
    registration = the_one()
    with_number = mark_of_registration(registration)
    del registration.answers["party"]["krs_number"]
    former = asdict(application_of(registration))
    del former["party"]["krs_number"]
    mark = mark_of_content(registration.pk, registration.regulations_version, former)
    assert mark_of_registration(registration) == mark != with_number
