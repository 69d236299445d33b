"""Background work on settlements: thin, it calls operations."""

from __future__ import annotations

from procrastinate.contrib.django import app

from rozlicz.portal.clock import now
from rozlicz.portal.house.jobs import WHEN_THE_DATABASE_FAILS
from rozlicz.portal.settlements.operations import calculate_request


@app.task(name="settlements.calculate", retry=WHEN_THE_DATABASE_FAILS)
def calculate(*, request_id: int) -> None:
    """Calculate a request; queued with it, under its contract's lock."""
    calculate_request(request_id=request_id, at=now())
