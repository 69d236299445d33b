"""What the branch decides, and what comes of it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import FIRST_ROLES
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.correspondence.models import PublishedDocument
from rozlicz.portal.providers.models import BankAccount, Place, Provider
from rozlicz.portal.registration.decisions import (
    UnableToDecideRegistration,
    accept_registration,
    mark_paper_arrived,
)
from rozlicz.portal.registration.models import Registration, RegistrationState
from rozlicz.portal.registration.queries import id_by_token
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import client_of
from tests.portal.registration.filling import ACCOUNT, PASSWORD, STEPS, Applicant, words
from tests.signing import signed

pytestmark = pytest.mark.django_db


def the_one() -> Registration:
    with acting_for_payer():
        return Registration.objects.select_related("provider").get()


def send(applicant: Applicant, content: bytes, *, kind: str = "signed", name: str = "umowa.pdf") -> Any:
    upload = SimpleUploadedFile(name, content)
    return applicant.post("/rejestracja/dokument/wyslij/", {"kind": kind, "file": upload})


@pytest.fixture
def signed_one(filed: Applicant) -> Applicant:
    """Somebody whose document is signed electronically."""
    answer = send(filed, signed(filed.document(), on=warsaw_day(now())))
    assert answer.status_code == 302, words(answer)
    return filed


def queue(registration: Registration, act: str = "") -> str:
    return f"/rejestracje/{registration.pk}/{act}"


@pytest.mark.slow
def test_accepted_the_party_gets_code_account_places_and_administrator(
    signed_one: Applicant, inspector: Client
) -> None:
    inspector.post(queue(the_one(), "przyjecie/"))
    registration = the_one()
    provider = registration.provider
    assert provider.code == registration.given_code == "050001"
    assert (provider.party_kind, provider.register_number) == ("provider", "000000012345")
    assert provider.krs_number == "0000123456"
    with acting_for_payer():
        assert BankAccount.objects.get(provider=provider).number == "61109010140000071219812874"
        assert [place.name for place in Place.objects.filter(provider=provider)] == ["Poradnia neurologiczna"]
        administrator = Operator.objects.get(provider=provider)
    assert (administrator.login, administrator.roles) == ("050001/jjesion1", sorted(FIRST_ROLES))
    assert check_password(PASSWORD, administrator.password)
    assert administrator.temporary_until - registration.decided_at == timedelta(days=14)
    assert registration.password_hash == ""
    seen = words(signed_one.get("/rejestracja/stan/"))
    assert "050001" in seen
    assert "jjesion1" in seen
    assert PASSWORD not in seen


@pytest.mark.slow
def test_p4_a_pharmacy_and_a_subcontractor_are_accepted_in_the_same_way(
    regulations: PublishedDocument, inspector: Client
) -> None:
    for kind in ("pharmacy", "subcontractor"):
        applicant = Applicant().begin().fill(rodzaj={"kind": kind}).file()
        send(applicant, signed(applicant.document(), on=warsaw_day(now())))
        inspector.post(f"/rejestracje/{id_by_token(applicant.token)}/przyjecie/")
    with acting_for_payer():
        found = Provider.objects.order_by("code").values_list("code", "party_kind", "legal_form")
        assert list(found) == [("050001", "pharmacy", ""), ("050002", "subcontractor", "non-public-unit")]


@pytest.mark.slow
def test_a_party_without_contracts_finds_empty_areas_that_say_so(
    regulations: PublishedDocument, inspector: Client
) -> None:
    applicant = Applicant().begin().fill(rodzaj={"kind": "pharmacy"}).file()
    send(applicant, signed(applicant.document(), on=warsaw_day(now())))
    inspector.post(queue(the_one(), "przyjecie/"))
    with acting_for_payer():
        Operator.objects.filter(provider__code="050001").update(temporary_until=None)
        administrator = Operator.objects.get(provider__code="050001")
    browser = client_of(administrator)
    desk = words(browser.get("/pulpit/"))
    assert "Wyślij raport" not in desk
    assert "Nic nie czeka" in desk
    for area in ("umowy", "sprawozdawczosc", "rozliczenia", "rachunki", "platnosci"):
        page = browser.get(f"/{area}/")
        assert (page.status_code, 'class="empty"' in page.content.decode()) == (200, True), area


@pytest.mark.slow
def test_codes_that_are_taken_are_left_out(signed_one: Applicant, inspector: Client) -> None:
    with acting_for_payer():
        for number in (1, 2, 4):
            Provider.objects.create(
                code=f"05000{number}", name="Zajęty", legal_form="public-unit", nip="1" * 10, regon="1" * 9
            )
    inspector.post(queue(the_one(), "przyjecie/"))
    assert the_one().given_code == "050003"


@pytest.mark.slow
def test_without_a_signed_agreement_nothing_is_accepted(filed: Applicant, inspector: Client) -> None:
    answer = inspector.post(queue(the_one(), "przyjecie/"), follow=True)
    assert "Nie ma jeszcze podpisanej umowy" in words(answer)
    assert the_one().state == RegistrationState.FILED
    inspector.post(queue(the_one(), "oryginal/"), {"arrived_on": str(warsaw_day(now()))})
    inspector.post(queue(the_one(), "przyjecie/"))
    assert the_one().state == RegistrationState.ACCEPTED


@pytest.mark.slow
def test_a_decision_is_made_once(signed_one: Applicant, inspector: Client) -> None:
    inspector.post(queue(the_one(), "przyjecie/"))
    answer = inspector.post(queue(the_one(), "odmowa/"), {"reason": "Za późno."}, follow=True)
    assert "nie czeka na decyzję" in words(answer)
    inspector.post(queue(the_one(), "przyjecie/"))
    assert the_one().state == RegistrationState.ACCEPTED
    with acting_for_payer():
        assert Provider.objects.count() == 1


@pytest.mark.slow
def test_a_registration_filed_anew_is_not_accepted_by_a_page_opened_before(
    signed_one: Applicant, inspector: Client
) -> None:
    page = inspector.post(queue(the_one(), "przyjecie/"), {"issued": "0" * 64}, follow=True)
    assert "uzupełniono i złożono ponownie" in words(page)
    assert the_one().state == RegistrationState.FILED
    inspector.post(queue(the_one(), "przyjecie/"), {"issued": the_one().issued_sha256})
    assert the_one().state == RegistrationState.ACCEPTED


@pytest.mark.slow
def test_refused_the_applicant_sees_the_reason_and_the_password_is_gone(
    filed: Applicant, inspector: Client
) -> None:
    empty = inspector.post(queue(the_one(), "odmowa/"))
    assert empty.status_code == 422
    inspector.post(queue(the_one(), "odmowa/"), {"reason": "Podmiotu nie ma w rejestrze."})
    seen = words(filed.get("/rejestracja/stan/"))
    assert "Podmiotu nie ma w rejestrze." in seen
    assert the_one().password_hash == ""
    assert send(filed, filed.document()).status_code == 422


@pytest.mark.slow
def test_asked_to_complete_the_applicant_changes_only_those_steps(
    signed_one: Applicant, inspector: Client
) -> None:
    before = signed_one.document()
    inspector.post(
        queue(the_one(), "uzupelnienie/"), {"steps": ["account"], "remark": "Konto należy do kogo innego."}
    )
    assert "Konto należy do kogo innego." in words(signed_one.get("/rejestracja/stan/"))
    for step, values in STEPS.items():
        where = signed_one.step(step, values | {"holder_name": "Jesion"}).headers["Location"]
        expected = "/rejestracja/sprawdz/" if step == "konto" else "/rejestracja/stan/"
        assert where == expected, step
    signed_one.file()
    assert the_one().answers["account"]["holder_name"] == "Jesion"
    assert signed_one.document() != before
    answer = inspector.post(queue(the_one(), "przyjecie/"), follow=True)
    assert "Nie ma jeszcze podpisanej umowy" in words(answer)


@pytest.mark.slow
def test_filed_again_unchanged_the_signed_document_goes_on_to_count(
    signed_one: Applicant, inspector: Client
) -> None:
    inspector.post(queue(the_one(), "uzupelnienie/"), {"remark": "Proszę o czytelny skan."})
    signed_one.file()
    inspector.post(queue(the_one(), "przyjecie/"))
    assert the_one().state == RegistrationState.ACCEPTED


@pytest.mark.slow
def test_the_machine_tells_what_a_clerk_should_look_at(
    filed: Applicant, inspector: Client, clinic: Provider
) -> None:
    with acting_for_payer():
        Provider.objects.filter(pk=clinic.pk).update(nip="7251806721", regon="100000008")
        BankAccount.objects.filter(provider=clinic).update(number=ACCOUNT["number"].replace(" ", ""))
        row = Registration.objects.get()
        row.answers["account"]["holder_name"] = "Kto inny"
        row.save()
    checks = inspector.get(queue(the_one())).context["checks"]
    told = [check.sentence for check in checks if not check.good]
    assert len(told) == 4
    assert sum("050123 Przychodnia Wrzosowa" in sentence for sentence in told) == 3
    assert "Kto inny" in told[3]


@pytest.mark.slow
def test_the_queue_is_filtered_and_shows_no_drafts(
    filed: Applicant, inspector: Client, regulations: PublishedDocument
) -> None:
    Applicant().begin().fill(podmiot={"name": "Szkic"})
    page = words(inspector.get("/rejestracje/"))
    assert "Przychodnia Pod Jesionem" in page
    assert "Szkic" not in page
    for asked, found in (
        ({"text": "jesion"}, 1),
        ({"text": "725-180-67-21"}, 1),
        ({"text": "nikt"}, 0),
        ({"state": "filed", "kind": "provider"}, 1),
        ({"kind": "pharmacy"}, 0),
        ({"state": "paper"}, 0),
    ):
        assert len(inspector.get("/rejestracje/", asked).context["page"].rows) == found, asked
    assert inspector.get("/rejestracje/999999/").status_code == 404


@pytest.mark.slow
def test_each_act_stands_once_in_the_book(signed_one: Applicant, inspector: Client) -> None:
    inspector.post(queue(the_one(), "przyjecie/"))
    with acting_for_payer():
        acts = list(Entry.objects.order_by("pk").values_list("act", "login"))
    assert [act for act, login in acts if not login] == [
        "registration.begun",
        *["registration.saved"] * 5,
        "registration.filed",
        "registration.paper_sent",
    ]
    assert [act for act, login in acts if login] == ["registration.accepted"]


@pytest.mark.slow
def test_the_history_tells_every_turn_and_who_did_it(
    filed: Applicant, inspector: Client, payer_operator: Operator
) -> None:
    inspector.post(queue(the_one(), "uzupelnienie/"), {"remark": "Skan nieczytelny."})
    filed.file()
    history = inspector.get(queue(the_one())).context["history"]
    assert [(event.act, event.who, event.said) for event in history] == [
        ("registration.filed", "wnioskodawca", ""),
        ("registration.completion_asked", payer_operator.full_name, "Skan nieczytelny."),
        ("registration.filed", "wnioskodawca", ""),
    ]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_accepted_in_the_same_moment_get_two_codes(
    regulations: PublishedDocument, payer_operator: Operator
) -> None:
    keys = []
    for _ in range(4):
        applicant = Applicant().begin().fill().file()
        keys.append(id_by_token(applicant.token))
    with acting_for_payer():
        for key in keys:
            mark_paper_arrived(
                operator=payer_operator, registration_id=key, arrived_on=warsaw_day(now()), at=now()
            )
    start = threading.Barrier(len(keys))

    def accept(key: int) -> str:
        try:
            start.wait(timeout=30)
            with acting_for_payer():
                return accept_registration(operator=payer_operator, registration_id=key, at=now()).code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(keys)) as pool:
        codes = list(pool.map(accept, keys))
    assert sorted(codes) == ["050001", "050002", "050003", "050004"]


@pytest.mark.slow
def test_the_paper_cannot_arrive_tomorrow_nor_twice(filed: Applicant, payer_operator: Operator) -> None:
    today = warsaw_day(now())
    key = the_one().pk
    with acting_for_payer():
        with pytest.raises(UnableToDecideRegistration):
            mark_paper_arrived(
                operator=payer_operator, registration_id=key, arrived_on=today + timedelta(1), at=now()
            )
        mark_paper_arrived(operator=payer_operator, registration_id=key, arrived_on=today, at=now())
        with pytest.raises(UnableToDecideRegistration):
            mark_paper_arrived(operator=payer_operator, registration_id=key, arrived_on=today, at=now())


@pytest.mark.slow
def test_a_registration_that_nobody_completes_is_refused_at_last(filed: Applicant, inspector: Client) -> None:
    inspector.post(queue(the_one(), "uzupelnienie/"), {"steps": ["account"], "remark": "Rachunek."})
    due = the_one().complete_by
    assert due >= warsaw_day(now()) + timedelta(days=7)
    assert f"Proszę uzupełnić wniosek do {due.day} " in words(filed.get("/rejestracja/stan/"))
    assert "Przyjmij rejestrację" not in words(inspector.get(queue(the_one())))
    inspector.post(queue(the_one(), "odmowa/"), {"reason": "Nikt nie uzupełnił wniosku."})
    assert the_one().state == RegistrationState.REFUSED
    assert the_one().password_hash == ""


@pytest.mark.slow
def test_the_paper_may_arrive_while_the_applicant_completes(filed: Applicant, inspector: Client) -> None:
    inspector.post(queue(the_one(), "uzupelnienie/"), {"remark": "Proszę przysłać czytelny oryginał."})
    inspector.post(queue(the_one(), "oryginal/"), {"arrived_on": str(warsaw_day(now()))})
    assert the_one().paper_arrived_on == warsaw_day(now())
    filed.file()
    inspector.post(queue(the_one(), "przyjecie/"))
    assert the_one().state == RegistrationState.ACCEPTED


@pytest.mark.slow
def test_the_paper_cannot_arrive_before_the_registration_was_begun(
    filed: Applicant, inspector: Client
) -> None:
    yesterday = warsaw_day(now()) - timedelta(days=1)
    page = inspector.post(queue(the_one(), "oryginal/"), {"arrived_on": str(yesterday)}, follow=True)
    assert "zanim rozpoczęto rejestrację" in words(page)
    assert the_one().paper_arrived_on is None


@pytest.mark.slow
def test_an_applicant_who_calls_is_found_by_the_number_of_the_registration(
    filed: Applicant, inspector: Client
) -> None:
    number = the_one().pk
    assert f"nr {number}" in words(inspector.get("/rejestracje/"))
    assert len(inspector.get("/rejestracje/", {"text": str(number)}).context["page"].rows) == 1
    for other in (str(number + 1), "9" * 30):
        assert not inspector.get("/rejestracje/", {"text": other}).context["page"].rows


@pytest.mark.slow
def test_the_mark_on_the_paper_is_that_of_the_answers(filed: Applicant, inspector: Client) -> None:
    before = inspector.get(queue(the_one())).context["mark"]
    assert before in words(filed.get("/rejestracja/stan/"))
    inspector.post(queue(the_one(), "uzupelnienie/"), {"steps": ["account"], "remark": "Inny rachunek."})
    filed.step("konto", STEPS["konto"] | {"number": "83 1010 1023 0000 2613 9510 0000"})
    filed.file()
    assert inspector.get(queue(the_one())).context["mark"] != before


@pytest.mark.slow
def test_the_page_of_the_link_tells_until_when_and_what_to_do_next(
    signed_one: Applicant, inspector: Client
) -> None:
    waiting = words(signed_one.get("/rejestracja/stan/"))
    assert "Oddział powinien odpowiedzieć do" in waiting
    assert f"Proszę podać numer rejestracji: {the_one().pk}." in waiting
    assert "tel. 42 275-49-21" in waiting
    inspector.post(queue(the_one(), "przyjecie/"))
    told = words(signed_one.get("/rejestracja/stan/"))
    for word in ("http://testserver/logowanie/", "050001", "jjesion1", "drugi składnik", "Zaloguj"):
        assert word in told, word
    with acting_for_payer():
        Registration.objects.update(log_in_until=now())
    assert "Hasło tymczasowe już nie działa" in words(signed_one.get("/rejestracja/stan/"))
