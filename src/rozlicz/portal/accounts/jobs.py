"""Background work of log-in: what has expired is deleted."""

from __future__ import annotations

from procrastinate.contrib.django import app

from rozlicz.portal.accounts.entering.attempts import forget_attempts
from rozlicz.portal.accounts.entering.store import SessionStore
from rozlicz.portal.accounts.tokens.calls import forget_calls
from rozlicz.portal.clock import now
from rozlicz.portal.house.jobs import WHEN_THE_DATABASE_FAILS


@app.periodic(cron="17 * * * *", periodic_id="expired_log_ins")
@app.task(
    name="accounts.forget_expired",
    queueing_lock="accounts.forget_expired",
    retry=WHEN_THE_DATABASE_FAILS,
)
def forget_expired(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate's signature
    """Once an hour: expired sessions, and counts of attempts and calls that decide nothing any more."""
    SessionStore.clear_expired()
    forget_attempts(at=now())
    forget_calls(at=now())
