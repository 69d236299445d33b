"""What the desk says of registrations: `{% load registration %}{% registrations_waiting %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.registration.queries import paper_owed_by, waiting_for_branch

register = template.Library()


@register.inclusion_tag("registration/waiting.html", takes_context=True)
def registrations_waiting(context: Context) -> dict[str, Any]:
    """To the branch: what is to be decided, and papers that are awaited. To a party: the paper that it owes."""
    operator = context["request"].user
    if operator.is_payer:
        return {"waiting": waiting_for_branch(operator)} if operator.may(Right.DECIDE_REGISTRATIONS) else {}
    return {"paper_due_on": paper_owed_by(operator), "today": warsaw_day(now())}
