"""The acts that the book knows, each with its words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

ACTS: dict[str, Promise] = {
    "report.sent": pgettext_lazy("act", "Report sent"),
    "report.verified_again": pgettext_lazy("act", "Report verified again"),
    "settlement.requested": pgettext_lazy("act", "Settlement requested"),
    "bill.accepted": pgettext_lazy("act", "Bill sent and accepted"),
    "bill.rejected": pgettext_lazy("act", "Bill sent and refused at the door"),
    "bill.approved": pgettext_lazy("act", "Bill approved"),
    "bill.refused": pgettext_lazy("act", "Bill refused by the branch"),
    "payments.marked": pgettext_lazy("act", "Payments marked"),
    "contract.published": pgettext_lazy("act", "Contract or annex published"),
    "provider.registered": pgettext_lazy("act", "Provider registered"),
    "installation.accepted": pgettext_lazy("act", "Installation accepted"),
    "installation.closed": pgettext_lazy("act", "Installation closed"),
    "token.made": pgettext_lazy("act", "Access token made"),
    "token.revoked": pgettext_lazy("act", "Access token revoked"),
    "operator.added": pgettext_lazy("act", "Operator added"),
    "second_factor.added": pgettext_lazy("act", "Second factor added"),
    "second_factor.removed": pgettext_lazy("act", "Second factor removed"),
    "second_factor.refused": pgettext_lazy("act", "Second factor refused: wrong code"),
    "second_factor.codes_made": pgettext_lazy("act", "Recovery codes made anew"),
    "second_factor.codes_kept": pgettext_lazy("act", "Recovery codes kept"),
    "second_factor.code_used": pgettext_lazy("act", "Recovery code used"),
    "second_factor.reset": pgettext_lazy("act", "Second factor reset by an administrator"),
    "announcement.published": pgettext_lazy("act", "Announcement published"),
    "announcement.corrected": pgettext_lazy("act", "Announcement corrected"),
    "announcement.withdrawn": pgettext_lazy("act", "Announcement withdrawn"),
    "announcement.read": pgettext_lazy("act", "Announcement read"),
    "document.published": pgettext_lazy("act", "Document of the first page published"),
    "parcel.sent": pgettext_lazy("act", "Parcel sent"),
    "parcel.read": pgettext_lazy("act", "Parcel opened"),
    "parcel.archived": pgettext_lazy("act", "Parcel put into the archive"),
    "survey.drafted": pgettext_lazy("act", "Survey drafted"),
    "survey.changed": pgettext_lazy("act", "Draft of a survey changed"),
    "survey.published": pgettext_lazy("act", "Survey published"),
    "survey.saved": pgettext_lazy("act", "Reply to a survey saved"),
    "survey.answered": pgettext_lazy("act", "Reply to a survey sent"),
    "ticket.opened": pgettext_lazy("act", "Report to the operator sent"),
    "ticket.answered": pgettext_lazy("act", "Report to the operator answered"),
    "ticket.continued": pgettext_lazy("act", "Report to the operator continued"),
    "ticket.closed": pgettext_lazy("act", "Report to the operator closed"),
}
"""Dotted code → words. What an operation records stands here first."""
