"""Working for a subordinate provider: from the moment of choosing it, each request is the subordinate's."""

from __future__ import annotations

from collections.abc import Callable

import pghistory
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rozlicz.portal.accounts.gates import led_to
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.subordinations import Party, subordinates_of
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.tenancy import acting_for_provider

ACTING_FOR = "acting_for"
"""The key in the session under which the chosen subordinate is kept."""

_SERVER_ERROR = 500


def act_for_subordinate(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, inside of the operator's own context: swaps `request.user` for one that acts for the subordinate.

    Each request asks whether the right and the subordination are still there; when they are not, the operator is
    back at home and is told so. Pages of one's own account are not reached.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not getattr(request, "acting_for_operator", False) or ACTING_FOR not in request.session:
            return get_response(request)
        person: Operator = request.user
        party = chosen_by(person, request.session[ACTING_FOR])
        if party is None:
            return _back_at_home(request)
        request.home_name = person.provider.name  # from inside the subordinate's context it cannot be read
        with acting_for_provider(party.provider_id), pghistory.context(acting_for=party.provider_id):
            subordinate = Provider.objects.get(pk=party.provider_id)
            if subordinate.suspended_since:
                return _back_at_home(request)
            request.user = person.acting_for(subordinate)
            response = get_response(request)
            if response.status_code >= _SERVER_ERROR:
                transaction.set_rollback(True)
            return response

    return middleware


def chosen_by(operator: Operator, provider_id: int) -> Party | None:
    """The subordinate with that key, if the operator may act for it today; else None."""
    may_be = subordinates_of(operator, warsaw_day(now()))
    return next((party for party in may_be if party.provider_id == provider_id), None)


def _back_at_home(request: HttpRequest) -> HttpResponse:
    del request.session[ACTING_FOR]
    messages.warning(
        request,
        _(
            "You no longer act for another provider: the subordination or your right has ended. Nothing of what was "
            "asked for last has been done."
        ),
    )
    return led_to(request, reverse("desk"))
