"""Every read of operators for who administers them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.queries import able_to_log_in
from rozlicz.portal.accounts.rights import GRANTED_BY_REQUEST, ROLE_WORDS, ROLES, Role
from rozlicz.portal.accounts.role_changes import administrator_role, roles_of_side
from rozlicz.portal.providers.models import Provider


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One line of the list of operators: the account, and the kinds of its second factor."""

    operator: Operator
    second_factors: list[str]

    def state_at(self, at: datetime) -> str:
        """A state of `house.states`: blocked, with a temporary password in force or out of date, or in use."""
        if not self.operator.is_active:
            return "blocked"
        if not self.operator.can_log_in(at):
            return "expired_password"
        return "temporary" if self.operator.has_temporary_password else "in_use"


def names_of(roles: Collection[str]) -> list[Promise]:
    """The names of roles, in the order in which roles are shown."""
    return [ROLE_WORDS[role] for role in ROLES if role in roles]


def colleagues_of(operator: Operator) -> QuerySet[Operator]:
    """The people of the operator's own party: of its provider, or of the branch."""
    return people_of(operator.provider_id)


def people_of(provider_id: int | None) -> QuerySet[Operator]:
    """The people of a provider, None: of the branch; accounts of programs are none."""
    return Operator.objects.filter(provider=provider_id, is_program=False).order_by("user_name")


def accounts_of(people: QuerySet[Operator]) -> list[Account]:
    """Their accounts with their second factors, in two queries."""
    found = list(people)
    labels = dict(Authenticator.Type.choices)
    kinds: dict[int, list[str]] = {}
    held = Authenticator.objects.filter(user_id__in=[one.pk for one in found])
    for user, kind in held.values_list("user_id", "type").distinct().order_by("type"):
        kinds.setdefault(user, []).append(labels[kind])
    return [Account(operator=one, second_factors=kinds.get(one.pk, [])) for one in found]


def hand_given(*, is_payer: bool) -> list[Role]:
    """The roles of a side that an administrator gives, in the order in which they are shown."""
    return [role for role in roles_of_side(is_payer=is_payer) if role not in GRANTED_BY_REQUEST]


def parties_found(at: datetime, text: str = "") -> QuerySet[Provider]:
    """The parties of the branch whose code or name holds the text, with the number of people and administrators."""
    people = Q(operators__is_program=False)
    administers = Q(operators__roles__contains=[administrator_role(is_payer=False).value])
    found = Provider.objects.annotate(
        people=Count("operators", filter=people),
        administrators=Count("operators", filter=people & administers & able_to_log_in(at, "operators__")),
    )
    return found.filter(Q(code__startswith=text) | Q(name__icontains=text)) if text else found


def party_for(provider_id: int) -> Provider:
    """One party of the branch. Raises Http404."""
    return get_object_or_404(Provider, pk=provider_id)


def administrators_of(operator: Operator, at: datetime) -> list[str]:
    """The names of those who can give this operator a role: its party's administrators who can log in."""
    return list(administrators_able_to_log_in(operator.provider_id, at).values_list("full_name", flat=True))


def has_lost_its_administrators(provider: Provider, at: datetime) -> bool:
    """Whether nobody who can log in administers the provider's operators."""
    return not administrators_able_to_log_in(provider.pk, at).exists()


def administrators_able_to_log_in(provider_id: int | None, at: datetime) -> QuerySet[Operator]:
    """The administrators of a party's operators, None: of the branch's, whose password lets them in."""
    role = administrator_role(is_payer=provider_id is None)
    return people_of(provider_id).filter(able_to_log_in(at), roles__contains=[role.value])
