"""Bills and their attachments."""

from django.apps import AppConfig


class BillsConfig(AppConfig):
    """Bills and their attachments."""

    name = "rozlicz.portal.bills"
    label = "bills"
