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
    the_one,
    words,
)

pytestmark = pytest.mark.django_db


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
    ("podmiot", "register_number", "00000001234"),
    ("podmiot", "register_number", "WIF.8520.14.2019"),
    ("podmiot", "krs_number", ""),
    ("podmiot", "krs_number", "123456"),
    ("podmiot", "krs_number", "0000000000"),
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


def place_marked(applicant: Applicant, name: str) -> str:
    """By what the page of the places knows the one of this name."""
    places = applicant.get("/rejestracja/miejsca/").context["places"]
    return next(mark for mark, place in places.items() if place["name"] == name)


def names_of_places() -> list[str]:
    return [one["name"] for one in the_one().answers["places"]["places"]]


@pytest.fixture
def three_places(applicant: Applicant) -> Applicant:
    applicant.step("rodzaj", {"kind": "provider"})
    for name in ("Pierwsze", "Drugie", "Trzecie"):
        answer = applicant.step("miejsca", PLACE | {"name": name, "act": "add"})
        assert answer.headers["Location"] == "/rejestracja/miejsca/"
    return applicant


def test_several_places_are_added_changed_and_removed(three_places: Applicant) -> None:
    second = place_marked(three_places, "Drugie")
    assert (
        three_places.get(f"/rejestracja/miejsca/?place={second}").context["form"]["name"].value() == "Drugie"
    )
    three_places.step("miejsca", PLACE | {"name": "Drugie inne", "act": "add", "place": second})
    three_places.step("miejsca", {"act": f"remove-{place_marked(three_places, 'Pierwsze')}"})
    assert names_of_places() == ["Drugie inne", "Trzecie"]
    assert three_places.step("miejsca", {"act": "next"}).status_code == 302


@pytest.mark.slow
def test_two_windows_lose_no_place(three_places: Applicant) -> None:
    marks = {name: place_marked(three_places, name) for name in names_of_places()}
    three_places.step("miejsca", {"act": f"remove-{marks['Pierwsze']}"})
    # the other window still shows all three: it means the places by what they are, not by where they stood
    three_places.step("miejsca", PLACE | {"name": "Drugie inne", "act": "add", "place": marks["Drugie"]})
    assert names_of_places() == ["Drugie inne", "Trzecie"]
    answer = three_places.post("/rejestracja/miejsca/", {"act": f"remove-{marks['Drugie']}"}, follow=True)
    assert "w innym oknie" in words(answer)
    assert names_of_places() == ["Drugie inne", "Trzecie"]


def test_a_place_that_another_window_changed_is_refused_and_what_was_typed_stays(
    three_places: Applicant,
) -> None:
    second = place_marked(three_places, "Drugie")
    three_places.step("miejsca", PLACE | {"name": "Drugie inne", "act": "add", "place": second})
    typed = PLACE | {"name": "Drugie z drugiego okna", "act": "add", "place": second}
    answer = three_places.step("miejsca", typed)
    assert answer.status_code == 422
    assert "w innym oknie" in words(answer)
    assert answer.context["form"]["name"].value() == "Drugie z drugiego okna"
    assert 'name="place"' not in answer.content.decode()
    assert names_of_places() == ["Pierwsze", "Drugie inne", "Trzecie"]
    three_places.step("miejsca", {name: value for name, value in typed.items() if name != "place"})
    assert names_of_places() == ["Pierwsze", "Drugie inne", "Trzecie", "Drugie z drugiego okna"]


def test_removing_a_place_keeps_what_is_being_typed_of_another(three_places: Applicant) -> None:
    first = place_marked(three_places, "Pierwsze")
    answer = three_places.step("miejsca", PLACE | {"name": "Czwarte", "act": f"remove-{first}"})
    assert names_of_places() == ["Drugie", "Trzecie"]
    assert answer.context["form"]["name"].value() == "Czwarte"


def test_answers_that_another_window_changed_are_not_written_over_unseen(applicant: Applicant) -> None:
    applicant.step("rodzaj", {"kind": "provider"})
    seen = applicant.get("/rejestracja/podmiot/").context["seen"]
    here, there = PARTY | {"name": "Tutaj", "seen": seen}, PARTY | {"name": "Tam", "seen": seen}
    assert applicant.step("podmiot", there).status_code == 302
    assert applicant.step("podmiot", there).status_code == 302, "the same sent twice is no conflict"
    answer = applicant.step("podmiot", here)
    assert answer.status_code == 422
    assert "w innym oknie" in words(answer)
    assert answer.context["form"]["name"].value() == "Tutaj"
    assert the_one().answers["party"]["name"] == "Tam"
    assert applicant.step("podmiot", here | {"seen": answer.context["seen"]}).status_code == 302
    assert the_one().answers["party"]["name"] == "Tutaj"


def test_no_more_places_than_a_registration_holds(
    applicant: Applicant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rozlicz.portal.registration.operations.MOST_PLACES", 1)
    assert applicant.step("miejsca", PLACE | {"act": "add"}).status_code == 302
    assert applicant.step("miejsca", PLACE | {"act": "add"}).status_code == 422
    changed = {"act": "add", "place": place_marked(applicant, PLACE["name"])}
    assert applicant.step("miejsca", PLACE | changed).status_code == 302


def test_the_first_place_and_the_holder_are_proposed(applicant: Applicant) -> None:
    applicant.step("rodzaj", {"kind": "provider"})
    applicant.step("podmiot", PARTY)
    assert applicant.get("/rejestracja/miejsca/").context["form"]["street"].value() == PARTY["street"]
    assert applicant.get("/rejestracja/konto/").context["form"]["holder_name"].value() == PARTY["name"]


@pytest.mark.slow
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
