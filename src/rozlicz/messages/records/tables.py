"""Records of any message as rows of tables: what is nested once becomes columns, what is repeated a table of its own.

A row of such a table names the row it belongs to: the columns `…_no` hold running numbers, from 1 in each table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rozlicz.kernel.money import Decimals
from rozlicz.messages.records.shapes import (
    Cell,
    Leaf,
    Many,
    Nested,
    Sentence,
    Shape,
    shapes_of,
    table_name,
)

Get = Callable[[Any], Any]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the fields that lead to it, outermost first, and what its numbers count."""

    path: Path
    decimals: Decimals | None = None

    @property
    def name(self) -> str:
        """Such as `issuer_address_town`."""
        return "_".join(self.path)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table: the names that lead to it, from the record's own, and its columns in order."""

    path: Path
    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """Such as `template_lines`."""
        return "_".join(self.path)


class Row(NamedTuple):
    """One row of a table."""

    table: Table
    cells: tuple[Cell, ...]


class RecordTables:
    """Turns records into rows; each row stands before those that belong to it."""

    def __init__(self) -> None:
        self._plans: dict[tuple[Path, type], _Plan] = {}

    def rows(self, record: object) -> Iterator[Row]:
        """The row of a record and all rows below it."""
        return self._rows((table_name(type(record)),), record, parent=None)

    def _rows(self, path: Path, record: object, parent: _Plan | None) -> Iterator[Row]:
        plan = self._plan(path, record, parent)
        plan.rows += 1
        keys = [] if parent is None else [parent.rows]
        if plan.children:
            keys.append(plan.rows)
        yield Row(plan.table, (*keys, *(get(record) for get in plan.getters)))
        for below, get, of in plan.children:
            for item in get(record) or ():
                yield from self._rows(_path_below(path + below, of, item), _wrapped(of, item), plan)

    def _plan(self, path: Path, record: object, parent: _Plan | None) -> _Plan:
        key = path, type(record)
        if key not in self._plans:
            self._plans[key] = _planned(path, record, parent)
        return self._plans[key]


@dataclass(slots=True)
class _Plan:
    """How the rows of one table are made, and how many there were."""

    table: Table
    getters: tuple[Get, ...]
    children: tuple[tuple[Path, Get, Leaf | Sentence | Nested], ...]
    rows: int = 0


@dataclass(slots=True)
class _Columns:
    """The columns of a table while they are found out."""

    getters: dict[Column, Get] = field(default_factory=dict)
    children: list[tuple[Path, Get, Leaf | Sentence | Nested]] = field(default_factory=list)

    def of(self, record: type, path: Path, get: Get) -> None:
        """The columns of a dataclass that stands at that path."""
        for name, shape in shapes_of(record).items():
            self.at((*path, name), shape, _attribute(get, name))

    def at(self, path: Path, shape: Shape, get: Get) -> None:
        """The columns of a value of that shape."""
        match shape:
            case Leaf(decimals):
                self._add(Column(path, decimals), lambda record: shape.cell(get(record)))
            case Sentence():
                self._add(Column((*path, "pl")), _attribute(get, "pl"))
                self._add(Column((*path, "en")), _attribute(get, "en"))
            case Many(of):
                self.children.append((path, get, of))
            case Nested((only,)):
                self.of(only, path, get)
            case Nested(classes):
                self._add(Column((*path, "type")), lambda record: _type_of(get(record)))
                for one in classes:
                    self.of(one, path, _if_a(one, get))

    def _add(self, column: Column, get: Get) -> None:
        """A column that several classes have is one column."""
        before = self.getters.get(column)
        self.getters[column] = get if before is None else _either(before, get)


def _planned(path: Path, record: object, parent: _Plan | None) -> _Plan:
    columns = _Columns()
    if isinstance(record, _Value):
        columns.at(("value",), record.shape, lambda value: value.item)
    else:
        columns.of(type(record), (), lambda value: value)
    keys = [] if parent is None else [Column((*parent.table.path, "no"))]
    if columns.children:
        keys.append(Column(("no",)))
    table = Table(path, (*keys, *columns.getters))
    return _Plan(table, tuple(columns.getters.values()), tuple(columns.children))


class _Value(NamedTuple):
    """A repeated single value, in the place of a record."""

    item: object
    shape: Leaf | Sentence


def _wrapped(of: Leaf | Sentence | Nested, item: object) -> object:
    return item if isinstance(of, Nested) else _Value(item, of)


def _path_below(path: Path, of: Leaf | Sentence | Nested, item: object) -> Path:
    """Where several classes may stand, each has a table of its own."""
    return (*path, table_name(type(item))) if isinstance(of, Nested) and len(of.classes) > 1 else path


def _attribute(get: Get, name: str) -> Get:
    def value(record: object) -> Any:
        inner = get(record)
        return None if inner is None else getattr(inner, name)

    return value


def _if_a(kind: type, get: Get) -> Get:
    def value(record: object) -> Any:
        inner = get(record)
        return inner if isinstance(inner, kind) else None

    return value


def _either(first: Get, second: Get) -> Get:
    def value(record: object) -> Any:
        found = first(record)
        return second(record) if found is None else found

    return value


def _type_of(value: object) -> str | None:
    return None if value is None else table_name(type(value))
