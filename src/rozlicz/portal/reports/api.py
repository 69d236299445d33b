"""The calls of reports: send one, ask for its state, its findings, and the reply message."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema, Status
from pydantic import Field

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.api.calls import Calls
from rozlicz.portal.api.problems import Problem
from rozlicz.portal.api.sending import body_of, checked, is_form, sent_alone
from rozlicz.portal.api.shapes import (
    Paging,
    Reason,
    Words,
    created,
    newest_first,
)
from rozlicz.portal.clock import now
from rozlicz.portal.house.formatting import text as in_words
from rozlicz.portal.house.paging import page_of
from rozlicz.portal.reports import downloads, queries
from rozlicz.portal.reports.forms import ReportForm
from rozlicz.portal.reports.models import Finding, Position, Report
from rozlicz.portal.reports.operations import receive_report
from rozlicz.verification import findings
from rozlicz.verification.catalogue import rule_of

calls = Calls("reports", right=Right.SEE_REPORTS)

State = Literal["received", "reading", "checked", "accepted", "partly_accepted", "rejected", "refused"]
FileName = Annotated[str, Field(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f/\\]+$")]


class ReportRow(Schema):
    """A report with its receipt. While `is_over` is false, ask again after some seconds."""

    id: int
    receipt_number: str
    received_at: datetime
    file_name: str
    sha256: str
    size_bytes: int
    state: State
    is_over: bool
    accepted_positions: int
    rejected_positions: int
    accepted_value_grosze: int


class ReportProgress(Schema):
    """How far the reading has come; `seconds_left` is a guess, null while there is none."""

    positions: int
    bytes_read: int
    bytes_total: int
    seconds_left: int | None


class FoundByRule(Schema):
    """What one rule found: records, services, value at stake, and the sentence of the first finding."""

    rule: str
    name: str
    severity: str
    records: int
    services: int
    value_grosze: int
    sentence: str
    remedy: str


class ReportWhole(ReportRow):
    """A report with its progress or its result, or with every reason why it was refused as a whole."""

    rejected_value_grosze: int
    progress: ReportProgress | None
    refusals: list[Reason]
    findings_by_rule: list[FoundByRule]


class SentReport(ReportWhole):
    """`repeated`: these very bytes were received before, and this is the first receipt."""

    repeated: bool


class FindingRow(Schema):
    """One finding on one position: what is wrong, on what basis, what to do, and what is at stake."""

    id: int
    record: int
    line: int
    service_id: str | None
    service_version: int | None
    position: int | None
    rule: str
    severity: str
    sentence: str
    basis: str
    remedy: str
    value_grosze: int


_SEVERITIES = Literal["", "error", "warning"]
_FORM = {"file": {"type": "string", "format": "binary"}}


@calls.listed("", _("Reports that were sent"), ReportRow)
def reports(
    request: HttpRequest,
    paging: Query[Paging],
    text: Words = "",
    state: Literal["", "working", "accepted", "partly_accepted", "rejected", "refused"] = "",
) -> dict[str, Any]:
    """The newest first. `text` is looked for in receipt numbers and file names."""
    return newest_first(queries.reports_found(request.user, text=text, outcome=state), paging, _row)


@calls.sent(
    "",
    _("Send a report"),
    SentReport,
    right=Right.SEND_REPORTS,
    **body_of(_FORM, required=["file"], raw=True),
)
def report_send(
    request: HttpRequest, response: HttpResponse, file_name: FileName = "raport.swx"
) -> Status[dict[str, Any]]:
    """A SWIAD message, zipped or plain: as a form with the part `file`, or as the only content of the call.

    It is taken in at once (201) and read in the background. The same bytes sent again are recognised and answered
    with the first receipt (200), so that a call whose answer was lost may simply be repeated; `Idempotency-Key` is
    not needed. `file_name` names a message that is sent alone.
    """
    if is_form(request):
        file = checked(request, ReportForm(request.POST, request.FILES), {})["file"]
        received = receive_report(operator=request.user, content=file, file_name=file.name, at=now())
    else:
        with sent_alone(request) as content:
            received = receive_report(operator=request.user, content=content, file_name=file_name, at=now())
    report, repeated = received
    created(response, address=reverse("api_report", args=[report.pk]))
    found = queries.report_for(request.user, report.pk)
    return Status(200 if repeated else 201, _whole(found) | {"repeated": repeated})


@calls.one("/{int:report_id}", _("One report: progress, result, or why it was refused"), ReportWhole)
def report(request: HttpRequest, report_id: int) -> dict[str, Any]:
    """`refusals` are of the whole message; what single records lack stands in the findings."""
    return _whole(queries.report_for(request.user, report_id))


@calls.listed("/{int:report_id}/findings", _("Findings of a report, one by one"), FindingRow)
def report_findings(
    request: HttpRequest,
    report_id: int,
    paging: Query[Paging],
    *,
    rule: Words = "",
    severity: _SEVERITIES = "",
    service_id: Words = "",
) -> dict[str, Any]:
    """In the order of the report. There are none (404) before the report is checked.

    When the branch has the report checked again between two pages, `after` is not known any more (409): begin anew.
    """
    found, run = queries.checked_report_for(request.user, report_id)
    wanted = queries.Wanted(code=rule, severity=severity, service=service_id)
    place = {} if paging.after is None else {"after": str(paging.after)}
    listed = page_of(
        queries.findings_wanted(found, run, wanted),
        order=("row",),
        address=place,
        total=0,
        size=paging.limit,
    )
    if place and listed.rows and listed.before is None:
        raise Problem(
            "unable", detail=gettext("There is no such finding in the result that counts now; begin anew.")
        )
    positions = queries.positions_at(found, [one.row for one in listed.rows])
    return {
        "items": [_finding(one, positions[one.row]) for one in listed.rows],
        "next": int(listed.after) if listed.after else None,
    }


@calls.file("/{int:report_id}/reply", _("The reply message (P_SWI), zipped"), "application/zip")
def report_reply(request: HttpRequest, report_id: int) -> FileResponse:
    """Every position with its verdict and findings. There is none (404) before the report is checked."""
    found, run = queries.checked_report_for(request.user, report_id)
    return FileResponse(
        downloads.reply_message(found, run),
        as_attachment=True,
        filename=f"{downloads.file_stem(found)}.swz",
        content_type="application/zip",
    )


def _row(report: Report) -> dict[str, Any]:
    outcome = queries.outcome_of(report)
    return {
        "id": report.pk,
        "receipt_number": report.receipt_number,
        "received_at": report.received_at,
        "file_name": report.file_name,
        "sha256": report.sha256,
        "size_bytes": report.size,
        "state": outcome,
        "is_over": outcome not in {"received", "reading"},
        "accepted_positions": report.accepted_positions,
        "rejected_positions": report.rejected_positions,
        "accepted_value_grosze": report.value_accepted,
    }


def _whole(report: Report) -> dict[str, Any]:
    row, run = _row(report), report.current_run
    return row | {
        "rejected_value_grosze": run.rejected_value if run else 0,
        "progress": None if row["is_over"] else _progress(report),
        "refusals": [Reason.of(stored) for stored in report.refusals],
        "findings_by_rule": [_by_rule(group) for group in queries.findings_by_rule(run)] if run else [],
    }


def _progress(report: Report) -> dict[str, Any]:
    progress = queries.progress_of(report, now())
    return {
        "positions": progress.rows,
        "bytes_read": progress.bytes_read,
        "bytes_total": progress.bytes_total,
        "seconds_left": progress.seconds_left,
    }


def _by_rule(group: queries.RuleFindings) -> dict[str, Any]:
    return {
        "rule": group.rule.code,
        "name": in_words(group.rule.name),
        "severity": group.severity,
        "records": group.records,
        "services": group.services,
        "value_grosze": group.value,
        "sentence": in_words(group.example),
        "remedy": in_words(group.remedy),
    }


def _finding(finding: Finding, position: Position) -> dict[str, Any]:
    return {
        "id": finding.pk,
        "record": finding.row,
        "line": position.line,
        "service_id": position.service_id,
        "service_version": position.service_version,
        "position": position.position,
        "rule": finding.code,
        "severity": finding.severity,
        "sentence": in_words(findings.sentence(finding.code, finding.parameters)),
        "basis": in_words(rule_of(finding.code).basis.reference),
        "remedy": in_words(findings.remedy(finding.code, finding.parameters)),
        "value_grosze": finding.value,
    }
