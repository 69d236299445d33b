"""What the dataclasses of messages are made of, so that one walker can show any record.

A field is a leaf (a text, number, day, month, moment, enumeration), another dataclass, or a tuple of such. A whole
number annotated `Grosze`, `Price` or `Units` becomes an exact decimal: 123450 grosze are 1234.50.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from rozlicz.kernel.money import Decimals
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text

Cell = str | int | bool | date | Decimal | None
"""A value as a table holds it; a datetime is a date."""

_PLAIN = (str, int, bool, date, datetime, Decimal)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value; `decimals` when it is a whole number that counts parts of one."""

    decimals: Decimals | None = None

    def cell(self, value: Any) -> Cell:
        """The value as a table holds it."""
        if value is None:
            return None
        if self.decimals is not None:
            return Decimal(value).scaleb(-self.decimals.places)
        if isinstance(value, Enum):
            return self.cell(value.value)
        return value if isinstance(value, _PLAIN) else str(value)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A `Text`: the same in two languages."""


@dataclass(frozen=True, slots=True)
class Nested:
    """A dataclass inside; of several classes where any of them may stand."""

    classes: tuple[type, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """Any number of something."""

    of: Leaf | Sentence | Nested


Shape = Leaf | Sentence | Nested | Many


@cache
def shapes_of(record: type) -> Mapping[str, Shape]:
    """The shape of each field of a dataclass, in order. A type that no record may have raises TypeError."""
    hints = get_type_hints(record, include_extras=True)
    return {field.name: _shape(hints[field.name]) for field in fields(record)}


def values_of(record: object) -> Iterator[tuple[str, Shape, Any]]:
    """Name, shape and value of each field of a record."""
    kind: type = type(record)
    for name, shape in shapes_of(kind).items():
        yield name, shape, getattr(record, name)


def table_name(record: type) -> str:
    """`TemplateLine` → `template_line`."""
    letters = (f"_{letter.lower()}" if letter.isupper() else letter for letter in record.__name__)
    return "".join(letters).lstrip("_")


_LEAF = Leaf()


def _shape(hint: Any) -> Shape:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return Leaf(next(mark for mark in arguments[1:] if isinstance(mark, Decimals)))
    if origin in (Union, types.UnionType):
        return _one_of([_shape(one) for one in arguments if one is not types.NoneType], hint)
    if origin in (tuple, frozenset):
        of = _one_of([_shape(one) for one in arguments if one is not Ellipsis], hint)
        if isinstance(of, Many):
            raise TypeError(f"a record holds tuples of tuples: {hint}")
        return Many(of)
    if hint is Text:
        return Sentence()
    if origin is Literal or hint is Month or (isinstance(hint, type) and issubclass(hint, (*_PLAIN, Enum))):
        return _LEAF
    if is_dataclass(hint) and isinstance(hint, type):
        return Nested((hint,))
    raise TypeError(f"a record cannot hold {hint}")


def _one_of(shapes: list[Shape], hint: Any) -> Shape:
    first, *others = dict.fromkeys(shapes)
    if not others:
        return first
    found = [one for shape in (first, *others) if isinstance(shape, Nested) for one in shape.classes]
    if len(found) <= len(others):
        raise TypeError(f"a record holds values of different shapes: {hint}")
    return Nested(tuple(found))
