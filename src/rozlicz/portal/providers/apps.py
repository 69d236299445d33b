"""Providers, their bank accounts and installations."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """Providers, their bank accounts and installations."""

    name = "rozlicz.portal.providers"
    label = "providers"
