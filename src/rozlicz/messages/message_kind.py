"""What is known of one kind of message, and a message of any kind while it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

from rozlicz.kernel.texts import Text
from rozlicz.messages.header import Header
from rozlicz.messages.signatures import Signature
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.places import Unread
from rozlicz.messages.wire.root import ROOT, FirstTag


class Direction(StrEnum):
    """Who sends a message to whom."""

    TO_PROVIDER = "to-provider"
    TO_PAYER = "to-payer"


class Message:
    """A message being read: `header` (None where the format has none) and `head` at once, then `records` once.

    `head` are the values that stand before or around the records, each without them. Reading raises
    MessageRefused while it is opened or at any later step. It closes at the end of a `with`.
    """

    def __init__(
        self,
        *,
        header: Header | None,
        head: tuple[object, ...] = (),
        records: Iterable[object] = (),
        unread: Callable[[], Iterable[Unread]] = tuple,
        close: Callable[[], None] = lambda: None,
    ) -> None:
        self.header = header
        self.head = head
        self.records: Iterator[object] = iter(records)
        self._unread = unread
        self._close = close

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._close()

    @property
    def unread(self) -> tuple[Unread, ...]:
        """Places of elements and attributes met so far that the reader does not know; complete after the records."""
        return tuple(self._unread())


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKind:
    """One kind of message.

    `type` and `area` are `komunikat@typ` and `@obszar` (an empty area: any), `extension` such as `.umx`. `schema`
    names the file in messages/schemas, or is a function that finds the schema of somebody else's format. `seen` says
    honestly what of it is publicly known. For a format with another root, `root` and `namespace` are its own,
    and `type` is the short name by which people call it. `signatures` verifies them where a message may carry any.
    """

    type: str
    name: Text
    direction: Direction
    extension: str
    schema: str | Callable[[], Path]
    seen: Text
    open: Callable[[Source], Message]
    area: str = ""
    root: str = ROOT
    namespace: str = ""
    signatures: Callable[[Source], tuple[Signature, ...]] | None = None

    @property
    def code(self) -> str:
        """Type and area in one word: `SWIAD`, `SWIAD-WYKBAD`."""
        return f"{self.type}-{self.area}" if self.area else self.type

    @property
    def schema_path(self) -> Path:
        """The file of the schema."""
        if isinstance(self.schema, str):
            return Path(str(files("rozlicz.messages"))) / "schemas" / f"{self.schema}.xsd"
        return self.schema()

    def is_of(self, tag: FirstTag) -> bool:
        """Whether a message that begins with this tag is of this kind."""
        if self.root != ROOT:
            return (tag.name, tag.namespace) == (self.root, self.namespace)
        return tag.name == ROOT and tag.type == self.type and self.area in ("", tag.area)
