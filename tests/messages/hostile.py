"""Files that are made to hurt: streams without end, and the refusal that must come soon."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest

from rozlicz.messages.wire.limits import GIB
from rozlicz.messages.wire.refusals import MessageRefused

SECONDS = 2.0
"""Of the processor, so that a busy machine changes nothing."""


class Endless(io.RawIOBase):
    """A start and then the same piece over and over, up to `length` bytes, without ever holding them."""

    def __init__(self, start: bytes, piece: bytes, length: int) -> None:
        self._head = io.BytesIO(start)
        self._block = piece * max(1, 65536 // len(piece))
        self._left = length
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if taken := self._head.readinto(buffer):
            return taken
        self._rest = self._rest or self._block
        size = min(len(buffer), len(self._rest), self._left)
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        self._left -= size
        return size


def endless(start: str | bytes, piece: bytes, length: int = 10 * GIB) -> io.BufferedReader:
    head = start if isinstance(start, bytes) else start.encode()
    return io.BufferedReader(Endless(head, piece, length))


def refusal_of(
    read: Callable[[object], object], content: object, *, seconds: float = SECONDS
) -> MessageRefused:
    """The refusal of a file given by its bytes, its path or an open stream; it comes soon."""
    source = io.BytesIO(content) if isinstance(content, bytes) else content
    begin = time.process_time()
    with pytest.raises(MessageRefused) as raised:
        read(source)
    assert time.process_time() - begin < seconds
    return raised.value
