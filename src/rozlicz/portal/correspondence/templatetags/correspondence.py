"""What correspondence shows on pages of others: `{% load correspondence %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context

from rozlicz import __version__
from rozlicz.kernel.branches import branch_of
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.correspondence import help_pages
from rozlicz.portal.correspondence.queries.announcements import current_announcements, unread_announcements
from rozlicz.portal.correspondence.queries.documents import shelves_on
from rozlicz.portal.correspondence.queries.parcels import unread_parcels
from rozlicz.portal.correspondence.queries.surveys import open_surveys
from rozlicz.portal.correspondence.queries.tickets import tickets_found
from rozlicz.portal.house.formatting import page_language

register = template.Library()

_SHOWN = 5


@register.inclusion_tag("correspondence/first_page_ways.html")
def first_page_ways() -> dict[str, Any]:
    """What stands under the log-in: registration, help for who cannot come in, the newest public announcements."""
    return {"announcements": current_announcements(None, warsaw_day(now()))[:_SHOWN]}


@register.inclusion_tag("correspondence/first_page.html")
def first_page() -> dict[str, Any]:
    """What stands beside the log-in: the words on each field (P11), the five documents (P5), help, whom to ask (R17).

    Nothing here depends on who reads: only what is public is shown.
    """
    today = warsaw_day(now())
    shelves, pages = shelves_on(today), help_pages.all_pages(page_language())
    changes = [
        *(warsaw_day(version.at) for version in current_announcements(None, today)[:_SHOWN]),
        *(shelf.current.valid_from for shelf in shelves if shelf.current),
        *(one.changed for one in pages),
    ]
    return {
        "branch": branch_of(settings.BRANCH),
        "shelves": shelves,
        "help_pages": pages,
        "version": __version__,
        "changed": max((one for one in changes if one <= today), default=today),
    }


@register.inclusion_tag("correspondence/desk.html", takes_context=True)
def waiting(context: Context) -> dict[str, Any]:
    """A section of the desk: unread announcements and parcels, surveys to answer, tickets to look at; or nothing."""
    operator, today = context["request"].user, warsaw_day(now())
    found: dict[str, Any] = {
        "request": context["request"],
        "announcements": unread_announcements(operator, today)[:_SHOWN],
    }
    if operator.may(Right.SEE_CORRESPONDENCE):
        found["parcels"] = unread_parcels(operator)[:_SHOWN]
        if not operator.is_payer:
            found["surveys"] = open_surveys(operator, today)[:_SHOWN]
            found["tickets"] = tickets_found(operator, state="answered")[:_SHOWN]
        elif operator.may(Right.ANSWER_TICKETS):
            found["tickets"] = tickets_found(operator, state="open")[:_SHOWN]
    return found
