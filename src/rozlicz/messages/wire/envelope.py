"""The file around a message: plain XML, or a ZIP archive with exactly one member.

Nothing is unpacked to disk and nothing is read beyond its budget. Archives with passwords, paths,
several members or gigabytes of nothing are refused before anything is unpacked.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from rozlicz.messages.wire.limits import MIB, REPORT_LIMITS, Limits
from rozlicz.messages.wire.refusals import MessageRefused, excerpt, refused, size_text

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["Limits", "MessageRefused", "Opened", "opened", "packed", "sha256_of", "zip_writer"]

Source = Path | BinaryIO
"""A message as it came: a file, or an open binary file (a seekable one, when it may be zipped)."""

_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_RATIO_MATTERS_FROM = 10 * MIB
_LARGEST_DIRECTORY = MIB
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError)


class Opened(io.BufferedReader):
    """The XML of a message, unpacked as it is read.

    `total_bytes` is its whole size (None when it cannot be known before), `sha256` the hash of the file as
    it was sent, packed or not: by it a message sent twice is recognised.
    """

    def __init__(self, raw: _Budgeted, *, source: Source, total_bytes: int | None, zipped: bool) -> None:
        super().__init__(raw)
        self._budgeted = raw
        self._source = source
        self.total_bytes = total_bytes
        self.zipped = zipped

    @property
    def bytes_read(self) -> int:
        """How many bytes of XML were taken so far."""
        return self._budgeted.count

    @cached_property
    def sha256(self) -> str:
        """SHA-256 (hex) of the file as it was sent."""
        return sha256_of(self._source)


@contextmanager
def opened(source: Source, *, limits: Limits = REPORT_LIMITS) -> Iterator[Opened]:
    """The XML of a file, unpacked when it is zipped. Raises MessageRefused, also while it is read."""
    with ExitStack() as stack:
        file = stack.enter_context(source.open("rb")) if isinstance(source, Path) else source
        size = _size(file)
        if file.seekable():
            file.seek(0)
        start = file.read(4)
        if not start:
            raise refused("empty")
        if start in _ZIP_STARTS:
            inner, total = _member(file, size, limits, stack)
            start = b""
        else:
            inner, total = file, size
            _refuse_above(size, limits.max_bytes)
        raw = _Budgeted(inner, start=start, limit=limits.max_bytes)
        stream = stack.enter_context(Opened(raw, source=source, total_bytes=total, zipped=inner is not file))
        if inner is not file:
            _look_inside(stream)
        yield stream


def sha256_of(source: Source) -> str:
    """SHA-256 (hex) of a file as it is. An open file must be seekable and keeps its position."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    position = source.tell()
    try:
        source.seek(0)
        digest = hashlib.sha256()
        while chunk := source.read(MIB):
            digest.update(chunk)
        return digest.hexdigest()
    finally:
        source.seek(position)


def packed(content: bytes | BinaryIO, member_name: str) -> bytes:
    """A ZIP archive with the content as its one member; equal content gives equal bytes."""
    target = io.BytesIO()
    with zip_writer(target, member_name) as member:
        if isinstance(content, bytes):
            member.write(content)
        else:
            while chunk := content.read(MIB):
                member.write(chunk)
    return target.getvalue()


@contextmanager
def zip_writer(target: Path | BinaryIO, member_name: str) -> Iterator[IO[bytes]]:
    """A file to write the one member of a new ZIP archive to; closing it completes the archive.

    The member carries the fixed date 1 January 1980, so that equal content gives equal bytes.
    """
    member = zipfile.ZipInfo(member_name)
    member.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(target, "w") as archive, archive.open(member, "w", force_zip64=True) as file:
        yield file


class _Budgeted(io.RawIOBase):
    """Reads from a file until its budget is spent, and says what is wrong in the words of a refusal."""

    def __init__(self, inner: IO[bytes], *, start: bytes, limit: int) -> None:
        self.count = 0
        self._inner = inner
        self._start = start
        self._limit = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        chunk = self._next(len(view))
        view[: len(chunk)] = chunk
        self.count += len(chunk)
        if self.count > self._limit:
            _refuse_above(self.count, self._limit)
        return len(chunk)

    def _next(self, length: int) -> bytes:
        if self._start:
            chunk, self._start = self._start[:length], self._start[length:]
            return chunk
        try:
            return self._inner.read(length)
        except _DAMAGED as error:
            raise refused("zip-damaged") from error


class _GuardedDirectory:
    """What `zipfile` sees of an archive: a file of which nobody reads a megabyte at once.

    An archive may list millions of members in its directory, which `zipfile` would load at once.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable

    def read(self, length: int = -1) -> bytes:
        if length > _LARGEST_DIRECTORY:
            raise refused("zip-damaged")
        chunk = self._file.read(_LARGEST_DIRECTORY + 1 if length < 0 else length)
        if len(chunk) > _LARGEST_DIRECTORY:
            raise refused("zip-damaged")
        return chunk


def _member(
    file: BinaryIO, size: int | None, limits: Limits, stack: ExitStack
) -> tuple[IO[bytes], int | None]:
    """The one member of an archive, opened, and its unpacked size."""
    if size is None:
        raise ValueError("a zipped message must come from a seekable file")
    _refuse_above(size, limits.max_packed_bytes)
    try:
        archive = stack.enter_context(zipfile.ZipFile(_GuardedDirectory(file)))
        members = archive.infolist()
        if len(members) != 1:
            raise refused("zip-members", count=len(members))
        _check_member(members[0], limits)
        return stack.enter_context(archive.open(members[0])), members[0].file_size
    except (*_DAMAGED, ValueError, NotImplementedError) as error:
        raise refused("zip-damaged") from error


def _check_member(member: zipfile.ZipInfo, limits: Limits) -> None:
    """Refuse what must not be unpacked, by what the archive says of it."""
    if member.flag_bits & 0x2041:  # encrypted, strongly encrypted, encrypted directory
        raise refused("zip-encrypted")
    if any(sign in member.orig_filename for sign in ("/", "\\", ":", "\0")):
        raise refused("zip-name", name=excerpt(member.orig_filename))
    if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise refused("zip-method")
    _refuse_above(member.file_size, limits.max_bytes)
    ratio = member.file_size // max(member.compress_size, 1)
    if member.file_size > _RATIO_MATTERS_FROM and ratio > limits.max_ratio:
        raise refused("zip-ratio", ratio=ratio, limit=limits.max_ratio)


def _look_inside(stream: Opened) -> None:
    """An archive in the archive, or nothing at all, shows in the first bytes."""
    start = stream.peek(4)[:4]
    if start in _ZIP_STARTS:
        raise refused("zip-nested")
    if not start:
        raise refused("empty")


def _size(file: BinaryIO) -> int | None:
    if not file.seekable():
        return None
    file.seek(0, io.SEEK_END)
    return file.tell()


def _refuse_above(size: int | None, limit: int) -> None:
    if size is not None and size > limit:
        raise refused("too-large", size=size_text(size), limit=size_text(limit))
