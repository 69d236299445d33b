"""The words and shapes for the states of things: one vocabulary for all pages.

A state is shown as a word and a shape, never by a colour alone; the same word everywhere. The Polish
words are impersonal (*przyjęto*, *odrzucono*), so that one word fits a report, a position and a bill.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Shape = Literal["good", "bad", "act", "wait", "move", "off"]
"""A tick, a cross, a triangle, an empty ring, a half ring, a bar: names of CSS classes `state-…`."""


class State(NamedTuple):
    """How one state looks: its shape and its word (a lazy translation)."""

    shape: Shape
    word: Promise


STATES: dict[str, State] = {
    # A message and the work on it.
    "received": State("wait", pgettext_lazy("state", "received")),
    "sent": State("wait", pgettext_lazy("state", "sent")),
    "queued": State("wait", pgettext_lazy("state", "queued")),
    "reading": State("move", pgettext_lazy("state", "reading")),
    "checking": State("move", pgettext_lazy("state", "checking")),
    "calculating": State("move", pgettext_lazy("state", "calculating")),
    "checked": State("good", pgettext_lazy("state", "checked")),
    "calculated": State("good", pgettext_lazy("state", "calculated")),
    "nothing_due": State("off", pgettext_lazy("state", "nothing due")),
    "failed": State("bad", pgettext_lazy("state", "interrupted")),
    # The answer of the payer.
    "accepted": State("good", pgettext_lazy("state", "accepted")),
    "partly_accepted": State("act", pgettext_lazy("state", "accepted in part")),
    "rejected": State("bad", pgettext_lazy("state", "rejected")),
    "waiting": State("wait", pgettext_lazy("state", "waiting")),
    "to_complete": State("act", pgettext_lazy("state", "to complete")),
    "approved": State("good", pgettext_lazy("state", "approved")),
    "refused": State("bad", pgettext_lazy("state", "refused")),
    "filed": State("wait", pgettext_lazy("state", "filed")),
    "withdrawn": State("off", pgettext_lazy("state", "withdrawn")),
    "revoked": State("bad", pgettext_lazy("state", "taken back")),
    # Documents and money.
    "draft": State("off", pgettext_lazy("state", "draft")),
    "planned": State("wait", pgettext_lazy("state", "planned")),
    "issued": State("good", pgettext_lazy("state", "issued")),
    "billed": State("good", pgettext_lazy("state", "billed")),
    "corrected": State("off", pgettext_lazy("state", "corrected")),
    "due": State("wait", pgettext_lazy("state", "to be paid")),
    "overdue": State("act", pgettext_lazy("state", "overdue")),
    "paid": State("good", pgettext_lazy("state", "paid")),
    "cancelled": State("off", pgettext_lazy("state", "cancelled")),
    # Contracts and anything with dates of validity.
    "in_force": State("good", pgettext_lazy("state", "in force")),
    "future": State("wait", pgettext_lazy("state", "not yet in force")),
    "expired": State("off", pgettext_lazy("state", "no longer in force")),
    "blocked": State("bad", pgettext_lazy("state", "blocked")),
    # Of several files or versions of one thing: the one that counts, and those before it.
    "current": State("good", pgettext_lazy("state", "current")),
    "superseded": State("off", pgettext_lazy("state", "superseded")),
    # Correspondence: announcements and parcels, threads, surveys.
    "unread": State("act", pgettext_lazy("state", "unread")),
    "read": State("good", pgettext_lazy("state", "opened")),
    "answered": State("good", pgettext_lazy("state", "answered")),
    "open": State("move", pgettext_lazy("state", "open")),
    "closed": State("off", pgettext_lazy("state", "closed")),
    # An account: in use, with a password that somebody else gave, or with none that works.
    "in_use": State("good", pgettext_lazy("state", "in use")),
    "temporary": State("wait", pgettext_lazy("state", "temporary password")),
    "expired_password": State("act", pgettext_lazy("state", "needs a password")),
    # A demand on what is being typed.
    "met": State("good", pgettext_lazy("state", "met")),
    "not_met": State("wait", pgettext_lazy("state", "not yet met")),
    # Of several sessions: the one in which the page is read.
    "this_session": State("good", pgettext_lazy("state", "this session")),
    # Installations of programs, and their access tokens.
    "open_installation": State("good", pgettext_lazy("state", "open installation")),
    "closed_installation": State("off", pgettext_lazy("state", "closed installation")),
    "token_revoked": State("bad", pgettext_lazy("state", "revoked")),
    # Severity of a finding.
    "error": State("bad", pgettext_lazy("severity", "error")),
    "warning": State("act", pgettext_lazy("severity", "warning")),
    "information": State("wait", pgettext_lazy("severity", "information")),
}
"""Every state a page may show, by its code."""
