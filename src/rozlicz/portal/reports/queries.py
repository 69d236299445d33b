"""Every read of reports. `reports_for` and `report_for` are the only doors; all else starts from their reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.queries import name_of
from rozlicz.portal.house.lists import holding
from rozlicz.portal.reports import page_sql
from rozlicz.portal.reports.models import Finding, Position, Report, ReportState, Run, RunState, Verdict
from rozlicz.verification import findings
from rozlicz.verification.catalogue import rule_of
from rozlicz.verification.rule import Rule

WORKING = "working"
OUTCOMES: dict[str, Q] = {
    WORKING: Q(state__in=[ReportState.RECEIVED, ReportState.READING]),
    "accepted": Q(state=ReportState.CHECKED, current_run__accepted__gt=0, current_run__rejected=0),
    "partly_accepted": Q(state=ReportState.CHECKED, current_run__accepted__gt=0, current_run__rejected__gt=0),
    "rejected": Q(state=ReportState.CHECKED, current_run__accepted=0, current_run__rejected__gt=0),
    "refused": Q(state=ReportState.REFUSED),
}
"""What came of a report, by the names of `house.states` (and WORKING): how the list is filtered."""


def reports_for(operator: Operator) -> QuerySet[Report]:
    """The reports an operator may see: a provider its own, the payer all; each with its run that counts.

    Its figures are 0 (for sorting) while there is none.
    """
    visible = Report.objects.select_related("provider", "current_run").annotate(
        accepted_positions=Coalesce("current_run__accepted", 0),
        rejected_positions=Coalesce("current_run__rejected", 0),
        value_accepted=Coalesce("current_run__accepted_value", 0),
    )
    if not operator.is_payer:
        visible = visible.filter(provider=operator.provider_id)
    return visible


def reports_found(operator: Operator, *, text: str = "", outcome: str = "") -> QuerySet[Report]:
    """Those of `reports_for` whose receipt number, file or provider holds the text, with that outcome."""
    found = reports_for(operator)
    if text:
        found = found.filter(holding(text, operator, "receipt_number", "file_name"))
    return found.filter(OUTCOMES[outcome]) if outcome else found


def report_for(operator: Operator, report_id: int) -> Report:
    """One report by its key. Raises Http404 for what does not exist or is another's."""
    whole = reports_for(operator).select_related("installation").annotate(sender=name_of("received_by_id"))
    return get_object_or_404(whole, pk=report_id)


def checked_report_for(operator: Operator, report_id: int) -> tuple[Report, Run]:
    """A report with the run that counts. Raises Http404 also while there is none."""
    report = report_for(operator, report_id)
    if report.current_run is None:
        raise Http404
    return report, report.current_run


def outcome_of(report: Report) -> str:
    """The state to show: where a report stands, and once it is checked what came of it."""
    run = report.current_run
    if report.state != ReportState.CHECKED or run is None or not (run.accepted or run.rejected):
        return str(report.state)
    if run.rejected == 0:
        return "accepted"
    return "partly_accepted" if run.accepted else "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalOfReport:
    """One reason why a whole message was refused, with its place in the file where there is one."""

    code: str
    text: Text
    remedy: Text
    basis: Text | None
    line: int | None
    path: str


def refusals_of(report: Report) -> list[RefusalOfReport]:
    """Every reason why a message was refused, in the order in which they were found."""
    return [
        RefusalOfReport(
            code=stored["code"],
            text=Text.from_json(stored["text"]),
            remedy=Text.from_json(stored["remedy"]),
            basis=Text.from_json(stored["basis"]) if stored["basis"] else None,
            line=stored.get("line"),
            path=stored.get("path", ""),
        )
        for stored in report.refusals
    ]


# Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the reading of a report has come. `seconds_left` is None while nothing can be said."""

    state: str
    rows: int
    bytes_read: int
    bytes_total: int
    seconds_left: int | None

    @property
    def is_over(self) -> bool:
        """Whether there is a result to show instead."""
        return self.state in {ReportState.CHECKED, ReportState.REFUSED}


def progress_of(report: Report, at: datetime) -> Progress:
    """The running run's progress; the time left is guessed from the bytes read since it began."""
    run = Run.objects.filter(report=report, state=RunState.RUNNING).first()
    if run is None:
        return Progress(state=report.state, rows=0, bytes_read=0, bytes_total=0, seconds_left=None)
    elapsed = max(0, int((at - run.started_at).total_seconds()))
    left = elapsed * (run.bytes_total - run.bytes_read) // run.bytes_read if run.bytes_read else None
    return Progress(
        state=report.state,
        rows=run.rows_done,
        bytes_read=run.bytes_read,
        bytes_total=run.bytes_total,
        seconds_left=left,
    )


