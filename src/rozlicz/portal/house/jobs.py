"""Background work of no business area: bringing back the jobs of killed workers."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

log = logging.getLogger(__name__)

_CHECK = max(1, round(2.5 * settings.HEARTBEAT))

WHEN_THE_DATABASE_FAILS = RetryStrategy(
    max_attempts=8, exponential_wait=3, retry_exceptions=[OperationalError, InterfaceError]
)
"""A server that restarts or a deadlock ends no job for good: it is tried again after 3, 9, 27 … seconds."""


@app.periodic(cron=f"* * * * * */{_CHECK}", periodic_id="stalled")
@app.task(name="house.retry_stalled", queueing_lock="house.retry_stalled", pass_context=True)
async def retry_stalled(context: Any, timestamp: int) -> None:  # noqa: ARG001 - Procrastinate's signature
    """Every few seconds: a job whose worker has left out three signs of life is given to another worker.

    Of a check that was killed itself nothing is left to do, since the next one is this. A job that ended, or was
    given back, in the same moment never stops the others.
    """
    patience = settings.PROCRASTINATE_WORKER_DEFAULTS["stalled_worker_timeout"]
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=patience):
        try:
            if job.task_name == "house.retry_stalled":
                await manager.finish_job(job, status=Status.FAILED, delete_job=True)
            else:
                await manager.retry_job(job)
        except ConnectorException:
            log.info("job %s (%s) was no longer stalled", job.id, job.task_name)
