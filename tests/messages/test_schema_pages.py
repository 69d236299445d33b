"""docs/messages are the schemas in words, and no older ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from rozlicz.messages.kinds import KINDS
from rozlicz.messages.schemas.pages import page_of, pages
from rozlicz.messages.schemas.tree import Part, parts_of
from rozlicz.messages.wire.root import ROOT

FOLDER = Path(__file__).parents[2] / "docs" / "messages"
SCHEMAS = sorted({kind.schema_path for kind in KINDS if isinstance(kind.schema, str)})
XSD = "{http://www.w3.org/2001/XMLSchema}"


@pytest.mark.slow
@pytest.mark.parametrize("name", pages())
def test_a_page_is_current(name: str) -> None:
    """Write them anew: python -m rozlicz.messages.schemas.pages docs/messages."""
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name]


def test_every_kind_has_a_page_and_no_page_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {"README.md", *map(page_of, KINDS)}
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert index.count(f"[{kind.code}]({page_of(kind)})") == 1


def all_parts(part: Part) -> list[Part]:
    return [part, *(one for below in part.parts for one in all_parts(below))]


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_every_name_has_a_meaning(schema: Path) -> None:
    for part in all_parts(parts_of(schema, ROOT)):
        assert re.search(r"\w{3}", part.meaning), part.name
        assert part.name != ""


@pytest.mark.parametrize("schema", SCHEMAS, ids=lambda path: path.stem)
def test_every_name_of_the_schema_itself_stands_on_its_page(schema: Path) -> None:
    """Those that its root, types and groups have; counted without the module under test."""
    tree = etree.parse(schema)
    written = {node.get("name") for node in tree.iter(f"{XSD}element", f"{XSD}attribute") if node.get("name")}
    told = {part.name.removeprefix("nfz:") for part in all_parts(parts_of(schema, ROOT))}
    assert written <= told


def test_own_names_are_told_from_the_funds() -> None:
    parts = {part.name: part for part in all_parts(parts_of(SCHEMAS[0].with_name("r_umx.xsd"), ROOT))}
    assert not parts["szablon-rach"].own
    assert not parts["rodz-nalicz"].own
    assert parts["poz-szablonu"].own
    assert parts["id-szablonu"].least == 1
    assert parts["szablon-rach"].most is None
