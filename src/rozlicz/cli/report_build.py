"""`rozlicz report build`: a report of services (SWIAD) from a flat file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rozlicz.cli.context import EXIT_USAGE, existing, refuse, say, tell
from rozlicz.kernel.texts import Text

if TYPE_CHECKING:
    from rozlicz.cli.installation import Installation
    from rozlicz.cli.report_csv import Built
    from rozlicz.kernel.months import Month

_INSTALLATION_FILES = ("instalacja.toml", "wystawca.toml")

HELP = say(
    "Zbuduj raport z płaskiego pliku: jeden wiersz to jedna pozycja.\n\n"
    "Plik jest w UTF-8, kolumny oddziela średnik, pierwszy wiersz to ich nazwy; opis kolumn: docs/report-csv.md. "
    "Czego plik nie ma (umowa, miesiąc, wyróżnik, numer pozycji), jest uzupełniane z opcji i z umowy. Poprawność "
    "danych sprawdza potem rozlicz report check.",
    "Build a report of a flat file: one line is one position.\n\n"
    "The file is in UTF-8, columns are separated by semicolons, the first line names them; they are described in "
    "docs/report-csv.md. What the file lacks (contract, month, distinguishing number, number of the position) is "
    "filled in from the options and the contract. Whether the data are right is checked by rozlicz report check.",
)
EXAMPLE = "rozlicz report build services.csv --contract umowa.umx --month 2026-10 -o raport.swx"


def build(
    source: Annotated[
        Path,
        typer.Argument(
            metavar=say("SWIADCZENIA.csv", "SERVICES.csv"),
            help=say("płaski plik świadczeń", "the flat file of services"),
        ),
    ],
    contract: Annotated[
        list[Path],
        typer.Option(
            "--contract",
            metavar=say("UMOWA.umx", "CONTRACT.umx"),
            help=say("umowa, której dotyczy raport", "a contract of the report"),
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar=say("RAPORT.swx", "REPORT.swx"),
            help=say("plik raportu, który powstanie", "the report that is made"),
        ),
    ],
    *,
    month: Annotated[
        str,
        typer.Option(
            "--month",
            metavar=say("RRRR-MM", "YYYY-MM"),
            help=say("okres sprawozdawczy", "the reporting month"),
        ),
    ] = "",
    installation: Annotated[
        Path | None,
        typer.Option(
            "--installation",
            metavar=say("INSTALACJA.toml", "INSTALLATION.toml"),
            show_default=False,
            help=say(
                "plik z częścią [instalacja]; domyślnie instalacja.toml albo wystawca.toml obok świadczeń lub tutaj",
                "a file with the part [instalacja]; otherwise instalacja.toml or wystawca.toml beside the services, "
                "or here",
            ),
        ),
    ] = None,
    generation: Annotated[
        int | None,
        typer.Option(
            "--generation",
            min=1,
            show_default=False,
            metavar="N",
            help=say(
                "numer generacji; domyślnie ostatni-numer + 1, a gdy go nie podano, liczba sekund od początku 2020",
                "generation number; otherwise ostatni-numer + 1, and when that is not given, seconds since 2020",
            ),
        ),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help=say("nie pakuj (sam XML)", "do not pack (bare XML)"))
    ] = False,
) -> None:
    """Build the report and say what is in it."""
    from rozlicz.cli.bill_desk import generation_at, now_in_warsaw
    from rozlicz.cli.progress import progress_bar
    from rozlicz.cli.report_csv import build_report
    from rozlicz.cli.report_outcome import contracts_of_one_provider
    from rozlicz.messages.header import new_header
    from rozlicz.messages.swiad.services_csv import CsvRefused

    existing(source)
    asked = _month(month)
    contracts = contracts_of_one_provider(contract)
    of = _installation(installation, source)
    now = now_in_warsaw()
    last = of.last_generation if of else None
    header = new_header(
        kind="SWIAD",
        receiver=contracts[0].branch,
        sender=contracts[0].provider.code,
        installation=of.long_id if of else "",
        generation=generation or (generation_at(now) if last is None else last + 1),
        generated_at=now.replace(tzinfo=None, microsecond=0),
    )
    try:
        size = source.stat().st_size
        with progress_bar(source.name) as moved:
            built = build_report(
                source,
                target=output,
                contracts=contracts,
                month=asked,
                header=header,
                zipped=not plain,
                progress=lambda read, positions: moved(read, size, positions),
            )
    except CsvRefused as refused:
        refuse(Text(pl=f"{source}: {refused.text.pl}", en=f"{source}: {refused.text.en}"))
    _tell(built, output, header.generation, month)
    if of is None:
        tell(
            say(
                "Uwaga: nie podano instalacji, więc portal odrzuci ten raport; dodaj --installation wystawca.toml.",
                "Note: no installation was given, so the portal will refuse this report; add --installation "
                "wystawca.toml.",
            ),
            style="yellow",
        )


def _installation(told: Path | None, source: Path) -> Installation | None:
    """The installation of the file that was named or that lies where it is expected; None when there is none."""
    from rozlicz.cli.installation import installation_of

    places = [folder / name for folder in (source.parent, Path()) for name in _INSTALLATION_FILES]
    path = told or next((place for place in places if place.is_file()), None)
    return installation_of(path) if path else None


def _month(text: str) -> Month | None:
    from rozlicz.kernel.months import Month, NotAMonth

    try:
        return Month.parse(text) if text else None
    except NotAMonth:
        refuse(
            Text(
                pl="„{found}” nie jest miesiącem; podaj go jako RRRR-MM, na przykład 2026-10.",
                en="“{found}” is not a month; give it as YYYY-MM, such as 2026-10.",
            ).filled(found=text),
            exit_status=EXIT_USAGE,
        )


def _tell(built: Built, output: Path, generation: int, month: str) -> None:
    from rozlicz.cli.shown import count

    if built.other_months:
        tell(
            say(
                f"Uwaga: pozycji z innego okresu niż {month}: {count(built.other_months)}, "
                f"pierwsza w wierszu {built.first_other_line}.",
                f"Note: positions of another month than {month}: {count(built.other_months)}, "
                f"the first on line {built.first_other_line}.",
            ),
            style="yellow",
        )
    print(
        say(
            f"{output}: świadczeń {count(built.services)}, pozycji {count(built.positions)}, "
            f"numer generacji {generation}.",
            f"{output}: {count(built.services)} services, {count(built.positions)} positions, "
            f"generation number {generation}.",
        )
    )
