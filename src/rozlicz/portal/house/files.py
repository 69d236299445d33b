"""Stored bytes: every message and scan under the name of its SHA-256, written and synced before its row commits.

A file without a row is harmless and a row without its file cannot be (promise 1). Any Django storage can hold them.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.http import FileResponse

_CHUNK = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """Where the bytes are kept (`name`), their SHA-256 (hex) and their number."""

    name: str
    sha256: str
    size: int


def store(content: bytes | IO[bytes] | File[Any]) -> StoredFile:
    """Keep the bytes for good; the same bytes are kept once."""
    file: File[Any] = ContentFile(content) if isinstance(content, bytes) else File(content)
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    for chunk in iter(lambda: file.read(_CHUNK), b""):
        digest.update(chunk)
        size += len(chunk)
    sha256 = digest.hexdigest()
    name = f"{sha256[:2]}/{sha256}"
    if not (default_storage.exists(name) and default_storage.size(name) == size):
        file.seek(0)
        name = _save_whole(name, file)
    return StoredFile(name=name, sha256=sha256, size=size)


def _save_whole(name: str, file: File[Any]) -> str:
    """A crash may leave half a file under the name; it never counts, since its size is wrong."""
    if default_storage.exists(name):
        default_storage.delete(name)
    saved: str = default_storage.save(name, file)
    try:
        path = Path(default_storage.path(saved))
    except NotImplementedError:  # a remote store syncs by itself
        return saved
    for target in (path, path.parent):
        descriptor = os.open(target, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return saved


def opened(name: str) -> File[Any]:
    """The stored bytes, to read."""
    return default_storage.open(name, "rb")


def download(name: str, *, file_name: str, content_type: str) -> FileResponse:
    """The stored bytes as a download of that name."""
    return FileResponse(opened(name), as_attachment=True, filename=file_name, content_type=content_type)
