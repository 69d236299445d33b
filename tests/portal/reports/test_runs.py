"""Runs of verification: two workers at one report, runs of other rules, records no index could hold."""

from __future__ import annotations

import random
import string
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import polars as pl
import pytest
from django.db import connection

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.reports import operations
from rozlicz.portal.reports.models import Position, Report, ReportState, Run, RunState, Verdict
from rozlicz.portal.reports.operations import receive_report, verify_report
from rozlicz.portal.tenancy import acting_for_payer
from rozlicz.verification.checker import Checked, Checker
from tests.portal.conftest import NOON
from tests.portal.test_road import send
from tests.reporting import Reported, report

SERVICES = 40


def received(operator: Operator) -> Report:
    """A report that waits for its worker."""
    content = report(Reported(service_id=f"S{n}") for n in range(SERVICES))
    with operator.context():
        return receive_report(operator=operator, content=content, file_name="a.swx", at=NOON).report


def holds_once(waiting: Report) -> None:
    """Every position and every verdict of the one run that counts is there once."""
    with acting_for_payer():
        sent = Report.objects.select_related("current_run").get(pk=waiting.pk)
        assert sent.state == ReportState.CHECKED
        assert sent.current_run is not None
        assert (sent.current_run.rows_done, sent.current_run.accepted) == (SERVICES, SERVICES)
        assert sent.current_run.accepted_value == SERVICES * 10_00
        assert Position.objects.filter(report_id=sent.pk).count() == SERVICES
        assert Verdict.objects.filter(run_id=sent.current_run_id).count() == SERVICES


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_promise_1_a_slow_worker_and_the_one_that_took_over_do_the_work_once(
    provider_operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(operations, "BATCH", 1)
    waiting = received(provider_operator)
    together = threading.Barrier(2)

    def work() -> None:
        together.wait()
        verify_report(provider_id=waiting.provider_id, report_id=waiting.pk, now=lambda: NOON)
        connection.close()

    with ThreadPoolExecutor(2) as workers:
        for done in [workers.submit(work), workers.submit(work)]:
            done.result()
    holds_once(waiting)
    with acting_for_payer():
        assert Run.objects.count() == 1


@pytest.mark.slow
@pytest.mark.django_db
def test_a_slow_run_of_older_rules_never_replaces_the_newer_one(
    provider_operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slow worker comes to its end after a worker with a new version has done the report."""
    waiting = received(provider_operator)
    asked: list[datetime] = []
    overtakings: list[datetime] = []

    def slow_clock() -> datetime:
        asked.append(NOON)
        assert len(asked) == 1, "an abandoned run came to its end"
        return NOON

    check = Checker.check

    def overtaken(checker: Checker, batch: pl.DataFrame) -> Checked:
        checked = check(checker, batch)
        if not overtakings:
            overtakings.append(NOON)
            monkeypatch.setattr(operations, "RULES_VERSION", "newer")
            verify_report(provider_id=waiting.provider_id, report_id=waiting.pk, now=lambda: NOON)
        return checked

    monkeypatch.setattr(Checker, "check", overtaken)
    verify_report(provider_id=waiting.provider_id, report_id=waiting.pk, now=slow_clock)
    holds_once(waiting)
    with acting_for_payer():
        states = dict(Run.objects.values_list("rules_version", "state"))
        assert states.pop("newer") == RunState.FINISHED
        assert list(states.values()) == [RunState.ABANDONED]


@pytest.mark.slow
@pytest.mark.django_db
def test_promise_5_an_identifier_too_long_for_any_index_rejects_its_own_record_only(
    provider_operator: Operator,
) -> None:
    dice = random.Random(1)
    endless = "".join(dice.choices(string.ascii_letters, k=20_000))
    sent = send(
        provider_operator,
        [Reported(service_id=endless), Reported(service_id="C", contract=endless), Reported(service_id="S1")],
    )
    assert sent.current_run is not None
    assert (sent.current_run.accepted, sent.current_run.rejected) == (1, 2)
    with acting_for_payer():
        records = Verdict.objects.exclude(record=None).order_by("row").values_list("record", flat=True)
        assert [record["service_id"] for record in records] == [endless, "C"]
