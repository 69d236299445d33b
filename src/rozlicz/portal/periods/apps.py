"""Reporting periods: which months the branch has closed for reports, and what was unlocked in them."""

from django.apps import AppConfig


class PeriodsConfig(AppConfig):
    """Reporting periods: which months the branch has closed for reports, and what was unlocked in them."""

    name = "rozlicz.portal.periods"
    label = "periods"
