"""Reports in the Ministry's framework message (SWIAD, DEKL, ZBPOZ, …): what they have in common.

Root and first child are strict, since without them nobody knows whose report it is; everything below is
read leniently: one wrong record never stops the rest.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping

from rozlicz.kernel.texts import same
from rozlicz.messages.header import Header
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.limits import Limits
from rozlicz.messages.wire.places import Nesting, Notes, Place, Unread
from rozlicz.messages.wire.reader import StreamReader
from rozlicz.messages.wire.refusals import excerpt, refused
from rozlicz.messages.wire.root import (
    HEADER_NAMES,
    PROVIDER,
    PROVIDER_CODE,
    PROVIDER_INSTALLATION,
    ROOT,
    header_of,
)
from rozlicz.messages.wire.stream import FRAMEWORK, Attributes, Walker, framework, fund
from rozlicz.messages.wire.tree import Element, read_tree

PROVIDER_ID_TYPE = "typ-id"
"""Of the first child; own here, seen on the patient. Written `X`, as in the sample that was seen."""

PROVIDER_ID_TYPE_WRITTEN = "X"

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

    def open_report(self, *, kind: str, area: str = "") -> Header:
        """Read up to the first child and give the header. Raises MessageRefused, also for another area."""
        outermost = Place("", self._take_root)
        root = outermost.holds(framework(ROOT), self._take_root)
        self.add_places(root.holds(framework(PROVIDER), self._take_provider))
        self._nesting = Nesting(self._walker, outermost, notes=self._notes, limits=self._limits)
        while self._provider is None:
            if not self._walker.step():
                raise self._walker.refusal("element-missing", name=PROVIDER)
        header = header_of(
            self._root or {}, kind=kind, namespace=FRAMEWORK, line=self._root_line, provider=self._provider
        )
        if area and header.area != area:
            found = excerpt(header.area) or "–"
            raise refused("area", line=self._root_line, path=f"/{ROOT}", found=found, expected=area)
        return header

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
        of_another_type = (
            attributes.get(PROVIDER_ID_TYPE, PROVIDER_ID_TYPE_WRITTEN) != PROVIDER_ID_TYPE_WRITTEN
        )
        self._notes.note(
            PROVIDER, attributes, _PROVIDER - {PROVIDER_ID_TYPE} if of_another_type else _PROVIDER
        )


def read_framework_tree(source: Source, *, kind: str) -> tuple[Header, Element, Element]:
    """A small framework message as a whole: its header, the root and the first child. Raises MessageRefused."""
    root = read_tree(source, namespace=FRAMEWORK)
    attributes = {name: root.attributes.pop(name) for name in _HEADER if name in root.attributes}
    provider = root.maybe(PROVIDER)
    named = {} if provider is None else provider.attributes
    header = header_of(attributes, kind=kind, namespace=FRAMEWORK, line=root.line, provider=dict(named))
    if provider is None:
        raise root.refusal("element-missing", name=PROVIDER)
    if PROVIDER_ID_TYPE in provider.attributes:
        provider.take(
            PROVIDER_ID_TYPE, {PROVIDER_ID_TYPE_WRITTEN: None}.__getitem__, same(PROVIDER_ID_TYPE_WRITTEN)
        )
    for name in _PROVIDER:
        provider.attributes.pop(name, None)
    return header, root, provider


def provider_attributes(header: Header) -> dict[str, str | None]:
    """The attributes of the first child of a report to be written."""
    return {
        PROVIDER_ID_TYPE: PROVIDER_ID_TYPE_WRITTEN,
        PROVIDER_CODE: header.provider,
        PROVIDER_INSTALLATION: header.short_installation,
    }
