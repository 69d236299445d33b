"""Stored bytes: under their name they are whole from the first moment, also when many store them at once."""

from __future__ import annotations

import io
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from rozlicz.portal.house import files

CONTENT = b"report" * 1_000_000


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }
    return tmp_path


def kept(stored: files.StoredFile) -> bytes:
    with files.opened(stored.name) as file:
        return bytes(file.read())


class Hesitating(io.BytesIO):
    """A file whose reader stops in the middle of the second reading, until it is let go on."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.readings = 0
        self.is_written, self.go_on = threading.Event(), threading.Event()

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self.readings += 1
        return super().seek(offset, whence)

    def read(self, size: int | None = -1, /) -> bytes:
        if self.readings > 1 and self.tell():
            self.is_written.set()
            self.go_on.wait(10)
        return super().read(size)


def test_promise_1_bytes_are_whole_when_they_count_as_stored_whoever_else_stores_them(
    own_folder: Path,
) -> None:
    first, second = Hesitating(CONTENT), Hesitating(CONTENT)
    with ThreadPoolExecutor(2) as threads:
        writing_first = threads.submit(files.store, first)
        assert first.is_written.wait(10)
        writing_second = threads.submit(files.store, second)
        assert second.is_written.wait(10)
        first.go_on.set()
        stored = writing_first.result()
        # The receipt may be given now; the second writer may be killed here.
        assert kept(stored) == CONTENT
        second.go_on.set()
        assert writing_second.result() == stored
    assert kept(stored) == CONTENT
    assert [path.name for path in own_folder.rglob("*") if path.is_file()] == [stored.sha256]


def test_the_half_of_a_file_that_a_crash_left_is_written_anew(own_folder: Path) -> None:
    stored = files.store(CONTENT)
    (own_folder / stored.name).write_bytes(CONTENT[:1000])
    assert files.store(CONTENT) == stored
    assert kept(stored) == CONTENT
