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
    *,
    operator: Operator,
    ticket: Ticket,
    text: str,
    files: Sequence[File[Any]] = (),
    closes: bool = False,
    at: datetime,
) -> TicketPost:
    """The branch answers, the provider writes on; either may close the ticket. A later question opens it again.

    Raises UnableToReport for a post that says nothing, UnableToKeepFile.
    """
    demand(operator, Right.ANSWER_TICKETS if operator.is_payer else Right.SEND_CORRESPONDENCE)
    if not text.strip() and not closes:
        raise UnableToReport(_NOTHING_SAID)
    said = (
        (PostKind.ANSWER, "ticket.answered") if operator.is_payer else (PostKind.QUESTION, "ticket.continued")
    )
    kind, act = (PostKind.CLOSING, "ticket.closed") if closes else said
    post = _post(operator, ticket, kind=kind, text=text, files=files, at=at)
    record(act, operator=operator, provider_id=ticket.provider_id, subject=ticket.number, at=at)
    return post


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
_NOTHING_SAID = Text(
    pl="Proszę napisać, o co chodzi.",
    en="Write what it is about.",
)
