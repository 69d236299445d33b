"""Jobs: what happens to them when the database fails under them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, OperationalError
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from rozlicz.portal.reports.jobs import verify
from rozlicz.portal.settlements.jobs import calculate


def tried(attempts: int, name: str) -> Job:
    return Job(
        id=1,
        queue="default",
        lock=None,
        queueing_lock=None,
        task_name=name,
        task_kwargs={},
        attempts=attempts,
    )


def test_every_job_of_a_business_area_survives_a_restart_of_the_database() -> None:
    own = {name for name in app.tasks if not name.startswith(("builtin", "procrastinate", "house"))}
    assert own >= {verify.name, calculate.name}
    for name in own:
        task, error = app.tasks[name], OperationalError("the connection is closed")
        assert task.get_retry_exception(exception=error, job=tried(0, name)) is not None
        assert task.get_retry_exception(exception=error, job=tried(8, name)) is None


@pytest.mark.parametrize("error", [IntegrityError("twice"), ValueError("a mistake of ours")])
def test_a_mistake_is_not_repeated(error: Exception) -> None:
    assert verify.get_retry_exception(exception=error, job=tried(0, verify.name)) is None
