"""The first page of "Administration and options": what there is for this operator, each with a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.house.doors import for_operators


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line: words, a sentence, the page, and for whom; no right: for anybody of that side."""

    words: Promise
    sentence: Promise
    page: str
    right: Right | None = None
    side: Literal["provider", "branch", "both"] = "both"

    def is_for(self, operator: Operator) -> bool:
        """Whether this operator sees the line."""
        side = "branch" if operator.is_payer else "provider"
        return self.side in {side, "both"} and (self.right is None or operator.may(self.right))


ENTRIES: tuple[Entry, ...] = (
    Entry(
        words=_("Operators"),
        sentence=_("Who works in the portal, in which roles; adding, blocking, temporary passwords."),
        page="operators",
        right=Right.MANAGE_OPERATORS,
    ),
    Entry(
        words=_("Operators of providers"),
        sentence=_("Accounts of all parties of the branch, for when a provider has lost its administrator."),
        page="operators_of_parties",
        right=Right.MANAGE_OPERATORS,
        side="branch",
    ),
    Entry(
        words=_("Superiors and subordinates"),
        sentence=_("Groups of providers: whose operators may act for whom, and until when."),
        page="subordinations",
        right=Right.DECIDE_REGISTRATIONS,
        side="branch",
    ),
    Entry(
        words=_("Acting for others"),
        sentence=_("Work for a subordinate provider, and who may act for this one."),
        page="acting",
        side="provider",
    ),
    Entry(
        words=_("Installations"),
        sentence=_(
            "Programs that send messages, and the access tokens with which they use the portal by themselves."
        ),
        page="installations",
        right=Right.MANAGE_INSTALLATIONS,
    ),
    Entry(
        words=_("Roles and rights"),
        sentence=_("What each role allows, as one table."),
        page="roles",
    ),
    Entry(
        words=_("Rules of access"),
        sentence=_(
            "What the branch demands of passwords, second factors and sessions, from which day, and why."
        ),
        page="policies",
        right=Right.SET_POLICIES,
    ),
    Entry(
        words=_("Who did what"),
        sentence=_("The book of acts: who did what, when, from where and for whom."),
        page="audit",
        right=Right.SEE_AUDIT,
    ),
)
"""All lines, in the order in which they are shown."""


@for_operators
def administration(request: HttpRequest) -> HttpResponse:
    """The lines that are for this operator."""
    entries = [
        {"words": one.words, "sentence": one.sentence, "address": reverse(one.page)}
        for one in ENTRIES
        if one.is_for(request.user)
    ]
    return render(request, "administration/entrance.html", {"entries": entries})
