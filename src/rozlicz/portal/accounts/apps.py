"""Operators and log-in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may come in."""

    name = "rozlicz.portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Acts of the second factor are recorded."""
        from rozlicz.portal.accounts.second_factor import acts  # noqa: F401 - connects itself to allauth's signals
