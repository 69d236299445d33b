"""Requests for settlement and bill templates."""

from django.apps import AppConfig


class SettlementsConfig(AppConfig):
    """Requests for settlement and bill templates."""

    name = "rozlicz.portal.settlements"
    label = "settlements"
