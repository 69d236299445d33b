"""Background work on requests: thin, it calls operations."""

from __future__ import annotations

from procrastinate.contrib.django import app

from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.jobs import WHEN_THE_DATABASE_FAILS
from rozlicz.portal.requests.operations import revoke_without_paper


@app.periodic(cron="15 3 * * *", periodic_id="papers")
@app.task(name="requests.papers", queueing_lock="requests.papers", retry=WHEN_THE_DATABASE_FAILS)
def papers(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate's signature
    """Every night: take back what was granted on a scan whose paper did not come."""
    at = now()
    revoke_without_paper(today=warsaw_day(at), at=at)
