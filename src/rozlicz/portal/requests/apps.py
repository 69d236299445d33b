"""Requests (*wnioski*): one small workflow for everything that a provider must ask the branch for."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """Requests (*wnioski*): one small workflow for everything that a provider must ask the branch for."""

    name = "rozlicz.portal.requests"
    label = "requests"
