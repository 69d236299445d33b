"""Files of the records of any message, written in flat memory: JSON, CSV, XLSX."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Protocol, TextIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from rozlicz.cli.contract_data import header_json
from rozlicz.cli.field_words import column_title, table_title
from rozlicz.cli.message_json import kind_json
from rozlicz.cli.unread import unread_json
from rozlicz.cli.workbook import ROWS_OF_A_SHEET, new_workbook
from rozlicz.kernel.texts import Text
from rozlicz.messages.header import Header
from rozlicz.messages.kinds import MessageKind
from rozlicz.messages.records.json import record_json, units_json
from rozlicz.messages.records.shapes import Cell
from rozlicz.messages.records.tables import RecordTables, Table
from rozlicz.messages.wire.places import Unread

_DELIMITER = ";"
_PACKED_ON = (1980, 1, 1, 0, 0, 0)
_LONGEST_SHEET_NAME = 31
_LONGEST_CELL = 32_767
_EXACT_TO = 10**15
"""Numbers of more digits are texts in a workbook, where they would be rounded."""


class SeveralTables(Exception):
    """The records need several tables, but the file can hold one. `text` says what to do."""

    def __init__(self) -> None:
        self.text = Text(
            pl="Zapisy tego komunikatu dają kilka tabel, każdą w osobnym pliku CSV. "
            "Podaj nazwę archiwum (.zip) albo arkusza (.xlsx).",
            en="The records of this message make several tables, each a CSV file of its own. "
            "Name an archive (.zip) or a workbook (.xlsx).",
        )
        super().__init__(self.text.en)


class RecordFile(Protocol):
    """A file that takes the values of a message in its order; `finish` completes it."""

    def begin(self, kind: MessageKind, header: Header | None) -> None:
        """What message this is."""
        ...

    def head(self, value: object) -> None:
        """A value that stands before the records."""
        ...

    def record(self, value: object) -> None:
        """The next record."""
        ...

    def finish(self, unread: Sequence[Unread], /) -> None:
        """Complete the file. `unread` are places that the reader does not know."""
        ...

    def close(self) -> None:
        """Let go of what was needed for writing, also after a fault."""
        ...


class JsonFile:
    """One document, each record on a line of its own."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = TextIOWrapper(target, encoding="utf-8", newline="\n")
        self._separator = "\n"
        self._in_head = True
        self._units: dict[str, str] = {}
        self._classes: set[type] = set()

    def begin(self, kind: MessageKind, header: Header | None) -> None:
        """The message's kind and header."""
        self._target.write(
            f'{{"kind": {_dumped(kind_json(kind))},\n'
            f'"header": {_dumped(header_json(header) if header else None)},\n'
            '"head": ['
        )

    def head(self, value: object) -> None:
        """Add a head value."""
        self._add(value)

    def record(self, value: object) -> None:
        """Add a record."""
        if self._in_head:
            self._begin_records()
        self._add(value)

    def finish(self, unread: Sequence[Unread], /) -> None:
        """What the decimal numbers count, and what was left unread."""
        if self._in_head:
            self._begin_records()
        rest = {"units": self._units, "unread": unread_json(unread)}
        self._target.write(
            "\n],\n" + ",\n".join(f"{_dumped(key)}: {_dumped(rest[key])}" for key in rest) + "}\n"
        )
        self._target.flush()

    def close(self) -> None:
        """The target stays open."""
        self._target.detach()

    def _begin_records(self) -> None:
        self._in_head = False
        self._separator = "\n"
        self._target.write('\n],\n"records": [')

    def _add(self, value: object) -> None:
        kind = type(value)
        if kind not in self._classes:
            self._classes.add(kind)
            self._units |= units_json(kind)
        self._target.write(f"{self._separator}{_dumped(record_json(value))}")
        self._separator = ",\n"


