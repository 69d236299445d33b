"""`rozlicz report`: the payer's checks of a report of services (SWIAD), on the provider's desk."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rozlicz.cli import report_build
from rozlicz.cli.context import EXIT_REFUSED, existing, say
from rozlicz.cli.options import JsonOption, ReportArgument, SentOnOption

app = typer.Typer(
    no_args_is_help=True,
    help=say("Raport świadczeń (SWIAD).", "The report of services (SWIAD)."),
)
app.command("build", help=report_build.HELP, epilog=report_build.EXAMPLE)(report_build.build)


@app.command(
    help=say(
        "Sprawdź raport tak, jak sprawdzi go płatnik: te same reguły, ten sam wynik.\n\n"
        "Kod wyjścia 1, gdy choć jedna pozycja zostałaby odrzucona albo raportu nie da się odczytać. Reguły, które "
        "porównują z wcześniejszymi raportami, sprawdza dopiero portal; wynik wymienia je z nazwy.",
        "Check a report as the payer will: the same rules, the same result.\n\n"
        "Exit status 1 when at least one position would be rejected or the report cannot be read. Rules that compare "
        "with earlier reports are checked by the portal only; the result names them.",
    ),
    epilog="rozlicz report check raport.swx --contract umowa.umx",
)
def check(
    source: ReportArgument,
    contract: Annotated[
        list[Path],
        typer.Option(
            "--contract",
            metavar=say("UMOWA.umx", "CONTRACT.umx"),
            help=say("umowa, której dotyczy raport", "a contract of the report"),
        ),
    ],
    *,
    as_json: JsonOption = False,
    xlsx: Annotated[
        Path | None,
        typer.Option(
            "--xlsx",
            metavar=say("WYNIKI.xlsx", "FINDINGS.xlsx"),
            help=say("zapisz wszystkie wyniki w arkuszu", "save all findings in a workbook"),
        ),
    ] = None,
    limit: Annotated[
        int,
        typer.Option(
            "--limit",
            min=0,
            metavar="N",
            help=say("ile zapisów pokazać przy każdej regule", "how many records to show with each rule"),
        ),
    ] = 3,
    installation: Annotated[
        Path | None,
        typer.Option(
            "--installation",
            metavar=say("INSTALACJA.toml", "INSTALLATION.toml"),
            help=say(
                "identyfikator instalacji i ostatni numer: sprawdź także nagłówek",
                "installation identifier and last number: check the header too",
            ),
        ),
    ] = None,
    received_on: SentOnOption = None,
) -> None:
    """Run the payer's rules over the report."""
    from rozlicz.cli.report_outcome import outcome_of, prepared

    asked = prepared(
        source=existing(source),
        contracts=contract,
        installation=installation,
        received_on=received_on.date() if received_on else None,
    )
    if not outcome_of(asked, as_json=as_json, xlsx=xlsx, limit=limit).accepted:
        raise typer.Exit(EXIT_REFUSED)
