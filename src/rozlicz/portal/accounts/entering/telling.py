"""What an operator is told at log-in: when it was last here, and who failed to come in as it since."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.house.formatting import moment


def tell_since(request: HttpRequest, operator: Operator, *, former: datetime | None) -> None:
    """Put it into the messages of the next page; `former` is the log-in before this one, None for the first."""
    mine = Entry.objects.filter(operator=operator)
    found = (mine.filter(at__gt=former) if former else mine).aggregate(
        failures=Count("id", filter=Q(act="login.failed")),
        first=Min("at", filter=Q(act="login.failed")),
        held=Count("id", filter=Q(act="login.held")),
        wrong_codes=Count("id", filter=Q(act="second_factor.refused")),
    )
    if former:
        messages.info(request, _("Previous log-in: %(at)s.") % {"at": moment(former)})
    if found["failures"]:
        words = ngettext(
            "Since the last log-in there was %(count)s failed attempt to log in to this account, at %(first)s.",
            "Since the last log-in there were %(count)s failed attempts to log in to this account, the first at"
            " %(first)s.",
            found["failures"],
        ) % {"count": found["failures"], "first": moment(found["first"])}
        if found["held"]:
            words += " " + _("Log-in was held for a while.")
        words += " " + _("Who did not make them should change the password and tell the administrator.")
        messages.warning(request, words)
    if found["wrong_codes"]:
        words = ngettext(
            "Since the last log-in a wrong code was typed %(count)s time after the right password.",
            "Since the last log-in a wrong code was typed %(count)s times after the right password.",
            found["wrong_codes"],
        ) % {"count": found["wrong_codes"]}
        words += " " + _("Who did not do that should change the password at once: somebody knows it.")
        messages.warning(request, words)