class CsvFiles:
    """A CSV file for each table: the file itself, or members of an archive when `archive` is set."""

    def __init__(self, target: BinaryIO, *, archive: bool) -> None:
        self._target = target
        self._archive = archive
        self._tables = RecordTables()
        self._closing = ExitStack()
        self._folder = Path(self._closing.enter_context(TemporaryDirectory(prefix="rozlicz-")))
        self._files: dict[Table, _CsvTable] = {}

    def begin(self, kind: MessageKind, header: Header | None) -> None:
        """Tables hold neither."""

    def head(self, value: object) -> None:
        """Add the rows of a head value."""
        self.record(value)

    def record(self, value: object) -> None:
        """Add the rows of a record. Raises SeveralTables."""
        for table, cells in self._tables.rows(value):
            file = self._files.get(table) or self._new_file(table)
            file.writer.writerow(map(_csv_cell, cells))

    def finish(self, _unread: Sequence[Unread], /) -> None:
        """Put the files together."""
        for file in self._files.values():
            file.text.close()
        if not self._archive:
            for file in self._files.values():
                with file.path.open("rb") as written:
                    shutil.copyfileobj(written, self._target)
            return
        with ZipFile(self._target, "w", ZIP_DEFLATED) as archive:
            for file in self._files.values():
                member = ZipInfo(file.path.name, _PACKED_ON)
                member.compress_type = ZIP_DEFLATED
                with file.path.open("rb") as written, archive.open(member, "w", force_zip64=True) as packed:
                    shutil.copyfileobj(written, packed)

    def close(self) -> None:
        """Remove the files on which it worked."""
        for file in self._files.values():
            file.text.close()
        self._closing.close()

    def _new_file(self, table: Table) -> _CsvTable:
        if self._files and not self._archive:
            raise SeveralTables
        file = self._files[table] = _CsvTable(self._folder / f"{self._free_name(table)}.csv")
        file.writer.writerow(column.name for column in table.columns)
        return file

    def _free_name(self, table: Table) -> str:
        taken = sum(1 for other in self._files if other.name == table.name)
        return f"{table.name}-{taken + 1}" if taken else table.name


class _CsvTable:
    """One CSV file while it is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text: TextIO = path.open("w", encoding="utf-8", newline="")
        self.writer = csv.writer(self.text, delimiter=_DELIMITER, lineterminator="\n")


class Workbook:
    """A sheet for each table, with titles in words; a table longer than a sheet goes on in another one."""

    def __init__(self, target: BinaryIO, *, rows_of_a_sheet: int = ROWS_OF_A_SHEET) -> None:
        self._book = new_workbook(target)
        self._rows_of_a_sheet = rows_of_a_sheet
        self._tables = RecordTables()
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._decimal = {
            places: self._book.add_format({"num_format": "#,##0." + "0" * places}) for places in range(1, 7)
        }
        self._sheets: dict[Table, Any] = {}
        self._lines: dict[Table, int] = {}
        self._names: set[str] = set()

    def begin(self, kind: MessageKind, header: Header | None) -> None:
        """Tables hold neither."""

    def head(self, value: object) -> None:
        """Add the rows of a head value."""
        self.record(value)

    def record(self, value: object) -> None:
        """Add the rows of a record."""
        for table, cells in self._tables.rows(value):
            if self._lines.get(table, self._rows_of_a_sheet) == self._rows_of_a_sheet:
                self._new_sheet(table)
            self._lines[table] += 1
            sheet, line = self._sheets[table], self._lines[table]
            for column, cell in enumerate(cells):
                self._write(sheet, line, column, cell)

    def finish(self, _unread: Sequence[Unread], /) -> None:
        """Complete the file."""
        self.close()

    def close(self) -> None:
        """Complete what there is, so that nothing is left behind."""
        if not self._book.fileclosed:
            self._book.close()

    def _new_sheet(self, table: Table) -> None:
        sheet = self._sheets[table] = self._book.add_worksheet(self._free_name(table_title(table)))
        self._lines[table] = 0
        for column, what in enumerate(table.columns):
            title = column_title(what)
            sheet.set_column(column, column, min(max(len(title), 10), 40))
            sheet.write_string(0, column, title, self._bold)
        sheet.freeze_panes(1, 0)

    def _free_name(self, title: str) -> str:
        """A name that no other sheet has; sheets do not tell large letters from small ones."""
        name, number = title[:_LONGEST_SHEET_NAME], 1
        while name.lower() in self._names:
            number += 1
            name = f"{title[: _LONGEST_SHEET_NAME - 5]} {number}"
        self._names.add(name.lower())
        return name

    def _write(self, sheet: Any, line: int, column: int, cell: Cell) -> None:
        match cell:
            case None | "":
                return
            case bool():
                sheet.write_boolean(line, column, cell)
            case Decimal():
                places = -int(cell.as_tuple().exponent)
                sheet.write_number(line, column, cell, self._decimal.get(places))
            case int() if abs(cell) < _EXACT_TO:
                sheet.write_number(line, column, cell)
            case date() if cell.year >= 1900 and getattr(cell, "tzinfo", None) is None:
                form = self._moment if isinstance(cell, datetime) else self._day
                sheet.write_datetime(line, column, cell, form)
            case _:
                told = cell.isoformat() if isinstance(cell, date) else str(cell)
                sheet.write_string(line, column, told[:_LONGEST_CELL])


def _csv_cell(cell: Cell) -> object:
    """Days and moments as the messages write them, flags as T and N."""
    if isinstance(cell, bool):
        return "T" if cell else "N"
    return cell.isoformat() if isinstance(cell, date) else cell


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
