"""A file being read as a stream: opened once, closed whatever happens, its progress known."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import Generic, Self, TypeVar
from weakref import finalize

from rozlicz.messages.header import Header
from rozlicz.messages.wire.envelope import Opened, Source, opened
from rozlicz.messages.wire.limits import Limits
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element, header_of_tree
from rozlicz.messages.wire.tree_stream import ItemStream

Record = TypeVar("Record")


class StreamReader:
    """What all readers of large messages have in common.

    It closes at the end of what is read, at the end of a `with`, after an error in `opening`, or when it is
    forgotten.
    """

    header: Header

    def __init__(self, source: Source, *, limits: Limits) -> None:
        self._closing = ExitStack()
        # a reader of whom only the header was wanted is closed when it is forgotten
        finalize(self, self._closing.close)
        self._stream: Opened = self._closing.enter_context(opened(source, limits=limits))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; reading further is not possible."""
        self._closing.close()

    @property
    def bytes_read(self) -> int:
        """How many bytes of XML were read so far."""
        return self._stream.bytes_read

    @property
    def total_bytes(self) -> int | None:
        """How many bytes of XML there are; None when that cannot be known before the end."""
        return self._stream.total_bytes

    @property
    def sha256(self) -> str:
        """SHA-256 (hex) of the file as it was sent."""
        return self._stream.sha256


class ItemReader(StreamReader, ABC, Generic[Record]):
    """A strict message of the Fund's namespace with a short head and any number of equal items.

    `header` and what `read_head` takes are there at once, then the records come one by one, once only. Raises
    MessageRefused, naming line, element and attribute, also while the records are read: nothing that the message
    does not know is passed over. `items_expected` is False when what was read of the head needs none.
    """

    def __init__(
        self,
        source: Source,
        *,
        kind: str | tuple[str, ...],
        items: str,
        item: str | tuple[str, ...],
        limits: Limits,
    ) -> None:
        super().__init__(source, limits=limits)
        self.items_expected = True
        self._items = items
        try:
            self._tree = ItemStream(self._stream, namespace=FUND, items=items, item=item, limits=limits)
            self._root = self._tree.head()
            self.header = header_of_tree(self._root, kind=kind)
            self.read_head(self._root)
        except BaseException:
            self.close()
            raise

    @abstractmethod
    def read_head(self, root: Element) -> None:
        """Take what stands before the items."""

    @abstractmethod
    def read_item(self, element: Element) -> Record:
        """The record of an item."""

    def __iter__(self) -> Iterator[Record]:
        """The records, in the order of the file; once only."""
        with self._closing:
            for element in self._tree.items():
                record = self.read_item(element)
                element.everything_read()
                yield record
            if self.items_expected:
                self._root.one(self._items)
            self._root.everything_read()
