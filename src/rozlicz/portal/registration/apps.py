"""Registration of parties: the form, the signed agreement, the branch's queue."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """How a party that has no account yet gets one (P4)."""

    name = "rozlicz.portal.registration"
    label = "registration"
