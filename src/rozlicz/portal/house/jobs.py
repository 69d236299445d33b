"""Background work of no business area: bringing back the jobs of killed workers."""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app


@app.periodic(cron="* * * * * */5", periodic_id="stalled")
@app.task(name="house.retry_stalled", queueing_lock="house.retry_stalled", pass_context=True)
async def retry_stalled(context: Any, timestamp: int) -> None:  # noqa: ARG001 - Procrastinate's signature
    """Every five seconds: a job whose worker has shown no heartbeat for six is given to another worker."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=6):
        await context.app.job_manager.retry_job(job)
