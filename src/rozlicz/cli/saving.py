"""Files and streams that commands write: whole, or not at all."""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

STANDARD_OUTPUT = Path("-")
"""The name that stands for standard output instead of a file."""


@contextmanager
def new_output() -> Iterator[BinaryIO]:
    """A file to write to. Its content goes to standard output when it is complete; after an error nothing does."""
    with TemporaryFile(prefix="rozlicz-") as draft:
        yield draft
        draft.seek(0)
        sys.stdout.flush()
        shutil.copyfileobj(draft, sys.stdout.buffer)
        sys.stdout.buffer.flush()


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to. It takes its name when it is complete; after an error an older one stays as it was.

    A place that cannot be written to raises OSError at once, with the name that was asked for.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "is a directory", str(path))
    draft = path.with_name(f"{path.name}.part")
    try:
        file = draft.open("w+b")
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        with file:
            yield file
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
