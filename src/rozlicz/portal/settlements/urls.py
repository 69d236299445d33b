"""Addresses of settlements."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.settlements import pages, printouts

urlpatterns = [
    path("", pages.settlements, name="settlements"),
    path("zadanie/<int:request_id>/", pages.request_state, name="settlement_request"),
    path("zadanie/<int:request_id>/postep/", pages.request_progress, name="settlement_progress"),
    path("zadanie/<int:request_id>/skad-ta-kwota/", pages.whence, name="settlement_whence"),
    path("zadanie/<int:request_id>/skad-ta-kwota.pdf", printouts.whence_pdf, name="settlement_whence_pdf"),
    path(
        "zadanie/<int:request_id>/skad-ta-kwota/<str:scope>/<int:distinguisher>/",
        pages.whence_scope,
        name="settlement_whence_scope",
    ),
    path(
        "zadanie/<int:request_id>/skad-ta-kwota/<str:scope>/<int:distinguisher>.pdf",
        printouts.whence_scope_pdf,
        name="settlement_whence_scope_pdf",
    ),
    path("szablon/<int:number>/", pages.template, name="template"),
    path("szablon/<int:number>/pozycje/", pages.template_positions, name="template_positions"),
    path("szablon/<int:number>/pozycje.xlsx", pages.template_positions_xlsx, name="template_positions_xlsx"),
    path("szablon/<int:number>/plik/", pages.template_file, name="template_file"),
]
