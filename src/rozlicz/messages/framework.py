"""Reports in the Ministry's framework message (SWIAD, DEKL), read as a stream: what they have in common.

Root and first child are strict, since without them nobody knows whose report it is; everything below is
read leniently: one wrong record never stops the rest.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from rozlicz.messages.envelope import Source
from rozlicz.messages.header import Header
from rozlicz.messages.limits import Limits
from rozlicz.messages.places import Nesting, Notes, Place, Take, Unread
from rozlicz.messages.reader import StreamReader
from rozlicz.messages.root import (
    HEADER_NAMES,
    PROVIDER,
    PROVIDER_CODE,
    PROVIDER_INSTALLATION,
    ROOT,
    header_of,
)
from rozlicz.messages.stream import FRAMEWORK, Attributes, Walker, framework, fund

PROVIDER_ID_TYPE = "typ-id"
"""Of the first child; own here, seen on the patient. Written `X`, as in the sample that was seen."""

PROVIDER_ID_TYPE_WRITTEN = "X"

Record = TypeVar("Record")

_HEADER = HEADER_NAMES | {fund(name) for name in HEADER_NAMES}
_PROVIDER = frozenset({PROVIDER_ID_TYPE, PROVIDER_CODE, PROVIDER_INSTALLATION})


class FrameworkReader(StreamReader):
    """A report being read. `unread` tells what the file holds and this house does not read.

    A subclass says in `add_places` what may stand inside the first child, and in `rows_read` how far it is;
    it opens the file with `open_report` when it is ready for the first element.
    """

    def __init__(self, source: Source, *, limits: Limits) -> None:
        super().__init__(source, limits=limits)
        self._limits = limits
        self._root: Attributes | None = None
        self._root_line = 0
        self._provider: Attributes | None = None
        self._walker = Walker(self._stream, where=self._where, progress=lambda: self.rows_read, limits=limits)
        self._notes = Notes(self._walker, limits)

    @property
    @abstractmethod
    def rows_read(self) -> int:
        """How many records were found so far."""

    @abstractmethod
    def add_places(self, provider: Place) -> None:
        """Say which elements may stand inside the first child, and what each does."""

    @property
    def unread(self) -> Mapping[str, Unread]:
        """Elements, attributes and texts met so far that no one reads, by their place."""
        return self._notes.unread

    def open_report(self, *, kind: str) -> Header:
        """Read up to the first child and give the header; whatever is wrong, the file is closed."""
        outermost = Place("", self._take_root)
        root = outermost.holds(framework(ROOT), self._take_root)
        self.add_places(root.holds(framework(PROVIDER), self._take_provider))
        self._nesting = Nesting(self._walker, outermost, notes=self._notes, limits=self._limits)
        while self._provider is None:
            if not self._walker.step():
                raise self._walker.refusal("element-missing", name=PROVIDER)
        return header_of(
            self._root or {}, kind=kind, namespace=FRAMEWORK, line=self._root_line, provider=self._provider
        )

    def _where(self) -> str:
        return self._nesting.path()

    def _take_root(self, attributes: Attributes) -> None:
        self._root = attributes
        self._root_line = self._walker.line
        self._notes.note_root(ROOT, attributes, _HEADER)

    def _take_provider(self, attributes: Attributes) -> None:
        if self._provider is not None:
            raise self._walker.refusal("element-repeated", name=PROVIDER)
        self._provider = attributes
        self._notes.note(PROVIDER, attributes, _PROVIDER)


class RecordReader(FrameworkReader, Generic[Record]):
    """A report of equal records, each an element with parts: `parts` gathers them, `build` makes the record of them.

    A part is an element's attributes and line. Where several stand and one counts, the first counts and the others
    are noted as unread.
    """

    def __init__(self, source: Source, *, limits: Limits) -> None:
        super().__init__(source, limits=limits)
        self.parts: dict[str, tuple[Attributes, int]] = {}
        self._count = 0
        self._ready: list[Record] = []

    @property
    def rows_read(self) -> int:
        """How many records were found so far."""
        return self._count

    @abstractmethod
    def build(self) -> Record:
        """The record that the gathered parts make."""

    def record(self, element: str) -> Take:
        """The function of the element that begins a record."""

        def take(attributes: Attributes) -> None:
            self.close_record()
            self._count += 1
            if self._count > self._limits.max_records:
                raise self._walker.refusal("too-many-elements", limit=self._limits.max_records)
            self.parts[element] = (attributes, self._walker.line)

        return take

    def part(self, element: str) -> Take:
        """The function of an element that may stand once in a record."""

        def take(attributes: Attributes) -> None:
            if element in self.parts:
                self._notes.note_place(f"{element}[2]")
                self._notes.note(element, attributes)
            else:
                self.parts[element] = (attributes, self._walker.line)

        return take

    def close_record(self) -> None:
        """The record that was open is complete: call it when anything begins that does not belong to it."""
        if self.parts:
            self._ready.append(self.build())
            self.parts = {}

    def __iter__(self) -> Iterator[Record]:
        """The records, in the order of the file; once only."""
        with self._closing:
            while self._walker.step():
                yield from self._taken()
            self.close_record()
            self.finish()
            yield from self._taken()

    def finish(self) -> None:
        """The file was read to its end: the place to refuse what is missing."""

    def _taken(self) -> list[Record]:
        ready, self._ready = self._ready, []
        return ready


def provider_attributes(header: Header) -> dict[str, str | None]:
    """The attributes of the first child of a report to be written."""
    return {
        PROVIDER_ID_TYPE: PROVIDER_ID_TYPE_WRITTEN,
        PROVIDER_CODE: header.provider,
        PROVIDER_INSTALLATION: header.short_installation,
    }
