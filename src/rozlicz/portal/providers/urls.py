"""Addresses of installations and access tokens."""

from __future__ import annotations

from django.urls import path

from rozlicz.portal.providers import pages

urlpatterns = [
    path("", pages.installations, name="installations"),
    path("<int:installation_id>/", pages.installation, name="installation"),
    path("<int:installation_id>/zamknij/", pages.installation_close, name="installation_close"),
    path("tokeny/<int:token_id>/uniewaznij/", pages.token_revoke, name="token_revoke"),
]
