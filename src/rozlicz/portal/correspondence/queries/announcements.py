"""Every read of announcements, and who something of the branch is for."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.correspondence.models import (
    AnnouncementFile,
    AnnouncementReading,
    AnnouncementVersion,
    Audience,
    Recipient,
)


def reader_of(request: HttpRequest) -> Operator | None:
    """Who reads a page that is open to all: the operator, or None for whoever is not logged in."""
    return request.user if getattr(request, "acting_for_operator", False) else None


def addressed_to(reader: Operator | None, thing: str) -> Q:
    """The condition that something of the branch is for this reader; `thing`: `version` or `survey`.

    The branch reads everything. A provider reads what is for all, for its kind, or for itself by name.
    """
    if reader is None:
        return Q(audience=Audience.PUBLIC)
    if reader.is_payer:
        return Q()
    named = Recipient.objects.filter(**{thing: OuterRef("pk")}, provider=reader.provider_id, is_removed=False)
    return (
        Q(audience__in=[Audience.PUBLIC, Audience.PARTIES])
        | Q(audience=Audience.KINDS, party_kinds__contains=[reader.provider.party_kind])
        | (Q(audience=Audience.PROVIDERS) & Exists(named))
    )


def announcements_for(reader: Operator | None) -> QuerySet[AnnouncementVersion]:
    """What announcements say now, as far as the reader may know; the newest first. Only the branch sees withdrawn."""
    current = AnnouncementVersion.objects.select_related("announcement").filter(
        addressed_to(reader, "version"), announcement__current=F("pk")
    )
    if reader is None or not reader.is_payer:
        current = current.filter(announcement__withdrawn_at__isnull=True)
    return current.order_by("-announcement_id")


def current_announcements(reader: Operator | None, today: date) -> QuerySet[AnnouncementVersion]:
    """Those that are valid on this day."""
    return announcements_for(reader).filter(valid_until__gte=today, announcement__withdrawn_at__isnull=True)


def announcements_found(
    reader: Operator | None, *, today: date, text: str = "", archive: bool = False
) -> QuerySet[AnnouncementVersion]:
    """Current ones, or those whose day has passed (for the branch also the withdrawn), that hold the text."""
    shown = Q(valid_until__gte=today, announcement__withdrawn_at__isnull=True)
    found = announcements_for(reader).filter(~shown if archive else shown)
    return found.filter(Q(title__icontains=text) | Q(text__icontains=text)) if text else found


def announcement_for(reader: Operator | None, announcement_id: int) -> AnnouncementVersion:
    """The current version of one announcement, also of a withdrawn one. Raises Http404."""
    found = (
        AnnouncementVersion.objects.select_related("announcement")
        .prefetch_related("files")
        .filter(addressed_to(reader, "version"), announcement__current=F("pk"), announcement=announcement_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def earlier_versions(version: AnnouncementVersion) -> QuerySet[AnnouncementVersion]:
    """What the announcement said before, the newest first."""
    others = version.announcement.versions.exclude(pk=version.pk)
    return others.prefetch_related("files").order_by("-number")


def file_of(reader: Operator | None, version: AnnouncementVersion, file_id: int) -> AnnouncementFile | None:
    """A file of an announcement: for the branch of any of its versions, for others of the one that holds."""
    files = AnnouncementFile.objects.filter(pk=file_id)
    if reader is not None and reader.is_payer:
        return files.filter(version__announcement=version.announcement_id).first()
    return files.filter(version=version).first() if version.announcement.withdrawn_at is None else None


def unread_announcements(operator: Operator, today: date) -> QuerySet[AnnouncementVersion]:
    """Current ones that the operator has not opened."""
    read = AnnouncementReading.objects.filter(version=OuterRef("pk"), operator=operator.pk)
    return current_announcements(operator, today).filter(~Exists(read))


def state_of(version: AnnouncementVersion, today: date) -> str:
    """The code of its state, for `{% state %}`."""
    if version.announcement.withdrawn_at is not None:
        return "withdrawn"
    return "current" if version.valid_until >= today else "expired"
