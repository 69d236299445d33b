"""What the portal does by itself with registrations: thin, it calls operations."""

from __future__ import annotations

from procrastinate.contrib.django import app

from rozlicz.portal.clock import now
from rozlicz.portal.house.jobs import WHEN_THE_DATABASE_FAILS
from rozlicz.portal.registration.decisions import expire_drafts, suspend_for_missing_papers


@app.periodic(cron="20 3 * * *", periodic_id="registrations")
@app.task(
    name="registration.look_after",
    queueing_lock="registration.look_after",
    retry=WHEN_THE_DATABASE_FAILS,
)
def look_after_registrations(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate's signature
    """Every night: drafts that nobody touches expire, parties whose paper is missing are suspended."""
    at = now()
    expire_drafts(at=at)
    suspend_for_missing_papers(at=at)
