"""Addresses of the API: the calls, their document, and the page that lists them."""

from __future__ import annotations

from django.urls import include, path

from rozlicz.portal.api import pages
from rozlicz.portal.api.endpoints import api, openapi

_calls, _app, _namespace = api.urls

urlpatterns = [
    path("", pages.guide, name="api_guide"),
    path("v1/openapi.json", openapi, name="api_openapi"),
    path("v1/", include([one for one in _calls if one.name != "api-root"])),
]
