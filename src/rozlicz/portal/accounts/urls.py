"""Addresses of one's own account."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.accounts import pages

urlpatterns = [
    path("haslo/sprawdzenie/", pages.password_checklist, name="password_checklist"),
]
