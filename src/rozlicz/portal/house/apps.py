"""The house app gives every table its policies and grants after each migration."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HouseConfig(AppConfig):
    """Commands, template tags and the grants of the database."""

    name = "rozlicz.portal.house"
    label = "house"

    def ready(self) -> None:
        """Grants follow the tables, whoever migrated them."""
        from rozlicz.portal.house.grants import apply_grants

        post_migrate.connect(apply_grants, sender=self)
