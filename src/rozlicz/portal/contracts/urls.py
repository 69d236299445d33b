"""Addresses of the area "Umowy na realizację świadczeń"."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.contracts import pages

urlpatterns = [
    path("", pages.contracts, name="contracts"),
    path("wiecej/", pages.contracts_more, name="contracts_more"),
    path("pliki/", pages.contract_files, name="contract_files"),
    path("pliki/<int:file_id>/pobierz/", pages.contract_file_download, name="contract_file_download"),
    path("<int:contract_id>/", pages.contract, name="contract"),
    path(
        "<int:contract_id>/zakresy/<str:code>/<int:distinguisher>/",
        pages.contract_scope,
        name="contract_scope",
    ),
]
