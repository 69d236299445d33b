"""What a message holds and this program does not know: told, never silently dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text as Line

from rozlicz.cli.context import say
from rozlicz.cli.shown import count, plain_table
from rozlicz.messages.wire.places import Unread
from rozlicz.messages.wire.refusals import excerpt

_SHOWN = 20


def unread_note(unread: Sequence[Unread]) -> Iterator[RenderableType]:
    """A short table of the places, nothing when there are none."""
    if not unread:
        return
    yield Line(
        say(
            "W pliku są nazwy, których ten program nie zna i które pominął:",
            "The file has names that this program does not know and left out:",
        ),
        style="yellow",
    )
    table = plain_table(
        say("Wiersz", "Line"), say("Ile razy", "Times"), say("Miejsce", "Place"), right=(0, 1)
    )
    for one in unread[:_SHOWN]:
        table.add_row(str(one.line), count(one.times), Line(excerpt(_place(one), 120)))
    yield Padding(table, (0, 0, 0, 2))
    if len(unread) > _SHOWN:
        left = count(len(unread) - _SHOWN)
        yield Padding(
            Line(say(f"… i jeszcze {left} (--json)", f"… and {left} more (--json)"), style="dim"),
            (0, 0, 0, 2),
        )


def unread_json(unread: Sequence[Unread]) -> list[dict[str, Any]]:
    """Place, line of the first, and how often; and what stands there, where the reader keeps it."""
    return [
        {"place": one.place, "line": one.line, "times": one.times} | ({"text": one.text} if one.text else {})
        for one in unread
    ]


def _place(one: Unread) -> str:
    return f"{one.place}: {one.text}" if one.text else one.place
