"""Background work on reports: thin, it calls operations."""

from __future__ import annotations

from procrastinate.contrib.django import app

from rozlicz.portal.clock import now
from rozlicz.portal.house.jobs import WHEN_THE_DATABASE_FAILS
from rozlicz.portal.reports.operations import verify_report


@app.task(name="reports.verify", retry=WHEN_THE_DATABASE_FAILS)
def verify(*, provider_id: int, report_id: int) -> None:
    """Run the rules over a report; queued with the report itself, under its provider's lock."""
    verify_report(provider_id=provider_id, report_id=report_id, now=now)
