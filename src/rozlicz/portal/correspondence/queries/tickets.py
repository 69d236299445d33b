"""Every read of reports to the operator of the portal."""

from __future__ import annotations

import re

from django.db.models import Case, DateTimeField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.shortcuts import get_object_or_404

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.correspondence.models import PostKind, Ticket, TicketPost
from rozlicz.portal.house.lists import holding

_NUMBER = re.compile(r"(?:Z/\d{4}/)?0*(\d{1,15})", re.IGNORECASE)


def tickets_for(operator: Operator) -> QuerySet[Ticket]:
    """Tickets an operator may see, the newest first; `state` (open, answered, closed) follows from the last post."""
    last = TicketPost.objects.filter(ticket=OuterRef("pk")).order_by("-id")
    visible = (
        Ticket.objects.select_related("provider")
        .annotate(
            last_kind=Subquery(last.values("kind")[:1]),
            last_at=Subquery(last.values("at")[:1], output_field=DateTimeField()),
        )
        .annotate(
            state=Case(
                When(last_kind=PostKind.CLOSING, then=Value("closed")),
                When(last_kind=PostKind.ANSWER, then=Value("answered")),
                default=Value("open"),
            )
        )
        .order_by("-id")
    )
    return visible if operator.is_payer else visible.filter(provider=operator.provider_id)


def tickets_found(operator: Operator, *, text: str = "", state: str = "") -> QuerySet[Ticket]:
    """Those of `tickets_for` in the state that hold the text: number, subject; for the branch the provider too."""
    found = tickets_for(operator)
    if state:
        found = found.filter(state=state)
    if text:
        wanted = holding(text, operator, "subject")
        if number := _NUMBER.fullmatch(text.strip()):
            wanted |= Q(pk=int(number[1]))
        found = found.filter(wanted)
    return found


def ticket_for(operator: Operator, ticket_id: int) -> Ticket:
    """One ticket. Raises Http404 for what does not exist or is another's."""
    return get_object_or_404(tickets_for(operator).prefetch_related("posts__files"), pk=ticket_id)
