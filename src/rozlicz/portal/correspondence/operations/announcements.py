"""Announcements are published, corrected by a new version, withdrawn, and read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.correspondence.models import (
    Announcement,
    AnnouncementFile,
    AnnouncementReading,
    AnnouncementVersion,
    Audience,
    Recipient,
)
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.house.uploads import keep
from rozlicz.portal.providers.models import Provider


class UnableToAnnounce(UnableTo):
    """The announcement was not published, corrected or withdrawn."""


class CorrectedMeanwhile(UnableToAnnounce):
    """Somebody else has corrected the announcement since it was looked at; `present` is what it says now."""

    def __init__(self, present: AnnouncementVersion) -> None:
        super().__init__(
            Text(
                pl="W międzyczasie komunikat poprawiono ({person}): obowiązuje wersja {number}, pokazana pod "
                "formularzem. Wpisana treść została; ponowne wysłanie ogłosi ją w miejsce tamtej.",
                en="Meanwhile {person} has corrected the announcement: version {number} holds, shown below the "
                "form. What you typed is kept; sent once more, it is published in the place of that one.",
            ).filled(person=present.by.full_name, number=present.number)
        )
        self.present = present


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressees:
    """For whom something of the branch is: an audience, and where it asks for them the kinds or the providers."""

    audience: str
    party_kinds: Sequence[str] = ()
    providers: Sequence[Provider] = ()

    @property
    def kinds(self) -> list[str]:
        """The kinds of parties; none where the audience is not chosen by kind."""
        return list(self.party_kinds) if self.audience == Audience.KINDS else []

    @property
    def named(self) -> list[Provider]:
        """The providers; none where the audience is not chosen by name."""
        return list(self.providers) if self.audience == Audience.PROVIDERS else []


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """What an announcement says: plain text, the last day on which it is current, and for whom it is."""

    title: str
    text: str
    valid_until: date
    addressees: Addressees


@transaction.atomic
def publish_announcement(
    *, operator: Operator, announced: Announced, files: Sequence[File[Any]] = (), at: datetime
) -> Announcement:
    """Publish a new announcement. Raises UnableToAnnounce, UnableToKeepFile."""
    demand(operator, Right.ANNOUNCE)
    announcement = Announcement.objects.create(published_at=at)
    version = _next_version(operator, announcement, announced, 1, at)
    _attach(version, files)
    record("announcement.published", operator=operator, provider_id=None, subject=announced.title, at=at)
    return announcement


@transaction.atomic
def correct_announcement(
    *,
    operator: Operator,
    announcement: Announcement,
    seen: int,
    announced: Announced,
    files: Sequence[File[Any]] = (),
    keep_files: bool = True,
    at: datetime,
) -> AnnouncementVersion:
    """Publish a new version; the former one stays as it was. `keep_files`: its files belong to the new one too.

    `seen` is the number of the version that was looked at. Raises CorrectedMeanwhile when another one holds by now,
    UnableToAnnounce when the announcement was withdrawn, UnableToKeepFile. Locks the announcement.
    """
    demand(operator, Right.ANNOUNCE)
    former = _not_withdrawn(announcement).current
    if former.number != seen:
        raise CorrectedMeanwhile(former)
    version = _next_version(operator, announcement, announced, former.number + 1, at)
    if keep_files:
        _take_over(version, former.files.all())
    _attach(version, files)
    record("announcement.corrected", operator=operator, provider_id=None, subject=announced.title, at=at)
    return version


@transaction.atomic
def withdraw_announcement(
    *, operator: Operator, announcement: Announcement, reason: str, at: datetime
) -> None:
    """Take an announcement from all lists; at its address stands the reason. Raises UnableToAnnounce."""
    demand(operator, Right.ANNOUNCE)
    locked = _not_withdrawn(announcement)
    locked.withdrawn_at, locked.withdrawn_by, locked.withdrawn_reason = at, operator, reason
    locked.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(
        "announcement.withdrawn",
        operator=operator,
        provider_id=None,
        subject=locked.current.title,
        reason=reason,
        at=at,
    )


@transaction.atomic
def note_reading(*, operator: Operator, version: AnnouncementVersion, at: datetime) -> None:
    """Note that the operator has opened this version; the first time counts."""
    _reading, first = AnnouncementReading.objects.get_or_create(
        version=version, operator=operator, provider=operator.provider, defaults={"at": at}
    )
    if first:
        record(
            "announcement.read",
            operator=operator,
            provider_id=operator.provider_id,
            subject=version.title,
            at=at,
        )


def _not_withdrawn(announcement: Announcement) -> Announcement:
    locked = Announcement.objects.select_for_update().get(pk=announcement.pk)
    if locked.withdrawn_at is not None:
        raise UnableToAnnounce(
            Text(
                pl="Komunikat został już wycofany i nie zmienia się go. Proszę ogłosić nowy.",
                en="The announcement has been withdrawn and is changed no more. Publish a new one.",
            )
        )
    return locked


def _next_version(
    operator: Operator, announcement: Announcement, announced: Announced, number: int, at: datetime
) -> AnnouncementVersion:
    if announced.valid_until < warsaw_day(at):
        raise UnableToAnnounce(
            Text(
                pl="Dzień „Ważne do” ({day}) już minął. Proszę wpisać dzisiejszy lub późniejszy.",
                en="The day “Valid until” ({day}) has passed. Enter today or a later day.",
            ).filled(day=announced.valid_until)
        )
    to = announced.addressees
    version = AnnouncementVersion.objects.create(
        announcement=announcement,
        number=number,
        title=announced.title,
        text=announced.text,
        valid_until=announced.valid_until,
        audience=to.audience,
        party_kinds=to.kinds,
        at=at,
        by=operator,
    )
    Recipient.objects.bulk_create(Recipient(version=version, provider=one) for one in to.named)
    Announcement.objects.filter(pk=announcement.pk).update(current=version)
    announcement.current = version
    return version


def _attach(version: AnnouncementVersion, files: Sequence[File[Any]]) -> None:
    AnnouncementFile.objects.bulk_create(
        AnnouncementFile(version=version, **asdict(kept)) for kept in keep(files)
    )


def _take_over(version: AnnouncementVersion, former: Iterable[AnnouncementFile]) -> None:
    AnnouncementFile.objects.bulk_create(
        AnnouncementFile(
            version=version,
            file=one.file,
            file_name=one.file_name,
            sha256=one.sha256,
            size=one.size,
            content_type=one.content_type,
        )
        for one in former
    )
