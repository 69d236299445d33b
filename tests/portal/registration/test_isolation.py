"""Promise 6 for those without an account: an applicant sees one registration, the door only finds it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.registration.models import Registration
from rozlicz.portal.registration.queries import id_by_token, token_hash
from rozlicz.portal.tenancy import acting_for_applicant, acting_for_payer, acting_for_provider
from tests.portal.registration.filling import Applicant, words

pytestmark = pytest.mark.django_db

PAGES = ("rodzaj", "podmiot", "miejsca", "konto", "administrator", "sprawdz", "stan", "dokument")


@contextmanager
def refused(why: str = "permission denied") -> Iterator[None]:
    with pytest.raises(ProgrammingError, match=why), transaction.atomic():
        yield


@pytest.fixture
def neighbour(applicant: Applicant) -> Applicant:
    return Applicant().begin().fill(podmiot={"name": "Apteka Pod Lwem"}, konto={"holder_name": "Lew"}).file()


def key(applicant: Applicant) -> int:
    found = id_by_token(applicant.token)
    assert found
    return found


@pytest.mark.slow
def test_a_link_opens_one_registration_and_not_the_neighbours(
    applicant: Applicant, neighbour: Applicant
) -> None:
    applicant.fill()
    assert "Apteka Pod Lwem" not in words(applicant.get("/rejestracja/sprawdz/"))
    assert "Przychodnia Pod Jesionem" not in words(neighbour.get("/rejestracja/stan/"))


@pytest.mark.slow
@pytest.mark.parametrize("token", ["", "x", "0" * 43, "a" * 5000, "\x00"])
def test_an_unknown_link_opens_nothing(neighbour: Applicant, token: str) -> None:
    guest = Client()
    guest.cookies["rejestracja"] = token
    for page in PAGES:
        answer = guest.get(f"/rejestracja/{page}/")
        assert answer.headers["Location"] == "/rejestracja/kontynuuj/"
    answer = Client().post("/rejestracja/kontynuuj/", {"link": token})
    assert answer.status_code == 422
    assert "Apteka" not in words(answer)


@pytest.mark.slow
def test_an_applicants_role_sees_its_own_row_and_nothing_of_anybody_else(
    applicant: Applicant, neighbour: Applicant, clinic: Provider, provider_operator: Operator
) -> None:
    mine, other = key(applicant), key(neighbour)
    with acting_for_applicant(mine):
        assert list(Registration.objects.values_list("pk", flat=True)) == [mine]
        assert Registration.objects.filter(pk=other).update(password_hash="x") == 0
        for table in (
            "providers_provider",
            "accounts_operator",
            "providers_bankaccount",
            "accounts_session",
            "procrastinate_jobs",
            "registration_registrationevent",
        ):
            with refused(), connection.cursor() as cursor:
                cursor.execute(f"select count(*) from {table}")
        with refused():
            Registration.objects.filter(pk=mine).update(provider=clinic.pk)
        with refused():
            Registration.objects.filter(pk=mine).update(given_code="050001")
        with refused():
            Registration.objects.filter(pk=mine).delete()


def test_the_door_finds_by_the_tokens_hash_and_reads_nothing_else(applicant: Applicant) -> None:
    assert key(applicant)
    with refused():
        Registration.objects.values_list("answers").first()
    with refused():
        Registration.objects.filter(pk=key(applicant)).update(state="refused")


@pytest.mark.slow
def test_a_provider_sees_no_registration_of_others(
    neighbour: Applicant, clinic: Provider, provider_operator: Operator
) -> None:
    with acting_for_provider(clinic.pk):
        assert not Registration.objects.exists()


def test_only_the_tokens_hash_is_kept(applicant: Applicant) -> None:
    with acting_for_payer():
        row = Registration.objects.get(pk=key(applicant))
    assert row.token_hash == token_hash(applicant.token)
    assert len(applicant.token) >= 43
    assert applicant.token not in str(row.__dict__)


def test_the_token_is_in_no_address_and_in_no_log(
    applicant: Applicant, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = applicant.token
    page = applicant.get("/rejestracja/rodzaj/")
    assert f"/rejestracja/kontynuuj/#{token}" in page.content.decode()
    elsewhere = Client()
    answer = elsewhere.post("/rejestracja/kontynuuj/", {"link": token})
    assert token not in answer.headers["Location"]
    assert "Referer" not in answer.headers
    Client().post("/rejestracja/kontynuuj/", {"link": token + "x"})
    assert token not in caplog.text


def test_the_cookie_is_for_these_pages_alone_and_nothing_is_stored(applicant: Applicant) -> None:
    cookie = applicant.cookies["rejestracja"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/rejestracja/", True, "Lax")
    for page in ("rodzaj", "podmiot", "miejsca", "konto", "administrator"):
        answer = applicant.get(f"/rejestracja/{page}/")
        if answer.status_code == 200:
            assert "no-store" in answer.headers["Cache-Control"]
