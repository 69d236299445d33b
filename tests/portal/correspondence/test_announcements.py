"""Announcements (P10): for whom they are, how long, how they are corrected and withdrawn, printed and sent on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.correspondence.models import Announcement, AnnouncementReading, AnnouncementVersion
from rozlicz.portal.correspondence.operations.announcements import (
    UnableToAnnounce,
    correct_announcement,
    withdraw_announcement,
)
from rozlicz.portal.tenancy import acting_for_payer, acting_for_provider
from tests.documents.pdf_text import text_of
from tests.portal.conftest import NOON
from tests.portal.correspondence.writing import PDF, TODAY, announce, announced, pdf
from tests.portal.month import file, text

pytestmark = pytest.mark.django_db

LIST, DESK, LOG_IN = "/komunikaty/", "/pulpit/", "/logowanie/"


def one(announcement: Announcement) -> str:
    return f"{LIST}{announcement.pk}/"


@pytest.fixture
def audiences(payer_operator, clinic, stranger):
    """One announcement for each audience; the clinic is a provider and is named."""
    return {
        "public": announce(payer_operator, title="Dla wszystkich", audience="public"),
        "parties": announce(payer_operator, title="Dla zalogowanych", audience="parties"),
        "kinds": announce(payer_operator, title="Dla aptek", audience="kinds", kinds=["pharmacy"]),
        "own kind": announce(payer_operator, title="Dla lecznic", audience="kinds", kinds=["provider"]),
        "providers": announce(
            payer_operator, title="Dla Wrzosowej", audience="providers", providers=[clinic]
        ),
    }


@pytest.mark.slow
def test_everybody_sees_what_is_meant_for_them_and_nothing_else(audiences, clerk, mate, neighbour, inspector):
    expected = {
        Client(): {"public"},
        clerk: {"public", "parties", "own kind", "providers"},
        mate: {"public", "parties", "own kind", "providers"},
        neighbour: {"public", "parties", "own kind"},
        inspector: set(audiences),
    }
    for browser, seen in expected.items():
        page = text(browser.get(LIST))
        for name, announcement in audiences.items():
            assert (announcement.current.title in page) == (name in seen), name
            hidden = 302 if "sessionid" not in browser.cookies else 404
            for address, otherwise in ((one(announcement), hidden), (f"{one(announcement)}pdf/", 404)):
                status = 200 if name in seen else otherwise
                assert browser.get(address).status_code == status, (name, address)


def test_an_announcement_for_nobody_elses_eyes_is_hidden_by_the_database_too(audiences, clinic, practice):
    for_the_clinic = audiences["providers"].pk
    with acting_for_provider(practice.pk):
        assert not AnnouncementVersion.objects.filter(announcement=for_the_clinic).exists()
        assert not Announcement.objects.filter(pk=for_the_clinic).exists()
    with acting_for_provider(clinic.pk):
        assert AnnouncementVersion.objects.filter(announcement=for_the_clinic).exists()
    assert {version.title for version in AnnouncementVersion.objects.all()} == {"Dla wszystkich"}
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update correspondence_announcement set withdrawn_reason = 'x' returning 1")


@pytest.mark.slow
def test_a_public_one_stands_on_the_log_in_page_and_the_unread_ones_on_the_desk(audiences, clerk, mate):
    page = text(Client().get(LOG_IN))
    assert "Dla wszystkich" in page
    assert "Dla zalogowanych" not in page
    assert "Dla zalogowanych" in text(clerk.get(DESK))
    clerk.get(one(audiences["parties"]))
    assert "Dla zalogowanych" not in text(clerk.get(DESK))
    assert "Dla zalogowanych" in text(mate.get(DESK)), "each operator reads for itself"


def test_reading_is_noted_once(audiences, clerk, provider_operator):
    for _ in range(2):
        clerk.get(one(audiences["parties"]))
    with acting_for_payer():
        assert AnnouncementReading.objects.filter(operator=provider_operator).count() == 1
        assert Entry.objects.filter(act="announcement.read").count() == 1


@pytest.mark.parametrize(("days", "is_current"), [(0, True), (1, True), (-1, False)])
def test_p10_it_is_current_until_the_end_of_its_day_and_then_in_the_archive(payer_operator, days, is_current):
    until = TODAY + timedelta(days=days)
    with acting_for_payer():
        made = Announcement.objects.create(published_at=NOON)
        version = AnnouncementVersion.objects.create(
            announcement=made,
            number=1,
            title="Graniczny",
            text="…",
            valid_until=until,
            audience="public",
            at=NOON,
            by=payer_operator,
        )
        Announcement.objects.filter(pk=made.pk).update(current=version)
    visitor = Client()
    assert ("Graniczny" in text(visitor.get(LIST))) == is_current
    assert ("Graniczny" in text(visitor.get(LOG_IN))) == is_current
    assert ("Graniczny" in text(visitor.get(f"{LIST}?archive=on"))) != is_current
    assert visitor.get(one(made)).status_code == 200, "the address goes on working"


def test_a_day_that_has_passed_is_no_validity(payer_operator):
    with pytest.raises(UnableToAnnounce, match="has passed"):
        announce(payer_operator, valid_until=TODAY - timedelta(days=1))


def test_p10_it_carries_its_date_and_can_be_printed_taken_as_pdf_and_sent_on(payer_operator):
    words = "Pierwszy akapit.\n\n- punkt <b>pierwszy</b>\n- punkt drugi\n\nWięcej: https://www.gov.pl/nfz."
    made = announce(payer_operator, title="Terminy & dni", text=words)
    visitor = Client()
    answer = visitor.get(one(made))
    page = text(answer)
    assert "5 listopada 2026" in page
    assert "Ważne do" in page
    assert "12 listopada 2026" in page
    assert f"http://testserver{one(made)}" in page
    assert f'href="{one(made)}pdf/"' in page
    assert 'href="mailto:?subject=Terminy%20%26%20dni&amp;body=http%3A%2F%2Ftestserver' in page
    assert "data-print" in page
    assert "<li>punkt &lt;b&gt;pierwszy&lt;/b&gt;</li>" in page
    assert '<a href="https://www.gov.pl/nfz" rel="nofollow">' in page
    printed = visitor.get(f"{one(made)}pdf/")
    assert printed["Content-Type"] == "application/pdf"
    closed_up = "".join(text_of(printed.content).split())
    for part in ("Terminy&dni", "Pierwszyakapit.", "punktdrugi", "5listopada2026", "12listopada2026"):
        assert part in closed_up, part


def test_the_branch_publishes_through_the_page(inspector, clinic):
    form = {
        "title": "Nowy komunikat",
        "text": "Treść.",
        "valid_until": "2026-12-01",
        "audience": "providers",
        "providers": f"{clinic.code}, 059998",
    }
    wrong = inspector.post("/korespondencja/komunikaty/nowy/", form)
    assert wrong.status_code == 422
    assert "059998" in text(wrong)
    assert "Nowy komunikat" in text(wrong), "what was typed stays"
    done = inspector.post(
        "/korespondencja/komunikaty/nowy/",
        form | {"providers": clinic.code, "files": [file("pismo.pdf", PDF)]},
        follow=True,
    )
    assert "Komunikat ogłoszono." in text(done)
    assert "Przychodnia Wrzosowa" in text(done)
    assert "pismo.pdf" in text(done)


@pytest.mark.slow
def test_a_correction_is_a_new_version_and_the_former_one_stays(payer_operator, clerk, inspector):
    made = announce(payer_operator, text="Sobota.", files=[pdf("plan.pdf")])
    clerk.get(one(made))
    with payer_operator.context():
        correct_announcement(
            operator=payer_operator,
            announcement=made,
            seen=1,
            announced=announced(text="Niedziela."),
            at=NOON,
        )
        assert [one.text for one in made.versions.order_by("number")] == ["Sobota.", "Niedziela."]
    assert "Przerwa techniczna" in text(clerk.get(DESK)), "a corrected one is unread again"
    page = text(clerk.get(one(made)))
    assert "Niedziela." in page
    assert "Sobota." not in page
    assert "plan.pdf" in page, "its files belong to the new version too"
    assert "Sobota." in text(inspector.get(one(made))), "the branch sees what it said before"


def test_of_two_who_correct_at_once_the_later_is_told_and_loses_nothing(payer_operator, inspector):
    made = announce(payer_operator, text="Sobota.")
    address = f"/korespondencja/komunikaty/{made.pk}/popraw/"
    form = {"title": "Przerwa", "valid_until": "2026-12-01", "audience": "public", "seen": "1"}
    assert 'name="seen" value="1"' in inspector.get(address).content.decode()
    assert inspector.post(address, form | {"text": "Niedziela."}).status_code == 302
    late = inspector.post(address, form | {"text": "Poniedziałek."})
    assert late.status_code == 422
    for words in (
        "W międzyczasie komunikat poprawiono",
        "Poniedziałek.",
        "Niedziela.",
        payer_operator.full_name,
    ):
        assert words in text(late), words
    assert "Niedziela." in text(inspector.get(one(made)))
    assert 'name="seen" value="2"' in late.content.decode(), "whoever has read it may send once more"
    assert inspector.post(address, form | {"text": "Poniedziałek.", "seen": "2"}).status_code == 302
    assert made.versions.count() == 3


def test_the_branch_reaches_the_files_of_earlier_versions_and_nobody_else_does(
    payer_operator, clerk, inspector
):
    made = announce(payer_operator, files=[pdf("dawny.pdf")])
    with payer_operator.context():
        former = made.current.files.get()
        correct_announcement(
            operator=payer_operator,
            announcement=made,
            seen=1,
            announced=announced(text="Bez załącznika."),
            keep_files=False,
            at=NOON,
        )
    address = f"{one(made)}plik/{former.pk}/"
    assert address in inspector.get(one(made)).content.decode()
    assert b"".join(inspector.get(address).streaming_content) == PDF
    assert clerk.get(address).status_code == 404
    assert Client().get(address).status_code == 404


def test_who_follows_a_link_that_was_sent_on_logs_in_first_whether_it_exists_or_not(audiences, clerk):
    hidden = one(audiences["parties"])
    for address in (hidden, f"{LIST}9999999/"):
        assert Client().get(address).url == f"{LOG_IN}?next={address}"
    assert clerk.get(hidden).status_code == 200
    assert clerk.get(f"{LIST}9999999/").status_code == 404
    assert Client().get(one(audiences["public"])).status_code == 200


@pytest.mark.slow
def test_a_withdrawn_one_leaves_all_lists_and_its_address_tells_the_reason(payer_operator, clerk, inspector):
    made = announce(payer_operator, text="Pomyłka.", files=[pdf()])
    wrong = inspector.post(f"/korespondencja/komunikaty/{made.pk}/wycofaj/", {"reason": ""})
    assert wrong.status_code == 422
    done = inspector.post(
        f"/korespondencja/komunikaty/{made.pk}/wycofaj/", {"reason": "Zły termin."}, follow=True
    )
    assert "Komunikat wycofano." in text(done)
    for browser in (Client(), clerk):
        assert "Przerwa techniczna" not in text(browser.get(LIST)) + text(browser.get(f"{LIST}?archive=on"))
        page = text(browser.get(one(made)))
        assert "Zły termin." in page
        assert "Pomyłka." not in page
        assert browser.get(f"{one(made)}pdf/").status_code == 404
    assert "Pomyłka." in text(inspector.get(one(made)))
    with payer_operator.context(), pytest.raises(UnableToAnnounce):
        withdraw_announcement(operator=payer_operator, announcement=made, reason="Jeszcze raz", at=NOON)


def test_a_provider_announces_nothing(provider_operator: Operator):
    with pytest.raises(PermissionDenied):
        announce(provider_operator)


@pytest.mark.parametrize(("name", "content"), [("wirus.exe", b"MZ\x90"), ("pismo.pdf", b"<script>")])
def test_a_hostile_attachment_is_refused_and_nothing_is_published(inspector, name, content):
    form = {"title": "x", "text": "y", "valid_until": "2026-12-01", "audience": "public"}
    answer = inspector.post("/korespondencja/komunikaty/nowy/", form | {"files": [file(name, content)]})
    assert answer.status_code == 422
    assert name in text(answer)
    with acting_for_payer():
        assert not Announcement.objects.exists()


def test_words_are_found_in_title_and_text(payer_operator):
    announce(payer_operator, title="Aneksy", text="Wzory pism.")
    announce(payer_operator, title="Przerwa", text="Noc.")
    page = text(Client().get(f"{LIST}?text=wzory"))
    assert "Aneksy" in page
    assert "Przerwa" not in page
