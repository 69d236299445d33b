"""What every command shares: the language, the two consoles, and how a refusal is told."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

import typer
from rich.console import Console

from rozlicz.kernel.texts import Language, Text

EXIT_REFUSED = 1
"""The data are wrong: something was rejected or could not be read."""
EXIT_USAGE = 2
"""The command was typed wrongly."""
EXIT_INTERRUPTED = 130
"""Ctrl-C."""


def language() -> Language:
    """Polish, unless ROZLICZ_LANG says `en`."""
    return "en" if os.environ.get("ROZLICZ_LANG", "pl").lower().startswith("en") else "pl"


def said(text: Text) -> str:
    """A sentence in the language of the commands."""
    return text.in_language(language())


def say(pl: str, en: str) -> str:
    """A sentence of a command itself, given in both languages."""
    return said(Text(pl=pl, en=en))


@lru_cache(maxsize=1)
def output() -> Console:
    """Where results go."""
    return Console(highlight=False, emoji=False)


@lru_cache(maxsize=1)
def errors() -> Console:
    """Where refusals and progress go, so that results can be piped."""
    return Console(stderr=True, highlight=False, emoji=False)


def tell(sentence: str, *, style: str = "red") -> None:
    """A sentence beside the results. It is one line, however long: a terminal wraps it, a file keeps it whole."""
    errors().print(sentence, style=style, markup=False, soft_wrap=True)


def refuse(text: Text, *, exit_status: int = EXIT_REFUSED) -> NoReturn:
    """End the command with a sentence instead of a traceback."""
    tell(said(text))
    raise typer.Exit(exit_status)


def existing(path: Path) -> Path:
    """The path of a file that is there; otherwise the command ends as wrongly typed."""
    if path.is_dir():
        refuse(
            Text(
                pl="{path} to katalog, a potrzebny jest plik.", en="{path} is a folder; a file is needed."
            ).filled(path=path),
            exit_status=EXIT_USAGE,
        )
    if not path.exists():
        refuse(
            Text(pl="Nie ma pliku {path}.", en="There is no file {path}.").filled(path=path),
            exit_status=EXIT_USAGE,
        )
    return path
