"""Background work of no business area: bringing back the jobs of killed workers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

_CHECK = max(1, round(2.5 * settings.HEARTBEAT))

WHEN_THE_DATABASE_FAILS = RetryStrategy(
    max_attempts=8, exponential_wait=3, retry_exceptions=[OperationalError, InterfaceError]
)
"""A server that restarts or a deadlock ends no job for good: it is tried again after 3, 9, 27 … seconds."""


@app.periodic(cron=f"* * * * * */{_CHECK}", periodic_id="stalled")
@app.task(name="house.retry_stalled", queueing_lock="house.retry_stalled", pass_context=True)
async def retry_stalled(context: Any, timestamp: int) -> None:  # noqa: ARG001 - Procrastinate's signature
    """Every few seconds: a job whose worker has left out three signs of life is given to another worker."""
    patience = settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"]
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=patience):
        await context.app.job_manager.retry_job(job)
