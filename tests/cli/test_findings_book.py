"""The workbook of findings: every finding, and no text of a provider becomes a formula."""

from __future__ import annotations

import xml.etree.ElementTree as ET
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from rozlicz.cli.findings_book import FindingsBook
from rozlicz.cli.report_check import Found
from tests import reporting

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows_of(file, sheet: int) -> list[list[str]]:
    """The cells of a worksheet as texts."""
    with zipfile.ZipFile(file) as archive:
        tree = ET.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
    return [
        ["".join(cell.itertext()) for cell in row.iter(f"{NAMESPACE}c")]
        for row in tree.iter(f"{NAMESPACE}row")
    ]


def saved(typed, *services: reporting.Reported) -> Path:
    Path("r.swx").write_bytes(reporting.report(services))
    ended = typed(
        "report",
        "check",
        "r.swx",
        "--contract",
        "umowa.umx",
        "--received-on",
        "2026-11-05",
        "--xlsx",
        "w.xlsx",
    )
    assert ended.status == 1
    return Path("w.xlsx")


@pytest.mark.slow
def test_it_holds_the_report_and_every_finding(typed, umowa):
    book = saved(typed, *(reporting.Reported(service_id=f"S-{n}", month="2026-13") for n in range(8)))
    about = dict(row[:2] for row in rows_of(book, 1))
    assert about["Plik"] == "r.swx"
    assert about["Pozycje odrzucone"] == "8"
    heads, *found = rows_of(book, 2)
    assert heads[5] == "Reguła"
    assert [row[2] for row in found] == [f"S-{n}" for n in range(8)]
    assert found[0][5:7] == ["59904005", "błąd"]


def test_no_text_of_a_provider_becomes_a_formula(typed, umowa):
    book = saved(typed, reporting.Reported(service_id="=1+1", month="=HYPERLINK(1)"))
    with zipfile.ZipFile(book) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet2.xml")
    assert rows_of(book, 2)[1][2] == "=1+1"


def test_more_findings_than_a_sheet_holds_go_on_in_another(desk):
    target = BytesIO()
    book = FindingsBook(target, rows_of_a_sheet=2)
    found = Found(1, 1, "S", "1", "1", "59901001", "error", '{"value": "x"}', 0)
    book.take([found._replace(row=row) for row in range(5)])
    book.close()
    assert [len(rows_of(target, sheet)) - 1 for sheet in (2, 3, 4)] == [2, 2, 1]
