"""What every command shares: the language, the two consoles, and how a refusal is told."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import NoReturn

import typer
from rich.console import Console

from rozlicz.kernel.texts import Language, Text

EXIT_REFUSED = 1
"""The data are wrong: something was rejected or could not be read."""
EXIT_USAGE = 2
"""The command was typed wrongly."""


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
    return Console(highlight=False)


@lru_cache(maxsize=1)
def errors() -> Console:
    """Where refusals and progress go, so that results can be piped."""
    return Console(stderr=True, highlight=False)


def refuse(text: Text, *, exit_status: int = EXIT_REFUSED) -> NoReturn:
    """End the command with a sentence instead of a traceback."""
    errors().print(said(text), style="red", markup=False)
    raise typer.Exit(exit_status)
