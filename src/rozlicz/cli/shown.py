"""Small parts of what commands show: lists of facts, severities, amounts."""

from __future__ import annotations

from datetime import date, datetime

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text as Line

from rozlicz.cli.context import language, output, say
from rozlicz.kernel.money import format_amount, format_count, format_units
from rozlicz.kernel.texts import format_day
from rozlicz.messages.header import Header
from rozlicz.messages.wire.refusals import excerpt


def show(page: RenderableType) -> None:
    """Write a page to where results go."""
    print(printed(page), end="")


def printed(page: RenderableType) -> str:
    """A page as text for where results go: in colours on a terminal, without blanks at the ends of lines."""
    console = output()
    with console.capture() as captured:
        console.print(page)
    lines = captured.get().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def facts(*rows: tuple[str, str | Line]) -> Table:
    """Labels and values under each other; a row without a value is left out."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column()
    for label, value in rows:
        if value:
            table.add_row(Line(label), value if isinstance(value, Line) else Line(value))
    return table


def severity_word(severity: str) -> Line:
    """`błąd` in red, `ostrzeżenie` in yellow."""
    if severity == "error":
        return Line(say("błąd", "error"), style="red")
    return Line(say("ostrzeżenie", "warning"), style="yellow")


def amount(grosze: int) -> str:
    """An amount of grosze in the language of the commands."""
    return format_amount(grosze, language())


def number(units: int) -> str:
    """Units (×10,000) in the language of the commands."""
    return format_units(units, language())


def count(whole: int) -> str:
    """A whole number in the language of the commands."""
    return format_count(whole, language())


def counted(whole: int, *, pl: tuple[str, str, str], en: tuple[str, str]) -> str:
    """A number with its noun: in Polish the forms for 1, 2 and 5; in English for 1 and 2."""
    one, few, many = pl
    if whole == 1:
        polish = one
    else:
        polish = few if whole % 10 in (2, 3, 4) and whole % 100 not in (12, 13, 14) else many
    return f"{count(whole)} {say(polish, en[0] if whole == 1 else en[1])}"


def day(when: date) -> str:
    """A day in the language of the commands."""
    return format_day(when, language())


def moment(when: datetime) -> str:
    """A day and an hour in the language of the commands."""
    return f"{day(when.date())} {when:%H:%M}"


def message_in_words(header: Header) -> str:
    """`SWIAD 10;10.1, nr 17 z 05.11.2026 12:36`."""
    kind, *versions = map(excerpt, (header.kind, header.version, header.detailed_version))
    version = ";".join(one for one in versions if one)
    return say(
        f"{kind} {version}, nr {header.generation} z {moment(header.generated_at)}",
        f"{kind} {version}, no. {header.generation} of {moment(header.generated_at)}",
    )


def days(first: date, last: date) -> str:
    """From day to day."""
    return f"{day(first)} – {day(last)}"


def plain_table(*columns: str, right: tuple[int, ...] = (), fixed: tuple[int, ...] = ()) -> Table:
    """A table without a frame; the columns numbered in `right` are of numbers, those in `fixed` never wrap."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for index, title in enumerate(columns):
        table.add_column(
            Line(title),
            justify="right" if index in right else "left",
            no_wrap=index in right or index in fixed,
        )
    return table
