"""Parcels between the branch and a provider: both receipts, answers, archive, and files that are what they say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from rozlicz.portal.accounts.models import Operator, Subordination
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.correspondence.models import Parcel, ParcelReading
from rozlicz.portal.correspondence.operations.parcels import UnableToSendParcel, archive_parcel, open_parcel
from rozlicz.portal.tenancy import acting_for_payer
from tests.documents.pdf_text import text_of
from tests.portal.conftest import NOON
from tests.portal.correspondence.writing import PDF, TODAY, pdf, post
from tests.portal.month import file, queries_of, text

pytestmark = pytest.mark.django_db

LIST = "/korespondencja/przesylki/"


def one(parcel: Parcel) -> str:
    return f"{LIST}{parcel.pk}/"


@pytest.fixture
def letter(payer_operator, clinic) -> Parcel:
    """From the branch to the clinic, with a file."""
    return post(payer_operator, clinic, files=[pdf()])


@pytest.mark.slow
def test_a_provider_sends_and_the_branch_opens(clerk, mate, inspector, provider_operator, payer_operator):
    sent = clerk.post(
        f"{LIST}nowa/",
        {"title": "Wyjaśnienie", "text": "W załączeniu.", "files": [file("skan.pdf", PDF)]},
        follow=True,
    )
    [parcel] = _all()
    assert parcel.number == f"P/2026/{parcel.pk:06d}"
    for words in (parcel.number, "05.11.2026, 12:00, Anna Wrzos", "jeszcze nie otwarto", "skan.pdf"):
        assert words in text(sent), words
    mate.get(one(parcel))
    assert not _readings(), "the sender's side never counts as the receiver"
    assert "Wyjaśnienie" in text(inspector.get("/korespondencja/"))
    opened = text(inspector.get(one(parcel)))
    assert "05.11.2026, 12:00, Irena Lipa" in opened
    assert "05.11.2026, 12:00, Irena Lipa" in text(clerk.get(one(parcel))), "the sender sees who opened it"
    [reading] = _readings()
    assert (reading.operator_id, reading.at) == (payer_operator.pk, NOON)


def test_the_first_who_opens_it_stays_the_one(letter, provider_operator, colleague):
    for operator, hours in ((colleague, 1), (provider_operator, 2)):
        with operator.context():
            open_parcel(operator=operator, parcel=letter, at=NOON + timedelta(hours=hours))
    [reading] = _readings()
    assert (reading.reader, reading.at) == ("Bogdan Wrzos", NOON + timedelta(hours=1))
    with acting_for_payer():
        assert Entry.objects.filter(act="parcel.read").count() == 1


def test_a_file_is_given_back_as_it_was_and_never_opened_by_the_browser(letter, clerk):
    with acting_for_payer():
        attached = letter.files.get()
    answer = clerk.get(f"{one(letter)}plik/{attached.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert _readings(), "taking the file is opening the parcel"


def test_the_receipt_as_pdf_names_number_persons_and_every_file_with_its_hash(letter, clerk, inspector):
    unopened = "".join(text_of(inspector.get(f"{one(letter)}potwierdzenie/").content).split())
    assert "jeszczenieotwarto" in unopened
    clerk.get(one(letter))
    with acting_for_payer():
        attached = letter.files.get()
    printed = "".join(text_of(clerk.get(f"{one(letter)}potwierdzenie/").content).split())
    for part in (letter.number, "05.11.2026,12:00,IrenaLipa", "AnnaWrzos", "pismo.pdf", attached.sha256):
        assert "".join(part.split()) in printed, part


def test_whoever_takes_the_receipt_has_the_letter_and_has_opened_it(letter, clerk, mate, provider_operator):
    printed = "".join(text_of(clerk.get(f"{one(letter)}potwierdzenie/").content).split())
    assert "Proszęuzupełnićwykaz." in printed
    assert "AnnaWrzos" in printed, "the receipt names the reader who takes it"
    assert [reading.operator_id for reading in _readings()] == [provider_operator.pk]


def test_a_file_that_is_not_there_opens_nothing(letter, clerk):
    assert clerk.get(f"{one(letter)}plik/999999/").status_code == 404
    assert not _readings()


@pytest.mark.slow
def test_a_stranger_sees_nothing_of_it(letter, neighbour):
    assert letter.title not in text(neighbour.get(LIST))
    for address in (one(letter), f"{one(letter)}odpowiedz/", f"{one(letter)}potwierdzenie/"):
        assert neighbour.get(address).status_code == 404
    assert neighbour.post(f"{one(letter)}archiwum/").status_code == 404
    assert not _readings()


@pytest.mark.slow
def test_an_answer_names_what_it_answers_and_both_sides_see_it(letter, clerk, inspector):
    page = text(clerk.get(f"{one(letter)}odpowiedz/"))
    assert "Odp.: Wykaz do uzupełnienia" in page
    clerk.post(f"{one(letter)}odpowiedz/", {"title": "Odp.: Wykaz do uzupełnienia", "text": "Gotowe."})
    answer = _all()[-1]
    assert (answer.answers_id, answer.direction) == (letter.pk, "to_branch")
    assert answer.number in text(inspector.get(one(letter)))
    assert letter.number in text(inspector.get(one(answer)))
    assert "udzielono odpowiedzi" in text(inspector.get(f"{LIST}?state=answered"))


def test_the_branch_sends_to_several_providers_each_its_own(inspector, clinic, practice):
    form = {"providers": f"{clinic.code}\n{practice.code}", "title": "Do wiadomości", "text": "Treść."}
    done = inspector.post(f"{LIST}nowa/", form, follow=True)
    assert "Wysłano 2 przesyłki." in text(done)
    assert {parcel.provider_id for parcel in _all()} == {clinic.pk, practice.pk}


@pytest.mark.slow
def test_filters_go_by_direction_state_and_words(letter, provider_operator, clinic, clerk):
    mine = post(provider_operator, clinic, title="Nasze pismo", files=[pdf("wykaz_sprzetu.pdf")])
    for query, seen in {
        "direction=to_branch": {mine},
        "direction=from_branch": {letter},
        "state=unread": {letter},
        "state=sent": {mine},
        f"text={letter.number}": {letter},
        "text=nasze": {mine},
        "text=sprzetu": {mine},
        f"text={clinic.name.split()[0]}": set(),
        "state=nieznany": set(),
        "archive=on": set(),
    }.items():
        page = text(clerk.get(f"{LIST}?{query}"))
        assert {parcel for parcel in (letter, mine) if parcel.number in page} == seen, query


@pytest.mark.slow
def test_the_archive_is_each_sides_own_and_nothing_is_deleted(letter, clerk, mate, inspector):
    clerk.post(f"{one(letter)}archiwum/")
    assert letter.number not in text(mate.get(LIST))
    assert letter.number in text(mate.get(f"{LIST}?archive=on"))
    assert letter.number in text(inspector.get(LIST))
    with acting_for_payer(), pytest.raises(ProgrammingError), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("delete from correspondence_parcel returning 1")


@pytest.mark.slow
def test_a_parcel_is_taken_back_from_the_archive_by_the_side_that_put_it_there(
    letter, clerk, mate, inspector, provider_operator
):
    clerk.post(f"{one(letter)}archiwum/")
    inspector.post(f"{one(letter)}z-archiwum/")
    assert letter.number not in text(mate.get(LIST)), "the branch's archive is another"
    assert "Przywróć z archiwum" in text(mate.get(one(letter)))
    back = mate.post(f"{one(letter)}z-archiwum/", follow=True)
    assert f"Przesyłka {letter.number} jest znowu na liście." in text(back)
    assert letter.number in text(clerk.get(LIST))
    assert letter.number not in text(clerk.get(f"{LIST}?archive=on"))
    clerk.post(f"{one(letter)}archiwum/")
    assert letter.number not in text(mate.get(LIST))
    with provider_operator.context():
        assert letter.archivings.count() == 2
        acts = Entry.objects.filter(subject=letter.number).order_by("pk").values_list("act", flat=True)
        assert [act for act in acts if act.startswith("parcel.") and act != "parcel.read"][-3:] == [
            "parcel.archived",
            "parcel.taken_back",
            "parcel.archived",
        ]


def test_archiving_twice_is_archiving_once(letter, provider_operator):
    with provider_operator.context():
        for _ in range(2):
            archive_parcel(operator=provider_operator, parcel=letter, at=NOON)
        assert letter.archivings.count() == 1


def test_an_empty_parcel_is_not_sent(clerk, provider_operator, clinic):
    with pytest.raises(UnableToSendParcel):
        post(provider_operator, clinic, text=" ")
    answer = clerk.post(f"{LIST}nowa/", {"title": "Pusta"})
    assert answer.status_code == 422
    assert "Przesyłka jest pusta" in text(answer)
    assert 'value="Pusta"' in text(answer)


@pytest.mark.parametrize("name", ["umowa.pdf.exe", "makro.docm", "obraz.svg", "skrypt.js"])
def test_hostile_files_are_refused_with_a_sentence(clerk, name):
    answer = clerk.post(f"{LIST}nowa/", {"title": "x", "text": "y", "files": [file(name, b"MZ\x00")]})
    assert answer.status_code == 422
    assert f"Plików takich jak „{name}” portal nie przyjmuje" in text(answer)
    assert not _all()


def test_nobody_sends_in_a_neighbours_name(provider_operator, practice, clinic, stranger):
    with pytest.raises(ValueError, match="own name"):
        post(provider_operator, practice)
    theirs = post(stranger, practice)
    with pytest.raises(ValueError, match="answer"):
        post(provider_operator, clinic, answers=theirs)


def test_who_may_only_read_sends_nothing(provider_operator, clinic):
    provider_operator.roles = ["read_only"]
    with pytest.raises(PermissionDenied):
        post(provider_operator, clinic)


@pytest.mark.slow
def test_a_superior_looks_through_its_subordinates_parcels_and_acts_to_open_them(
    payer_operator, clinic, practice, provider_operator, clerk
):
    with acting_for_payer():
        Operator.objects.filter(pk=provider_operator.pk).update(roles=[*provider_operator.roles, "acting"])
        Subordination.objects.create(provider=clinic, subordinate=practice, since=TODAY)
    letter = post(payer_operator, practice, title="Tylko dla praktyki")
    assert letter.title not in text(clerk.get(LIST))
    page = text(clerk.get(f"{LIST}?subordinate={practice.pk}"))
    assert letter.title in page
    assert f'href="{one(letter)}"' not in page
    assert clerk.get(one(letter)).status_code == 404
    clerk.post(f"/administracja/dzialanie-za-innych/{practice.pk}/")
    assert clerk.get(one(letter)).status_code == 200
    [reading] = _readings()
    assert (reading.provider_id, reading.operator_id) == (practice.pk, provider_operator.pk)


def test_nobody_elses_parcels_are_asked_for_by_hand(clerk, practice, payer_operator):
    letter = post(payer_operator, practice, title="Obce")
    assert letter.title not in text(clerk.get(f"{LIST}?subordinate={practice.pk}"))


@pytest.mark.slow
def test_a_longer_list_costs_no_more_queries(letter, payer_operator, clinic, clerk, inspector):
    few = queries_of(clerk, [LIST]) + queries_of(inspector, [LIST])
    for number in range(5):
        post(payer_operator, clinic, title=f"Pismo {number}")
    assert queries_of(clerk, [LIST]) + queries_of(inspector, [LIST]) == few


def test_without_log_in_there_is_nothing(letter):
    assert Client().get(one(letter)).status_code == 302


def _all() -> list[Parcel]:
    with acting_for_payer():
        return list(Parcel.objects.order_by("pk"))


def _readings() -> list[ParcelReading]:
    with acting_for_payer():
        return list(ParcelReading.objects.all())
