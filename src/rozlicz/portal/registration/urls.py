"""The applicant's addresses; none of them holds a token (see `doors`)."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.registration import pages, step_pages

urlpatterns = [
    path("", pages.begin, name="registration"),
    path("kontynuuj/", pages.resume, name="registration_continue"),
    path("rodzaj/", step_pages.kind, name="registration_kind"),
    path("podmiot/", step_pages.party, name="registration_party"),
    path("miejsca/", step_pages.places, name="registration_places"),
    path("konto/", step_pages.account, name="registration_account"),
    path("administrator/", step_pages.administrator, name="registration_administrator"),
    path("regulamin/", pages.regulations, name="registration_regulations"),
    path("sprawdz/", pages.check, name="registration_check"),
    path("stan/", pages.state, name="registration_state"),
    path("dokument/", pages.document, name="registration_document"),
    path("dokument/wyslij/", pages.send_paper, name="registration_send_paper"),
    path("zakoncz/", pages.leave, name="registration_leave"),
]
