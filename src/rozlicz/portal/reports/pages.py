"""The pages of the area "Sprawozdawczość"."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.clock import now
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import count, moment, page_language, text
from rozlicz.portal.house.paging import order_of, page_of
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.reports import downloads, queries
from rozlicz.portal.reports.forms import FindingsFilter, ReportForm, ReportsFilter
from rozlicz.portal.reports.models import Finding, Position, Report, ReportState
from rozlicz.portal.reports.operations import Received, UnableToReceiveReport, receive_report, verify_again
from rozlicz.portal.reports.record_words import groups_of
from rozlicz.verification import findings
from rozlicz.verification.catalogue import rule_of

_REPORT_SORTS = {
    "received": ("id",),
    "accepted": ("accepted_positions",),
    "rejected": ("rejected_positions",),
    "value": ("value_accepted",),
}
_TOLD = 10
"""How many rules a result tells in full; those behind them stand in a table, which leads to their records."""

_FINDING_SORTS = {"row": ("row",), "value": ("value", "row")}


@for_right(Right.SEE_REPORTS)
def reports(request: HttpRequest) -> HttpResponse:
    """The list of reports, the newest first: a provider's own, or all of the branch."""
    form = ReportsFilter(request.GET, for_payer=request.user.is_payer)
    found = form.ask(queries.reports_found, request.user)
    page = page_of(found, order=order_of(request.GET, _REPORT_SORTS, ("-id",)), address=request.GET)
    rows = [(report, queries.outcome_of(report)) for report in page.rows]
    return render(request, "reports/reports.html", {"filter_form": form, "page": page, "rows": rows})


@for_right(Right.SEND_REPORTS)
def report_send(request: HttpRequest) -> HttpResponse:
    """Send a report: taken in at once, answered by its receipt."""
    form = ReportForm(request.POST, request.FILES) if request.method == "POST" else ReportForm()
    if form.is_valid():
        try:
            received = _received(request, form)
        except UnableToReceiveReport as unable:
            form.add_error("file", text(unable.text))
        else:
            return redirect("report", received.report.pk)
    context = {"form": form, "breadcrumbs": _crumbs((_("Send a report"), None))}
    return render(request, "reports/send.html", context)


def _received(request: HttpRequest, form: ReportForm) -> Received:
    file = form.cleaned_data["file"]
    received = receive_report(operator=request.user, content=file, file_name=file.name, at=now())
    if received.repeated:
        messages.info(
            request,
            _(
                "This very file was received before, on %(when)s. Nothing was taken in again: this is the first"
                " receipt and its result."
            )
            % {"when": moment(received.report.received_at)},
        )
    return received


@for_right(Right.SEE_REPORTS)
def report(request: HttpRequest, report_id: int) -> HttpResponse:
    """One report: its receipt at once, its progress while it is read, then its result, or why it was refused."""
    found = queries.report_for(request.user, report_id)
    context: dict[str, Any] = {
        "breadcrumbs": _crumbs((found.receipt_number, None)),
        "report": found,
        "outcome": queries.outcome_of(found),
    }
    if found.state == ReportState.REFUSED:
        context["refusals"] = queries.refusals_of(found)
    elif found.current_run is None:
        context |= _progress(found)
    else:
        groups = queries.findings_by_rule(found.current_run)
        context |= {"run": found.current_run, "told": groups[:_TOLD], "listed": groups[_TOLD:]}
    return render(request, "reports/report.html", context)


@for_right(Right.VERIFY_REPORTS)
@require_POST
def report_verify_again(request: HttpRequest, report_id: int) -> HttpResponse:
    """The branch has a report checked once more."""
    try:
        verify_again(operator=request.user, report=queries.report_for(request.user, report_id), at=now())
    except UnableTo as unable:
        messages.error(request, unable.text.in_language(page_language()))
    else:
        messages.success(request, _("The report will be checked again; until then the former result counts."))
    return redirect("report", report_id)


