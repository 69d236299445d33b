"""The tree of commands."""

from __future__ import annotations

import typer

from rozlicz.cli.context import say

app = typer.Typer(
    name="rozlicz",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help=say(
        "Rozliczanie świadczeń bez połączenia z portalem: umowa, raport, szablon, rachunek. ROZLICZ_LANG=en: English.",
        "Settling services off-line: contract, report, template, bill. ROZLICZ_LANG=pl: po polsku.",
    ),
)
