"""A schema as a tree of names with their meaning: what a message's page in docs/messages is written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from rozlicz.messages.wire.stream import FUND

OWN_NAME = "own name"
"""The documentation of a name that was not seen in any public source."""

_XSD = "http://www.w3.org/2001/XMLSchema"
_PARTICLES = ("sequence", "choice", "all", "group")
_MANY = 10**9

Node = Any
"""An element of lxml, whose stubs lack half of what it can do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One restriction of a value: `pattern`, `maxLength`, `enumeration`, …; of a listed value, its meaning."""

    name: str
    value: str
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueType:
    """What a value may be: a builtin type (`xs:date`), or a restriction of one; `name` empty inside an attribute."""

    name: str
    base: str
    facets: tuple[Facet, ...] = ()
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An element or attribute at its place.

    `least` and `most` (None: any number) count it; `in_choice`: it may stand instead of its neighbours. `own`: the
    name is ours. `value` is the type of an attribute, `fixed` its only value.
    """

    name: str
    is_attribute: bool
    least: int
    most: int | None
    in_choice: bool
    own: bool
    meaning: str
    value: ValueType | None = None
    fixed: str = ""
    parts: tuple[Part, ...] = ()


def parts_of(schema: Path, root: str) -> Part:
    """The root element of a message with everything in it."""
    return _Reader(schema).root(root)


class _Place(NamedTuple):
    """A definition, and the namespace that its unprefixed names belong to."""

    node: Node
    namespace: str


