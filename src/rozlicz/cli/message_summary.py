"""Inspecting a message: everything is read once, counted and added up, then held against the schema."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from rozlicz.cli.progress import Moved
from rozlicz.messages.header import Header
from rozlicz.messages.kinds import MessageKind, kind_of
from rozlicz.messages.records.tables import Column, RecordTables, Table
from rozlicz.messages.schemas.check import SchemaFaults, schema_faults
from rozlicz.messages.signatures import Signature
from rozlicz.messages.wire.envelope import opened
from rozlicz.messages.wire.places import Unread
from rozlicz.messages.wire.refusals import MessageRefused

_PROGRESS_EVERY = 500
NOT_ASKED = SchemaFaults(faults=(), complete=True)
_OF_THE_FILE = (
    "empty", "too-", "other-format", "not-", "zip-", "encoding-", "doctype", "cut-off", "barren", "tag-", "values-",
)  # fmt: skip
"""How the codes of refusals begin after which the schema is not asked: the file itself is damaged or hostile."""


@dataclass(slots=True)
class TableTally:
    """How many rows a table of records has, and the sums of its amounts."""

    table: Table
    rows: int = 0
    sums: dict[Column, Decimal] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Inspection:
    """What was found. `refused` tells why the message could not be read to its end."""

    file: str
    kind: MessageKind
    zipped: bool
    header: Header | None = None
    head: tuple[object, ...] = ()
    tables: list[TableTally] = field(default_factory=list)
    unread: tuple[Unread, ...] = ()
    refused: MessageRefused | None = None
    schema: SchemaFaults = NOT_ASKED
    signatures: tuple[Signature, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the message can be read and fits its schema, and its signatures hold."""
        hold = all(one.holds for one in self.signatures)
        return self.refused is None and not self.schema.faults and hold


def inspected(path: Path, moved: Moved) -> Inspection:
    """Read and check a message. Raises MessageRefused when it is no message that is known."""
    kind = kind_of(path)
    with opened(path) as stream:
        found = Inspection(file=path.name, kind=kind, zipped=stream.zipped)
    try:
        _read(path, found, moved)
        if kind.signatures is not None:
            found.signatures = kind.signatures(path)
    except MessageRefused as refused:
        found.refused = refused
    if found.refused is None or not found.refused.code.startswith(_OF_THE_FILE):
        _hold_against_schema(path, found)
    return found


def _read(path: Path, found: Inspection, moved: Moved) -> None:
    size = path.stat().st_size
    with path.open("rb") as file, found.kind.open(file) as message:
        found.header, found.head = message.header, message.head
        tally = _Tally(found.tables)
        try:
            for number, record in enumerate(message.records, start=1):
                tally.add(record)
                if number % _PROGRESS_EVERY == 0:
                    moved(file.tell(), size, number)
        finally:
            found.unread = message.unread


def _hold_against_schema(path: Path, found: Inspection) -> None:
    found.schema = schema_faults(path, found.kind.schema_path)


class _Tally:
    """Counts rows and adds up amounts, table by table."""

    def __init__(self, tables: list[TableTally]) -> None:
        self._tables = tables
        self._by_table: dict[Table, tuple[TableTally, tuple[tuple[int, Column], ...]]] = {}
        self._rows = RecordTables()

    def add(self, record: object) -> None:
        """Count a record and everything in it."""
        for table, cells in self._rows.rows(record):
            tally, columns = self._by_table.get(table) or self._new(table)
            tally.rows += 1
            for index, column in columns:
                cell = cells[index]
                if isinstance(cell, Decimal):
                    tally.sums[column] += cell

    def _new(self, table: Table) -> tuple[TableTally, tuple[tuple[int, Column], ...]]:
        columns = tuple(_added_up(table.columns))
        tally = TableTally(table, sums={column: Decimal("0.00") for _, column in columns})
        self._tables.append(tally)
        self._by_table[table] = tally, columns
        return tally, columns


def _added_up(columns: Iterable[Column]) -> Iterable[tuple[int, Column]]:
    return (
        (index, column)
        for index, column in enumerate(columns)
        if column.decimals is not None and column.decimals.adds_up
    )
