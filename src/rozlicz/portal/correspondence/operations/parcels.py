"""Parcels are sent, answered, opened by the receiver, put away and taken back. Nothing else ever happens to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.correspondence.models import (
    Direction,
    Parcel,
    ParcelArchiving,
    ParcelFile,
    ParcelReading,
)
from rozlicz.portal.correspondence.queries.parcels import incoming
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.house.uploads import keep
from rozlicz.portal.providers.models import Provider


class UnableToSendParcel(UnableTo):
    """The parcel was not sent."""


@transaction.atomic
def send_parcel(
    *,
    operator: Operator,
    provider: Provider,
    title: str,
    text: str,
    files: Sequence[File[Any]] = (),
    answers: Parcel | None = None,
    at: datetime,
) -> Parcel:
    """Send letter and files: a provider's operator to the branch, the branch's to `provider`.

    `answers` is the parcel to which this one answers. Raises UnableToSendParcel for an empty one, UnableToKeepFile.
    """
    demand(operator, Right.SEND_CORRESPONDENCE)
    if not operator.is_payer and operator.provider_id != provider.pk:
        raise ValueError("a provider sends parcels in its own name only")
    if answers is not None and answers.provider_id != provider.pk:
        raise ValueError("an answer goes to whom the parcel was from")
    if not files and not text.strip():
        raise UnableToSendParcel(_EMPTY)
    parcel = Parcel.objects.create(
        provider=provider,
        direction=Direction.FROM_BRANCH if operator.is_payer else Direction.TO_BRANCH,
        title=title,
        text=text,
        answers=answers,
        sent_at=at,
        sent_by=operator,
        sender=operator.full_name,
    )
    ParcelFile.objects.bulk_create(
        ParcelFile(provider=provider, parcel=parcel, **asdict(kept)) for kept in keep(files)
    )
    record("parcel.sent", operator=operator, provider_id=provider.pk, subject=parcel.number, at=at)
    return parcel


@transaction.atomic
def open_parcel(*, operator: Operator, parcel: Parcel, at: datetime) -> None:
    """The receipt of the receiver: who opens the parcel first on its side is noted, nobody of the sender's side."""
    if parcel.direction != incoming(operator):
        return
    reading, first = ParcelReading.objects.get_or_create(
        parcel=parcel,
        defaults={
            "provider_id": parcel.provider_id,
            "at": at,
            "operator": operator,
            "reader": operator.full_name,
        },
    )
    if first:
        parcel.reading = reading
        record("parcel.read", operator=operator, provider_id=parcel.provider_id, subject=parcel.number, at=at)


@transaction.atomic
def archive_parcel(*, operator: Operator, parcel: Parcel, at: datetime) -> None:
    """Put a parcel away from the list of the operator's side; it stays to be found in the archive."""
    demand(operator, Right.SEND_CORRESPONDENCE)
    _row, first = ParcelArchiving.objects.get_or_create(
        parcel=parcel,
        by_branch=operator.is_payer,
        taken_back_at=None,
        defaults={"provider_id": parcel.provider_id, "at": at, "operator": operator},
    )
    if first:
        record(
            "parcel.archived",
            operator=operator,
            provider_id=parcel.provider_id,
            subject=parcel.number,
            at=at,
        )


@transaction.atomic
def take_parcel_back(*, operator: Operator, parcel: Parcel, at: datetime) -> None:
    """Put a parcel back from the archive of the operator's side into its list; nothing when it is not there."""
    demand(operator, Right.SEND_CORRESPONDENCE)
    taken = ParcelArchiving.objects.filter(
        parcel=parcel, by_branch=operator.is_payer, taken_back_at=None
    ).update(taken_back_at=at, taken_back_by=operator)
    if taken:
        record(
            "parcel.taken_back",
            operator=operator,
            provider_id=parcel.provider_id,
            subject=parcel.number,
            at=at,
        )


_EMPTY = Text(
    pl="Przesyłka jest pusta. Proszę napisać treść albo dołączyć plik.",
    en="The parcel is empty. Write a text, or attach a file.",
)
