"""`rozlicz message`: what any message is and says, whether it fits its schema, and its records as other files."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rozlicz.cli.context import EXIT_REFUSED, existing, say
from rozlicz.cli.faults import reading
from rozlicz.cli.options import JsonOption
from rozlicz.cli.progress import progress_bar
from rozlicz.cli.shown import show

app = typer.Typer(
    no_args_is_help=True,
    help=say(
        "Dowolny komunikat rozliczeń: co zawiera, zgodność ze schematem, zapisy w JSON, CSV, XLSX.",
        "Any message of settlement: what it says, its schema, its records as JSON, CSV, XLSX.",
    ),
)


class Format(StrEnum):
    """What records can be turned into."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


_File = Annotated[
    Path,
    typer.Argument(
        metavar=say("KOMUNIKAT", "MESSAGE"),
        help=say("plik komunikatu, zwykły lub spakowany", "the message's file, plain or zipped"),
    ),
]


@app.command(
    help=say(
        "Rozpoznaj komunikat, pokaż, co zawiera, i sprawdź jego zgodność ze schematem.\n\n"
        "Kod wyjścia 1, gdy komunikatu nie da się odczytać albo nie jest zgodny ze schematem.",
        "Recognise a message, show what it says and hold it against its schema.\n\n"
        "Exit status 1 when it cannot be read or does not fit its schema.",
    ),
    epilog="rozlicz message inspect umowa.umx",
)
def inspect(
    source: _File,
    *,
    as_json: JsonOption = False,
    limit: Annotated[
        int,
        typer.Option(
            "--limit",
            min=0,
            metavar="N",
            help=say("ile niezgodności pokazać", "how many faults to show"),
        ),
    ] = 20,
) -> None:
    """Read the whole file and tell what was found."""
    from rozlicz.cli.message_json import inspection_json
    from rozlicz.cli.message_page import inspection_page
    from rozlicz.cli.message_summary import inspected

    with reading(existing(source)), progress_bar(source.name) as moved:
        found = inspected(source, moved)
    if as_json:
        print(json.dumps(inspection_json(found), ensure_ascii=False, indent=2))
    else:
        show(inspection_page(found, limit=limit))
    if not found.valid:
        raise typer.Exit(EXIT_REFUSED)


@app.command(
    help=say(
        "Zapisz zapisy komunikatu jako JSON, CSV albo XLSX.\n\n"
        "Kwoty mają postać 1234.50. To, co w zapisie się powtarza, jest osobną tabelą; kilka tabel CSV trafia do "
        "archiwum ZIP.",
        "Save the records of a message as JSON, CSV or XLSX.\n\n"
        "Amounts read 1234.50. What is repeated inside a record is a table of its own; several CSV tables go into "
        "a ZIP archive.",
    ),
    epilog="rozlicz message convert szablon.zrz -o szablon.xlsx",
)
def convert(
    source: _File,
    *,
    target: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar=say("PLIK", "FILE"),
            help=say(
                "plik do zapisania: .json, .csv, .zip, .xlsx; - to standardowe wyjście (json, csv)",
                "the file to write: .json, .csv, .zip, .xlsx; - is standard output (json, csv)",
            ),
        ),
    ],
    to: Annotated[
        Format | None,
        typer.Option(
            "--to", help=say("format, gdy nie mówi o nim nazwa", "the format, when the name does not tell")
        ),
    ] = None,
) -> None:
    """Write every record of a message into a file of another format."""
    from rozlicz.cli.message_convert import converted

    converted(existing(source), target=target, to=None if to is None else to.value)
