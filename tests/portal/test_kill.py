"""Promise 1: kill web or worker at any moment of the six steps, start again: nothing lost, nothing twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connection

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.bills.models import Bill
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.payments.models import Payment
from rozlicz.portal.reports.models import Position, Report, Run, Verdict
from rozlicz.portal.settlements.models import SettlementRequest, Template, TemplatePosition
from rozlicz.portal.tenancy import acting_for_payer
from tests.reporting import Reported, report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_queue"),
]

POSITIONS = 45_000
"""Enough for three batches, so that a kill falls inside a report."""
VISITS = 95
KILLS = 10
RUNS_OUT_AFTER = 60.0


def environment() -> dict[str, str]:
    quick = {"ROZLICZ_HEARTBEAT": "0.5"}
    return os.environ | quick | {"ROZLICZ_PG_DATABASE": connection.settings_dict["NAME"]}


@contextmanager
def started(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, *arguments], env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)
        process.communicate()


def worker() -> tuple[str, ...]:
    return "-m", "rozlicz.portal", "procrastinate", "worker", "-c", "1"


def day_of_work(file: Path, clerk: Operator, inspector: Operator) -> tuple[str, ...]:
    with acting_for_payer():
        contract = Contract.objects.get()
    return "-m", "tests.portal.day_of_work", str(file), clerk.login, inspector.login, str(contract.pk)


def holds_once(positions: int, amount: int) -> None:
    """The books after the day: every thing exactly once."""
    with acting_for_payer():
        [sent] = Report.objects.all()
        finished = Run.objects.filter(report=sent, state="finished")
        assert [run.rows_done for run in finished] == [positions]
        assert sent.current_run_id == finished.get().pk
        assert Position.objects.filter(report_id=sent.pk).count() == positions
        assert Verdict.objects.filter(run_id=sent.current_run_id).count() == positions
        [request] = SettlementRequest.objects.all()
        [template] = Template.objects.filter(request=request)
        assert template.amount == amount
        held = TemplatePosition.objects.values_list("service_id", "position")
        assert len(held) == len(set(held))
        [bill] = Bill.objects.exclude(state="refused")
        assert (bill.state, bill.amount) == ("paid", amount)
        assert Payment.objects.get().bill_id == bill.pk


def test_the_web_process_is_killed_at_many_moments(
    provider_operator: Operator, payer_operator: Operator, tmp_path: Path
) -> None:
    file = tmp_path / "raport.swx"
    file.write_bytes(report([Reported(service_id=f"S{n}") for n in range(VISITS)]))
    command = day_of_work(file, provider_operator, payer_operator)
    dice = random.Random(7)
    with started(*worker()):
        for _ in range(KILLS):
            with started(*command):
                time.sleep(dice.uniform(0.8, 2.6))
        with started(*command) as whole:
            out, err = whole.communicate(timeout=RUNS_OUT_AFTER * 5)
            assert out.strip() == b"done", err.decode()
    holds_once(VISITS, VISITS * 10_00)


def test_the_worker_is_killed_inside_a_report(
    provider_operator: Operator, payer_operator: Operator, tmp_path: Path
) -> None:
    file = tmp_path / "raport.swx"
    file.write_bytes(report(Reported(service_id=f"S{n}", units="0.0100") for n in range(POSITIONS)))
    with started(*day_of_work(file, provider_operator, payer_operator)) as day:
        for rows in (1, 20_001):
            kill_a_worker_that_has_stored(rows)
        with started(*worker()):
            out, err = day.communicate(timeout=RUNS_OUT_AFTER * 5)
            assert out.strip() == b"done", err.decode()
    holds_once(POSITIONS, min(POSITIONS * 10, 10 * 1_000_00))


def kill_a_worker_that_has_stored(rows: int) -> None:
    """A worker is killed right after so many rows; one that comes to nothing in its time is replaced, as in life."""
    for _ in range(3):
        with started(*worker()):
            if came_to(rows):
                return
    pytest.fail(f"no run came to {rows} rows")


def came_to(rows: int) -> bool:
    """Whether a run stores so many rows in time."""
    until = time.monotonic() + RUNS_OUT_AFTER
    while time.monotonic() < until:
        with acting_for_payer():
            if Run.objects.filter(rows_done__gte=rows).exists():
                return True
        time.sleep(0.02)
    return False
