"""Who a log-in is: Django's backend by user name and password, for people whose account is open."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend

from rozlicz.portal.accounts.models import Operator


class OperatorBackend(ModelBackend):
    """Looks a password up once, whether the account exists or not; the account of a program never comes in."""

    def user_can_authenticate(self, user: Operator) -> bool:
        """Only a person, and only while not blocked."""
        return super().user_can_authenticate(user) and not user.is_program
