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
}
"""Dotted code → words. What an operation records stands here first."""
