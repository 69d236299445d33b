"""The signed document: PAdES, scans by their content, the paper within 14 days, and the suspension."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operators import UnableToChangeOperator, unblock_operator
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.clock import now
from rozlicz.portal.correspondence.models import DocumentKind, PublishedDocument
from rozlicz.portal.registration.decisions import (
    UnableToDecideRegistration,
    accept_registration,
    expire_drafts,
    mark_paper_arrived,
    suspend_for_missing_papers,
)
from rozlicz.portal.registration.demonstration import show_registrations
from rozlicz.portal.registration.jobs import look_after_registrations
from rozlicz.portal.registration.models import Paper, PaperKind, Registration, RegistrationState
from rozlicz.portal.registration.operations import UnableToTakePaper, add_paper
from rozlicz.portal.registration.queries import id_by_token, paper_owed_by
from rozlicz.portal.tenancy import acting_for_applicant, acting_for_payer
from tests.issuing import PESEL, World, declaration, signed_by, stamper, with_store
from tests.portal.conftest import client_of
from tests.portal.registration.filling import Applicant, words
from tests.signing import SIGNER, signed

pytestmark = pytest.mark.django_db

SCAN = b"%PDF-1.4\n1 0 obj << >> endobj\n%%EOF"
WARSAW = ZoneInfo("Europe/Warsaw")
SENT = datetime(2026, 12, 11, 23, 30, tzinfo=WARSAW)
"""A Friday; the fourteenth day after it is Christmas Day, the next working day Monday 28 December."""
LAST_DAY = date(2026, 12, 28)


def at(day: int, month: int = 12, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=WARSAW)


def key(applicant: Applicant) -> int:
    found = id_by_token(applicant.token)
    assert found
    return found


def the_one() -> Registration:
    with acting_for_payer():
        return Registration.objects.select_related("provider").get()


def send(
    applicant: Applicant,
    content: bytes,
    *,
    kind: PaperKind = PaperKind.SCAN,
    name: str = "umowa.pdf",
    when: datetime = SENT,
) -> Paper:
    with acting_for_applicant(key(applicant)):
        return add_paper(
            registration_id=key(applicant), kind=kind, upload=SimpleUploadedFile(name, content), at=when
        )


@pytest.fixture
def accepted(filed: Applicant, payer_operator: Operator) -> Applicant:
    """A party that was accepted on a scan; its paper is awaited."""
    send(filed, SCAN)
    with acting_for_payer():
        accept_registration(operator=payer_operator, registration_id=key(filed), at=at(14))
    return filed


@pytest.mark.slow
def test_a_signed_document_needs_no_paper(filed: Applicant) -> None:
    send(filed, SCAN)
    send(filed, signed(filed.document(), on=SENT.date()), kind=PaperKind.SIGNED)
    assert the_one().paper_due_on is None
    send(filed, SCAN)
    assert the_one().paper_due_on is None
    assert f"Podpis {SIGNER}" in words(filed.get("/rejestracja/stan/"))


@pytest.mark.slow
def test_applicant_and_branch_are_told_what_is_known_of_a_signature(
    filed: Applicant, inspector: Client, settings: Any, tmp_path: Path
) -> None:
    settings.TRUSTED_ISSUERS = tmp_path
    world = World.at(SENT)
    person = world.person(statements=declaration(kind="01", device=True))
    content = signed_by(person, filed.document(), stamp=stamper(world.authority(), SENT - timedelta(hours=1)))
    content = with_store(content, ocsps=(world.ocsp(person, as_of=SENT),))
    send(filed, content, kind=PaperKind.SIGNED)
    page = words(filed.get("/rejestracja/stan/"))
    assert "Wystawcę certyfikatu sprawdzi pracownik oddziału" in page
    assert PESEL not in page
    of_branch = f"/rejestracje/{key(filed)}/"
    assert "w tym portalu nie wskazano wystawców" in words(inspector.get(of_branch))
    assert "Przed decyzją proszę sprawdzić podpis w usłudze walidacji" in words(inspector.get(of_branch))
    (tmp_path / "root.pem").write_bytes(world.root.pem())
    page = words(inspector.get(of_branch))
    assert "11.12.2026, 22:30, według znacznika czasu" in page
    assert "łańcuch do „Narodowe Centrum Prób”" in page
    assert (
        "kwalifikowanym certyfikatem podpisu elektronicznego, z kluczem w kwalifikowanym urządzeniu" in page
    )
    assert "Nieunieważniony według stanu z 11.12.2026 (OCSP w pliku)" in page
    assert PESEL not in page
    assert "Nic więcej nie trzeba robić" in words(filed.get("/rejestracja/stan/"))


@pytest.mark.slow
def test_a_revoked_certificate_is_refused_and_told_when_its_issuer_is_trusted_later(
    filed: Applicant, inspector: Client, settings: Any, tmp_path: Path
) -> None:
    settings.TRUSTED_ISSUERS = tmp_path
    world = World.at(SENT)
    person = world.person()
    answer = world.ocsp(person, as_of=SENT, revoked_at=SENT - timedelta(days=2))
    content = with_store(signed_by(person, filed.document()), ocsps=(answer,))
    send(filed, content, kind=PaperKind.SIGNED)
    (tmp_path / "root.pem").write_bytes(world.root.pem())
    page = words(inspector.get(f"/rejestracje/{key(filed)}/"))
    assert (
        "Dzisiaj ten plik zostałby odrzucony: Certyfikat „Zofia Żuk” został unieważniony 09.12.2026" in page
    )
    with pytest.raises(UnableToTakePaper, match="was revoked on 9 Dec 2026"):
        send(filed, content, kind=PaperKind.SIGNED)


@pytest.mark.slow
def test_a_neighbours_document_is_not_taken_for_ones_own(filed: Applicant) -> None:
    other = Applicant().begin().fill(podmiot={"name": "Apteka Pod Lwem"}).file()
    with pytest.raises(UnableToTakePaper, match="not the document that the portal issued"):
        send(filed, signed(other.document(), on=SENT.date()), kind=PaperKind.SIGNED)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "kind", "good"),
    [
        ("skan.pdf", SCAN, "scan", True),
        ("skan.jpg", b"\xff\xd8\xff\xe0 jpeg", "scan", True),
        ("skan.png", b"\x89PNG\r\n\x1a\n png", "scan", True),
        ("skan.png", b"\xff\xd8\xff\xe0 jpeg", "scan", False),
        ("skan.pdf", b"<html>", "scan", False),
        ("skan.docx", b"PK\x03\x04", "scan", False),
        ("umowa.jpg", b"\xff\xd8\xff\xe0 jpeg", "signed", False),
        ("umowa.pdf", SCAN, "signed", False),
    ],
)
def test_what_a_file_is_is_told_by_its_content(
    filed: Applicant, name: str, content: bytes, kind: str, good: bool
) -> None:
    answer = filed.post(
        "/rejestracja/dokument/wyslij/", {"kind": kind, "file": SimpleUploadedFile(name, content)}
    )
    assert answer.status_code == (302 if good else 422)
    if not good:
        assert answer.context["form"].errors["file"]


@pytest.mark.slow
def test_no_document_is_taken_in_before_filing_and_not_without_end(
    applicant: Applicant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnableToTakePaper):
        send(applicant, SCAN)
    applicant.fill().file()
    monkeypatch.setattr("rozlicz.portal.registration.operations.MOST_PAPERS", 2)
    send(applicant, SCAN)
    send(applicant, SCAN)
    with pytest.raises(UnableToTakePaper):
        send(applicant, SCAN)


@pytest.mark.slow
def test_b5_the_paper_must_follow_a_scan_within_14_days_moved_to_a_working_day(filed: Applicant) -> None:
    send(filed, SCAN)
    assert the_one().paper_due_on == LAST_DAY
    send(filed, SCAN, when=SENT + timedelta(days=3))
    assert the_one().paper_due_on == LAST_DAY
    assert "28 grudnia 2026" in words(filed.get("/rejestracja/stan/"))


@pytest.mark.slow
def test_b5_the_party_is_reminded_and_after_the_last_day_suspended(
    accepted: Applicant, payer_operator: Operator
) -> None:
    with acting_for_payer():
        administrator = Operator.objects.get(provider=the_one().provider)
        assert suspend_for_missing_papers(at=at(28, hour=23)) == 0
    with administrator.context():
        assert paper_owed_by(administrator) == LAST_DAY
    with acting_for_payer():
        assert suspend_for_missing_papers(at=at(29)) == 1
        assert suspend_for_missing_papers(at=at(30)) == 0
        administrator.refresh_from_db()
    assert not administrator.is_active
    assert "28.12.2026" in administrator.blocked_reason
    assert the_one().provider.suspended_since == date(2026, 12, 29)
    assert client_of(administrator).get("/pulpit/").status_code == 302


@pytest.mark.slow
def test_b5_the_arrival_of_the_paper_lifts_the_suspension_and_no_other_block(
    accepted: Applicant, payer_operator: Operator
) -> None:
    with acting_for_payer():
        administrator = Operator.objects.get(provider=the_one().provider)
        other = Operator.objects.get(pk=administrator.pk)
        other.pk, other.user_name, other.login = None, "inny", f"{other.party_code}/inny"
        other.is_active, other.blocked_reason = False, "Odejście z pracy"
        other.save()
        suspend_for_missing_papers(at=at(29))
        assert mark_paper_arrived(
            operator=payer_operator, registration_id=key(accepted), arrived_on=date(2026, 12, 30), at=at(30)
        )
        administrator.refresh_from_db()
        other.refresh_from_db()
        acts = Entry.objects.filter(act__startswith="provider.").order_by("pk")
        assert [entry.act for entry in acts] == ["provider.suspended", "provider.suspension_lifted"]
    assert (administrator.is_active, administrator.blocked_reason) == (True, "")
    assert (other.is_active, other.blocked_reason) == (False, "Odejście z pracy")
    assert the_one().provider.suspended_since is None


@pytest.mark.slow
def test_the_history_tells_of_papers_and_suspensions(
    accepted: Applicant, payer_operator: Operator, inspector: Client
) -> None:
    with acting_for_payer():
        suspend_for_missing_papers(at=at(29))
        mark_paper_arrived(
            operator=payer_operator, registration_id=key(accepted), arrived_on=date(2026, 12, 30), at=at(30)
        )
    page = inspector.get(f"/rejestracje/{key(accepted)}/")
    told = [(event.act, event.who) for event in page.context["history"]]
    branch = payer_operator.full_name
    assert [act for act, _ in told[:2]] == ["registration.filed", "registration.paper_sent"]
    assert set(told) >= {
        ("registration.paper_sent", "wnioskodawca"),
        ("registration.accepted", branch),
        ("provider.suspended", "sam portal"),
        ("registration.paper_arrived", branch),
        ("provider.suspension_lifted", branch),
    }
    shown = words(page)
    assert "Wpłynął oryginał do rejestracji , " + branch + ": 30.12.2026" in shown
    assert "Skan dokumentu" in shown


@pytest.mark.slow
def test_a_signed_document_that_was_not_taken_in_stands_in_the_history(
    filed: Applicant, inspector: Client
) -> None:
    upload = SimpleUploadedFile("umowa.pdf", b"%PDF-1.4\nobcy dokument\n%%EOF\n")
    answer = filed.post("/rejestracja/dokument/wyslij/", {"kind": "signed", "file": upload})
    assert answer.status_code == 422
    told = inspector.get(f"/rejestracje/{key(filed)}/").context["history"][-1]
    assert (told.act, told.who) == ("registration.paper_not_taken", "wnioskodawca")
    reason = str(answer.context["form"].errors["file"][0])
    assert reason[:40] in told.said


@pytest.mark.slow
def test_on_a_scan_whose_paper_is_overdue_nothing_is_accepted(
    filed: Applicant, payer_operator: Operator
) -> None:
    send(filed, SCAN)
    with acting_for_payer(), pytest.raises(UnableToDecideRegistration, match="due by 28 Dec 2026"):
        accept_registration(operator=payer_operator, registration_id=key(filed), at=at(29))


@pytest.mark.slow
def test_a_draft_expires_after_30_days_untouched_and_what_was_typed_is_deleted(applicant: Applicant) -> None:
    applicant.fill()
    touched = the_one().touched_at
    with acting_for_payer():
        assert expire_drafts(at=touched + timedelta(days=30)) == 0
        assert expire_drafts(at=touched + timedelta(days=31)) == 1
    row = the_one()
    assert (row.state, row.answers, row.password_hash) == (RegistrationState.EXPIRED, {}, "")
    assert applicant.get("/rejestracja/sprawdz/").status_code == 410
    assert applicant.get("/rejestracja/sprawdz/").headers["Location"] == "/rejestracja/kontynuuj/"


def test_an_old_draft_is_closed_on_access_too(applicant: Applicant) -> None:
    with acting_for_payer():
        Registration.objects.update(touched_at=the_one().touched_at - timedelta(days=31))
    assert applicant.step("rodzaj", {"kind": "provider"}).status_code == 410
    assert the_one().answers == {}


@pytest.mark.slow
def test_a_stored_paper_is_given_to_the_branch_as_a_download(filed: Applicant, inspector: Client) -> None:
    paper = send(filed, SCAN)
    answer = inspector.get(f"/rejestracje/{key(filed)}/pisma/{paper.pk}/")
    assert b"".join(answer.streaming_content) == SCAN
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.slow
def test_b5_the_desks_of_party_and_branch_remind_of_the_paper(accepted: Applicant, inspector: Client) -> None:
    with acting_for_payer():
        administrator = Operator.objects.get(provider=the_one().provider)
        Operator.objects.filter(pk=administrator.pk).update(temporary_until=None)
    assert "do 28 grudnia 2026" in words(client_of(administrator).get("/pulpit/"))
    assert "Podpisane oryginały, na które oddział czeka 1" in words(inspector.get("/pulpit/"))


@pytest.mark.slow
def test_every_night_the_portal_looks_after_drafts_and_papers(
    accepted: Applicant, regulations: object
) -> None:
    draft = Applicant().begin()
    with acting_for_payer():
        Registration.objects.filter(pk=key(draft)).update(touched_at=now() - timedelta(days=31))
        Registration.objects.filter(pk=key(accepted)).update(paper_due_on=date(2020, 1, 2))
    look_after_registrations(timestamp=0)
    with acting_for_payer():
        assert Registration.objects.get(pk=key(draft)).state == RegistrationState.EXPIRED
        party = Registration.objects.get(pk=key(accepted)).provider
        assert party.suspended_since
        assert not Operator.objects.filter(provider=party, is_active=True).exists()


@pytest.mark.slow
def test_a_document_signed_after_the_last_day_waits_for_the_branch_which_lifts_the_suspension(
    accepted: Applicant, inspector: Client, payer_operator: Operator
) -> None:
    suspend_for_missing_papers(at=at(29))
    document = signed(accepted.document(), on=date(2026, 12, 30))
    send(accepted, document, kind=PaperKind.SIGNED, when=at(30))
    assert the_one().paper_due_on == LAST_DAY
    assert key(accepted) in {
        one.pk for one in inspector.get("/rejestracje/", {"state": "paper"}).context["page"].rows
    }
    with acting_for_payer():
        mark_paper_arrived(
            operator=payer_operator, registration_id=key(accepted), arrived_on=date(2026, 12, 30), at=at(30)
        )
    assert the_one().provider.suspended_since is None


@pytest.mark.slow
def test_a_document_signed_after_the_last_day_but_before_the_night_suspends_nobody(
    accepted: Applicant,
) -> None:
    send(
        accepted,
        signed(accepted.document(), on=date(2026, 12, 29)),
        kind=PaperKind.SIGNED,
        when=at(29, hour=0),
    )
    assert suspend_for_missing_papers(at=at(29, hour=3)) == 0
    assert the_one().provider.suspended_since is None


@pytest.mark.slow
def test_b5_no_single_account_of_a_suspended_party_is_opened(
    accepted: Applicant, payer_operator: Operator
) -> None:
    suspend_for_missing_papers(at=at(29))
    with acting_for_payer():
        administrator = Operator.objects.get(provider=the_one().provider)
        with pytest.raises(UnableToChangeOperator, match="The party is suspended"):
            unblock_operator(
                operator=payer_operator,
                account=administrator,
                password="Tymczas!13",
                reason="prosi",
                at=at(29),
            )


@pytest.mark.slow
def test_the_demonstration_accepts_the_regulations_that_it_shows(payer_operator: Operator) -> None:
    show_registrations(payer=payer_operator, password="Tymczas!12", at=SENT)
    with acting_for_payer():
        accepted_versions = set(Registration.objects.values_list("regulations_version", "started_at__date"))
        shown = PublishedDocument.objects.get(kind=DocumentKind.REGULATIONS)
    assert accepted_versions == {(shown.valid_from, SENT.date())}
