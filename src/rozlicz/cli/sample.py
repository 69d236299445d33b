"""`rozlicz sample`: a demonstration branch and reports of any size, from a seed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rozlicz.cli.context import EXIT_USAGE, errors, refuse, say
from rozlicz.kernel.texts import Text

if TYPE_CHECKING:
    from rozlicz.kernel.months import Month
    from rozlicz.sample.folder import Told

HELP = say(
    "Utwórz zmyślony oddział: umowy, raporty z wybranymi błędami i oczekiwany wynik każdego.\n\n"
    "Każdy świadczeniodawca dostaje katalog: umowy (.umx), wystawca.toml, raport (.swx), te same świadczenia jako "
    "płaski plik (.csv) i oczekiwany wynik (.oczekiwane.json). To samo ziarno i ten sam dzień dają te same bajty. "
    "Nikt z tych danych nie istnieje.",
    "Make an invented branch: contracts, reports with chosen mistakes, and the expected result of each.\n\n"
    "Each provider gets a folder: contracts (.umx), wystawca.toml, the report (.swx), the same services as a flat "
    "file (.csv), and the expected result (.oczekiwane.json). The same seed and day give the same bytes. Nobody in "
    "these data exists.",
)
EXAMPLE = "rozlicz sample dane --seed 7 --positions 1000 --errors 5% --month 2026-10"

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


def sample(
    target: Annotated[
        Path | None,
        typer.Argument(
            metavar=say("KATALOG", "FOLDER"),
            show_default=False,
            help=say("dokąd zapisać; powstanie, jeśli go nie ma", "where to write; made if it is not there"),
        ),
    ] = None,
    *,
    seed: Annotated[
        int, typer.Option("--seed", min=0, metavar="N", help=say("ziarno losowania", "the seed"))
    ] = 7,
    month: Annotated[
        list[str] | None,
        typer.Option(
            "--month",
            metavar=say("RRRR-MM", "YYYY-MM"),
            show_default=False,
            help=say(
                "miesiąc raportów, domyślnie poprzedni", "month of the reports, the last one if not given"
            ),
        ),
    ] = None,
    positions: Annotated[
        int | None,
        typer.Option(
            "--positions",
            min=1,
            max=10_000_000,
            metavar="N",
            show_default=False,
            help=say(
                "liczba pozycji każdego raportu; domyślnie tyle, ile mniej więcej przewiduje plan",
                "positions of each report; otherwise about what the plan allows",
            ),
        ),
    ] = None,
    mistakes: Annotated[
        str,
        typer.Option(
            "--errors",
            metavar="5%",
            help=say(
                "udział pozycji z błędem, rozłożony na wszystkie możliwe rodzaje błędów",
                "share of positions with a mistake, spread over every possible kind",
            ),
        ),
    ] = "5%",
    mistake: Annotated[
        list[str] | None,
        typer.Option(
            "--error",
            metavar=say("RODZAJ=2%", "KIND=2%"),
            show_default=False,
            help=say(
                "tylko te rodzaje błędów i ich udziały; lista: --list-errors",
                "only these kinds of mistakes, and their shares; list: --list-errors",
            ),
        ),
    ] = None,
    coordinated: Annotated[
        str,
        typer.Option(
            "--coordinated",
            metavar="2%",
            help=say("udział osób ubezpieczonych w UE i EFTA", "share of persons insured in the EU and EFTA"),
        ),
    ] = "1%",
    decisions: Annotated[
        str,
        typer.Option(
            "--decisions",
            metavar="1%",
            help=say("udział osób z decyzją wójta lub burmistrza", "share of persons on a mayor's decision"),
        ),
    ] = "0.5%",
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar=say("KOD", "CODE"),
            show_default=False,
            help=say(
                "tylko ten świadczeniodawca: kod (050101) albo rodzaj (hospital)",
                "only this provider: its code (050101) or kind (hospital)",
            ),
        ),
    ] = None,
    providers: Annotated[
        int,
        typer.Option(
            "--providers", min=1, max=5000, metavar="N", help=say("ilu świadczeniodawców", "how many")
        ),
    ] = 8,
    branch: Annotated[
        str, typer.Option("--branch", metavar="OW", help=say("oddział wojewódzki", "the branch"))
    ] = "05",
    corrections: Annotated[
        bool,
        typer.Option(
            "--corrections",
            help=say("dodaj raport, który poprawia pierwszy", "add a report that corrects the first"),
        ),
    ] = False,
    flat: Annotated[
        bool,
        typer.Option(
            "--csv/--no-csv",
            show_default=False,
            help=say("płaski plik obok raportu", "a flat file beside the report"),
        ),
    ] = True,
    plain: Annotated[
        bool, typer.Option("--plain", help=say("raporty bez pakowania", "reports not packed"))
    ] = False,
    today: Annotated[
        datetime | None,
        typer.Option(
            "--today",
            formats=["%Y-%m-%d"],
            show_default=False,
            help=say(
                "dzień, w którym dane powstają, domyślnie dziś; z nim wynik jest co do bajtu powtarzalny",
                "the day on which the data are made, today if not given; with it the bytes repeat",
            ),
        ),
    ] = None,
    generation: Annotated[
        int | None,
        typer.Option(
            "--generation",
            min=1,
            metavar="N",
            show_default=False,
            help=say(
                "numer generacji pierwszego raportu; domyślnie liczba sekund od początku 2020",
                "generation number of the first report; otherwise seconds since 2020",
            ),
        ),
    ] = None,
    list_errors: Annotated[
        bool,
        typer.Option(
            "--list-errors",
            help=say("pokaż rodzaje błędów i kody reguł", "show the kinds of mistakes and rules"),
        ),
    ] = False,
) -> None:
    """Write the sample and say what was written."""
    if list_errors:
        _show_errors()
        return
    if target is None:
        refuse(
            Text(
                pl="Podaj katalog, na przykład: rozlicz sample dane",
                en="Give a folder, such as: rozlicz sample data",
            ),
            exit_status=EXIT_USAGE,
        )
    from rozlicz.sample.branch import make_branch
    from rozlicz.sample.folder import Wishes, write_folder
    from rozlicz.sample.patients import Shares
    from rozlicz.sample.reports import NotPlantable

    moment = _moment(today)
    wishes = Wishes(
        months=_months(month, moment),
        positions=positions,
        errors=_kinds(mistake) if mistake else _share(mistakes),
        shares=Shares(coordinated=_share(coordinated), decisions=_share(decisions)),
        corrections=corrections,
        flat=flat,
        zipped=not plain,
        only=frozenset(only or ()),
    )
    made = make_branch(seed, branch=_branch(branch), today=moment.date(), providers=providers)
    _check_only(wishes.only, {p.party.code for p in made.providers} | {p.kind for p in made.providers})
    try:
        with _progress() as told:
            files = write_folder(
                target,
                made,
                wishes,
                generated_at=moment.replace(tzinfo=None),
                generation=generation or int((moment - _BEGINNING).total_seconds()),
                told=told,
            )
    except NotPlantable as refused:
        refuse(
            Text(pl=f"Takich danych nie da się utworzyć: {refused}.", en=f"This cannot be made: {refused}.")
        )
    print(say(f"{target}: zapisano plików {len(files)}.", f"{target}: {len(files)} files written."))


def _moment(today: datetime | None) -> datetime:
    """The beginning of the day that was given, or now; in Warsaw."""
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("Europe/Warsaw")
    return today.replace(tzinfo=zone) if today else datetime.now(zone).replace(microsecond=0)


def _months(told: list[str] | None, moment: datetime) -> tuple[Month, ...]:
    from rozlicz.kernel.months import Month, NotAMonth

    present = Month.of(moment.date())
    if not told:
        return (present.plus(-1),)
    months = []
    for text in told:
        try:
            month = Month.parse(text)
        except NotAMonth:
            refuse(
                Text(
                    pl="„{found}” nie jest miesiącem; podaj go jako RRRR-MM, na przykład 2026-10.",
                    en="“{found}” is not a month; give it as YYYY-MM, such as 2026-10.",
                ).filled(found=text),
                exit_status=EXIT_USAGE,
            )
        first = Month(min(moment.year, present.plus(-1).year), 1)
        if not first <= month <= present:
            refuse(
                Text(
                    pl="Umowy próbne obowiązują od {first}, a {month} jest poza ich czasem lub jeszcze nie nadszedł.",
                    en="The sample's contracts run from {first}; {month} is outside them or has not come yet.",
                ).filled(first=first, month=month),
                exit_status=EXIT_USAGE,
            )
        months.append(month)
    return tuple(sorted(set(months)))


def _share(text: str) -> float:
    """`5%`, `0.5%`, `0,5%` or `0.05` as a share from 0 to 1."""
    number, sign, rest = text.strip().replace(",", ".").partition("%")
    try:
        share = float(number) / (100 if sign else 1)
    except ValueError:
        share = -1.0
    if rest or not 0 <= share <= 1:
        refuse(
            Text(
                pl="„{found}” nie jest udziałem; podaj go na przykład jako 5% albo 0.05.",
                en="“{found}” is not a share; give it as 5% or 0.05.",
            ).filled(found=text),
            exit_status=EXIT_USAGE,
        )
    return share


def _kinds(told: list[str]) -> dict[str, float]:
    """`missing-referral=2%`, several, as shares by kind."""
    from rozlicz.sample.faults.catalogue import FAULTS

    shares = {}
    for one in told:
        kind, sign, share = one.partition("=")
        if kind not in FAULTS or not sign:
            refuse(
                Text(
                    pl="„{found}” to nie rodzaj błędu z udziałem, na przykład missing-referral=2%. "
                    "Rodzaje pokazuje: rozlicz sample --list-errors",
                    en="“{found}” is not a kind of mistake with a share, such as missing-referral=2%. "
                    "The kinds are shown by: rozlicz sample --list-errors",
                ).filled(found=one),
                exit_status=EXIT_USAGE,
            )
        shares[kind] = _share(share)
    return shares


def _branch(code: str) -> str:
    from rozlicz.kernel.branches import BRANCHES

    if code not in BRANCHES:
        refuse(
            Text(
                pl="Nie ma oddziału {code}; są 01–16.", en="There is no branch {code}; there are 01–16."
            ).filled(code=code),
            exit_status=EXIT_USAGE,
        )
    return code


def _check_only(asked: frozenset[str], known: set[str]) -> None:
    unknown = sorted(asked - known)
    if unknown:
        refuse(
            Text(
                pl="Nie ma takiego świadczeniodawcy: {unknown}. Są: {known}.",
                en="There is no such provider: {unknown}. There are: {known}.",
            ).filled(unknown=", ".join(unknown), known=", ".join(sorted(known))),
            exit_status=EXIT_USAGE,
        )


def _show_errors() -> None:
    from rich.table import Table

    from rozlicz.cli.context import said
    from rozlicz.cli.shown import show
    from rozlicz.sample.faults.catalogue import FAULTS, meanings

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(say("Rodzaj", "Kind"), no_wrap=True)
    table.add_column(say("Reguły", "Rules"))
    table.add_column(say("Co jest nie tak", "What is wrong"))
    for kind, fault in FAULTS.items():
        table.add_row(kind, " ".join(fault.codes), said(meanings()[kind]))
    show(table)


@contextmanager
def _progress() -> Iterator[Told]:
    """One bar for the report at work; nothing where nobody sees it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    console = errors()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def told(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(name, total=total)
            bar.update(tasks[name], completed=done)

        yield told
