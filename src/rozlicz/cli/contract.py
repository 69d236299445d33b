"""`rozlicz contract`: what a contract's electronic file (UMX) says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from rozlicz.cli.context import existing, say
from rozlicz.cli.faults import reading

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
        Path, typer.Argument(metavar="UMOWA.umx", help=say("plik umowy (UMX)", "the contract's file (UMX)"))
    ],
    as_json: Annotated[bool, typer.Option("--json", help=say("dla programów", "for programs"))] = False,
) -> None:
    """Read the file and show it whole."""
    from rozlicz.cli.contract_data import contract_json
    from rozlicz.cli.contract_view import contract_page
    from rozlicz.cli.shown import show
    from rozlicz.messages.umx import read_umx

    with reading(existing(source)):
        header, terms = read_umx(source)
    if as_json:
        print(json.dumps(contract_json(header, terms), ensure_ascii=False, indent=2))
    else:
        show(contract_page(header, terms))
