"""Addresses of the area "Wnioski"."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.requests import drafting_pages, pages

urlpatterns = [
    path("", pages.requests, name="requests"),
    path("nowy/", drafting_pages.request_kinds, name="request_kinds"),
    path("nowy/<str:kind>/", drafting_pages.request_new, name="request_new"),
    path("<int:request_id>/", pages.request_page, name="request"),
    path("<int:request_id>/wypelnij/", drafting_pages.request_edit, name="request_edit"),
    path("<int:request_id>/druk/", pages.request_print, name="request_print"),
    path(
        "<int:request_id>/zalaczniki/<int:attachment_id>/",
        pages.request_attachment,
        name="request_attachment",
    ),
    path(
        "<int:request_id>/zalaczniki/<int:attachment_id>/zdejmij/",
        drafting_pages.request_file_off,
        name="request_file_off",
    ),
    path("<int:request_id>/wycofaj/", pages.request_withdraw, name="request_withdraw"),
    path("<int:request_id>/uzupelnienie/", pages.request_ask, name="request_ask"),
    path("<int:request_id>/przyjmij/", pages.request_accept, name="request_accept"),
    path("<int:request_id>/odmow/", pages.request_refuse, name="request_refuse"),
    path("<int:request_id>/cofnij/", pages.request_revoke, name="request_revoke"),
    path("<int:request_id>/papier/", pages.request_paper, name="request_paper"),
]
