"""`rozlicz contract`: what a contract's electronic file (UMX) says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rozlicz.cli.context import existing, say
from rozlicz.cli.faults import reading
from rozlicz.cli.options import JsonOption

if TYPE_CHECKING:
    from rozlicz.messages.contracts import Contract
    from rozlicz.messages.header import Header

app = typer.Typer(
    no_args_is_help=True,
    help=say("Plik umowy (UMX): co w nim jest.", "The contract's file (UMX): what it says."),
)


@app.callback()
def contract() -> None:
    """Keeps `show` a command of its own while it is the only one."""


@app.command(
    "show",
    help=say(
        "Pokaż umowę: strony, okresy, zakresy, plan miesiąc po miesiącu, produkty, komórki, współczynniki.",
        "Show a contract: parties, periods, scopes, plan month by month, products, cells, coefficients.",
    ),
    epilog="rozlicz contract show umowa.umx",
)
def show_contract(
    source: Annotated[
        Path,
        typer.Argument(
            metavar=say("UMOWA.umx", "CONTRACT.umx"),
            help=say("plik umowy (UMX)", "the contract's file (UMX)"),
        ),
    ],
    as_json: JsonOption = False,
) -> None:
    """Read the file and show it whole."""
    from rozlicz.cli.contract_data import contract_json
    from rozlicz.cli.contract_view import contract_page
    from rozlicz.cli.shown import show

    header, terms = message_of(source)
    if as_json:
        print(json.dumps(contract_json(header, terms), ensure_ascii=False, indent=2))
    else:
        show(contract_page(header, terms))


def message_of(path: Path) -> tuple[Header, Contract]:
    """The header and the contract of a file, or the end of the command with a sentence."""
    from rozlicz.messages.umx import read_umx
    from rozlicz.messages.umx.names import KIND

    with reading(existing(path), KIND):
        return read_umx(path)


def contract_of(path: Path) -> Contract:
    """The contract of a file, or the end of the command with a sentence."""
    return message_of(path)[1]
