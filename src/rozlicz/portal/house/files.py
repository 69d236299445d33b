"""Stored bytes: every message and scan under the name of its SHA-256, written and synced before its row commits.

A file without a row is harmless and a row without its file cannot be (promise 1). Any Django storage can hold them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

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
    name = name_of(sha256)
    _keep(name, file, size)
    return StoredFile(name=name, sha256=sha256, size=size)


def name_of(sha256: str) -> str:
    """The name under which bytes of this SHA-256 (hex) are stored."""
    return f"{sha256[:2]}/{sha256}"


def _keep(name: str, file: File[Any], size: int) -> None:
    """Under its name a file appears whole and synced, whoever stores the same bytes at the same time."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:  # a remote store shows whole objects only
        if not default_storage.exists(name):
            file.seek(0)
            default_storage.save(name, file)
        return
    if not (path.exists() and path.stat().st_size == size):
        _write_whole(path, file)
    # Also for bytes that were there: whoever wrote them may not have come to this yet.
    for folder in (path.parent, path.parent.parent):
        _sync(folder)


def _write_whole(path: Path, file: File[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{uuid4().hex}")
    try:
        file.seek(0)
        with draft.open("xb") as target:
            shutil.copyfileobj(file, target, _CHUNK)
            target.flush()
            os.fsync(target.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def opened(name: str) -> File[Any]:
    """The stored bytes, to read."""
    return default_storage.open(name, "rb")


def download(name: str, *, file_name: str, content_type: str) -> FileResponse:
    """The stored bytes as a download of that name."""
    return FileResponse(opened(name), as_attachment=True, filename=file_name, content_type=content_type)
