"""Addresses of the area "Sprawozdawczość"."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.reports import pages, rule_pages

urlpatterns = [
    path("", pages.reports, name="reports"),
    path("wyslij/", pages.report_send, name="report_send"),
    path("reguly/", rule_pages.rules, name="rules"),
    path("reguly/<str:code>/", rule_pages.rule, name="rule"),
    path("<int:report_id>/", pages.report, name="report"),
    path("<int:report_id>/postep/", pages.report_progress, name="report_progress"),
    path("<int:report_id>/sprawdz-ponownie/", pages.report_verify_again, name="report_verify_again"),
    path("<int:report_id>/wyniki/", pages.report_findings, name="report_findings"),
    path("<int:report_id>/wyniki.xlsx", pages.report_findings_xlsx, name="report_findings_xlsx"),
    path("<int:report_id>/odpowiedz.swz", pages.report_reply, name="report_reply"),
    path("<int:report_id>/pozycje/<int:row>/", pages.report_record, name="report_record"),
]
