"""The findings as a workbook (XLSX), written row by row in flat memory; the columns are those of the portal's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

from rozlicz.cli.context import said, say
from rozlicz.cli.report_check import Check, Found, Outcome
from rozlicz.cli.rules import basis_in_words
from rozlicz.cli.shown import day, severity_word
from rozlicz.cli.workbook import ROWS_OF_A_SHEET, new_workbook
from rozlicz.verification.catalogue import RULES_VERSION, rule_of
from rozlicz.verification.findings import remedy, sentence

_WIDTHS = (10, 10, 24, 8, 8, 12, 14, 70, 50, 60, 16)


class FindingsBook:
    """A workbook with a sheet about the report and one of findings; `finish` completes it."""

    def __init__(self, target: BinaryIO, *, rows_of_a_sheet: int = ROWS_OF_A_SHEET) -> None:
        self._book = new_workbook(target)
        self._rows_of_a_sheet = rows_of_a_sheet
        self._bold = self._book.add_format({"bold": True})
        self._money = self._book.add_format({"num_format": "#,##0.00"})
        self._about = self._book.add_worksheet(say("Raport", "Report"))
        self._sheets = 0
        self._next_sheet()

    def take(self, found: Sequence[Found]) -> None:
        """Add findings."""
        for one in found:
            if self._line == self._rows_of_a_sheet:
                self._next_sheet()
            self._line += 1
            self._write(self._sheet, self._line, _cells(one))

    def finish(self, check: Check, outcome: Outcome) -> None:
        """Tell about the report and its result, and complete the file."""
        self._about.set_column(0, 0, 32)
        self._about.set_column(1, 1, 60)
        for line, (label, value) in enumerate(_facts(check, outcome)):
            self._about.write_string(line, 0, label, self._bold)
            self._write(self._about, line, (None, value))
        self.close()

    def close(self) -> None:
        """Complete the file."""
        self._book.close()

    def _next_sheet(self) -> None:
        self._sheets += 1
        name = say("Wyniki", "Findings")
        self._sheet = self._book.add_worksheet(name if self._sheets == 1 else f"{name} {self._sheets}")
        self._line = 0
        for column, (head, width) in enumerate(zip(_heads(), _WIDTHS, strict=True)):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, head, self._bold)
        self._sheet.freeze_panes(1, 0)

    def _write(self, sheet: Any, line: int, cells: Sequence[str | int | Decimal | None]) -> None:
        for column, cell in enumerate(cells):
            if isinstance(cell, Decimal):
                sheet.write_number(line, column, cell, self._money)
            elif isinstance(cell, int):
                sheet.write_number(line, column, cell)
            elif cell is not None:
                sheet.write_string(line, column, cell)


def _heads() -> tuple[str, ...]:
    return (
        say("Zapis", "Record"),
        say("Wiersz pliku", "Line of the file"),
        say("Identyfikator świadczenia", "Identifier of the service"),
        say("Wersja", "Version"),
        say("Pozycja", "Position"),
        say("Reguła", "Rule"),
        say("Waga", "Severity"),
        say("Co jest nie tak", "What is wrong"),
        say("Podstawa prawna", "Legal basis"),
        say("Co zrobić", "What to do"),
        say("Wartość zagrożona (zł)", "Value at stake (PLN)"),
    )


def _cells(one: Found) -> tuple[str | int | Decimal | None, ...]:
    return (
        one.row,
        one.line,
        one.service_id,
        one.service_version,
        one.position,
        one.code,
        str(severity_word(one.severity)),
        said(sentence(one.code, one.parameters)),
        basis_in_words(rule_of(one.code)),
        said(remedy(one.code, one.parameters)),
        _zloty(one.value),
    )


def _facts(check: Check, outcome: Outcome) -> Iterator[tuple[str, str | int | Decimal]]:
    tally = outcome.tally
    yield say("Plik", "File"), check.source.name
    yield say("Świadczeniodawca", "Provider"), f"{check.provider} {check.contracts[0].provider.name}"
    yield say("Umowy", "Contracts"), ", ".join(one.code for one in check.contracts)
    yield say("Dzień wysłania", "Day of sending"), day(check.received_on)
    yield say("Reguły weryfikacji", "Rules of verification"), RULES_VERSION
    if outcome.refused is not None:
        yield say("Raportu nie da się odczytać", "The report cannot be read"), said(outcome.refused.text)
    for refusal in outcome.header_refusals:
        yield say("Odrzucony w całości", "Refused as a whole"), said(refusal.text)
    yield say("Pozycje przyjęte", "Positions accepted"), tally.accepted
    yield say("Pozycje odrzucone", "Positions rejected"), tally.rejected
    yield say("Wartość przyjętych (zł)", "Value accepted (PLN)"), _zloty(tally.accepted_value)
    yield say("Wartość odrzuconych (zł)", "Value rejected (PLN)"), _zloty(tally.rejected_value)


def _zloty(grosze: int) -> Decimal:
    return Decimal(grosze).scaleb(-2)