@for_right(Right.SEE_REPORTS)
def report_progress(request: HttpRequest, report_id: int) -> HttpResponse:
    """The moving part of a report's page; when there is a result, htmx is told to load the page anew."""
    found = queries.report_for(request.user, report_id)
    if not request.htmx:
        return redirect("report", report_id)
    context = _progress(found)
    # Without the context of the frame, which no fragment shows: this is asked every second by everyone who waits.
    response = HttpResponse(render_to_string("reports/progress.html", {"request": request} | context))
    if context["progress"].is_over:
        response["HX-Refresh"] = "true"
    return response


def _progress(found: Report) -> dict[str, Any]:
    progress = queries.progress_of(found, now())
    return {"progress": progress, "progress_url": reverse("report_progress", args=[found.pk])}


@for_right(Right.SEE_REPORTS)
def report_findings(request: HttpRequest, report_id: int) -> HttpResponse:
    """The findings of a report one by one, filtered by rule, severity and service."""
    found, run = queries.checked_report_for(request.user, report_id)
    counts = queries.counts_by_rule(run)
    form = FindingsFilter(request.GET, counts=counts)
    wanted = _wanted(form)
    page = page_of(
        queries.findings_wanted(found, run, wanted),
        order=order_of(request.GET, _FINDING_SORTS, ("row",)),
        address=request.GET,
        total=wanted.count_in(counts),
    )
    positions = queries.positions_at(found, [finding.row for finding in page.rows])
    return render(
        request,
        "reports/findings.html",
        {
            "breadcrumbs": _crumbs(*_of_report(found), (_("Findings"), None)),
            "report": found,
            "filter_form": form,
            "page": page,
            "rows": [_finding_row(finding, positions[finding.row]) for finding in page.rows],
            "one_rule": rule_of(wanted.code) if wanted.code else None,
        },
    )


def _finding_row(finding: Finding, position: Position) -> dict[str, Any]:
    return {
        "finding": finding,
        "position": position,
        "rule": rule_of(finding.code),
        "sentence": findings.sentence(finding.code, finding.parameters),
    }


def _wanted(form: FindingsFilter) -> queries.Wanted:
    return queries.Wanted(**form.cleaned_data) if form.is_valid() else queries.Wanted()


@for_right(Right.SEE_REPORTS)
def report_findings_xlsx(request: HttpRequest, report_id: int) -> HttpResponse:
    """The findings as a workbook, filtered as the list is."""
    found, run = queries.checked_report_for(request.user, report_id)
    wanted = _wanted(FindingsFilter(request.GET, counts=queries.counts_by_rule(run)))
    return FileResponse(
        downloads.findings_workbook(found, run, wanted),
        as_attachment=True,
        filename=f"{_('findings')}_{downloads.file_stem(found)}.xlsx",
        content_type=downloads.WORKBOOK_TYPE,
    )


@for_right(Right.SEE_REPORTS)
def report_reply(request: HttpRequest, report_id: int) -> HttpResponse:
    """The reply message (P_SWI) as the settlement program reads it, zipped."""
    found, run = queries.checked_report_for(request.user, report_id)
    return FileResponse(
        downloads.reply_message(found, run),
        as_attachment=True,
        filename=f"{downloads.file_stem(found)}.swz",
        content_type="application/zip",
    )


@for_right(Right.SEE_REPORTS)
def report_record(request: HttpRequest, report_id: int, row: int) -> HttpResponse:
    """One record: as it was reported, all its findings, and the other versions of the same service."""
    found, run = queries.checked_report_for(request.user, report_id)
    record = queries.record_of(found, run, row)
    return render(
        request,
        "reports/record.html",
        {
            "breadcrumbs": _crumbs(*_of_report(found), (_record_name(row), None)),
            "report": found,
            "record": record,
            "groups": groups_of(record.reported) if record.reported else [],
            "findings": [_told(finding) for finding in record.findings],
            "versions": queries.versions_of(record.position),
        },
    )


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "finding": finding,
        "rule": rule_of(finding.code),
        "sentence": findings.sentence(finding.code, finding.parameters),
        "remedy": findings.remedy(finding.code, finding.parameters),
    }


def _record_name(row: int) -> str:
    return _("Record %(number)s") % {"number": count(row)}


def _of_report(found: Report) -> tuple[tuple[str, str], ...]:
    return ((found.receipt_number, reverse("report", args=[found.pk])),)


def _crumbs(*rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [(_("Reporting"), reverse("reports")), *rest]
