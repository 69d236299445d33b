"""What allauth's ceremonies leave in the book of acts, and what becomes of the account's other sessions.

allauth announces an added or removed factor when its transaction has been committed, so the line follows the act. The
set of recovery codes that comes and goes with the first and last factor is a part of that act, not a further line.
As with a new password, every other session of the account ends when its factors change.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.dispatch import receiver
from django.http import HttpRequest

from rozlicz.portal.accounts.entering.sessions import end_other_sessions
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import now

_CODES = Authenticator.Type.RECOVERY_CODES


def _enter(act: str, user: Operator, authenticator: Authenticator) -> None:
    name = authenticator.data.get("name", "") if authenticator.type == Authenticator.Type.WEBAUTHN else ""
    subject = f"{user.login}: {name or authenticator.type}"
    record(act, operator=user, provider_id=user.provider_id, subject=subject, at=now())


@receiver(signals.authenticator_added)
def added(request: HttpRequest, user: Operator, authenticator: Authenticator, **_: Any) -> None:
    """A factor was set up."""
    if authenticator.type != _CODES:
        _enter("second_factor.added", user, authenticator)
        end_other_sessions(operator=user, this=request.session.session_key, at=now())


@receiver(signals.authenticator_removed)
def removed(request: HttpRequest, user: Operator, authenticator: Authenticator, **_: Any) -> None:
    """A factor was taken away by its owner."""
    if authenticator.type != _CODES:
        _enter("second_factor.removed", user, authenticator)
        end_other_sessions(operator=user, this=request.session.session_key, at=now())


@receiver(signals.authenticator_reset)
def codes_made(user: Operator, authenticator: Authenticator, **_: Any) -> None:
    """Recovery codes were made anew; the former ones are worth nothing."""
    _enter("second_factor.codes_made", user, authenticator)


@receiver(signals.authenticator_used)
def confirmed(request: HttpRequest, reauthenticated: bool, **_: Any) -> None:
    """A factor was shown once more: the session goes on under a new key, as after a password."""
    if reauthenticated:
        request.session.cycle_key()


@receiver(signals.authenticator_used)
def code_used(user: Operator, authenticator: Authenticator, **_: Any) -> None:
    """A recovery code was spent; the usual codes and keys belong to the log-in and are not written down."""
    if authenticator.type == _CODES:
        _enter("second_factor.code_used", user, authenticator)


@receiver(signals.authentication_failed)
def refused(user: Operator, authenticator: Authenticator, **_: Any) -> None:
    """Somebody who knew the password did not have the code."""
    _enter("second_factor.refused", user, authenticator)
