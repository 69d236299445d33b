"""Records of any shape become rows of tables and JSON values, exactly, and nothing of them is lost."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from rozlicz.kernel.money import Grosze, Price, Units
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.messages.kinds import opened_message
from rozlicz.messages.records.json import record_json, units_json
from rozlicz.messages.records.shapes import shapes_of, values_of
from rozlicz.messages.records.tables import RecordTables
from tests.messages.example_files import examples


class Colour(StrEnum):
    RED = "R"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sock:
    colour: Colour
    hole: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cat:
    name: str
    lives: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dog:
    name: str
    bites: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    socks: tuple[Sock, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    worth: Grosze
    rent: Price | None
    area: Units
    built_on: date
    let_at: datetime
    since: Month
    drawer: Drawer | None = None
    pet: Cat | Dog | None = None
    drawers: tuple[Drawer, ...] = ()
    pets: tuple[Cat | Dog, ...] = ()


PLAIN = House(
    worth=123450,
    rent=None,
    area=71400,
    built_on=date(2026, 10, 5),
    let_at=datetime(2026, 11, 5, 12, 36, 26),
    since=Month(2026, 10),
)
FULL = House(
    worth=-5,
    rent=0,
    area=1,
    built_on=date(1926, 1, 2),
    let_at=datetime(2026, 11, 5),
    since=Month(2026, 1),
    drawer=Drawer(labels=("a", "b")),
    pet=Dog(name="Burek", bites=True),
    drawers=(
        Drawer(),
        Drawer(socks=(Sock(colour=Colour.RED), Sock(colour=Colour.RED, hole=Text(pl="dziura", en="hole")))),
    ),
    pets=(Cat(name="Mruczek", lives=9), Dog(name="Azor", bites=False)),
)


def tables_of(*records: object) -> dict[str, list[dict[str, Any]]]:
    """The rows by table, as a reader of the files sees them."""
    tables = RecordTables()
    found: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        for table, cells in tables.rows(record):
            names = [column.name for column in table.columns]
            found.setdefault(table.name, []).append(dict(zip(names, cells, strict=True)))
    return found


def test_amounts_and_units_are_exact_decimals() -> None:
    [row] = tables_of(PLAIN)["house"]
    assert str(row["worth"]) == "1234.50"
    assert str(row["area"]) == "7.1400"
    assert row["rent"] is None
    assert record_json(PLAIN)["worth"] == "1234.50"
    assert str(tables_of(FULL)["house"][0]["worth"]) == record_json(FULL)["worth"] == "-0.05"
    assert record_json(FULL)["area"] == "0.0001"


def test_json_says_what_numbers_count() -> None:
    assert units_json(House) == {"house.worth": "PLN", "house.rent": "PLN", "house.area": "units"}


def test_what_is_nested_once_becomes_columns() -> None:
    [row] = tables_of(FULL)["house"]
    assert row["pet_type"] == "dog"
    assert (row["pet_name"], row["pet_lives"], row["pet_bites"]) == ("Burek", None, True)
    [none] = tables_of(PLAIN)["house"]
    assert none["pet_type"] is None
    assert none["pet_name"] is None


def test_what_is_repeated_is_a_table_that_names_its_row() -> None:
    found = tables_of(PLAIN, FULL, FULL)
    assert [row["no"] for row in found["house"]] == [1, 2, 3]
    assert found["house_drawer_labels"][:2] == [{"house_no": 2, "value": "a"}, {"house_no": 2, "value": "b"}]
    assert [(row["house_no"], row["no"]) for row in found["house_drawers"]] == [
        (2, 1),
        (2, 2),
        (3, 3),
        (3, 4),
    ]
    assert [row["house_drawers_no"] for row in found["house_drawers_socks"]] == [2, 2, 4, 4]
    assert found["house_drawers_socks"][1]["hole_en"] == "hole"
    assert found["house_drawers_socks"][0] == {
        "house_drawers_no": 2,
        "colour": "R",
        "hole_pl": None,
        "hole_en": None,
    }


def test_each_class_of_several_has_its_table() -> None:
    found = tables_of(FULL)
    assert found["house_pets_cat"] == [{"house_no": 1, "name": "Mruczek", "lives": 9}]
    assert found["house_pets_dog"] == [{"house_no": 1, "name": "Azor", "bites": False}]


def test_json_keeps_the_shape() -> None:
    told = record_json(FULL)
    assert told["@type"] == "house"
    assert told["since"] == "2026-01"
    assert told["let_at"] == "2026-11-05T00:00:00"
    assert told["pet"] == {"@type": "dog", "name": "Burek", "bites": True}
    assert told["drawers"][1]["socks"][1] == {"colour": "R", "hole": {"pl": "dziura", "en": "hole"}}


@dataclass
class Odd:
    what: complex


def test_a_record_of_another_type_is_a_programmers_mistake() -> None:
    with pytest.raises(TypeError, match="complex"):
        shapes_of(Odd)


# ---- records of every kind of message ------------------------------------------------------------------------------


def values_in(name: str) -> list[object]:
    _kind, message = opened_message(io.BytesIO(examples()[name]))
    with message:
        return [*message.head, *message.records]


def leaves_of(value: object) -> int:
    """How many single values there are, counted without the module under test."""
    if isinstance(value, dict):
        return sum(map(leaves_of, value.values()))
    if isinstance(value, tuple):
        return sum(map(leaves_of, value))
    if is_dataclass(value) and not isinstance(value, Month):
        return sum(leaves_of(getattr(value, field.name)) for field in fields(value))
    return value is not None


def texts_of(told: object) -> Iterator[str]:
    """The single values of a JSON document."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield from () if key == "@type" else texts_of(value)
    elif isinstance(told, list):
        for value in told:
            yield from texts_of(value)
    elif told is not None:
        yield str(told)


@pytest.mark.parametrize("name", examples())
def test_no_value_of_a_message_is_lost(name: str) -> None:
    tables = RecordTables()
    for value in values_in(name):
        texts = list(texts_of(record_json(value)))
        assert len(texts) == leaves_of(value)
        cells = [cell for row in tables.rows(value) for cell in row.cells]
        shown = [cell.isoformat() if isinstance(cell, date) else str(cell) for cell in cells]
        assert not Counter(texts) - Counter(shown)


@pytest.mark.parametrize("name", examples())
def test_every_whole_number_of_money_says_so(name: str) -> None:
    """A field named like an amount, price or quantity must be marked; else it would be shown in grosze."""
    for value in values_in(name):
        for path, shape_decimals, found in numbers_in(value):
            if path[-1] in {"amount", "price", "units", "rate", "total", "weight", "cost", "limit", "share"}:
                assert shape_decimals is not None, path
            assert isinstance(found, int | Decimal)


def numbers_in(value: object, path: tuple[str, ...] = ()):
    for name, shape, inner in values_of(value):
        place = (*path, name)
        if isinstance(inner, int) and not isinstance(inner, bool):
            yield place, getattr(shape, "decimals", None), inner
        for one in inner if isinstance(inner, tuple) else (inner,):
            if is_dataclass(one) and not isinstance(one, Month | Text):
                yield from numbers_in(one, place)
