"""`rozlicz …`: the provider's settlement program, off-line, and the operator's sample data.

No command needs a server or a database.
"""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run one command and end with its exit status."""
    from rozlicz.cli.commands import run

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            _speak_polish(stream)
    sys.exit(run(sys.argv[1:]))


def _speak_polish(stream: io.TextIOWrapper) -> None:
    """Files and other programs get UTF-8; a terminal that has no Polish letters gets question marks."""
    if stream.isatty():
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8")