# Findings


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFindings:
    """What one rule found in a run: records, services, value at stake in grosze.

    `example` is the sentence of the first finding, `remedy` what can be done about it.
    """

    rule: Rule
    severity: str
    records: int
    services: int
    value: int
    example: Text
    remedy: Text


def findings_by_rule(run: Run) -> list[RuleFindings]:
    """The findings of a finished run grouped by rule: errors first, then the costliest."""
    return [
        RuleFindings(
            rule=rule_of(group["code"]),
            severity=group["severity"],
            records=group["records"],
            services=group["services"],
            value=group["value"],
            example=findings.sentence(group["code"], group["example"]),
            remedy=findings.remedy(group["code"], group["example"]),
        )
        for group in run.by_rule
    ]


class RuleCount(NamedTuple):
    """How many findings a rule has in a run."""

    rule: Rule
    severity: str
    records: int


def counts_by_rule(run: Run) -> list[RuleCount]:
    """The rules that found something in a run, by code."""
    rows = _rows(page_sql.COUNTS_BY_RULE, {"run": run.pk})
    return [RuleCount(rule_of(code), severity, records) for code, severity, records in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which findings are asked for; an empty text asks for all. `service` is a whole identifier."""

    code: str = ""
    severity: str = ""
    service: str = ""

    def count_in(self, counts: list[RuleCount]) -> int | None:
        """How many there are, by the counts alone; None when a service is asked for."""
        if self.service:
            return None
        return sum(
            one.records
            for one in counts
            if self.code in {"", one.rule.code} and self.severity in {"", one.severity}
        )


def findings_wanted(report: Report, run: Run, wanted: Wanted) -> QuerySet[Finding]:
    """The findings of a run that are asked for; order and paging are the caller's."""
    found = Finding.objects.filter(run_id=run.pk)
    if wanted.code:
        found = found.filter(code=wanted.code)
    if wanted.severity:
        found = found.filter(severity=wanted.severity)
    if wanted.service:
        found = found.filter(row__in=_rows_of_service(report, wanted.service))
    return found


def _rows_of_service(report: Report, service_id: str) -> list[int]:
    """Where a service stands in a report; asked by itself, so that the list is read by key whatever is planned."""
    found = Position.objects.filter(provider_id=report.provider_id, service_id=service_id)
    return [row for report_id, row in found.values_list("report_id", "row") if report_id == report.pk]


def positions_at(report: Report, rows: list[int]) -> dict[int, Position]:
    """The positions of a report at those rows, by row."""
    found = Position.objects.filter(report_id=report.pk, row__in=rows)
    return {position.row: position for position in found}


# One record


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One position with its verdict and all its findings.

    `reported` holds the raw columns; None for a record without a finding, whose text stays in the stored file only.
    """

    position: Position
    accepted: bool
    reported: dict[str, Any] | None
    findings: list[Finding]


def record_of(report: Report, run: Run, row: int) -> Record:
    """The record at a row of a report. Raises Http404 when there is none."""
    position = Position.objects.filter(report_id=report.pk, row=row).first()
    verdict = Verdict.objects.filter(run_id=run.pk, row=row).first()
    if position is None or verdict is None:
        raise Http404
    return Record(
        position=position,
        accepted=verdict.accepted,
        reported=verdict.record,
        findings=list(Finding.objects.filter(run_id=run.pk, row=row).order_by("id")),
    )


class ServiceVersion(NamedTuple):
    """One version of a service in one report: its first row, its positions, how many were judged and accepted."""

    report_id: int
    receipt_number: str
    received_at: datetime
    report_state: str
    version: int | None
    deleted: bool
    row: int
    positions: int
    judged: int
    accepted: int

    @property
    def outcome(self) -> str:
        """The state to show, by the names of `house.states`."""
        if not self.judged:
            return self.report_state
        if self.accepted == self.positions:
            return "accepted"
        return "partly_accepted" if self.accepted else "rejected"


def versions_of(position: Position) -> list[ServiceVersion]:
    """Every version of the position's service in all reports of its provider, the newest first (at most 100)."""
    if position.service_id is None:
        return []
    keys = {"provider": position.provider_id, "service": position.service_id}
    return [ServiceVersion(*row) for row in _rows(page_sql.VERSIONS_OF_SERVICE, keys)]


def _rows(query: str, keys: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, keys)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
