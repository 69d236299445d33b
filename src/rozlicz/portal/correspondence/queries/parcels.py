"""Every read of parcels."""

from __future__ import annotations

import re

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import Http404

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.correspondence.models import Parcel, ParcelArchiving, ParcelFile
from rozlicz.portal.house.lists import holding

_NUMBER = re.compile(r"(?:P/\d{4}/)?0*(\d{1,15})", re.IGNORECASE)


def parcels_for(operator: Operator) -> QuerySet[Parcel]:
    """Parcels an operator may see, the newest first; `state` says whether it was opened or answered.

    `state`: unread, read, answered; what a provider sees of its own that nobody has opened yet is sent.
    """
    answered = Parcel.objects.filter(answers=OuterRef("pk"))
    visible = (
        Parcel.objects.select_related("provider", "reading")
        .annotate(
            state=Case(
                When(Exists(answered), then=Value("answered")),
                When(reading__isnull=False, then=Value("read")),
                When(direction=incoming(operator), then=Value("unread")),
                default=Value("sent"),
            )
        )
        .order_by("-id")
    )
    return visible if operator.is_payer else visible.filter(provider=operator.provider_id)


def incoming(operator: Operator) -> str:
    """The direction (of Direction) of what comes to the operator's side."""
    return "to_branch" if operator.is_payer else "from_branch"


def parcels_found(
    operator: Operator, *, text: str = "", direction: str = "", state: str = "", archive: bool = False
) -> QuerySet[Parcel]:
    """Those of `parcels_for` with the direction and the state that hold the text: number, words, name of a file.

    The branch finds them by the provider too. What the operator's side has put away is found in the archive only.
    """
    put_away = ParcelArchiving.objects.filter(
        parcel=OuterRef("pk"), by_branch=operator.is_payer, taken_back_at=None
    )
    found = parcels_for(operator).filter(Exists(put_away) if archive else ~Exists(put_away))
    if direction:
        found = found.filter(direction=direction)
    if state:
        found = found.filter(state=state)
    if text:
        with_file = ParcelFile.objects.filter(parcel=OuterRef("pk"), file_name__icontains=text)
        wanted = holding(text, operator, "title", "text") | Exists(with_file)
        if number := _NUMBER.fullmatch(text.strip()):
            wanted |= Q(pk=int(number[1]))
        found = found.filter(wanted)
    return found


def parcel_for(operator: Operator, parcel_id: int) -> Parcel:
    """One parcel. Raises Http404 for what does not exist or is another's."""
    found = (
        parcels_for(operator)
        .select_related("answers")
        .prefetch_related("files", "archivings", "answered_by")
        .filter(pk=parcel_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def unread_parcels(operator: Operator) -> QuerySet[Parcel]:
    """Parcels to the operator's side that nobody there has opened."""
    return parcels_for(operator).filter(direction=incoming(operator), reading__isnull=True)
