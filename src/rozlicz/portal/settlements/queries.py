"""Every read of settlements."""

from __future__ import annotations

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.http import Http404
from django.shortcuts import get_object_or_404

from rozlicz.kernel.months import Month
from rozlicz.messages.templates import Template as TemplateMessage
from rozlicz.messages.templates import TemplateLine as TemplateMessageLine
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.clock import warsaw_time
from rozlicz.portal.contracts.models import Contract, PlanRow
from rozlicz.portal.house.lists import holding
from rozlicz.portal.settlements.models import CapExplanation, SettlementRequest, Template, TemplatePosition

LIVE = [BillState.ACCEPTED, BillState.APPROVED, BillState.PAID]


def requests_for(operator: Operator) -> QuerySet[SettlementRequest]:
    """Requests an operator may see, the newest first."""
    visible = SettlementRequest.objects.select_related("contract", "provider")
    return visible if operator.is_payer else visible.filter(provider=operator.provider_id)


def request_for(operator: Operator, request_id: int) -> SettlementRequest:
    """One request. Raises Http404 for what does not exist or is another's."""
    return get_object_or_404(requests_for(operator), pk=request_id)


def explanation_of(asked: SettlementRequest, scope: str, distinguisher: int) -> CapExplanation:
    """The explanation of one scope of a calculation. Raises Http404 when it has none."""
    # Compared here: the address may hold what the database refuses as text.
    numbered = asked.explanations.filter(distinguisher=distinguisher)
    found = next((one for one in numbered if one.scope == scope), None)
    if found is None:
        raise Http404
    return found


def templates_for(operator: Operator) -> QuerySet[Template]:
    """Templates an operator may see, the newest first, each with whether it is `billed`."""
    visible = Template.objects.select_related("contract", "provider", "corrects").annotate(
        billed=Exists(Bill.objects.filter(template=OuterRef("pk"), state__in=LIVE))
    )
    return visible if operator.is_payer else visible.filter(provider=operator.provider_id)


def templates_found(operator: Operator, *, text: str = "", state: str = "") -> QuerySet[Template]:
    """Those of `templates_for` whose number, contract or provider holds the text; `state`: issued or billed."""
    found = templates_for(operator)
    if text:
        found = found.annotate(digits=Cast("number", CharField())).filter(
            holding(text, operator, "digits", "contract__code")
        )
    return found.filter(billed=state == "billed") if state else found


def template_for(operator: Operator, number: int) -> Template:
    """One template by its number. Raises Http404 for what does not exist or is another's."""
    return get_object_or_404(templates_for(operator), number=number)


def template_message(template: Template) -> TemplateMessage:
    """The template as the message R_UMX carries it."""
    return TemplateMessage(
        number=template.number,
        contract=template.contract.code,
        annex=template.annex,
        branch=settings.BRANCH,
        provider=template.provider.code,
        month=Month.from_number(template.month),
        issued_at=warsaw_time(template.issued_at),
        corrects=template.corrects.number if template.corrects else None,
        person=template.person,
        country=template.country,
        lines=tuple(
            TemplateMessageLine(
                scope=line.scope,
                distinguisher=line.distinguisher,
                product=line.product,
                name=line.name,
                unit_name=line.unit_name,
                units=line.units,
                price=line.price,
                amount=line.amount,
            )
            for line in template.lines.all()
        ),
    )


def scope_names(contract: Contract) -> dict[tuple[str, int], str]:
    """The names of a contract's scopes by code and distinguishing number, as its newest annex has them."""
    newest = contract.files.order_by("-annex")[:1]
    rows = PlanRow.objects.filter(contract_file__in=newest).values_list(
        "scope", "distinguisher", "scope_name"
    )
    return {(scope, distinguisher): name for scope, distinguisher, name in rows.distinct()}


def positions_of(template: Template) -> QuerySet[TemplatePosition]:
    """The positions a template holds, in the order in which they were taken; there may be very many."""
    return TemplatePosition.objects.filter(template_id=template.pk).order_by("id")
