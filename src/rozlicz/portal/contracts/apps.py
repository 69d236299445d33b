"""Contracts, annexes and their files."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Contracts, annexes and their files."""

    name = "rozlicz.portal.contracts"
    label = "contracts"
