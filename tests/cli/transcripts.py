"""Transcripts in documents are real: every command in a `console` block is typed, and its output stands there.

`python -m tests.cli.transcripts` writes docs/cli.md anew; a test compares. All commands of a document are typed one
after another in one empty folder. A comment before a block may cut what is long: `<!-- lines 1-12, 40- -->`
keeps these lines of the output and puts … for the others. `<!-- the payer settles R under C as T -->` plays the
payer's part at that place: it makes the file of templates T for the report R under the contract C.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tests.cli.payer import settle

DOCUMENT = Path(__file__).parents[2] / "docs" / "cli.md"
WIDTH = "96"

_BLOCK = re.compile(r"(?:<!-- lines (?P<lines>[^\n]*?) -->\n)?```console\n(?P<body>.*?)```", re.DOTALL)
_PAYER = re.compile(
    r"<!-- the payer settles (?P<report>\S+) under (?P<contract>\S+) as (?P<templates>\S+) -->"
)
_STEP = re.compile(f"{_PAYER.pattern}|{_BLOCK.pattern}", re.DOTALL)
_SETTLED_AT = datetime(2026, 11, 6, 10, 0)
_PROMPT = "$ "


def retold(document: str, folder: Path) -> str:
    """The document with the outputs that its commands have now."""
    return _STEP.sub(lambda step: _step(step, folder), document)


def _step(step: re.Match[str], folder: Path) -> str:
    if step["body"] is not None:
        return _block(step, folder)
    report, contract, templates = (folder / step[name] for name in ("report", "contract", "templates"))
    settle(report, contract, templates, at=_SETTLED_AT)
    return step[0]


def _block(block: re.Match[str], folder: Path) -> str:
    commands = _commands(block["body"])
    told = "".join(
        _PROMPT + command + "\n" + _kept(_typed(command, folder), block["lines"]) for command in commands
    )
    comment = f"<!-- lines {block['lines']} -->\n" if block["lines"] else ""
    return f"{comment}```console\n{told}```"


def _commands(body: str) -> list[str]:
    """The commands of a block; one that ends in a backslash goes on in the next line."""
    commands: list[str] = []
    goes_on = False
    for line in body.splitlines():
        if goes_on:
            commands[-1] += "\n" + line
        elif line.startswith(_PROMPT):
            commands.append(line.removeprefix(_PROMPT))
        else:
            continue
        goes_on = line.endswith("\\")
    return commands


def _typed(command: str, folder: Path) -> list[str]:
    """What a command prints, results and sentences beside them, and its exit status when it is not 0."""
    programs = Path(sys.executable).parent
    environment = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "ROZLICZ_LANG": "pl",
        "COLUMNS": WIDTH,
        "PYTHONWARNINGS": "ignore",
        "PYTHONUNBUFFERED": "1",  # sentences and results in the order in which a terminal shows them
    }
    ended = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    status = [f"(kod wyjścia {ended.returncode})"] if ended.returncode else []
    return [*ended.stdout.splitlines(), *status]


def _kept(lines: list[str], wanted: str | None) -> str:
    if wanted is None:
        return "".join(f"{line}\n" for line in lines)
    return "".join(f"{line}\n" for line in _cut(lines, wanted))


def _cut(lines: list[str], wanted: str) -> Iterator[str]:
    """`1-12, 40-`: the lines of these numbers, counted from 1; `-5-` are the last five."""
    after = 0
    for part in wanted.split(","):
        if last := re.fullmatch(r"-(\d+)-", part.strip()):
            first, end = max(after + 1, len(lines) - int(last[1]) + 1), len(lines)
        else:
            begin, _, until = part.strip().partition("-")
            first, end = int(begin), min(int(until or len(lines)), len(lines))
        if first > after + 1:
            yield "…"
        yield from lines[first - 1 : end]
        after = end
    if after < len(lines):
        yield "…"


def main() -> None:
    """Write the document anew."""
    with tempfile.TemporaryDirectory() as folder:
        DOCUMENT.write_text(retold(DOCUMENT.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
