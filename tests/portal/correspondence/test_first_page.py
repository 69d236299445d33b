"""The first page: five documents (P5), what goes into each field (P11), whom to ask (R17), help (P8, P10)."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.template.defaultfilters import filesizeformat
from django.test import Client
from django.utils.translation import override

from rozlicz import __version__
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.correspondence.help_pages import ORDER
from rozlicz.portal.correspondence.models import DocumentKind, PublishedDocument
from rozlicz.portal.correspondence.operations.announcements import correct_announcement
from rozlicz.portal.correspondence.operations.documents import (
    UnableToPublishDocument,
    publish_document,
    publish_shipped_documents,
)
from rozlicz.portal.correspondence.papers import PAPERS, Paper
from rozlicz.portal.correspondence.queries.documents import regulations_in_force, shelves_on
from rozlicz.portal.tenancy import acting_for_payer
from tests.documents.pdf_text import text_of
from tests.portal.conftest import NOON
from tests.portal.correspondence.writing import PDF, TODAY, announce, announced, pdf
from tests.portal.month import file, text

LOG_IN = "/logowanie/"


def publish(operator: Operator, *, kind: str = "regulations", valid_from: date = TODAY, content: bytes = PDF):
    with operator.context():
        return publish_document(
            operator=operator,
            kind=kind,
            title="Regulamin oddziału",
            valid_from=valid_from,
            file=pdf("regulamin.pdf", content),
            at=NOON,
        )


@pytest.fixture
def shipped(db: None) -> list[PublishedDocument]:
    """The five as they come with the program."""
    with acting_for_payer():
        return publish_shipped_documents(at=NOON)


def test_p5_the_five_documents_stand_there_with_their_real_date_and_size(shipped):
    page = text(Client().get(LOG_IN))
    assert [document.kind for document in shipped] == DocumentKind.values
    for document in shipped:
        answer = Client().get(f"/dokumenty/{document.pk}/")
        content = b"".join(answer.streaming_content)
        assert answer["Content-Type"] == "application/pdf"
        assert content.startswith(b"%PDF-")
        assert len(content) == document.size
        assert hashlib.sha256(content).hexdigest() == document.sha256
        with override("pl"):
            size = filesizeformat(len(content)).replace("\u00a0", " ")
        link = f'<a href="/dokumenty/{document.pk}/" download>{document.title}</a>'
        assert f'{link} <span class="soft nowrap">PDF, {size}, 05.11.2026</span>' in page, document.kind
    places = [page.index(f"/dokumenty/{document.pk}/") for document in shipped]
    assert places == sorted(places)


@pytest.mark.slow
def test_p5_every_word_of_the_texts_is_printed(shipped):
    for document in shipped:
        printed = "".join(text_of(_bytes_of(document)).split())
        for sentence in _sentences(PAPERS[document.kind]):
            assert "".join(sentence.split()) in printed, (document.kind, sentence)


def _bytes_of(document: PublishedDocument) -> bytes:
    answer = Client().get(f"/dokumenty/{document.pk}/")
    return b"".join(answer.streaming_content)


def _sentences(paper: Paper):
    yield paper.title
    yield "Obowiązuje od: 05.11.2026"
    for section in paper.sections:
        yield section.heading
        yield from (*section.paragraphs, *section.steps, *section.items)


def test_p5_the_portal_manual_walks_the_main_road_on_a_few_pages():
    content = PAPERS["portal_manual"].pdf(branch="Łódzki OW NFZ", valid_from=TODAY)
    printed = "".join(text_of(content).split())
    assert 3 <= int(re.findall(r"Strona(\d+)/", printed)[-1]) <= 8
    road = (
        "1.Rejestracja",
        "2.Logowanie",
        "4.Umowa",
        "5.Raport",
        "6.Naliczenie",
        "7.Rachunek",
        "8.Płatności",
    )
    places = [printed.index(station) for station in road]
    assert places == sorted(places)
    assert PAPERS["portal_manual"].pdf(branch="Łódzki OW NFZ", valid_from=TODAY) == content


def test_p5_the_agreement_has_blanks_and_names_the_regulations_day():
    printed = "".join(text_of(PAPERS["agreement"].pdf(branch="Łódzki OW NFZ", valid_from=TODAY)).split())
    assert "……………" in printed
    assert "ŁódzkiOWNFZ" in printed
    assert "05.11.2026" in printed


def test_publishing_what_is_shipped_again_changes_nothing(shipped):
    with acting_for_payer():
        assert publish_shipped_documents(at=NOON + timedelta(days=30)) == []


def test_p5_a_newer_version_comes_first_and_the_earlier_ones_stay_behind_more(shipped, payer_operator):
    newer = publish(payer_operator)
    page = text(Client().get(LOG_IN))
    [old] = [one for one in shipped if one.kind == "regulations"]
    assert page.index(f"/dokumenty/{newer.pk}/") < page.index("wcześniejsze wersje")
    assert page.index("wcześniejsze wersje") < page.index(f"/dokumenty/{old.pk}/")
    assert _bytes_of(old)[:5] == b"%PDF-"


def test_what_the_branch_took_over_the_program_no_longer_publishes(payer_operator):
    publish(payer_operator)
    with acting_for_payer():
        kinds = {document.kind for document in publish_shipped_documents(at=NOON)}
    assert kinds == set(DocumentKind.values) - {"regulations"}


def test_a_version_of_a_later_day_waits_for_it(shipped, payer_operator):
    later = publish(payer_operator, valid_from=TODAY + timedelta(days=5))
    assert f"/dokumenty/{later.pk}/" not in text(Client().get(LOG_IN))
    assert "jeszcze nie obowiązuje" in text(Client().get("/dokumenty/"))
    [shelf] = [one for one in shelves_on(later.valid_from) if one.kind == "regulations"]
    assert shelf.current == later
    [before] = [one for one in shipped if one.kind == "regulations"]
    assert regulations_in_force(TODAY) == before
    assert regulations_in_force(later.valid_from) == later
    assert regulations_in_force(TODAY - timedelta(days=1)) is None


def test_documents_are_never_overwritten(shipped, payer_operator):
    for act in (
        "update correspondence_publisheddocument set size = 1",
        "delete from correspondence_publisheddocument",
    ):
        with payer_operator.context(), pytest.raises(ProgrammingError), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"{act} returning 1")


def test_only_a_pdf_of_today_or_later_and_only_by_the_branch(payer_operator, provider_operator, inspector):
    with pytest.raises(UnableToPublishDocument, match="has passed"):
        publish(payer_operator, valid_from=TODAY - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        publish(provider_operator)
    form = {"kind": "regulations", "title": "Regulamin", "valid_from": "2026-11-06"}
    for name, content, word in (
        ("r.txt", b"tekst", "nie jest dokumentem PDF"),
        ("r.pdf", b"<html>", "jest inna"),
    ):
        answer = inspector.post("/korespondencja/dokumenty/nowy/", form | {"file": file(name, content)})
        assert answer.status_code == 422
        assert word in text(answer)
    done = inspector.post("/korespondencja/dokumenty/nowy/", form | {"file": file("r.pdf", PDF)}, follow=True)
    assert "Dokument ogłoszono." in text(done)


@pytest.mark.django_db
def test_p11_the_page_states_its_address_and_what_goes_into_each_field():
    page = text(Client().get(LOG_IN))
    assert "http://testserver/" in page
    for words in ("sześć cyfr nadanych przez oddział", "jkowalski1243", "Pierwsze jest tymczasowe"):
        assert words in page, words


@pytest.mark.django_db
def test_a_correction_of_any_announcement_on_it_is_a_change_of_the_page(payer_operator, noon):
    older = announce(payer_operator, at=NOON - timedelta(days=9))
    announce(payer_operator, title="Nowszy", at=NOON - timedelta(days=8))
    with payer_operator.context():
        correct_announcement(
            operator=payer_operator,
            announcement=older,
            seen=1,
            announced=announced(),
            at=NOON - timedelta(days=1),
        )
    assert "ostatnio 4 listopada 2026" in text(Client().get(LOG_IN))


@pytest.mark.django_db
def test_the_archive_is_reached_when_nothing_is_current():
    page = text(Client().get(LOG_IN))
    assert "Nie ma aktualnych komunikatów." in page
    assert 'href="/komunikaty/"' in page


@pytest.mark.django_db
def test_p4_r17_registration_and_the_finance_department_are_on_the_first_page():
    page = text(Client().get(LOG_IN))
    assert 'href="/rejestracja/"' in page
    assert "Wydział Ekonomiczno-Finansowy, 90-032 Łódź, ul. Kopcińskiego 58" in page
    assert "tel. 42 275-49-21" in page
    assert "fax 42 275-40-53" in page
    assert f"Wersja portalu {__version__}." in page


@pytest.mark.django_db
def test_the_first_page_is_complete_in_english(shipped):
    visitor = Client()
    visitor.cookies["django_language"] = "en"
    page = text(visitor.get(LOG_IN))
    for words in (
        "Documents of the portal",
        "What goes into each field",
        "Registration",
        "How to get a new contract",
    ):
        assert words in page, words


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ORDER)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_p10_a_page_of_help_has_its_date_and_is_the_same_as_pdf(slug, language):
    visitor = Client()
    visitor.cookies["django_language"] = language
    address = f"/pomoc/{slug}/"
    answer = visitor.get(address)
    page = text(answer)
    found = answer.context["found"]
    assert "22 listopada 2026" in page if language == "pl" else "22 November 2026" in page
    assert f"http://testserver{address}" in page
    assert "mailto:" in page
    printed = "".join(text_of(visitor.get(f"{address}pdf/").content).split())
    for section in found.sections:
        for sentence in (section.heading, *section.paragraphs, *section.steps, *section.items):
            assert "".join(sentence.split()) in printed, sentence


@pytest.mark.django_db
def test_p8_the_five_steps_to_the_contract_file():
    page = text(Client().get("/pomoc/plik-umowy/"))
    steps = [
        "Zalogować się",
        "„Umowy na realizację świadczeń”",
        "„Pliki z umowami do pobrania”",
        "„Pobierz”",
        "wczytać do programu",
    ]
    places = [page.index(step) for step in steps]
    assert places == sorted(places)


@pytest.mark.django_db
def test_unknown_help_and_documents_are_unknown_pages():
    for address in (
        "/pomoc/nieznana/",
        "/pomoc/nieznana/pdf/",
        "/dokumenty/999999/",
        "/komunikaty/999999/pdf/",
    ):
        assert Client().get(address).status_code == 404
