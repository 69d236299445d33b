"""The tables of access tokens, and of the calls that were made with them."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models

from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.house.history import tracked

SCOPES = (Role.REPORTING, Role.BILLING, Role.READ_ONLY)
"""The roles that a token can carry: those whose work the API does. A program administers and signs nothing."""


@tracked(exclude=["digest", "last_used_at", "last_used_from"])
class ApiToken(models.Model):
    """A token of an installation. Of the token itself only its SHA-256 (`digest`) is kept, and its `ending`.

    `operator` is the technical operator in whose name the program works, `roles` are what it may do with this
    token. It works up to and including the day `valid_until`, unless it is revoked before or its installation is
    closed. The last use is written at most once a minute.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    installation = models.ForeignKey(
        "providers.Installation", on_delete=models.PROTECT, related_name="tokens"
    )
    operator = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=6)
    roles = ArrayField(models.CharField(max_length=20))
    valid_until = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+")
    last_used_at = models.DateTimeField(null=True)
    last_used_from = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["installation", "name"],
                condition=models.Q(revoked_at=None),
                name="one_token_of_a_name_in_an_installation",
            ),
            models.CheckConstraint(
                name="token_carries_some_of_the_scopes",
                condition=models.Q(roles__contained_by=[role.value for role in SCOPES], roles__len__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (…{self.ending})"

    def state_on(self, day: date) -> str:
        """`in_force`, `token_revoked`, `closed_installation` or `expired`: names of `house.states`."""
        if self.revoked_at is not None:
            return "token_revoked"
        if not self.installation.is_open:
            return "closed_installation"
        return "in_force" if day <= self.valid_until else "expired"


class CallCount(models.Model):
    """How many calls were made in one minute with one token, or from one network address with none that works.

    `key` names whose minute it is, `minute` counts since 1970. Only the door reads and writes it.
    """

    key = models.CharField(max_length=80, primary_key=True)
    minute = models.BigIntegerField(db_index=True)
    calls = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.calls}"
