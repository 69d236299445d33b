"""Operators: the persons who work in the portal, of a provider or of the payer."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from copy import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Concat, Now

from rozlicz.portal.accounts.entering.models import Session, Throttle
from rozlicz.portal.accounts.passwords import normalised
from rozlicz.portal.accounts.rights import NOT_FOR_OTHERS, PAYER_ROLES, PROVIDER_ROLES, Right, Role, rights_of
from rozlicz.portal.accounts.tokens.models import ApiToken, CallCount
from rozlicz.portal.house.history import tracked
from rozlicz.portal.tenancy import acting_for_payer, acting_for_provider

if TYPE_CHECKING:
    from rozlicz.portal.providers.models import Provider

__all__ = [
    "ApiToken",
    "CallCount",
    "Operator",
    "OperatorManager",
    "SecurityPolicy",
    "Session",
    "Subordination",
    "Throttle",
]


def _names(roles: Iterable[Role]) -> list[str]:
    return [role.value for role in roles]


class OperatorManager(BaseUserManager["Operator"]):
    """Finds an operator by the whole log-in, as Django's authentication asks for it."""

    def get_by_natural_key(self, username: str | None) -> Operator:
        """The operator with that log-in, `CODE/user name`."""
        return self.get(login=username)


@tracked(exclude=["password", "last_login"])
class Operator(AbstractBaseUser):
    """One person's account.

    Logged in by three fields (P1): the six-digit code of the party, the user name, the password. `login` joins
    the first two. An operator of the payer has no provider. `is_program` marks the account in whose name an
    installation's program works: it has no password and never logs in.

    A temporary password (P2) must be changed at the first log-in and stops working at `temporary_until`. Whoever
    was blocked cannot come in (`is_active` is false), for the reason in `blocked_reason`; whom the branch, or the
    portal by itself, has blocked, only the branch lets in again. Whose second factor was reset by an administrator
    has no days of grace: it sets up a new one at the next log-in.
    """

    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, null=True, blank=True, related_name="operators"
    )
    party_code = models.CharField(max_length=6)
    user_name = models.CharField(max_length=40)
    login = models.CharField(max_length=47, unique=True)
    full_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_program = models.BooleanField(default=False)
    roles = ArrayField(models.CharField(max_length=20), default=list)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    added_at = models.DateTimeField(db_default=Now())
    password_set_at = models.DateTimeField(db_default=Now())
    temporary_until = models.DateTimeField(null=True, blank=True)
    blocked_reason = models.CharField(max_length=300, blank=True)
    blocked_by_branch = models.BooleanField(default=False)
    second_factor_reset_at = models.DateTimeField(null=True, blank=True)
    second_factor_reset_reason = models.CharField(max_length=300, blank=True)

    superior_id: int | None = None
    """Of one that acts for a subordinate: the provider it really belongs to."""
    token: ApiToken | None = None
    """Of a program that works with an access token: that token."""

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
            models.CheckConstraint(
                name="operator_has_roles_of_its_side",
                condition=models.Q(provider__isnull=True, roles__contained_by=_names(PAYER_ROLES))
                | models.Q(provider__isnull=False, roles__contained_by=_names(PROVIDER_ROLES)),
            ),
            models.CheckConstraint(
                name="program_has_no_password",
                condition=models.Q(is_program=False)
                | models.Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, provider__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.login

    @property
    def is_payer(self) -> bool:
        """Whether the operator works for the branch and not for a provider."""
        return self.provider_id is None

    def acting_for(self, subordinate: Provider) -> Operator:
        """A copy of the operator that reads as one of the subordinate provider's, and is never saved."""
        acting = copy(self)
        acting.superior_id = self.provider_id
        acting.provider = subordinate
        acting.party_code = subordinate.code
        return acting

    @property
    def is_acting(self) -> bool:
        """Whether the operator works for a subordinate of its own provider."""
        return self.superior_id is not None

    def working_with(self, token: ApiToken) -> Operator:
        """A copy of a program's operator that has exactly the roles of its access token, and is never saved."""
        limited = copy(self)
        limited.token = token
        limited.roles = list(token.roles)
        return limited

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's. Raises TypeError for one that is acting for another provider, or works with a token."""
        if self.is_acting or self.token is not None:
            raise TypeError("a copy of an operator is not saved")
        super().save(*args, **kwargs)

    def set_password(self, raw_password: str | None) -> None:
        """As Django's, in the one form in which passwords are stored."""
        super().set_password(raw_password and normalised(raw_password))

    def check_password(self, raw_password: str) -> bool:
        """As Django's, in the one form in which passwords are stored."""
        return bool(super().check_password(normalised(raw_password)))

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must prove to go on: a new password and a reset of the second factor both end it."""
        own: str = super()._get_session_auth_hash(secret)
        reset_at = self.second_factor_reset_at
        return f"{own}{reset_at.timestamp():.6f}" if reset_at else own

    @property
    def rights(self) -> frozenset[Right]:
        """Everything the operator's roles allow, here: for another provider less than at home."""
        rights = rights_of(self.roles)
        return rights - NOT_FOR_OTHERS if self.is_acting else rights

    def may(self, right: Right) -> bool:
        """Whether one of the operator's roles allows this."""
        return right in self.rights

    @property
    def has_temporary_password(self) -> bool:
        """Whether the password was given by somebody else and must be changed (P2)."""
        return self.temporary_until is not None

    def can_log_in(self, at: datetime) -> bool:
        """Whether there is a password that lets the person in at that moment; `queries.able_to_log_in` for many."""
        is_in_time = self.temporary_until is None or at < self.temporary_until
        return self.is_active and self.has_usable_password() and is_in_time

    def context(self) -> AbstractContextManager[Any]:
        """The database context in which everything this operator does must happen."""
        return acting_for_payer() if self.provider_id is None else acting_for_provider(self.provider_id)


@tracked()
class Subordination(models.Model):
    """That one provider's operators may act for another: for a subordinate of its group.

    The branch grants it, for the days from `since` to `until` (None: until it ends it). `ended_at` is the moment at
    which it ended before its last day; from then on nobody acts by it. `provider` is the superior.
    """

    provider = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, related_name="subordinations"
    )
    subordinate = models.ForeignKey(
        "providers.Provider", on_delete=models.PROTECT, related_name="superiorities"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="subordination_is_of_two_providers",
                condition=~models.Q(provider=models.F("subordinate")),
            ),
            models.CheckConstraint(
                name="subordination_ends_after_it_begins",
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
            ),
            # accounts.subordinations.grant_subordination relies on it when two clerks grant at once.
            models.UniqueConstraint(
                fields=["provider", "subordinate"],
                condition=models.Q(ended_at__isnull=True),
                name="one_living_subordination_of_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} → {self.subordinate_id}"


@tracked()
class SecurityPolicy(models.Model):
    """The branch's rules of access from a day on; the newest that has begun is in force, of one day the last set.

    The defaults are the mission document's (P3) and those of today's duty of a second factor. A branch may demand
    more: never less than eight characters. Days, minutes and numbers of attempts; `expires_after_days` None: a
    password does not expire by age. An access token of a program ends `token_days` after it was made at the latest,
    which is never more than a year. The grace is counted from the day the account was added.
    """

    valid_from = models.DateField()
    minimum_length = models.PositiveSmallIntegerField(default=8)
    refuse_breached = models.BooleanField(default=False)
    expires_after_days = models.PositiveSmallIntegerField(null=True, blank=True)
    temporary_days = models.PositiveSmallIntegerField(default=14)
    payer_grace_days = models.PositiveSmallIntegerField(default=0)
    provider_grace_days = models.PositiveSmallIntegerField(default=14)
    idle_minutes = models.PositiveSmallIntegerField(default=30)
    attempts = models.PositiveSmallIntegerField(default=5)
    lock_minutes = models.PositiveSmallIntegerField(default=15)
    token_days = models.PositiveSmallIntegerField(default=365)
    reason = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(Operator, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_demands_at_least_the_law",
                condition=models.Q(minimum_length__gte=8, attempts__gte=1, idle_minutes__gte=1),
            ),
            models.CheckConstraint(
                name="token_lasts_a_year_at_most", condition=models.Q(token_days__gte=1, token_days__lte=366)
            ),
        ]

    def __str__(self) -> str:
        return str(self.valid_from)
