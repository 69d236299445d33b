"""Announcements, documents and help; parcels, surveys and reports to the operator."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """Announcements, documents and help; parcels, surveys and reports to the operator."""

    name = "rozlicz.portal.correspondence"
    label = "correspondence"
