"""Addresses of the branch's queue."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.registration import queue_pages as pages

urlpatterns = [
    path("", pages.registrations, name="registrations"),
    path("<int:registration_id>/", pages.registration, name="registration_of_queue"),
    path("<int:registration_id>/dokument/", pages.document, name="registration_issued"),
    path("<int:registration_id>/pisma/<int:paper_id>/", pages.paper, name="registration_paper"),
    path("<int:registration_id>/uzupelnienie/", pages.complete, name="registration_complete"),
    path("<int:registration_id>/odmowa/", pages.refuse, name="registration_refuse"),
    path("<int:registration_id>/przyjecie/", pages.accept, name="registration_accept"),
    path("<int:registration_id>/oryginal/", pages.paper_arrived, name="registration_paper_arrived"),
]
