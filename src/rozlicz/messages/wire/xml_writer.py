"""Writes messages element by element: UTF-8, data in attributes, one element a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import IO, BinaryIO

from rozlicz.messages.wire.envelope import zip_writer

Attributes = Mapping[str, str | None]

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_BUFFERED_PIECES = 2000

_NEEDS_ESCAPE = re.compile("[&<>\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_ALLOWED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Line ends and blanks other than the space would be read as spaces; control letters would look like a wrong encoding.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    | {chr(code): f"&#{code};" for code in (9, 10, 13, *range(0x7F, 0xA0))}
)


class NotWritable(ValueError):
    """A text holds a character that XML cannot carry, such as NUL; the message says which."""


def attributes_text(attributes: Attributes) -> str:
    """Attributes as they stand in a tag, each after a blank. Raises NotWritable.

    Hardly any value needs escaping, so all of them are looked at together: a quotation mark too many, or any other
    letter that may not stand there as it is.
    """
    written = [f' {name}="{value}"' for name, value in attributes.items() if value is not None]
    text = "".join(written)
    if text.count('"') == 2 * len(written) and _NEEDS_ESCAPE.search(text) is None:
        return text
    return "".join(f' {name}="{_escaped(v)}"' for name, v in attributes.items() if v is not None)


def _escaped(value: str) -> str:
    if found := _NOT_ALLOWED.search(value):
        raise NotWritable(f"the character U+{ord(found[0]):04X} cannot stand in a message")
    return value.translate(_ESCAPES)


def iso_text(day: date | None) -> str | None:
    """A day or moment as messages write it; None stays None, so that the attribute is not written."""
    return None if day is None else day.isoformat()


class XmlWriter:
    """Elements to a binary file, indented by one space a level; an attribute that is None is not written."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._pieces: list[str] = [_DECLARATION]
        self._indent = ""
        self._ends: list[str] = []

    def empty(self, name: str, attributes: Attributes) -> None:
        """An element without children."""
        self._put(f"{self._indent}<{name}{attributes_text(attributes)}/>\n")

    def leaf(self, name: str, attributes: Attributes) -> None:
        """An element without children, left out when none of its attributes is written."""
        if text := attributes_text(attributes):
            self._put(f"{self._indent}<{name}{text}/>\n")

    def text(self, name: str, text: str, attributes: Attributes | None = None) -> None:
        """An element with text between its tags, as formats of others than the Fund have their data."""
        self._put(f"{self._indent}<{name}{attributes_text(attributes or {})}>{_escaped(text)}</{name}>\n")

    @contextmanager
    def element(self, name: str, attributes: Attributes) -> Iterator[None]:
        """An element around what is written inside the `with`."""
        self.start(name, attributes)
        yield
        self.end()

    def start(self, name: str, attributes: Attributes) -> None:
        """Open an element."""
        indent = self._indent
        self._put(f"{indent}<{name}{attributes_text(attributes)}>\n")
        self._ends.append(f"{indent}</{name}>\n")
        self._indent = indent + " "

    def end(self) -> None:
        """Close the innermost open element."""
        self._put(self._ends.pop())
        self._indent = self._indent[1:]

    def finish(self) -> None:
        """Close what is open and hand everything to the file."""
        while self._ends:
            self.end()
        self.flush()

    def flush(self) -> None:
        """Hand what is written so far to the file."""
        self._target.write("".join(self._pieces).encode())
        self._pieces.clear()

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        if len(self._pieces) > _BUFFERED_PIECES:
            self.flush()


@contextmanager
def written_to(target: Path | BinaryIO, *, zipped: bool, member_name: str) -> Iterator[XmlWriter]:
    """A writer to a file, plain or as the one member of a ZIP archive.

    A file given by its path is written beside its place and moved there when it is complete, so that no
    reader ever sees half a message; after an error nothing is left.
    """
    with ExitStack() as stack:
        place = stack.enter_context(_replacing(target)) if isinstance(target, Path) else target
        file = stack.enter_context(zip_writer(place, member_name)) if zipped else place
        writer = XmlWriter(file)
        yield writer
        writer.finish()


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of `path` when everything went well."""
    partial = path.with_name(f"{path.name}.part")
    try:
        with partial.open("wb") as file:
            yield file
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
