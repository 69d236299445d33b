"""Addresses of the reporting periods, inside the area "Sprawozdawczość"."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.periods import pages

urlpatterns = [
    path("", pages.reporting_periods, name="reporting_periods"),
    path("zamknij/", pages.reporting_period_close, name="reporting_period_close"),
    path("otworz/", pages.reporting_period_open, name="reporting_period_open"),
]
