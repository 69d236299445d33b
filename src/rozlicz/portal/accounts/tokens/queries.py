"""Every read of access tokens."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.queries import name_of
from rozlicz.portal.accounts.tokens.models import ApiToken
from rozlicz.portal.accounts.tokens.secrets import digest_of, is_whole
from rozlicz.portal.providers.models import Installation

SOON = timedelta(days=14)
"""So long before a token ends, the provider's administrators are told."""


def tokens_of(installation: Installation) -> QuerySet[ApiToken]:
    """The tokens of an installation, the newest first, with the names of who made and who revoked them.

    A provider does not see the accounts of the branch: there the name is empty.
    """
    return (
        ApiToken.objects.select_related("installation")
        .filter(installation=installation)
        .annotate(maker=name_of("made_by"), revoker=name_of("revoked_by"))
    )


def tokens_ending_soon(operator: Operator, today: date) -> QuerySet[ApiToken]:
    """The tokens of the operator's provider that work today and in `SOON` no more, those that end first on top."""
    return (
        ApiToken.objects.select_related("installation")
        .filter(
            provider=operator.provider_id,
            revoked_at=None,
            installation__closed_at=None,
            valid_until__range=(today, today + SOON),
        )
        .order_by("valid_until", "pk")
    )


def token_for(operator: Operator, token_id: int) -> ApiToken:
    """One token by its key. Raises Http404 for what does not exist or is another's."""
    visible = ApiToken.objects.select_related("installation")
    if not operator.is_payer:
        visible = visible.filter(provider=operator.provider_id)
    return get_object_or_404(visible, pk=token_id)


def token_of(secret: str) -> ApiToken | None:
    """Whose token this is, with its operator; None for an unknown one. Asked by the door, before any context.

    The door sees the one row whose digest it names (`house.grants`), whatever it asks for. What was mistyped, or
    copied in part, is known without asking.
    """
    if not is_whole(secret):
        return None
    digest = digest_of(secret)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('rozlicz.token', %s, true)", [digest])
        return ApiToken.objects.select_related("operator").filter(digest=digest).first()
