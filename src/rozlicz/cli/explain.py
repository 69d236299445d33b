"""`rozlicz explain`: what will be due for a report, and where each amount comes from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from rozlicz.cli.context import EXIT_REFUSED, existing, language, say, tell
from rozlicz.cli.options import JsonOption, ReportArgument, SentOnOption

HELP = say(
    "Policz, ile będzie się należeć za raport, i pokaż krok po kroku, skąd bierze się każda kwota.\n\n"
    "Sprawdza raport regułami płatnika i rozlicza przyjęte pozycje zakresów z ceną jednostkową. Czego program bez "
    "portalu nie wie, wynik mówi wprost. Kod wyjścia 1, gdy choć jedna pozycja umowy została odrzucona albo pliku "
    "nie da się odczytać.",
    "Calculate what will be due for a report, and show step by step where each amount comes from.\n\n"
    "It checks the report by the payer's rules and settles the accepted positions of scopes with a unit price. What "
    "the program cannot know without the portal, the result says. Exit status 1 when at least one position of the "
    "contract is rejected or a file cannot be read.",
)
EXAMPLE = "rozlicz explain raport.swx --contract umowa.umx --template szablon-09.zrz --pdf skad.pdf"


def explain(
    source: ReportArgument,
    contract: Annotated[
        Path,
        typer.Option(
            "--contract",
            metavar=say("UMOWA.umx", "CONTRACT.umx"),
            help=say("rozliczana umowa, z ostatnim aneksem", "the contract to settle, with its last annex"),
        ),
    ],
    *,
    month: Annotated[
        str | None,
        typer.Option(
            "--month",
            metavar=say("RRRR-MM", "YYYY-MM"),
            show_default=False,
            help=say(
                "miesiąc, domyślnie ostatni w raporcie", "the month; the last one of the report if not given"
            ),
        ),
    ] = None,
    template: Annotated[
        list[Path] | None,
        typer.Option(
            "--template",
            metavar=say("SZABLON.zrz", "TEMPLATE.zrz"),
            help=say(
                "wcześniejsze szablony okresu rozliczeniowego (R_UMX)",
                "earlier templates of the settlement period (R_UMX)",
            ),
        ),
    ] = None,
    scope: Annotated[
        str | None,
        typer.Option(
            "--scope",
            metavar=say("KOD", "CODE"),
            help=say("pokaż tylko ten zakres", "show this scope only"),
        ),
    ] = None,
    as_json: JsonOption = False,
    pdf: Annotated[
        Path | None,
        typer.Option(
            "--pdf",
            metavar=say("SKĄD.pdf", "WHENCE.pdf"),
            help=say("zapisz wyjaśnienie jako PDF", "save the explanation as PDF"),
        ),
    ] = None,
    received_on: SentOnOption = None,
) -> None:
    """Check the report, settle what is accepted, show why."""
    from rozlicz.cli.explain_page import explained_json, explained_page, explained_pdf
    from rozlicz.cli.explain_run import explained
    from rozlicz.cli.report_outcome import prepared
    from rozlicz.cli.saving import new_file
    from rozlicz.cli.shown import amount, count, show
    from rozlicz.cli.template import templates_of

    check = prepared(
        source=existing(source),
        contracts=[contract],
        installation=None,
        received_on=received_on.date() if received_on else None,
    )
    issued = [one for path in template or () for one in templates_of(path)]
    found, accepted = explained(check, month=month, scope=scope, templates=issued)
    if pdf is not None:
        with new_file(pdf) as file:
            file.write(explained_pdf(found, language()))
    if as_json:
        print(json.dumps(explained_json(found), ensure_ascii=False, indent=2))
    else:
        show(explained_page(found))
    if accepted.rejected:
        rejected, value = count(accepted.rejected), amount(accepted.rejected_value)
        tell(
            say(
                f"Odrzucone pozycje umowy, których tu nie policzono: {rejected}, {value}. Co je odrzuca, powie "
                "rozlicz report check.",
                f"Rejected positions of the contract that are not counted here: {rejected}, {value}. What rejects "
                "them is told by rozlicz report check.",
            )
        )
        raise typer.Exit(EXIT_REFUSED)
