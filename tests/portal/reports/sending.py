"""Reports of the small world's clinic, taken in and verified as the web process and the worker would."""

from __future__ import annotations

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.reports.models import Report
from rozlicz.portal.reports.operations import receive_report, verify_report
from tests.portal.conftest import NOON
from tests.reporting import Reported, pesel, report

PESEL = pesel(1)
WRONG_PESEL = PESEL[:-1] + str((int(PESEL[-1]) + 1) % 10)
"""The same with a wrong check digit."""

ELSEWHERE = "02.9999.001.02"
"""A scope that no contract has."""


def message(*services: Reported, generation: int = 1) -> bytes:
    """A report with these services."""
    return report(services, generation=generation)


def received(operator: Operator, content: bytes, *, file_name: str = "raport.swx") -> Report:
    """The report as it was taken in; nothing is read yet."""
    with operator.context():
        return receive_report(operator=operator, content=content, file_name=file_name, at=NOON).report


def verified(operator: Operator, content: bytes, *, file_name: str = "raport.swx") -> Report:
    """The report taken in and checked."""
    taken = received(operator, content, file_name=file_name)
    verify_report(provider_id=taken.provider_id, report_id=taken.pk, now=lambda: NOON)
    with operator.context():
        return Report.objects.select_related("provider", "current_run").get(pk=taken.pk)
