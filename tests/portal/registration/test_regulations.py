"""P4: regulations that change between the beginning of a registration and its filing are accepted anew."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from rozlicz.portal.correspondence.models import PublishedDocument
from rozlicz.portal.registration.models import Registration, RegistrationState
from rozlicz.portal.registration.operations import UnableToChangeRegistration, accept_regulations
from rozlicz.portal.tenancy import acting_for_applicant, acting_for_payer
from tests.documents.pdf_text import text_of
from tests.portal.conftest import NOON
from tests.portal.registration.filling import (
    Applicant,
    the_one,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def newer_regulations(filled: Applicant, regulations: PublishedDocument) -> PublishedDocument:
    """Others, which come into force while somebody fills in the form."""
    with acting_for_payer():
        newer = PublishedDocument.objects.get(pk=regulations.pk)
        newer.pk, newer.edition, newer.title = None, "2026a", "Nowy regulamin"
        newer.valid_from = regulations.valid_from + timedelta(days=1)
        newer.save(force_insert=True)
    return newer


@pytest.fixture
def filled(applicant: Applicant) -> Applicant:
    return applicant.fill()


@pytest.mark.slow
def test_b5_regulations_that_changed_meanwhile_are_accepted_anew(
    filled: Applicant, newer_regulations: PublishedDocument
) -> None:
    assert "obowiązuje inny" in words(filled.get("/rejestracja/sprawdz/"))
    answer = filled.post("/rejestracja/sprawdz/", follow=True)
    assert answer.redirect_chain == [("/rejestracja/regulamin/", 302)]
    said = words(answer)
    assert "Rejestracji nie złożono" in said
    assert "1 września 2026" in said
    assert "2 września 2026" in said
    assert "Nowy regulamin" in said
    assert the_one().state == RegistrationState.DRAFT
    for wrong in ({}, {"accepted": "on", "version": "2026-09-01"}):
        assert filled.step("regulamin", wrong).status_code == 422
    assert filled.step("regulamin", {"accepted": "on", "version": "2026-09-02"}).status_code == 302
    filled.file()
    assert the_one().regulations_version == newer_regulations.valid_from
    assert "02.09.2026" in text_of(filled.document())


def test_b5_nothing_is_accepted_anew_where_nothing_changed(filled: Applicant) -> None:
    assert filled.get("/rejestracja/regulamin/").headers["Location"] == "/rejestracja/sprawdz/"
    filled.file()
    assert filled.step("regulamin", {"accepted": "on"}).headers["Location"] == "/rejestracja/sprawdz/"


def test_b5_what_was_filed_keeps_the_regulations_it_was_filed_under(
    filled: Applicant, regulations: PublishedDocument
) -> None:
    filled.file()
    key = the_one().pk
    with acting_for_applicant(key), pytest.raises(DatabaseError), transaction.atomic():
        Registration.objects.filter(pk=key).update(regulations_version=date(2020, 1, 1))
    with acting_for_applicant(key), pytest.raises(UnableToChangeRegistration):
        accept_regulations(registration_id=key, version=date(2020, 1, 1), at=NOON)
    assert the_one().regulations_version == regulations.valid_from
