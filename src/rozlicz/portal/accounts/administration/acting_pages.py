"""Acting for others: choosing for whom, going back, and seeing who acts for one's own provider."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.acting import ACTING_FOR, chosen_by
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.accounts.subordinations import (
    UnableToSubordinate,
    acts_for_subordinates,
    begin_acting,
    leave_acting,
    subordinates_on,
    superiors_on,
)
from rozlicz.portal.audit.acts import ACTS
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.doors import for_operators, for_right
from rozlicz.portal.house.formatting import text

_SHOWN = 50


@for_operators
def acting(request: HttpRequest) -> HttpResponse:
    """For whom one may act, who may act for one's own provider, and what was done so.

    What was done is for who may see the book of acts; the acts in it are the provider's own affair.
    """
    operator, today = request.user, warsaw_day(now())
    if operator.is_payer:
        raise Http404
    sees_acts = operator.may(Right.SEE_AUDIT)
    context = {
        "may_act": operator.may(Right.ACT_FOR_SUBORDINATES),
        "subordinates": subordinates_on(operator, today),
        "superiors": superiors_on(operator, today),
        "sees_acts": sees_acts,
        "acts_here": _entries(operator.provider_id) if sees_acts else [],
        "acts_there": _acts_there() if sees_acts and not operator.is_acting else [],
        "breadcrumbs": [
            (_("Administration and options"), reverse("administration")),
            (_("Acting for others"), None),
        ],
    }
    return render(request, "administration/acting.html", context)


def _entries(provider_id: int | None) -> list[dict[str, object]]:
    found = Entry.objects.filter(provider=provider_id, acting_for=True).order_by("-id")[:_SHOWN]
    return [
        {"at": one.at, "login": one.login, "act": ACTS.get(one.act, one.act), "subject": one.subject}
        for one in found
    ]


def _acts_there() -> list[dict[str, object]]:
    return [
        {
            "at": one.at,
            "login": one.login,
            "act": ACTS.get(one.act, one.act),
            "subject": one.subject,
            "subordinate": one.subordinate,
        }
        for one in acts_for_subordinates(_SHOWN)
    ]


@for_right(Right.ACT_FOR_SUBORDINATES)
@require_POST
def act_for(request: HttpRequest, provider_id: int) -> HttpResponse:
    """Begin to work for a subordinate."""
    party = chosen_by(request.user, provider_id)
    if party is None:
        raise Http404
    try:
        begin_acting(operator=request.user, party=party, at=now())
    except UnableToSubordinate as unable:
        messages.error(request, text(unable.text))
        return redirect("acting")
    request.session[ACTING_FOR] = party.provider_id
    messages.success(request, _("You act for %(name)s now.") % {"name": party.name})
    return redirect("desk")


@for_operators
@require_POST
def act_for_oneself(request: HttpRequest) -> HttpResponse:
    """Go back to one's own provider."""
    if not request.user.is_acting:
        raise PermissionDenied(_("You do not act for another provider."))
    leave_acting(operator=request.user, at=now())
    del request.session[ACTING_FOR]
    messages.success(request, _("You work for your own provider again."))
    return redirect("desk")
