"""Workbooks (XLSX) of what a page shows, written row by row in flat memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDTH = 22


def workbook_response(
    *, file_name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]
) -> FileResponse:
    """One sheet with a heading row that stays in sight, as a download."""
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_workbook(file, headings=headings, rows=rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name, content_type=_TYPE)


def write_workbook(file: IO[bytes], *, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write the sheet; text is never taken for a formula or a link."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(file, options) as workbook:
        sheet = workbook.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, _WIDTH)
        sheet.write_row(0, 0, headings, workbook.add_format({"bold": True, "text_wrap": True}))
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
