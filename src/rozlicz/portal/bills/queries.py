"""Every read of bills."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404

from rozlicz.documents.attachments import Entitlement, Right
from rozlicz.kernel.countries import COORDINATION_DOCUMENTS
from rozlicz.kernel.months import Month
from rozlicz.messages.bills import Bill as BillMessage
from rozlicz.messages.fakt_rach import read_bill
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.queries import name_of
from rozlicz.portal.bills import sql
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.house import files
from rozlicz.portal.house.lists import holding
from rozlicz.portal.settlements.models import Template

LIVE = [BillState.ACCEPTED, BillState.APPROVED, BillState.PAID]
MAYORS_DECISION = "DEC"


def bills_for(operator: Operator) -> QuerySet[Bill]:
    """Bills an operator may see, the newest first."""
    visible = Bill.objects.select_related("contract", "provider", "template")
    return visible if operator.is_payer else visible.filter(provider=operator.provider_id)


def bills_found(operator: Operator, *, text: str = "", state: str = "") -> QuerySet[Bill]:
    """Those of `bills_for` whose number, file, contract or provider holds the text, and that have the state."""
    found = bills_for(operator)
    if text:
        found = found.filter(holding(text, operator, "number", "file_name", "contract__code"))
    return found.filter(state=state) if state else found


def bill_for(operator: Operator, bill_id: int) -> Bill:
    """One bill. Raises Http404 for what does not exist or is another's."""
    whole = (
        bills_for(operator)
        .select_related("approved_by", "payment__run")
        .annotate(sender=name_of("received_by_id"))
        .prefetch_related("attachments")
    )
    return get_object_or_404(whole, pk=bill_id)


def bills_awaiting_approval(operator: Operator) -> QuerySet[Bill]:
    """Accepted bills in the order in which they must be paid."""
    return bills_for(operator).filter(state=BillState.ACCEPTED).order_by("due_on", "id")


def everything_billed(operator: Operator, month: Month) -> bool:
    """Whether a provider has delivered a bill of the month and no template waits for its bill."""
    live = Bill.objects.filter(provider=operator.provider_id, state__in=LIVE)
    unbilled = Template.objects.filter(provider=operator.provider_id).exclude(
        Exists(live.filter(template=OuterRef("pk")))
    )
    return live.filter(month=month.number).exists() and not unbilled.exists()


def numbers_used(provider_id: int) -> set[str]:
    """Numbers of the bills that were accepted from a provider."""
    return set(Bill.objects.filter(provider=provider_id, state__in=LIVE).values_list("number", flat=True))


def live_bill_of(template: Template | None) -> Bill | None:
    """The accepted bill of a template, if there is one."""
    return Bill.objects.filter(template=template, state__in=LIVE).first() if template else None


def refused_message_of(template: Template) -> BillMessage | None:
    """What the last refused bill of a template said, so that nothing of it must be typed again; None without one."""
    refused = Bill.objects.filter(template=template, state=BillState.REFUSED).order_by("-id").first()
    if refused is None:
        return None
    with files.opened(refused.file) as file:
        return read_bill(file)[1]


def entitlements_of(template: Template) -> list[Entitlement]:
    """The rights that ask for attachments, of the services that a template settles."""
    documents = [MAYORS_DECISION, *COORDINATION_DOCUMENTS]
    return [
        Entitlement(
            right=Right.MAYORS_DECISION if document == MAYORS_DECISION else Right.COORDINATION,
            document=document,
            number=number or "",
            country=country,
            valid_from=valid_from,
            valid_to=valid_to,
            services_from=first,
            services_to=last,
        )
        for document, number, country, valid_from, valid_to, first, last in _rows(
            sql.ENTITLEMENTS, template, documents=documents
        )
    ]


def first_service_of(template: Template) -> date | None:
    """The first day of the services that a template settles; None when none is known any more."""
    [(day,)] = _rows(sql.FIRST_SERVICE, template)
    found: date | None = day
    return found


def _rows(query: str, template: Template, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"provider": template.provider_id, "template": template.pk} | values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
