"""Files made of a report's result, row by row in flat memory: the findings as a workbook, the reply message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from rozlicz.messages.header import new_header
from rozlicz.messages.p_swi import write_p_swi
from rozlicz.messages.replies import Receipt, ReplyFinding, ReplyPosition, ReplySummary
from rozlicz.portal.clock import warsaw_time
from rozlicz.portal.house.formatting import moment, text
from rozlicz.portal.house.states import STATES
from rozlicz.portal.reports import page_sql
from rozlicz.portal.reports.models import Report, Run
from rozlicz.portal.reports.queries import Wanted
from rozlicz.verification import findings
from rozlicz.verification.catalogue import rule_of

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_OF_A_SHEET = 1_048_575
"""What a worksheet holds below its heading; more findings go on in another sheet."""

_CHUNK = 2_000
_NO_MORE: tuple[int, Iterator[tuple[Any, ...]]] = (0, iter(()))
"""After the last finding: no row has the number 0."""

_WIDTHS = (10, 10, 24, 8, 8, 12, 14, 70, 50, 60, 16)


def file_stem(report: Report) -> str:
    """The receipt number as a part of a file's name."""
    return str(report.receipt_number).replace("/", "-")


def findings_workbook(
    report: Report, run: Run, wanted: Wanted, *, rows_of_a_sheet: int = ROWS_OF_A_SHEET
) -> IO[bytes]:
    """The findings asked for as an XLSX file in the language of the page, open at its beginning.

    Read in the caller's transaction and context.
    """
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        _write_about(book.add_worksheet(_("Report")), bold, report, run)
        sheet, line = None, 0
        for cells in _finding_lines(report, run, wanted):
            if sheet is None or line == rows_of_a_sheet:
                sheet, line = _headed(book, bold), 0
            line += 1
            _write_line(sheet, line, cells, money)
        if sheet is None:
            _headed(book, bold)
    target.seek(0)
    return target


def _write_about(sheet: Any, bold: Any, report: Report, run: Run) -> None:
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 60)
    facts = (
        (_("Receipt number"), report.receipt_number),
        (_("Provider"), f"{report.provider.code} {report.provider.name}"),
        (_("File"), report.file_name),
        (_("Received"), moment(report.received_at)),
        (_("SHA-256 of the file"), report.sha256),
        (_("Rules of verification"), run.rules_version),
        (_("Positions accepted"), run.accepted),
        (_("Positions rejected"), run.rejected),
    )
    for line, (label, value) in enumerate(facts):
        sheet.write_string(line, 0, str(label), bold)
        if isinstance(value, int):
            sheet.write_number(line, 1, value)
        else:
            sheet.write_string(line, 1, value)


def _headed(book: Any, bold: Any) -> Any:
    """The next worksheet of findings, with its heading."""
    number = len(book.worksheets())
    sheet = book.add_worksheet(_("Findings") if number == 1 else f"{_('Findings')} {number}")
    heads = (
        _("Record"),
        _("Line of the file"),
        _("Identifier of the service"),
        _("Version"),
        _("Number in the service"),
        _("Rule"),
        _("Severity"),
        _("What is wrong"),
        _("Legal basis"),
        _("What to do"),
        _("Value at stake (PLN)"),
    )
    for column, (head, width) in enumerate(zip(heads, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)
    sheet.freeze_panes(1, 0)
    return sheet


def _finding_lines(report: Report, run: Run, wanted: Wanted) -> Iterator[tuple[Any, ...]]:
    keys = {
        "report": report.pk,
        "run": run.pk,
        "code": wanted.code,
        "severity": wanted.severity,
        "service": wanted.service,
    }
    for row, line, service, version, position, code, severity, parameters, value in streamed(
        page_sql.FINDINGS_TO_DOWNLOAD, keys
    ):
        yield (
            row,
            line,
            service,
            version,
            position,
            code,
            str(STATES[severity].word),
            text(findings.sentence(code, parameters)),
            text(rule_of(code).basis.reference),
            text(findings.remedy(code, parameters)),
            Decimal(value).scaleb(-2),
        )


def _write_line(sheet: Any, line: int, cells: Iterable[Any], money: Any) -> None:
    """Texts are written as texts, so that no text of a provider can become a formula."""
    for column, cell in enumerate(cells):
        if isinstance(cell, Decimal):
            sheet.write_number(line, column, cell, money)
        elif isinstance(cell, int):
            sheet.write_number(line, column, cell)
        elif cell is not None:
            sheet.write_string(line, column, cell)


def reply_message(report: Report, run: Run) -> IO[bytes]:
    """The reply to a report (P_SWI), zipped, open at its beginning: every position with its findings.

    The same run always gives the same message. Read in the caller's transaction and context.
    """
    header = new_header(
        kind="P_SWI",
        receiver=report.provider.code,
        sender=settings.BRANCH,
        generation=int(report.receipt_number.rsplit("/", 1)[-1]),
        generated_at=warsaw_time(run.finished_at),
    )
    target = TemporaryFile()  # noqa: SIM115 - the response closes it
    write_p_swi(
        receipt=Receipt(
            number=report.receipt_number,
            received_at=warsaw_time(report.received_at),
            sha256=report.sha256,
            report_generation=report.generation,
        ),
        summary=ReplySummary(
            accepted=run.accepted,
            rejected=run.rejected,
            accepted_value=run.accepted_value,
            rejected_value=run.rejected_value,
        ),
        positions=_reply_positions(report, run),
        header=header,
        target=target,
        zipped=True,
    )
    target.seek(0)
    return target


def _reply_positions(report: Report, run: Run) -> Iterator[ReplyPosition]:
    """The positions in the order of the report, each with its findings: two streams in one order, merged."""
    keys = {"report": report.pk, "run": run.pk}
    found = groupby(streamed(page_sql.FINDINGS_TO_REPLY, keys), key=itemgetter(0))
    row_found, group = next(found, _NO_MORE)
    for row, service, version, number, line, accepted in streamed(page_sql.POSITIONS_TO_REPLY, keys):
        of_position: tuple[ReplyFinding, ...] = ()
        if row == row_found:
            of_position = tuple(_reply_finding(*finding[1:]) for finding in group)
            row_found, group = next(found, _NO_MORE)
        yield ReplyPosition(
            service_id=service,
            service_version=version,
            position=number,
            line=line,
            accepted=accepted,
            findings=of_position,
        )


def _reply_finding(code: str, severity: str, parameters: dict[str, str]) -> ReplyFinding:
    return ReplyFinding(
        code=code,
        severity=severity,
        message=findings.sentence(code, parameters),
        basis=rule_of(code).basis.reference,
        remedy=findings.remedy(code, parameters),
    )


def streamed(query: str, keys: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of a query through a cursor of the server, a chunk at a time; inside the caller's transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query, keys)
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows
