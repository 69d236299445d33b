"""Addresses of one's own account."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.accounts import pages

urlpatterns = [
    path("", pages.account, name="account"),
    path("dane/", pages.account_details, name="account_details"),
    path("haslo/", pages.password, name="account_change_password"),
    path("haslo/sprawdzenie/", pages.password_checklist, name="password_checklist"),
    path("sesje/", pages.sessions, name="sessions"),
    path("sesje/zakoncz/", pages.session_end, name="session_end"),
]
