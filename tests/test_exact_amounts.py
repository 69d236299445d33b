"""No float ever touches an amount: what calculates below the portal has neither floats nor a division that makes one.

Looked for in the source: literals with a decimal point, the name `float`, columns of floats, `round`, the module
`math` beyond its whole numbers, and `/` between anything but paths, `Fraction` and `Decimal`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "rozlicz"
ROOMS = ("kernel", "messages", "verification", "settlement", "documents")
MODULES = sorted(path for room in ROOMS for path in (SOURCE / room).rglob("*.py"))

WITHOUT_AMOUNTS = {"messages/wire/refusals.py"}
"""Tells the size of a file in MB."""

EXACT = {"Fraction", "Decimal"}
WHOLE = {"gcd", "lcm", "isqrt", "comb", "prod"}
"""Functions of `math` that give whole numbers of whole numbers."""
PATHS = {"Path", "PurePosixPath", "files", "joinpath", "parent", "folder", "_folder"}
"""Names of what is divided by `/` into a path."""


def inexact(source: str) -> list[str]:
    """What in a source may make a float: line and code."""
    return [f"{node.lineno}: {ast.unparse(node)}" for node in _suspects(ast.parse(source))]


def _suspects(tree: ast.Module) -> Iterator[ast.expr | ast.stmt]:
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex()):
                yield node
            case ast.Name(id="float" | "complex" | "round"):
                yield node
            case ast.Attribute(attr="Float32" | "Float64" | "truediv" | "cast_float"):
                yield node
            case ast.Attribute(value=ast.Name(id="math"), attr=name) if name not in WHOLE:
                yield node
            case ast.ImportFrom(module="math" | "statistics" | "random"):
                yield node
            case ast.BinOp(op=ast.Div(), left=left, right=right):
                if not _exact(left) and not _exact(right) and not _path(left):
                    yield node
            case ast.AugAssign(op=ast.Div()):
                yield node


def _exact(operand: ast.expr) -> bool:
    """Whether one of the operands is made a Fraction or Decimal on the spot."""
    return any(isinstance(node, ast.Name) and node.id in EXACT for node in ast.walk(operand))


def _path(operand: ast.expr) -> bool:
    """Whether the left operand is a path: by its name, or since it is itself divided by a text."""
    names = (node.id if isinstance(node, ast.Name) else node.attr for node in _named(operand))
    return any(name in PATHS for name in names)


def _named(operand: ast.expr) -> Iterator[ast.Name | ast.Attribute]:
    return (node for node in ast.walk(operand) if isinstance(node, ast.Name | ast.Attribute))


def test_there_is_something_to_look_through() -> None:
    assert {path.relative_to(SOURCE).parts[0] for path in MODULES} == set(ROOMS)
    assert all(inexact((SOURCE / name).read_text(encoding="utf-8")) for name in WITHOUT_AMOUNTS)


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_that_calculates_makes_a_float(room: str) -> None:
    found = {
        name: suspects
        for path in MODULES
        if path.is_relative_to(SOURCE / room)
        and (name := path.relative_to(SOURCE).as_posix()) not in WITHOUT_AMOUNTS
        and (suspects := inexact(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "code",
    [
        "share = 0.7",
        "amount = price * 1e2",
        "value = float(text)",
        "def f(amount: float) -> int: ...",
        "part = amount / 12",
        "amount /= 12",
        "pl.col('value').cast(pl.Float64)",
        "pl.col('value') / 100",
        "round(amount * rate)",
        "math.floor(units)",
        "from math import ceil",
    ],
)
def test_each_way_to_a_float_is_found(code: str) -> None:
    assert inexact(code) != []


@pytest.mark.parametrize(
    "code",
    [
        "part = amount // 12",
        "part = Fraction(amount) / 12",
        "value = Decimal(1) / scale",
        "path = Path(name) / 'schemas'",
        "rounded = round_half_up(exact)",
        "math.gcd(a, b)",
        "text = '0.75'",
    ],
)
def test_exact_arithmetic_is_left_alone(code: str) -> None:
    assert inexact(code) == []
