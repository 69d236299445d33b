"""The schemas, the tree by which reports are read and written, and the typed values all say the same."""

from dataclasses import fields

import pytest
from lxml import etree

from rozlicz.messages.swiad import grammar
from rozlicz.messages.wire.element_kinds import Kind
from rozlicz.messages.wire.framework import PROVIDER_ID_TYPE
from rozlicz.messages.wire.root import PROVIDER_CODE, PROVIDER_INSTALLATION
from tests.messages.schemas import SCHEMAS

XS = "{http://www.w3.org/2001/XMLSchema}"
PROVIDER = {f"/@{name}" for name in (PROVIDER_ID_TYPE, PROVIDER_CODE, PROVIDER_INSTALLATION)}
OUTERMOST = {
    "swiad": (grammar.SET,),
    "swiad-wykbad": (grammar.PERIOD, grammar.EXAMINATION_SET),
}


def in_grammar(kind: Kind, path: str = "") -> set[str]:
    """Paths of an element, its attributes and everything inside."""
    place = f"{path}/{kind.tag}"
    names = {name.replace("www.nfz.gov.pl/xml/swd-platnik/1 ", "nfz:") for name in kind.known}
    inside = [in_grammar(child, place) for child in kind.inside]
    return {place, *(f"{place}/@{name}" for name in names)}.union(*inside)


class Schema:
    """All declarations of a schema and of what it includes and imports, by name."""

    def __init__(self, name: str) -> None:
        self.declared: dict[tuple[str, str, str], etree._Element] = {}
        self._read(name, set())

    def _read(self, name: str, seen: set[str]) -> None:
        if name in seen:
            return
        seen.add(name)
        tree = etree.parse(SCHEMAS / f"{name}.xsd").getroot()
        space = "nfz" if "nfz" in tree.get("targetNamespace", "") else ""
        for part in tree:
            if part.get("schemaLocation"):
                self._read(part.get("schemaLocation").removesuffix(".xsd"), seen)
            elif part.get("name"):
                # what has no namespace of its own is the same in both
                for one in {space, "nfz"} if tree.get("targetNamespace") is None else {space}:
                    self.declared[one, part.tag.removeprefix(XS), part.get("name")] = part

    def paths(self, part: etree._Element, space: str, path: str = "") -> set[str]:
        """Paths of what stands in a declaration."""
        found: set[str] = set()
        for child in part:
            found |= self._paths_of(child, space, path)
        return found

    def _paths_of(self, child: etree._Element, space: str, path: str) -> set[str]:
        kind = child.tag.removeprefix(XS) if isinstance(child.tag, str) else ""
        if kind == "attribute":
            return {f"{path}/@{child.get('name') or child.get('ref')}"}
        if kind == "attributeGroup":
            return self.paths(self.declared[space, kind, child.get("ref")], space, path)
        if kind == "extension":
            return self.paths(child, space, path) | self._of_type(child.get("base"), space, path)
        if kind == "element":
            return self._of_element(child, space, path)
        return self.paths(child, space, path) if kind else set()

    def _of_element(self, child: etree._Element, space: str, path: str) -> set[str]:
        if ref := child.get("ref"):
            prefix, _, name = ref.rpartition(":")
            space = {"nfz": "nfz", "rama": "", "": space}[prefix]
            return self._of_element(self.declared[space, "element", name], space, path)
        place = f"{path}/{'nfz:' if space else ''}{child.get('name')}"
        inside = self.paths(child, space, place)
        if child.get("type"):
            inside |= self._of_type(child.get("type"), space, place)
        return {place} | inside

    def _of_type(self, name: str, space: str, path: str) -> set[str]:
        return self.paths(self.declared[space, "complexType", name], space, path)


@pytest.mark.parametrize("name", OUTERMOST)
def test_a_schema_allows_exactly_what_is_read_and_written(name: str) -> None:
    schema = Schema(name)
    provider = schema.declared["", "element", "komunikat"].find(f".//{XS}element[@name='swiadczeniodawca']")
    found = schema.paths(provider, "")
    assert found - PROVIDER == set().union(*map(in_grammar, OUTERMOST[name]))
    assert found >= PROVIDER


def kinds(kind: Kind) -> list[Kind]:
    return [kind, *(one for child in kind.inside for one in kinds(child))]


EVERY_KIND = [one for outermost in OUTERMOST.values() for kind in outermost for one in kinds(kind)]


@pytest.mark.parametrize("kind", [kind for kind in EVERY_KIND if kind.made], ids=lambda kind: kind.tag)
def test_every_field_of_a_value_has_its_place_in_the_report(kind: Kind) -> None:
    assert set(kind.fields()) == {field.name for field in fields(kind.made)}
