"""Reports to the operator of the portal are opened, answered, continued and closed."""

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
from rozlicz.portal.correspondence.models import PostKind, Ticket, TicketFile, TicketPost
from rozlicz.portal.correspondence.queries.tickets import ticket_for
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.house.uploads import keep


class UnableToReport(UnableTo):
    """The report to the operator was not opened, answered or closed."""


@transaction.atomic
def open_ticket(
    *,
    operator: Operator,
    subject: str,
    area: str,
    text: str,
    files: Sequence[File[Any]] = (),
    at: datetime,
) -> Ticket:
    """Report something to the operator of the portal. `area`: of TicketArea.

    Raises UnableToReport when the branch itself would report, UnableToKeepFile.
    """
    demand(operator, Right.SEND_CORRESPONDENCE)
    if operator.is_payer:
        raise UnableToReport(_BY_PROVIDERS)
    ticket = Ticket.objects.create(
        provider=operator.provider, subject=subject, area=area, opened_at=at, opened_by=operator
    )
    _post(operator, ticket, kind=PostKind.QUESTION, text=text, files=files, at=at)
    record("ticket.opened", operator=operator, provider_id=ticket.provider_id, subject=ticket.number, at=at)
    return ticket


@transaction.atomic
def add_post(
    *, operator: Operator, ticket: Ticket, text: str, files: Sequence[File[Any]] = (), at: datetime
) -> TicketPost:
    """Answer (the branch) or write on (the provider, which opens a closed ticket again). Raises UnableToKeepFile."""
    demand(operator, _right_of(operator))
    kind, act = (
        (PostKind.ANSWER, "ticket.answered") if operator.is_payer else (PostKind.QUESTION, "ticket.continued")
    )
    post = _post(operator, ticket, kind=kind, text=text, files=files, at=at)
    record(act, operator=operator, provider_id=ticket.provider_id, subject=ticket.number, at=at)
    return post


@transaction.atomic
def close_ticket(*, operator: Operator, ticket: Ticket, text: str = "", at: datetime) -> None:
    """Say that nothing more is to be done, either side. Raises UnableToReport when it is closed already."""
    demand(operator, _right_of(operator))
    if ticket_for(operator, ticket.pk).state == "closed":
        raise UnableToReport(_CLOSED.filled(number=ticket.number))
    _post(operator, ticket, kind=PostKind.CLOSING, text=text, at=at)
    record("ticket.closed", operator=operator, provider_id=ticket.provider_id, subject=ticket.number, at=at)


def _right_of(operator: Operator) -> Right:
    return Right.ANSWER_TICKETS if operator.is_payer else Right.SEND_CORRESPONDENCE


def _post(
    operator: Operator,
    ticket: Ticket,
    *,
    kind: str,
    text: str,
    files: Sequence[File[Any]] = (),
    at: datetime,
) -> TicketPost:
    post = TicketPost.objects.create(
        provider_id=ticket.provider_id,
        ticket=ticket,
        kind=kind,
        from_branch=operator.is_payer,
        text=text,
        at=at,
        by=operator,
        author=operator.full_name,
    )
    TicketFile.objects.bulk_create(
        TicketFile(provider_id=ticket.provider_id, post=post, **asdict(kept)) for kept in keep(files)
    )
    return post


_BY_PROVIDERS = Text(
    pl="Zgłoszenia do operatora portalu wysyłają świadczeniodawcy.",
    en="Reports to the operator of the portal are sent by providers.",
)
_CLOSED = Text(
    pl="Zgłoszenie {number} jest już zamknięte.",
    en="The report {number} is closed already.",
)
