"""Reports that are read record by record, each record an element with parts."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from typing import Generic, TypeVar

from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.fields import Fault, Fields
from rozlicz.messages.wire.framework import FrameworkReader
from rozlicz.messages.wire.limits import Limits
from rozlicz.messages.wire.places import Take
from rozlicz.messages.wire.stream import Attributes

Record = TypeVar("Record")


class RecordStream(FrameworkReader, Generic[Record]):
    """A report of records: a subclass counts each when it begins, and puts it among the ready ones at its end."""

    def __init__(self, source: Source, *, limits: Limits) -> None:
        super().__init__(source, limits=limits)
        self._count = 0
        self._ready: list[Record] = []

    @property
    def rows_read(self) -> int:
        """How many records were found so far."""
        return self._count

    def count_record(self) -> None:
        """A record begins."""
        self._count += 1
        if self._count > self._limits.max_records:
            raise self._walker.refusal("too-many-elements", limit=self._limits.max_records)

    @abstractmethod
    def close_record(self) -> None:
        """The record that was open, if any, is complete: called at the end of the file at the latest."""

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


class RecordReader(RecordStream[Record]):
    """A report of equal records: `parts` gathers the elements of the present one, `build` makes the record of them.

    Where several elements of a name stand and one counts, the first counts and the others are noted as unread.
    `faults` are those of the present record.
    """

    def __init__(self, source: Source, *, limits: Limits) -> None:
        super().__init__(source, limits=limits)
        self.parts: dict[str, Fields] = {}
        self.faults: list[Fault] = []
        self._parser = self._walker.parser

    @abstractmethod
    def build(self) -> Record:
        """The record that the gathered parts make."""

    def fields(self, attributes: Attributes, path: str) -> Fields:
        """The attributes of the element that begins here, to be taken by type."""
        return Fields(attributes, line=self._parser.CurrentLineNumber, path=path, faults=self.faults)

    def record(self, element: str, path: str) -> Take:
        """The function of the element that begins a record."""

        def take(attributes: Attributes) -> None:
            self.close_record()
            self.count_record()
            self.parts[element] = self.fields(attributes, path)

        return take

    def part(self, element: str, path: str) -> Take:
        """The function of an element that may stand once in a record."""
        parts = self.parts

        def take(attributes: Attributes) -> None:
            if element in parts:
                self._notes.note_place(f"{element}[2]")
                self._notes.note(element, attributes)
            else:
                parts[element] = self.fields(attributes, path)

        return take

    def close_record(self) -> None:
        """The record that was open is complete: call it when anything begins that does not belong to it."""
        if self.parts:
            self._ready.append(self.build())
            self.parts.clear()
            self.faults.clear()
