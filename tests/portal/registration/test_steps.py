"""P4: the form in steps, each a page of its own and saved when it is left."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from rozlicz.portal.correspondence.models import PublishedDocument
from rozlicz.portal.registration.models import Registration, RegistrationState
from rozlicz.portal.tenancy import acting_for_applicant, acting_for_payer
from tests.portal.registration.filling import (
    ACCOUNT,
    ADMINISTRATOR,
    PARTY,
    PASSWORD,
    PLACE,
    STEPS,
    Applicant,
    words,
)

pytestmark = pytest.mark.django_db


def the_one() -> Registration:
    with acting_for_payer():
        return Registration.objects.get()


def test_b5_without_the_regulations_the_form_cannot_be_filled(regulations: PublishedDocument) -> None:
    visitor = Client()
    answer = visitor.post("/rejestracja/")
    assert answer.status_code == 422
    assert "rejestracja" not in visitor.cookies
    for step in STEPS:
        assert visitor.get(f"/rejestracja/{step}/").headers["Location"] == "/rejestracja/kontynuuj/"


def test_b5_no_registration_begins_before_regulations_are_published(db: None) -> None:
    visitor = Client()
    assert visitor.get("/rejestracja/").status_code == 200
    assert visitor.post("/rejestracja/", {"accepted": "on"}).status_code == 200
    with acting_for_payer():
        assert not Registration.objects.exists()


def test_the_accepted_version_of_the_regulations_is_kept(
    applicant: Applicant, regulations: PublishedDocument
) -> None:
    assert the_one().regulations_version == regulations.valid_from


def test_each_step_leads_to_the_next_and_is_saved_on_the_way(applicant: Applicant) -> None:
    for number, (step, values) in enumerate(STEPS.items(), start=1):
        assert applicant.step(step, values).status_code == 302
        assert len(the_one().answers) == number
    assert applicant.get("/rejestracja/podmiot/").context["form"]["nip"].value() == "7251806721"
    assert "Przychodnia Pod Jesionem" in words(applicant.get("/rejestracja/sprawdz/"))


def test_what_was_filled_in_is_there_on_another_computer(applicant: Applicant) -> None:
    applicant.step("rodzaj", {"kind": "provider"})
    applicant.step("podmiot", PARTY)
    elsewhere = Client()
    answer = elsewhere.post(
        "/rejestracja/kontynuuj/", {"link": f"http://x/rejestracja/kontynuuj/#{applicant.token}"}
    )
    assert answer.headers["Location"] == "/rejestracja/stan/"
    check = elsewhere.get("/rejestracja/stan/", follow=True)
    assert [step.value for step in check.context["missing"]] == ["places", "account", "administrator"]


WRONG = [
    ("rodzaj", "kind", "szpital"),
    ("podmiot", "name", ""),
    ("podmiot", "legal_form", ""),
    ("podmiot", "form_of_business", ""),
    ("podmiot", "nip", "7251806722"),
    ("podmiot", "regon", "100000004"),
    ("podmiot", "regon", "12345678512340"),
    ("podmiot", "register_number", ""),
    ("podmiot", "register_number", "<b>"),
    ("podmiot", "postal_code", "90101"),
    ("miejsca", "town", ""),
    ("miejsca", "phone", "zadzwoń"),
    ("konto", "number", "61 1090 1014 0000 0712 1981 2875"),
    ("konto", "number", "61 1090"),
    ("konto", "is_of_party", ""),
    ("administrator", "user_name", "Jan Jesion"),
    ("administrator", "user_name", "żuk"),
    ("administrator", "email", "jan.jesion"),
    ("administrator", "new_password", "Tymczasowe1"),
    ("administrator", "new_password_again", "Tymczas!13"),
]


@pytest.mark.parametrize(("step", "field", "value"), WRONG)
def test_a_wrong_value_is_told_at_its_field_and_keeps_what_was_typed(
    applicant: Applicant, step: str, field: str, value: str
) -> None:
    applicant.step("rodzaj", {"kind": "provider"})
    saved = dict(the_one().answers)
    typed = STEPS[step] | {field: value}
    answer = applicant.step(step, typed)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert set(form.errors) == {field}
    assert f'href="#id_{field}"' in answer.content.decode()
    shown = {name: form[name].value() or "" for name in form.fields if "password" not in name}
    assert shown | {"is_of_party": ""} == {name: typed.get(name, "") for name in shown} | {"is_of_party": ""}
    assert the_one().answers == saved


def test_r15_a_pharmacy_is_asked_neither_for_legal_form_nor_for_a_company(applicant: Applicant) -> None:
    applicant.step("rodzaj", {"kind": "pharmacy"})
    fields = applicant.get("/rejestracja/podmiot/").context["form"].fields
    assert not {"legal_form", "company_name"} & set(fields)
    assert applicant.step("podmiot", PARTY).status_code == 302
    assert "legal_form" not in the_one().answers["party"]


def test_another_kind_of_party_asks_again_for_what_it_needs(applicant: Applicant) -> None:
    applicant.fill(rodzaj={"kind": "pharmacy"})
    applicant.step("rodzaj", {"kind": "provider"})
    check = applicant.get("/rejestracja/sprawdz/")
    assert [step.value for step in check.context["missing"]] == ["party"]
    assert applicant.post("/rejestracja/sprawdz/").headers["Location"] == "/rejestracja/sprawdz/"
    assert the_one().state == RegistrationState.DRAFT


def test_several_places_are_added_changed_and_removed(applicant: Applicant) -> None:
    applicant.step("rodzaj", {"kind": "provider"})
    for name in ("Pierwsze", "Drugie", "Trzecie"):
        answer = applicant.step("miejsca", PLACE | {"name": name, "act": "add"})
        assert answer.headers["Location"] == "/rejestracja/miejsca/"
    applicant.step("miejsca", PLACE | {"name": "Drugie inne", "act": "add", "number": "1"})
    applicant.step("miejsca", {"act": "remove-0"})
    applicant.step("miejsca", {"act": "remove-99"})
    assert [one["name"] for one in the_one().answers["places"]["places"]] == ["Drugie inne", "Trzecie"]
    assert applicant.step("miejsca", {"act": "next"}).status_code == 302
    assert applicant.get("/rejestracja/miejsca/?number=1").context["form"]["name"].value() == "Trzecie"


def test_no_more_places_than_a_registration_holds(
    applicant: Applicant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rozlicz.portal.registration.pages.MOST_PLACES", 1)
    assert applicant.step("miejsca", PLACE | {"act": "add"}).status_code == 302
    assert applicant.step("miejsca", PLACE | {"act": "add"}).status_code == 422
    assert applicant.step("miejsca", PLACE | {"act": "add", "number": "0"}).status_code == 302


def test_the_first_place_and_the_holder_are_proposed(applicant: Applicant) -> None:
    applicant.step("rodzaj", {"kind": "provider"})
    applicant.step("podmiot", PARTY)
    assert applicant.get("/rejestracja/miejsca/").context["form"]["street"].value() == PARTY["street"]
    assert applicant.get("/rejestracja/konto/").context["form"]["holder_name"].value() == PARTY["name"]


def test_p2_the_password_is_kept_hashed_and_never_shown(applicant: Applicant) -> None:
    applicant.fill()
    registration = the_one()
    assert check_password(PASSWORD, registration.password_hash)
    assert PASSWORD not in str(registration.answers)
    for page in ("administrator", "sprawdz"):
        assert PASSWORD not in applicant.get(f"/rejestracja/{page}/").content.decode()
    without = {name: value for name, value in ADMINISTRATOR.items() if "password" not in name}
    assert applicant.step("administrator", without | {"given_name": "Janina"}).status_code == 302
    assert the_one().password_hash == registration.password_hash


def test_filed_it_is_closed_and_filing_twice_does_nothing(filed: Applicant) -> None:
    registration = the_one()
    assert registration.state == RegistrationState.FILED
    assert filed.step("konto", ACCOUNT | {"holder_name": "Kto inny"}).headers["Location"] == (
        "/rejestracja/stan/"
    )
    assert filed.post("/rejestracja/sprawdz/").headers["Location"] == "/rejestracja/stan/"
    again = the_one()
    assert (again.answers, again.filed_at) == (registration.answers, registration.filed_at)


def test_the_document_to_sign_holds_every_answer(filed: Applicant) -> None:
    document = filed.document()
    assert document.startswith(b"%PDF-")
    assert len(document) > 10_000
    assert b"/AcroForm" in document


def test_too_many_registrations_from_one_address_are_refused(regulations: PublishedDocument) -> None:
    answers = [Client().post("/rejestracja/", {"accepted": "on"}).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]


def test_who_has_a_party_already_is_led_to_the_desk(clerk: Client, regulations: PublishedDocument) -> None:
    assert clerk.get("/rejestracja/").headers["Location"] == "/pulpit/"


def test_leaving_makes_the_browser_forget(applicant: Applicant) -> None:
    token = applicant.token
    applicant.post("/rejestracja/zakoncz/")
    assert applicant.get("/rejestracja/rodzaj/").headers["Location"] == "/rejestracja/kontynuuj/"
    with acting_for_applicant(the_one().pk):
        assert Registration.objects.count() == 1
    assert Client().post("/rejestracja/kontynuuj/", {"link": token}).status_code == 302


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
