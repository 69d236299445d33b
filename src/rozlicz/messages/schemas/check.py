"""Does a message fit its schema? Every fault with line, path and a sentence, in memory that does not grow.

The schema is asked about the part of the document that stands in memory: of a small message all of it, of a large one
a run of records at a time with everything that encloses them. Of a long row of equal elements the earlier ones are
gone when the later are asked about, so that a largest number of elements, or a value that must be unique, is not
checked across runs.

libxml2 tells lines rightly up to 65,534; those of faults further down are looked up by their paths afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from rozlicz.kernel.texts import Text
from rozlicz.messages.schemas.files import compiled_schema
from rozlicz.messages.schemas.words import fault_in_words
from rozlicz.messages.wire.envelope import MessageRefused, Source, opened
from rozlicz.messages.wire.stream import Attributes, Walker

ELEMENTS_AT_ONCE = 5_000
"""How many elements gather before the schema is asked."""
MOST_FAULTS = 1_000
"""So many faults are told; a message with more has one reason many times."""

_CHUNK = 64 * 1024
_XS = "{http://www.w3.org/2001/XMLSchema}"
Node = Any
"""An element of lxml, whose stubs lack half of what it can do."""

_OF_UNFINISHED = "Missing child element(s)"
_ACROSS_RUNS = "SCHEMAV_CVC_IDC"
_LINES_KNOWN = 65_534


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaFault:
    """One place where a message does not fit its schema: its line, its path, what is wrong there."""

    line: int
    path: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaFaults:
    """The faults of a message in the order of the file; `complete` when there are no more than these."""

    faults: tuple[SchemaFault, ...]
    complete: bool


def schema_faults(
    source: Source, schema: Path, *, most: int = MOST_FAULTS, elements_at_once: int = ELEMENTS_AT_ONCE
) -> SchemaFaults:
    """The first faults of a message. Raises MessageRefused for a file that cannot be opened or walked.

    For files whose beginning a reader has seen: a document type is refused there.
    """
    found: list[SchemaFault] = []
    complete = True
    with opened(source) as stream:
        for fault in _all_faults(stream, _Document(schema, elements_at_once)):
            if len(found) == most:
                complete = False
                break
            found.append(fault)
    if any(fault.line > _LINES_KNOWN for fault in found):
        found = _with_right_lines(source, found)
    return SchemaFaults(faults=tuple(found), complete=complete)


def _all_faults(stream: BinaryIO, document: _Document) -> Iterator[SchemaFault]:
    try:
        while chunk := stream.read(_CHUNK):
            yield from document.feed(chunk)
        yield from document.end()
    except etree.XMLSyntaxError as error:
        yield SchemaFault(
            line=error.lineno or 0,
            path="",
            text=Text(
                pl="Odtąd plik nie jest poprawnym XML i nie da się go sprawdzić.",
                en="From here on the file is not correct XML and cannot be checked.",
            ),
        )


def _with_right_lines(source: Source, faults: Iterable[SchemaFault]) -> list[SchemaFault]:
    """The same faults with the lines that the parser of the readers tells for their paths."""
    lines = dict.fromkeys((_of_element(fault.path) for fault in faults), 0)
    paths = [""]
    children: list[Counter[str]] = [Counter()]

    def start(name: str, _attributes: Attributes) -> None:
        local = name.rpartition(" ")[2]
        children[-1][name] += 1
        paths.append(_step(paths[-1], local, children[-1][name]))
        children.append(Counter())
        if paths[-1] in lines:
            lines[paths[-1]] = walker.line

    def end(_name: str) -> None:
        paths.pop()
        children.pop()

    with opened(source) as stream:
        walker = Walker(stream, where=lambda: paths[-1], progress=lambda: walker.parser.CurrentByteIndex)
        walker.use(start, end)
        with suppress(MessageRefused):
            walker.run()
    return [replace(fault, line=lines[_of_element(fault.path)] or fault.line) for fault in faults]


def _of_element(path: str) -> str:
    return path.partition("/@")[0]


def _step(path: str, name: str, number: int) -> str:
    """`/komunikat/umowa/szablon-rach[2]`; a first element carries no number."""
    return f"{path}/{name}[{number}]" if number > 1 else f"{path}/{name}"


class _Document:
    """What of a document stands in memory while it is fed."""

    def __init__(self, schema: Path, elements_at_once: int) -> None:
        self._schema = compiled_schema(schema)
        self._bases = _bases(schema)
        self._elements_at_once = elements_at_once
        self._parser = etree.XMLPullParser(
            ("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )
        self._root: Node | None = None
        self._open: list[Node] = []
        self._gone: dict[Node, Counter[str]] = {}
        self._count = 0
        self._told: set[SchemaFault] = set()

    def feed(self, chunk: bytes) -> Iterator[SchemaFault]:
        """Take the next bytes of the file."""
        self._parser.feed(chunk)
        self._take_events()
        if self._count >= self._elements_at_once:
            self._count = 0
            yield from self._new_faults()
            self._forget()

    def end(self) -> Iterator[SchemaFault]:
        """The file is complete."""
        self._parser.close()
        self._take_events()
        yield from self._new_faults()

    def _take_events(self) -> None:
        for event, element in self._parser.read_events():
            if event == "start":
                self._root = element if self._root is None else self._root
                self._open.append(element)
                self._count += 1
            else:
                self._open.pop()

    def _forget(self) -> None:
        """Remove the children of open elements that are closed and have a later sibling of the same name."""
        for element in self._open:
            last = {child.tag: child for child in element}
            gone = self._gone.setdefault(element, Counter())
            for child in list(element):
                if last[child.tag] is not child:
                    gone[str(child.tag)] += 1
                    self._gone.pop(child, None)
                    element.remove(child)

    def _new_faults(self) -> Iterator[SchemaFault]:
        """What the schema says of the part in memory and did not say of the part before."""
        found = list(dict.fromkeys(self._faults()))
        yield from (fault for fault in found if fault not in self._told)
        self._told = set(found)

    def _faults(self) -> Iterator[SchemaFault]:
        root, log = self._root, self._log()
        before: tuple[str, str] | None = None
        for entry in log:
            element = _element_of(entry, root)
            if self._open and self._is_premature(entry, element):
                continue
            fault = fault_in_words(entry.message, self._bases)
            path = self._path(element)
            # after a facet libxml2 says of the same value that it is not of its type
            if fault.is_type and before == (path, fault.attribute):
                continue
            before = path, fault.attribute
            place = f"{path}/@{fault.attribute}" if fault.attribute else path
            yield SchemaFault(line=element.sourceline, path=place, text=fault.text)

    def _log(self) -> Any:
        """What the schema says of the part in memory."""
        if self._root is None or self._schema.validate(self._root):
            return ()
        return self._schema.error_log

    def _is_premature(self, entry: Any, element: Node) -> bool:
        """Whether what is missing may still come, or stood in a part that is gone."""
        return entry.type_name == _ACROSS_RUNS or (_OF_UNFINISHED in entry.message and element in self._open)

    def _path(self, element: Node) -> str:
        """Such as `/komunikat/umowa/szablon-rach[2]`, counted from the beginning of the file."""
        parent = element.getparent()
        name = etree.QName(element).localname
        if parent is None:
            return _step("", name, 1)
        number = 1 + sum(1 for _ in element.itersiblings(str(element.tag), preceding=True))
        number += self._gone.get(parent, Counter())[str(element.tag)]
        return _step(self._path(parent), name, number)


def _bases(schema: Path) -> dict[str, str]:
    """What each named simple type of a schema and of those it includes is in the end: `amount` → `xs:decimal`."""
    steps: dict[str, str] = {}
    waiting, seen = [schema], set[Path]()
    while waiting:
        path = waiting.pop()
        if path in seen or not path.exists():
            continue
        seen.add(path)
        tree: Any = etree.parse(path)
        for restriction in tree.iterfind(f"{_XS}simpleType[@name]/{_XS}restriction[@base]"):
            steps[restriction.getparent().get("name")] = restriction.get("base")
        others = (one.get("schemaLocation") for one in tree.iterfind(f"{_XS}*[@schemaLocation]"))
        waiting += [path.parent / other.rpartition("/")[2] for other in others]
    ends = dict(steps)
    for name, base in steps.items():
        while base in steps:
            base = steps[base]
        ends[name] = base
    return ends


def _element_of(entry: Any, root: Node) -> Node:
    """The element that an entry of the log names as `/*/*[2]/nfz:name`, as far as it can be followed."""
    element = root
    for step in (entry.path or "").split("/")[2:]:
        name, _, number = step.partition("[")
        alike = [child for child in element.iterchildren("*") if name in ("*", _prefixed(child))]
        index = int(number.rstrip("]") or 1) - 1
        if index >= len(alike):
            break
        element = alike[index]
    return element


def _prefixed(element: Node) -> str:
    """A name as it is written in the file: `nfz:poz-rozlicz`."""
    name = etree.QName(element).localname
    return f"{element.prefix}:{name}" if element.prefix else name
