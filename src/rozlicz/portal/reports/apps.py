"""Reports of services and what verification said."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports of services and what verification said."""

    name = "rozlicz.portal.reports"
    label = "reports"
