"""Addresses of the book of acts."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.audit import pages

urlpatterns = [
    path("", pages.audit, name="audit"),
    path("pobierz/", pages.audit_xlsx, name="audit_xlsx"),
    path("<int:entry_id>/", pages.audit_entry, name="audit_entry"),
]
