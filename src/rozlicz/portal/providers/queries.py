"""Every read of providers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.house.lists import holding
from rozlicz.portal.providers.models import GENERAL, BankAccount, Installation, Provider


class AccountsOnDay:
    """The bank accounts that hold on a day, read in one query for as many providers as need be."""

    def __init__(self, day: date, providers: Iterable[int]) -> None:
        """`providers` are their keys."""
        begun = BankAccount.objects.filter(provider__in=set(providers), since__lte=day).order_by("since")
        self._numbers = {
            (provider, kind): number
            for provider, kind, number in begun.values_list("provider_id", "kind", "number")
        }

    def number(self, provider: int, kind: str) -> str:
        """Where a provider is paid for services of a kind: its own account, else the general one; empty for none."""
        return self._numbers.get((provider, kind)) or self._numbers.get((provider, GENERAL), "")

    def own_kinds(self, provider: int) -> set[str]:
        """The kinds of services for which a provider has an account of their own."""
        return {kind for one, kind in self._numbers if one == provider and kind != GENERAL}


def account_on(provider: Provider, day: date, kind: str) -> str:
    """The number of the bank account to which a provider is paid on a day for services of a kind; empty for none."""
    return AccountsOnDay(day, [provider.pk]).number(provider.pk, kind)


ACCOUNT_STATES = ("in_force", "future", "expired")
"""States of a bank account by its days, by the names of `house.states`."""


def accounts_found(
    operator: Operator, *, text: str = "", state: str = "", today: date
) -> QuerySet[BankAccount]:
    """The bank accounts that an operator may see: a provider its own, the payer all, as the filter asks.

    Each with the name of its kind (`kind_name`, None for the general one) and the day on which the next account of
    that kind begins (`next_since`, None for the last).
    """
    same_kind = Q(provider=OuterRef("provider"), kind=OuterRef("kind"))
    contracts = Contract.objects.filter(same_kind).order_by("-valid_from", "-pk")
    later = BankAccount.objects.filter(same_kind, since__gt=OuterRef("since")).order_by("since")
    found = BankAccount.objects.select_related("provider").annotate(
        kind_name=Subquery(contracts.values("kind_name")[:1]), next_since=Subquery(later.values("since")[:1])
    )
    if not operator.is_payer:
        found = found.filter(provider=operator.provider_id)
    if text:
        named = holding(text, operator, "kind", "kind_name")
        digits = re.sub(r"\s", "", text)
        found = found.filter(named | Q(number__contains=digits) if digits.isdecimal() else named)
    match state:
        case "in_force":
            found = found.filter(Q(next_since=None) | Q(next_since__gt=today), since__lte=today)
        case "future":
            found = found.filter(since__gt=today)
        case "expired":
            found = found.filter(next_since__lte=today)
    return found


def installations_for(operator: Operator) -> QuerySet[Installation]:
    """The installations an operator may see: a provider its own, the payer all."""
    visible = Installation.objects.select_related("provider")
    return visible if operator.is_payer else visible.filter(provider=operator.provider_id)


INSTALLATION_STATES: dict[str, Q] = {
    "open_installation": Q(closed_at=None),
    "closed_installation": Q(closed_at__isnull=False),
}
"""States of an installation, by the names of `house.states`."""


def installations_found(operator: Operator, *, text: str = "", state: str = "") -> QuerySet[Installation]:
    """Those of `installations_for` whose identifier, program or provider holds the text, with that state."""
    found = installations_for(operator)
    if text:
        found = found.filter(holding(text, operator, "long_id", "program_name", "last_program"))
    return found.filter(INSTALLATION_STATES[state]) if state else found


def installation_for(operator: Operator, installation_id: int) -> Installation:
    """One installation by its key. Raises Http404 for what does not exist or is another's."""
    return get_object_or_404(installations_for(operator), pk=installation_id)
