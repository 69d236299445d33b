"""What inspecting a message found, on the terminal: what it is, what it says, whether it fits its schema."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Line

from rozlicz.cli.bill_signing import signature_table
from rozlicz.cli.context import said, say
from rozlicz.cli.faults import refusal_sentence
from rozlicz.cli.field_words import label, member_words, table_title
from rozlicz.cli.message_summary import Inspection
from rozlicz.cli.shown import (
    amount,
    count,
    counted,
    day,
    facts,
    message_in_words,
    moment,
    number,
    plain_table,
)
from rozlicz.cli.unread import unread_note
from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.messages.header import Header
from rozlicz.messages.kinds import Direction
from rozlicz.messages.records.shapes import Leaf, Many, Nested, Sentence, Shape, table_name, values_of
from rozlicz.messages.schemas.check import SchemaFault
from rozlicz.messages.wire.refusals import excerpt

_LONGEST_LIST = 5
_DIRECTIONS = {
    Direction.TO_PROVIDER: ("od płatnika do świadczeniodawcy", "from the payer to the provider"),
    Direction.TO_PAYER: ("od świadczeniodawcy do płatnika", "from the provider to the payer"),
}


def inspection_page(found: Inspection, *, limit: int) -> RenderableType:
    """The whole result; `limit` faults of the schema are shown."""
    parts: list[RenderableType] = [_what(found)]
    for value in found.head:
        rows = [row for row in _facts_of(value) if row[1]]
        if rows:
            parts += [Line(), Line(label(table_name(type(value))), style="bold"), facts(*rows)]
    if found.tables or found.refused is None:
        parts += [Line(), *_records(found)]
    parts.append(Line())
    for one in found.signatures:
        parts.append(signature_table(one))
        if one.fault is not None:
            parts.append(Line(said(one.fault.text), style="red"))
        parts.append(Line())
    if found.unread:
        parts += [*unread_note(found.unread), Line()]
    if found.refused is not None:
        sentence = excerpt(said(refusal_sentence(found.refused)), 500)
        parts += [Line(say("Nie da się odczytać: ", "It cannot be read: ") + sentence, style="bold red")]
    parts += _schema(found, limit)
    return Group(*parts)


def _what(found: Inspection) -> Grid:
    kind = found.kind
    rows = [
        (
            say("Komunikat", "Message"),
            f"{kind.code} – {said(kind.name)}, {say(*_DIRECTIONS[kind.direction])}",
        ),
        (say("Plik", "File"), found.file + (say(" (spakowany)", " (zipped)") if found.zipped else "")),
    ]
    return facts(
        *rows, *(_header(found.header) if found.header else ()), (say("Format", "Format"), said(kind.seen))
    )


def _header(header: Header) -> Iterator[tuple[str, str]]:
    yield say("Nagłówek", "Header"), message_in_words(header)
    yield say("Nadawca", "Sender"), excerpt(header.sender)
    yield say("Odbiorca", "Receiver"), excerpt(header.receiver)
    yield say("Instalacja", "Installation"), excerpt(header.installation)
    yield say("Program", "Program"), excerpt(" ".join(one for one in (header.program, header.contact) if one))


def _facts_of(value: object) -> Iterator[tuple[str, str]]:
    for name, shape, inner in values_of(value):
        yield label(name), _shown(shape, inner)


def _shown(shape: Shape, value: Any) -> str:
    """A value on one line: parts of a nested one with commas, several with semicolons, many as their number."""
    if value is None:
        return ""
    match shape:
        case Sentence():
            return excerpt(said(value))
        case Nested():
            return ", ".join(part for _, of, inner in values_of(value) if (part := _shown(of, inner)))
        case Many(of):
            return (
                "; ".join(_shown(of, one) for one in value)
                if len(value) <= _LONGEST_LIST
                else count(len(value))
            )
        case Leaf() if isinstance(value, Enum) and (words := member_words(value)) is not None:
            return said(words)
        case Leaf():
            return _leaf(shape, value)


def _leaf(shape: Leaf, value: Any) -> str:
    match shape.cell(value):
        case None:
            return ""
        case bool(flag):
            return say("tak", "yes") if flag else say("nie", "no")
        case Decimal() as exact if shape.decimals is not None and shape.decimals.unit == "PLN":
            return amount(int(exact * 100))
        case Decimal() as exact:
            return number(int(exact * UNIT_SCALE))
        case datetime() as when if when.tzinfo is not None:
            return when.isoformat()
        case datetime() as when:
            return moment(when)
        case date() as when:
            return day(when)
        case other:
            return excerpt(str(other))


def _records(found: Inspection) -> Iterator[RenderableType]:
    if not found.tables:
        yield Line(say("Komunikat nie ma zapisów.", "The message has no records."))
        return
    table = plain_table(say("Zapisy", "Records"), say("Liczba", "Number"), say("Suma", "Total"), right=(1,))
    for tally in found.tables:
        sums = (f"{label(*column.path)}: {amount(int(total * 100))}" for column, total in tally.sums.items())
        table.add_row(Line(table_title(tally.table)), count(tally.rows), Line("\n".join(sums)))
    yield table


def _schema(found: Inspection, limit: int) -> Iterator[RenderableType]:
    schema = found.kind.schema_path.name
    if not found.schema.faults:
        if found.refused is None:
            yield Line(
                say(f"Zgodny ze schematem {schema}.", f"It fits the schema {schema}."), style="bold green"
            )
        return
    number_of = counted(
        len(found.schema.faults), pl=("niezgodność", "niezgodności", "niezgodności"), en=("fault", "faults")
    )
    more = say(" (dalszych nie liczono)", " (others were not counted)") if not found.schema.complete else ""
    yield Line(
        say(f"Niezgodny ze schematem {schema}: ", f"It does not fit the schema {schema}: ")
        + number_of
        + more,
        style="bold red",
    )
    yield Padding(_fault_table(found.schema.faults[:limit]), (0, 0, 0, 2))
    if len(found.schema.faults) > limit:
        yield Padding(
            Line(say("… dalsze: --limit, --json", "… others: --limit, --json"), style="dim"), (0, 0, 0, 2)
        )


def _fault_table(faults: Sequence[SchemaFault]) -> Grid:
    table = plain_table(
        say("Wiersz", "Line"), say("Co jest nie tak, i gdzie", "What is wrong, and where"), right=(0,)
    )
    for fault in faults:
        told = Line(said(fault.text))
        table.add_row(
            str(fault.line), told.append(f"\n{excerpt(fault.path, 200)}", style="dim") if fault.path else told
        )
    return table
