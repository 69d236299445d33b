"""The tree of commands, and how one is run: whatever goes wrong ends in a sentence, never in a traceback.

The commands import what they work with only when they are called, so that the program starts quickly.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from rozlicz import __version__
from rozlicz.cli import bill, contract, explain, message, report, rules, sample, template
from rozlicz.cli.context import say
from rozlicz.cli.faults import told_as_status
from rozlicz.cli.help_page import HouseGroup, in_house_words

_ROAD = ("sample", "contract", "report", "explain", "template", "bill", "rules", "message")


class _ByRoad(HouseGroup):
    """The commands in the order in which they are used, from the contract to the bill."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of the commands."""
        return sorted(super().list_commands(ctx), key=_ROAD.index)


app = typer.Typer(
    name="rozlicz",
    cls=_ByRoad,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=say(
        "Rozliczanie świadczeń bez połączenia z portalem: umowa, raport, szablon, rachunek.\n\n"
        "Kod wyjścia: 0 – w porządku, 1 – coś odrzucono albo nie dało się odczytać, 2 – błędne polecenie.\n"
        "ROZLICZ_LANG=en: English.",
        "Settling services off-line: contract, report, template, bill.\n\n"
        "Exit status: 0 – all is well, 1 – something was rejected or could not be read, 2 – typed wrongly.\n"
        "ROZLICZ_LANG=pl: po polsku.",
    ),
)
app.command("sample", help=sample.HELP, epilog=sample.EXAMPLE)(sample.sample)
app.add_typer(contract.app, name="contract")
app.add_typer(report.app, name="report")
app.command("explain", help=explain.HELP, epilog=explain.EXAMPLE)(explain.explain)
app.add_typer(template.app, name="template")
app.add_typer(bill.app, name="bill")
app.command("rules", help=rules.HELP, epilog=rules.EXAMPLE)(rules.rules)
app.add_typer(message.app, name="message")
in_house_words(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"rozlicz {__version__}")
        raise typer.Exit


@app.callback()
def whole(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_show_version,
            is_eager=True,
            help=say("wersja programu", "version of the program"),
        ),
    ] = False,
) -> None:
    """What holds for all commands; Typer calls it before any of them."""


def run(arguments: Sequence[str]) -> int:
    """Run the command with these arguments (without the program's name); returns its exit status."""
    command = typer.main.get_command(app)
    with told_as_status() as ended:
        status = command.main(args=list(arguments), prog_name="rozlicz", standalone_mode=False)
        sys.stdout.flush()
        ended.status = status if isinstance(status, int) else 0
    return ended.status
