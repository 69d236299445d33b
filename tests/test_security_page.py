"""docs/security.md: every requirement of the chosen chapters is answered once, and every test it names is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/security.md").read_text(encoding="utf-8")
ANSWERS = {"done", "not applicable", "not by default", "otherwise", "not yet"}

# OWASP ASVS 5.0.0, chapters V6 to V8: section → numbers of a level, as its published list has them.
LEVEL_1 = {
    "V6.1": [1],
    "V6.2": [1, 2, 3, 4, 5, 6, 7, 8],
    "V6.3": [1, 2],
    "V6.4": [1, 2],
    "V7.2": [1, 2, 3, 4],
    "V7.4": [1, 2],
    "V8.1": [1],
    "V8.2": [1, 2],
    "V8.3": [1],
}
LEVEL_2 = {
    "V6.1": [2, 3],
    "V6.2": [9, 10, 11, 12],
    "V6.3": [3, 4],
    "V6.4": [3, 4],
    "V6.5": [1, 2, 3, 4, 5],
    "V6.6": [1, 2, 3],
    "V6.8": [1, 2, 3, 4],
    "V7.1": [1, 2, 3],
    "V7.3": [1, 2],
    "V7.4": [3, 4, 5],
    "V7.5": [1, 2],
    "V7.6": [1, 2],
    "V8.1": [2],
    "V8.2": [3],
    "V8.4": [1],
}


def numbers() -> dict[str, str]:
    return {
        f"{section}.{number}": level
        for level, sections in (("1", LEVEL_1), ("2", LEVEL_2))
        for section, listed in sections.items()
        for number in listed
    }


def lines() -> list[list[str]]:
    found = [line for line in PAGE.splitlines() if line.startswith("| V")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in found]


@cache
def functions_of(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def test_every_requirement_of_the_chapters_is_answered_once() -> None:
    assert {line[0]: line[1] for line in lines()} == numbers()
    assert [line[0] for line in lines()] == sorted(
        numbers(), key=lambda number: [int(part) for part in number[1:].split(".")]
    )


@pytest.mark.parametrize("line", lines(), ids=lambda line: line[0])
def test_an_answer_is_one_of_five_and_shown_by_tests_that_exist(line: list[str]) -> None:
    _number, _level, requirement, answer, how = line
    assert requirement
    assert answer in ANSWERS
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", how)
    assert named or answer in {"not applicable", "not yet"}
    for path, test in named:
        assert test in functions_of(path), f"{path}::{test}"


def test_every_file_and_page_that_it_names_is_there() -> None:
    for name in re.findall(r"`((?:accounts|house)/[\w/]+\.py)`", PAGE):
        assert (ROOT / "src/rozlicz/portal" / name).exists(), name
    for name in re.findall(r"\]\(([\w.-]+\.md)\)", PAGE):
        assert (ROOT / "docs" / name).exists(), name
