"""What the frame of every page shows: whose data it is, the areas, the reporting month, the next deadline."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rozlicz.documents.deadlines import bill_due
from rozlicz.kernel.branches import branch_of
from rozlicz.kernel.months import Month
from rozlicz.portal.accounts.administration.queries import administrators_of
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.bills.queries import everything_billed
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.providers.models import PartyKind

_AREAS = (
    (_("Desk"), "desk", None),
    (_("Contracts for services"), "contracts", Right.SEE_CONTRACTS),
    (_("Reporting"), "reports", Right.SEE_REPORTS),
    (_("Settlements"), "settlements", Right.SEE_SETTLEMENTS),
    (_("Bills"), "bills", Right.SEE_BILLS),
    (_("Payments"), "payments", Right.SEE_PAYMENTS),
    (_("Registrations"), "registrations", Right.DECIDE_REGISTRATIONS),
    (_("Requests"), "requests", Right.SEE_REQUESTS),
    (_("Correspondence"), "correspondence", Right.SEE_CORRESPONDENCE),
    (_("Administration and options"), "administration", None),
)
"""The areas: words, page, and the right without which the area is not shown."""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html; empty for those who are not logged in."""
    if not getattr(request, "acting_for_operator", False):
        return {}
    operator = request.user
    at = now()
    today = warsaw_day(at)
    month = Month.of(today).plus(-1)
    return {
        "party_name": branch_of(settings.BRANCH).name if operator.is_payer else operator.provider.name,
        "party_code": operator.party_code,
        "reporting_month": month,
        "next_deadline": _bill_deadline(operator, month, today) if _sends_bills(operator) else None,
        "may": operator.rights,
        "administrators": partial(administrators_of, operator, at),
        "home_name": request.home_name if operator.is_acting else "",
        "areas": [
            (label, reverse(name), request.path.startswith(reverse(name)))
            for label, name, right in _AREAS
            if right is None or operator.may(right)
        ],
    }


def _sends_bills(operator: Operator) -> bool:
    """A pharmacy or a subcontractor has no contract with the Fund, and so no bills."""
    return (
        not operator.is_payer
        and operator.provider.party_kind == PartyKind.PROVIDER
        and operator.may(Right.SEE_SETTLEMENTS)
    )


def _bill_deadline(operator: Operator, month: Month, today: date) -> dict[str, Any]:
    """The day by which the month's bills are to be delivered (R9); the next month's once they all are."""
    due = bill_due(month.plus(1) if everything_billed(operator, month) else month)
    return {"day": due, "days_left": (due - today).days, "label": _("Bills"), "url": reverse("settlements")}
