"""The bar that long work shows beside its results; nothing where nobody sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from rozlicz.cli.context import errors, say
from rozlicz.cli.shown import count

Moved = Callable[[int, int | None, int], None]
"""Told how much is done, of how much (None: not known), and how many positions that is."""


@contextmanager
def progress_bar(name: str) -> Iterator[Moved]:
    """A bar with the name of what is worked on."""
    console = errors()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[positions]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(name, total=None, positions="")

        def moved(done: int, total: int | None, positions: int) -> None:
            told = say("pozycji: ", "positions: ") + count(positions)
            bar.update(task, total=total, completed=done, positions=told)

        yield moved
