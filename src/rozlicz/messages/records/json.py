"""Records of any message as JSON values: amounts and units exact decimal texts, months 2026-10, days 2026-10-05."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from rozlicz.kernel.texts import Text
from rozlicz.messages.records.shapes import (
    Leaf,
    Many,
    Nested,
    Sentence,
    Shape,
    shapes_of,
    table_name,
    values_of,
)

Json = dict[str, Any]

CLASS = "@type"
"""The key that names the class of a record; no field can have that name."""


def record_json(record: object) -> Json:
    """A record with everything inside it."""
    return {CLASS: table_name(type(record))} | _fields(record)


def units_json(record: type) -> dict[str, str]:
    """What the decimal numbers of a dataclass count, by their place: `template.lines.amount` → PLN."""
    return dict(_units(record, table_name(record)))


def _fields(record: object) -> Json:
    return {name: _value(shape, value) for name, shape, value in values_of(record)}


def _value(shape: Shape, value: Any) -> Any:
    if value is None:
        return None
    match shape:
        case Leaf():
            cell = shape.cell(value)
            if isinstance(cell, date):
                return cell.isoformat()
            return str(cell) if isinstance(cell, Decimal) else cell
        case Sentence():
            return value.to_json() if isinstance(value, Text) else value
        case Nested((_,)):
            return _fields(value)
        case Nested():
            return record_json(value)
        case Many(of):
            return [_value(of, one) for one in value]


def _units(record: type, path: str) -> Iterator[tuple[str, str]]:
    for name, shape in shapes_of(record).items():
        place, of = f"{path}.{name}", shape.of if isinstance(shape, Many) else shape
        if isinstance(of, Leaf) and of.decimals is not None:
            yield place, of.decimals.unit
        elif isinstance(of, Nested):
            for one in of.classes:
                yield from _units(one, place)
