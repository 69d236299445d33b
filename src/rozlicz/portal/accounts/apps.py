"""Operators and log-in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may come in."""

    name = "rozlicz.portal.accounts"
    label = "accounts"
