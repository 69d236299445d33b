"""Sessions: how long each may last, the list of one's own, and ending them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY, logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from rozlicz.portal.accounts.entering.models import Session
from rozlicz.portal.accounts.entering.stay import ENTERED, Stay
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.queries import policy_on
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import now, warsaw_day

ASKED_BY_ITSELF = "X-Asked-By-Itself"
"""The header of requests that a page makes without its reader, such as for progress: they keep nothing alive."""

_AGENT_LENGTH = 200


def keep_session(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a session ends when its operator has done nothing for a while, and after eight hours anyway."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        at = now()
        stay = stay_of(request, at)
        if stay.is_over(at):
            return _leave(request, stay, at)
        if ASKED_BY_ITSELF not in request.headers and (seen := stay.seen(at)) is not stay:
            request.session[ENTERED] = seen.to_session()
        return get_response(request)

    return middleware


def stay_of(request: HttpRequest, at: datetime) -> Stay:
    """The stay of a logged-in request; it begins with the first one, under the rules of access of that moment."""
    if data := request.session.get(ENTERED):
        return Stay.from_session(data)
    policy = policy_on(warsaw_day(at))
    days = policy.expires_after_days
    stay = Stay(
        began_at=at,
        seen_at=at,
        idle_minutes=policy.idle_minutes,
        password_until=request.user.password_set_at + timedelta(days=days) if days else None,
        address=get_adapter().get_client_ip(request),
        device=request.headers.get("User-Agent", "")[:_AGENT_LENGTH],
    )
    request.session[ENTERED] = stay.to_session()
    request.session.save()  # at once: the list of sessions has this one already
    return stay


def forget_stay(request: HttpRequest) -> None:
    """Let the stay begin anew with the next request, after what it says of the password has changed."""
    request.session.pop(ENTERED, None)


def _leave(request: HttpRequest, stay: Stay, at: datetime) -> HttpResponse:
    record("session.expired", operator=request.user, provider_id=request.user.provider_id, at=at)
    logout(request)
    messages.info(
        request,
        _(
            "The session ended: %(minutes)s minutes without activity, or eight hours since log-in, have passed."
        )
        % {"minutes": stay.idle_minutes},
    )
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    return redirect_to_login(str(settings.LOGIN_REDIRECT_URL))


class OpenSession(NamedTuple):
    """One of an operator's sessions; the handle names it in a form without giving its key away."""

    handle: str
    began_at: datetime
    seen_at: datetime
    address: str
    device: str
    is_this: bool


def sessions_of(operator: Operator, *, this: str | None, at: datetime) -> list[OpenSession]:
    """The operator's sessions that are still open, the one with the key `this` first, then the last used.

    What was proven with a former password, or before a reset, opens nothing any more, though its row is still there.
    """
    proofs = {operator.get_session_auth_hash(), *operator.get_session_auth_fallback_hash()}
    kept = [(row, row.get_decoded()) for row in _rows(operator, at)]
    rows = [(row, Stay.from_session(data[ENTERED])) for row, data in kept if data[HASH_SESSION_KEY] in proofs]
    opened = [
        OpenSession(
            handle=_handle(row.session_key),
            began_at=stay.began_at,
            seen_at=stay.seen_at,
            address=stay.address,
            device=device_words(stay.device),
            is_this=row.session_key == this,
        )
        for row, stay in rows
        if not stay.is_over(at)
    ]
    return sorted(opened, key=lambda one: (not one.is_this, -one.seen_at.timestamp()))


@transaction.atomic
def end_session(*, operator: Operator, handle: str, at: datetime) -> bool:
    """End one of the operator's sessions at once; whether there was one of that handle."""
    keys = [row.session_key for row in _rows(operator, at) if _handle(row.session_key) == handle]
    return _end(operator, keys, at) == 1


@transaction.atomic
def end_other_sessions(*, operator: Operator, this: str | None, at: datetime) -> int:
    """End all of the operator's sessions at once but the one with the key `this`; how many there were."""
    return _end(operator, [row.session_key for row in _rows(operator, at) if row.session_key != this], at)


def _rows(operator: Operator, at: datetime) -> list[Session]:
    return list(Session.objects.filter(operator_id=operator.pk, began_at__isnull=False, expire_date__gt=at))


def _end(operator: Operator, keys: list[str], at: datetime) -> int:
    ended, _rows_of_models = Session.objects.filter(session_key__in=keys).delete()
    if ended:
        record(
            "session.ended",
            operator=operator,
            provider_id=operator.provider_id,
            subject=str(ended),
            at=at,
        )
    return int(ended)


def _handle(session_key: str) -> str:
    return salted_hmac("accounts.session", session_key, algorithm="sha256").hexdigest()[:20]


_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def device_words(user_agent: str) -> str:
    """What people call it: `Firefox, Windows`. The order of the tables matters: Edge says that it is Chrome too."""
    found = [
        next((name for mark, name in table if mark in user_agent), None) for table in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(name for name in found if name) or _("unknown device")
