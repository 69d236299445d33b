"""What the desk says of requests: `{% load requests %}{% requests_waiting %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.functional import Promise

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.models import Request
from rozlicz.portal.requests.queries import waiting_for

register = template.Library()


@register.inclusion_tag("requests/waiting.html", takes_context=True)
def requests_waiting(context: Context) -> dict[str, Any]:
    """The requests that wait for this operator: to be decided, or to be completed."""
    operator = context["request"].user
    if not (operator.may(Right.DECIDE_REQUESTS) or operator.may(Right.FILE_REQUESTS)):
        return {}
    waiting = waiting_for(operator)
    return {"waiting": waiting, "is_payer": operator.is_payer}


@register.filter
def kind_name(request: Request) -> Promise:
    """The name of a request's kind."""
    return KINDS[request.kind].name
