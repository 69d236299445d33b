"""Workbooks (XLSX) that commands write row by row in flat memory."""

from __future__ import annotations

from typing import Any, BinaryIO

import xlsxwriter

ROWS_OF_A_SHEET = 1_048_575
"""What a worksheet holds below its heading; more rows go on in another sheet."""


def new_workbook(target: BinaryIO) -> Any:
    """An empty workbook of xlsxwriter, which has no types. No text of a provider becomes a formula or a link."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    return xlsxwriter.Workbook(target, options)
