"""What allauth asks of us: who comes in by password, what is counted and written down, and what is answered."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from rozlicz.portal.accounts.entering.attempts import begin_attempt, let_in
from rozlicz.portal.accounts.entering.operations import record_entrance, record_failure, refuse_expired
from rozlicz.portal.accounts.entering.telling import tell_since
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.queries import policy_on
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import now, warsaw_day

PROVEN = "proven"
"""The key in the session of one who is half logged in: the account as it was when the password was right."""


class AccountAdapter(DefaultAccountAdapter):
    """Log-in only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never: accounts come from the branch or from the provider's administrator."""
        return False

    @sensitive_variables()
    def authenticate(self, request: HttpRequest, **credentials: Any) -> Operator | None:
        """The operator whose log-in and password these are; also for those who type their password once more.

        Whatever is wrong, the same is done: one count, one look-up, one hash, one line in the book of acts. An
        attempt that is held is hashed too. Raises ValidationError for a temporary password after its last day, told
        only to whom the password belongs.
        """
        at = now()
        login = credentials["username"]
        attempt = begin_attempt(
            login=login,
            address=self.get_client_ip(request),
            policy=policy_on(warsaw_day(at)),
            at=at,
        )
        operator = authenticate(request, **credentials)
        if operator is None or not attempt.admitted:
            if attempt.admitted:
                record_failure(login=login, held=attempt.reaches_limit, at=at)
            return None
        let_in(attempt, at=at)
        refuse_expired(operator, at=at)
        return operator

    def reauthenticate(self, user: Operator, password: str) -> bool:
        """Whether it is the operator's password, typed once more; the session goes on under a new key."""
        confirmed: bool = super().reauthenticate(user, password)
        if confirmed:
            context.request.session.cycle_key()
        return confirmed

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """The neutral answer to a log-in that fails names the rule of the lock, so that nobody waits unknowing."""
        if code != "username_password_mismatch":
            return super().validation_error(code, *args)
        policy = policy_on(warsaw_day(now()))
        return ValidationError(
            _(
                "Wrong provider code, user name or password. After %(attempts)s failed attempts log-in is held for"
                " %(minutes)s minutes; meanwhile the right password is refused too."
            ),
            code=code,
            params={"attempts": policy.attempts, "minutes": policy.lock_minutes},
        )

    def pre_login(self, request: HttpRequest, user: Operator, **login: Any) -> HttpResponse | None:
        """Keep what the password has proven until the second step: it must still hold there."""
        request.session[PROVEN] = user.get_session_auth_hash()
        response: HttpResponse | None = super().pre_login(request, user, **login)
        return response

    def login(self, request: HttpRequest, user: Operator) -> None:
        """Begin the session, write it down, and tell what happened since the last one."""
        request.session.pop(PROVEN, None)
        former = user.last_login
        super().login(request, user)
        record_entrance(user, at=now())
        tell_since(request, user, former=former)

    def logout(self, request: HttpRequest) -> None:
        """End the session and write it down."""
        record("login.left", operator=request.user, provider_id=request.user.provider_id, at=now())
        super().logout(request)
