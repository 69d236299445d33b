"""Payment runs."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """Payment runs."""

    name = "rozlicz.portal.payments"
    label = "payments"
