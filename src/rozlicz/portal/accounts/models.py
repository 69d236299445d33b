"""Operators: the persons who work in the portal, of a provider or of the payer."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Concat

from rozlicz.portal.house.history import tracked
from rozlicz.portal.tenancy import acting_for_payer, acting_for_provider


class OperatorManager(BaseUserManager["Operator"]):
    """Finds an operator by the whole log-in, as Django's authentication asks for it."""

    def get_by_natural_key(self, username: str | None) -> Operator:
        """The operator with that log-in, `CODE/user name`."""
        return self.get(login=username)


@tracked(exclude=["password", "last_login"])
class Operator(AbstractBaseUser):
    """One person's account.

    Logged in by three fields (P1): the six-digit code of the party, the user name, the password. `login` joins
    the first two. An operator of the payer has no provider.
    """

    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, null=True, blank=True, related_name="operators"
    )
    party_code = models.CharField(max_length=6)
    user_name = models.CharField(max_length=40)
    login = models.CharField(max_length=47, unique=True)
    full_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    objects = OperatorManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="operator_login_is_code_and_name",
                condition=models.Q(login=Concat("party_code", models.Value("/"), "user_name")),
            ),
            models.CheckConstraint(
                name="operator_party_code_is_six_digits",
                condition=models.Q(party_code__regex=r"^\d{6}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.login

    @property
    def is_payer(self) -> bool:
        """Whether the operator works for the branch and not for a provider."""
        return self.provider_id is None

    def context(self) -> AbstractContextManager[Any]:
        """The database context in which everything this operator does must happen."""
        return acting_for_payer() if self.provider_id is None else acting_for_provider(self.provider_id)
