"""Who did what, when, from where, and for whom."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did what, when, from where, and for whom."""

    name = "rozlicz.portal.audit"
    label = "audit"
