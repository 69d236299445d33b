"""Every read of requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.house.lists import holding
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.models import Attachment, Request, RequestState

OVERDUE, RUNNING = "overdue", "running"
"""Deadlines that the list may be filtered by: passed, and still to come."""

AWAITS_PAPER = Q(state=RequestState.ACCEPTED, paper_by__isnull=False, paper_on=None)
"""Accepted on a scan, and the paper has not come."""

IN_HAND = (RequestState.FILED, RequestState.TO_COMPLETE)


def requests_for(operator: Operator) -> QuerySet[Request]:
    """The requests an operator may see: a provider its own, the branch every one that was ever filed."""
    visible = Request.objects.select_related("provider")
    if operator.is_payer:
        return visible.filter(filed_on__isnull=False)
    return visible.filter(provider=operator.provider_id)


def requests_found(
    operator: Operator, *, text: str = "", kind: str = "", state: str = "", deadline: str = "", today: date
) -> QuerySet[Request]:
    """Those of `requests_for` with that text in number or provider, that kind, state, and deadline."""
    found = requests_for(operator).annotate(
        is_settled=~Q(state__in=IN_HAND), due=Coalesce("complete_by", "answer_by", "drafted_at__date")
    )
    if text:
        found = found.filter(holding(text, operator, "number"))
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(state=state)
    if deadline:
        late = (
            Q(state=RequestState.FILED, answer_by__lt=today)
            | Q(state=RequestState.TO_COMPLETE, complete_by__lt=today)
            | AWAITS_PAPER & Q(paper_by__lt=today)
        )
        found = found.filter(Q(state__in=IN_HAND) | AWAITS_PAPER)
        found = found.filter(late) if deadline == OVERDUE else found.exclude(late)
    return found


def request_for(operator: Operator, request_id: int) -> Request:
    """One request by its key. Raises Http404 for what does not exist, is another's, or is a draft of a provider's."""
    return get_object_or_404(requests_for(operator), pk=request_id)


def attachments_of(request: Request) -> list[Attachment]:
    """The files that count, in the order in which they came."""
    return list(request.attachments.filter(taken_off_at=None).order_by("pk"))


def attachment_for(operator: Operator, request_id: int, attachment_id: int) -> Attachment:
    """One file of a request. Raises Http404."""
    request = request_for(operator, request_id)
    return get_object_or_404(request.attachments, pk=attachment_id, taken_off_at=None)


def refusal_of(request: Request) -> str:
    """Why the branch refused; empty while, and where, it did not."""
    if request.state != RequestState.REFUSED:
        return ""
    return request.steps.filter(transition="refuse").latest("pk").reason


def decides(operator: Operator, request: Request) -> bool:
    """Whether the operator decides on requests of this kind."""
    return operator.may(Right.DECIDE_REQUESTS) and KINDS[request.kind].decided_by in operator.roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Requests on which the operator has to act, the most urgent first, and how many there are."""

    requests: list[Request]
    number: int


_SHOWN = 5


def waiting_for(operator: Operator) -> Waiting:
    """A provider's own to complete, or whose paper it still owes; for the branch those that its roles decide on."""
    if operator.is_payer:
        mine = [kind.code for kind in KINDS.values() if kind.decided_by in operator.roles]
        found = requests_for(operator).filter(state=RequestState.FILED, kind__in=mine).order_by("answer_by")
    else:
        mine = Q(state=RequestState.TO_COMPLETE) | AWAITS_PAPER
        found = requests_for(operator).filter(mine).order_by(Coalesce("paper_by", "complete_by"))
    return Waiting(requests=list(found[:_SHOWN]), number=found.count())
