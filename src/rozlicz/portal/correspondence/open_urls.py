"""Addresses of correspondence that are open to all."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.correspondence.pages import open_pages

urlpatterns = [
    path("komunikaty/", open_pages.announcements, name="announcements"),
    path("komunikaty/<int:announcement_id>/", open_pages.announcement, name="announcement"),
    path("komunikaty/<int:announcement_id>/pdf/", open_pages.announcement_pdf, name="announcement_pdf"),
    path(
        "komunikaty/<int:announcement_id>/plik/<int:file_id>/",
        open_pages.announcement_file,
        name="announcement_file",
    ),
    path("dokumenty/", open_pages.documents, name="documents"),
    path("dokumenty/<int:document_id>/", open_pages.document, name="document"),
    path("pomoc/", open_pages.help_index, name="help"),
    path("pomoc/<str:slug>/", open_pages.help_page, name="help_page"),
    path("pomoc/<str:slug>/pdf/", open_pages.help_pdf, name="help_pdf"),
]