class _Reader:
    """Reads one schema with those it includes and imports."""

    def __init__(self, schema: Path) -> None:
        self._defined: dict[tuple[str, str, str], _Place] = {}
        self._loaded: set[tuple[Path, str]] = set()
        tree: Any = etree.parse(schema)
        self._namespace: str = tree.getroot().get("targetNamespace", "")
        self._load(schema, self._namespace)

    def root(self, name: str) -> Part:
        """A global element and everything in it."""
        return self._element(self._defined["element", self._namespace, name], 1, 1, in_choice=False)

    def _load(self, path: Path, namespace: str) -> None:
        if (path, namespace) in self._loaded:
            return
        self._loaded.add((path, namespace))
        tree: Any = etree.parse(path)
        for node in tree.getroot():
            kind = _kind(node)
            location = node.get("schemaLocation") if kind in ("include", "import") else None
            if location:
                self._load(path.parent / location, node.get("namespace", namespace))
            elif node.get("name"):
                self._defined.setdefault((kind, namespace, node.get("name")), _Place(node, namespace))

    def _referred(self, kind: str, name: str, place: _Place) -> _Place:
        """The definition that a name with or without prefix refers to."""
        prefix, _, local = name.rpartition(":")
        namespace = place.node.nsmap.get(prefix or None, place.namespace)
        return self._defined[kind, namespace, local]

    # ---- elements ------------------------------------------------------------------------------------------------

    def _element(self, place: _Place, least: int, most: int, *, in_choice: bool) -> Part:
        node = place.node
        least, most = least * _least(node), min(most * _most(node), _MANY)
        if node.get("ref"):
            place = self._referred("element", node.get("ref"), place)
        own, meaning = _told(place.node)
        kind = self._type(place)
        return Part(
            name=self._shown(place),
            is_attribute=False,
            least=least,
            most=None if most >= _MANY else most,
            in_choice=in_choice,
            own=own,
            meaning=meaning or (_told(kind.node)[1] if kind else ""),
            parts=tuple(self._inside(kind)) if kind else (),
        )

    def _type(self, place: _Place) -> _Place | None:
        """The complex type of an element; None when it has none."""
        name = place.node.get("type")
        if name:
            return self._referred("complexType", name, place)
        inline = place.node.find(f"{{{_XSD}}}complexType")
        return None if inline is None else _Place(inline, place.namespace)

    def _inside(self, place: _Place) -> Iterator[Part]:
        """Attributes, then elements, of a complex type."""
        found = list(self._of_type(place))
        yield from (part for part in found if part.is_attribute)
        yield from (part for part in found if not part.is_attribute)

    def _of_type(self, place: _Place) -> Iterator[Part]:
        for node in place.node:
            kind, here = _kind(node), _Place(node, place.namespace)
            if kind in ("complexContent", "simpleContent"):
                yield from self._of_type(here)
            elif kind == "extension":
                yield from self._of_type(self._referred("complexType", node.get("base"), here))
                yield from self._of_type(here)
            elif kind in _PARTICLES:
                yield from self._particle(here, 1, 1, in_choice=False)
            elif kind in ("attribute", "attributeGroup"):
                yield from self._attributes(here)

    def _particle(self, place: _Place, least: int, most: int, *, in_choice: bool) -> Iterator[Part]:
        node = place.node
        least, most = least * _least(node), min(most * _most(node), _MANY)
        if node.get("ref"):
            place = self._referred("group", node.get("ref"), place)
        in_choice = in_choice or _kind(place.node) == "choice"
        for one in place.node:
            kind, here = _kind(one), _Place(one, place.namespace)
            if kind == "element":
                yield self._element(here, least, most, in_choice=in_choice)
            elif kind == "any":
                yield _anything(one, least, most)
            elif kind in _PARTICLES:
                yield from self._particle(here, least, most, in_choice=in_choice)

    # ---- attributes ----------------------------------------------------------------------------------------------

    def _attributes(self, place: _Place) -> Iterator[Part]:
        node = place.node
        if _kind(node) == "attributeGroup":
            group = self._referred("attributeGroup", node.get("ref"), place)
            for one in group.node:
                if _kind(one) in ("attribute", "attributeGroup"):
                    yield from self._attributes(_Place(one, group.namespace))
            return
        required, fixed = node.get("use") == "required", node.get("fixed", "")
        name = node.get("name", "")
        if node.get("ref"):
            place = self._referred("attribute", node.get("ref"), place)
            name = self._shown(place)
        own, meaning = _told(place.node)
        yield Part(
            name=name,
            is_attribute=True,
            least=1 if required else 0,
            most=1,
            in_choice=False,
            own=own,
            meaning=meaning,
            value=self._value_type(place),
            fixed=fixed or place.node.get("fixed", ""),
        )

    def _value_type(self, place: _Place) -> ValueType:
        name = place.node.get("type", "")
        if name.startswith("xs:"):
            return ValueType(name="", base=name)
        if name:
            named = self._referred("simpleType", name, place)
            return self._restriction(named, name.rpartition(":")[2])
        inline = place.node.find(f"{{{_XSD}}}simpleType")
        return (
            ValueType(name="", base="xs:string")
            if inline is None
            else self._restriction(_Place(inline, place.namespace), "")
        )

    def _restriction(self, place: _Place, name: str) -> ValueType:
        restriction = place.node.find(f"{{{_XSD}}}restriction")
        base = restriction.get("base")
        facets = [
            Facet(name=_kind(node), value=node.get("value"), meaning=_told(node)[1])
            for node in restriction
            if _kind(node) not in ("annotation", "simpleType")
        ]
        if not base.startswith("xs:"):
            wider = self._restriction(
                self._referred("simpleType", base, _Place(restriction, place.namespace)), ""
            )
            told = {facet.name for facet in facets}
            base, facets = wider.base, [*(one for one in wider.facets if one.name not in told), *facets]
        return ValueType(name=name, base=base, facets=tuple(facets), meaning=_told(place.node)[1])

    def _shown(self, place: _Place) -> str:
        """A name with the prefix `nfz` where the Fund's stands in a framework message."""
        name = str(place.node.get("name"))
        foreign = place.namespace == FUND != self._namespace
        return f"nfz:{name}" if foreign and _kind(place.node.getparent()) == "schema" else name


def _kind(node: Node) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _least(node: Node) -> int:
    return int(node.get("minOccurs", "1"))


def _most(node: Node) -> int:
    most = node.get("maxOccurs", "1")
    return _MANY if most == "unbounded" else int(most)


def _told(node: Node) -> tuple[bool, str]:
    """Whether the name is our own, and the meaning, from the documentation of a definition."""
    annotation = node.find(f"{{{_XSD}}}annotation")
    texts = [] if annotation is None else [" ".join((one.text or "").split()) for one in annotation]
    return OWN_NAME in texts, " ".join(text for text in texts if text != OWN_NAME)


def _anything(node: Node, least: int, most: int) -> Part:
    many = most * _most(node)
    return Part(
        name="…",
        is_attribute=False,
        least=least * _least(node),
        most=None if many >= _MANY else many,
        in_choice=False,
        own=False,
        meaning=_told(node)[1] or f"Any element of the namespace {node.get('namespace')}.",
    )
