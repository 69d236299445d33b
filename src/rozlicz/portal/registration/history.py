"""What happened to a registration, out of the book of acts: its decisions, papers and suspensions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.acts import ACTS
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.house import formatting
from rozlicz.portal.registration.models import PaperKind, Registration

_OF_THE_REGISTRATION = (
    "registration.filed",
    "registration.regulations_accepted",
    "registration.paper_sent",
    "registration.paper_not_taken",
    "registration.completion_asked",
    "registration.accepted",
    "registration.refused",
    "registration.paper_arrived",
)
_OF_THE_PARTY = ("provider.suspended", "provider.suspension_lifted")
_HOLD_A_DAY = {"registration.regulations_accepted", "registration.paper_arrived"}
_OF_A_PAPER = {"registration.paper_sent", "registration.paper_not_taken"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One act: when, what, who did it, and what was said of it."""

    at: datetime
    act: str
    words: Promise
    who: str
    said: str


def history_of(operator: Operator, registration: Registration) -> list[Event]:
    """What happened to a registration that was filed, the oldest first; the saving of its steps is left out."""
    demand(operator, Right.DECIDE_REGISTRATIONS)
    number = str(registration.pk)
    wanted = Q(act__in=_OF_THE_REGISTRATION) & (Q(subject=number) | Q(subject__startswith=f"{number} "))
    if registration.provider_id:
        wanted |= Q(act__in=_OF_THE_PARTY, provider=registration.provider_id)
    found = Entry.objects.filter(wanted, at__gte=registration.started_at).select_related("operator")
    return [
        Event(at=one.at, act=one.act, words=ACTS[one.act], who=_who(one), said=_said(one))
        for one in found.order_by("at", "id")
    ]


def _who(entry: Entry) -> str:
    if entry.operator:
        return str(entry.operator.full_name)
    return _("the portal itself") if entry.act in _OF_THE_PARTY else _("the applicant")


def _said(entry: Entry) -> str:
    if entry.act in _HOLD_A_DAY:
        day = entry.reason or entry.subject.rpartition(" ")[2]
        return formatting.day(date.fromisoformat(day))
    if entry.act in _OF_A_PAPER:
        kind = str(PaperKind(entry.subject.rpartition(" ")[2]).label)
        return f"{kind}. {entry.reason}" if entry.reason else kind
    return str(entry.reason)
