"""The provider's own things that forms of requests offer: contracts, scopes, operators."""

from __future__ import annotations

from django.db.models import QuerySet

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.providers.models import Provider

_DIGITS_OF_A_KEY = 18


def contracts_of(provider: Provider) -> QuerySet[Contract]:
    """A provider's contracts, the newest first."""
    return Contract.objects.filter(provider=provider).order_by("-valid_from", "code")


def contract_choices(provider: Provider) -> list[tuple[str, str]]:
    """Contracts as a list to choose from."""
    return [(str(one.pk), f"{one.code} · {one.kind_name}") for one in contracts_of(provider)]


def contract_of(provider: Provider, key: str) -> Contract:
    """The chosen contract."""
    return contracts_of(provider).get(pk=key)


def persons_of(provider: Provider) -> QuerySet[Operator]:
    """The provider's operators that are persons and may come in."""
    return Operator.objects.filter(provider=provider, is_active=True, is_program=False).order_by("user_name")


def person_choices(provider: Provider) -> list[tuple[str, str]]:
    """Operators as a list to choose from."""
    return [(str(one.pk), f"{one.user_name} · {one.full_name}") for one in persons_of(provider)]


def former_person(provider: Provider, key: str) -> str:
    """An operator that was chosen once, whether or not it may come in today; the text itself for nobody's key."""
    found = Operator.objects.filter(provider=provider, pk=key).first() if is_key(key) else None
    return f"{found.user_name} · {found.full_name}" if found else key


def is_key(text: str) -> bool:
    """Whether a text may be the key of a row."""
    return text.isdecimal() and len(text) < _DIGITS_OF_A_KEY


def person_of(provider: Provider, key: str) -> Operator:
    """The chosen operator."""
    return persons_of(provider).get(pk=key)
