"""The worker's part of the road, done by the same operations, with a moment to look while a report is being read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from rozlicz.portal.clock import now
from rozlicz.portal.reports.models import Report
from rozlicz.portal.reports.operations import verify_report
from rozlicz.portal.settlements.models import RequestState, SettlementRequest
from rozlicz.portal.settlements.operations import calculate_request
from rozlicz.portal.tenancy import acting_for_payer

_PATIENCE = 60


def newest_report() -> Report:
    """The report that was sent last."""
    with acting_for_payer():
        return Report.objects.latest("pk")


def check_reports() -> None:
    """What the worker does with the report that was sent last."""
    report = newest_report()
    verify_report(provider_id=report.provider_id, report_id=report.pk, now=now)


@contextmanager
def checking_while_watched() -> Iterator[None]:
    """The worker has stored every position and waits with its last word until the reader has looked."""
    report, seen, asked = newest_report(), threading.Event(), []

    def moment() -> datetime:
        asked.append(now())
        if len(asked) > 1:  # the first moment is the begin of the run, the second its end
            seen.wait(_PATIENCE)
        return asked[-1]

    def work() -> None:
        try:
            verify_report(provider_id=report.provider_id, report_id=report.pk, now=moment)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        seen.set()
        worker.join(_PATIENCE)
    assert not worker.is_alive()


def calculate() -> None:
    """What the worker does with every request that waits."""
    with acting_for_payer():
        waiting = list(
            SettlementRequest.objects.filter(state=RequestState.WAITING).values_list("pk", flat=True)
        )
    for request_id in waiting:
        calculate_request(request_id=request_id, at=now())
