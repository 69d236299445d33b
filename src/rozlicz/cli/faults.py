"""How a command ends that cannot do its work: in one sentence and an exit status, never in a traceback."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from rozlicz.cli.context import EXIT_INTERRUPTED, EXIT_REFUSED, EXIT_USAGE, said, say, tell
from rozlicz.cli.words import fault_in_words
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.wire.refusals import MessageRefused, excerpt

_REASONS = {
    errno.ENOENT: Text(pl="nie ma takiego pliku lub katalogu", en="there is no such file or folder"),
    errno.EACCES: Text(pl="brak uprawnień", en="permission denied"),
    errno.EPERM: Text(pl="brak uprawnień", en="permission denied"),
    errno.EISDIR: Text(pl="to jest katalog", en="it is a folder"),
    errno.ENOTDIR: Text(pl="to nie jest katalog", en="it is not a folder"),
    errno.ENOSPC: Text(pl="na dysku nie ma miejsca", en="no space is left on the disk"),
    errno.EROFS: Text(pl="dysk jest tylko do odczytu", en="the disk is read-only"),
    errno.ENAMETOOLONG: Text(pl="nazwa jest za długa", en="the name is too long"),
}


@dataclass(slots=True)
class Ended:
    """How a command ended."""

    status: int = 0


@contextmanager
def told_as_status() -> Iterator[Ended]:
    """Run what is inside; a fault of the user's is told in a sentence and becomes the exit status."""
    ended = Ended()
    try:
        yield ended
    except typer.TyperException as fault:
        _tell_typed_wrongly(fault)
        ended.status = EXIT_USAGE
    except MessageRefused as refused:
        tell(said(refusal_sentence(refused)))
        ended.status = EXIT_REFUSED
    except (KeyboardInterrupt, typer.Abort):
        ended.status = EXIT_INTERRUPTED
    except BrokenPipeError:
        _forget_output()
        ended.status = EXIT_REFUSED
    except OSError as error:
        tell(said(file_fault(error)))
        ended.status = EXIT_REFUSED


@contextmanager
def reading(path: Path, *kinds: str) -> Iterator[None]:
    """What is wrong with a message is told with the name of its file, and ends the command.

    `kinds` are the messages that may be given here (UMX, SWIAD, …; none: any); another one is called by its name.
    """
    try:
        yield
    except MessageRefused as refused:
        tell(f"{path}: {said(unreadable(path, refused, *kinds))}")
        raise typer.Exit(EXIT_REFUSED) from refused


def unreadable(path: Path, refused: MessageRefused, *kinds: str) -> Text:
    """Why a file cannot be read as a message of one of these kinds."""
    found = _kind_of(path) if kinds else None
    return refusal_sentence(refused) if found is None or found in kinds else _other_kind(found, kinds)


def _kind_of(path: Path) -> str | None:
    """What message a file is; None when it is none."""
    from rozlicz.messages.wire.root import recognise

    try:
        return recognise(path)
    except MessageRefused:
        return None


def _other_kind(found: str, needed: tuple[str, ...]) -> Text:
    return Text(
        pl="to jest komunikat: {found}, a potrzebny jest inny: {needed}.",
        en="this is the message: {found}; another one is needed: {needed}.",
    ).filled(
        found=_named(found),
        needed=Text(
            pl=" albo ".join(_named(one).pl for one in needed),
            en=" or ".join(_named(one).en for one in needed),
        ),
    )


def _named(kind: str) -> Text:
    """`umowa (UMX)`; a type that is not known by itself."""
    from rozlicz.messages.kinds import KINDS

    name = next((one.name for one in KINDS if one.type == kind), None)
    if name is None:
        return same(excerpt(kind))
    return Text(pl=f"{name.pl} ({kind})", en=f"{name.en} ({kind})")


def refusal_sentence(refused: MessageRefused) -> Text:
    """Why a message cannot be read, and where in it."""
    place = refused.place
    if not place.pl:
        return refused.text
    return Text(pl=f"{refused.text.pl} ({place.pl})", en=f"{refused.text.en} ({place.en})")


def file_fault(error: OSError) -> Text:
    """What the operating system refused to do with a file."""
    reason = _REASONS.get(error.errno or 0)
    told = (
        Text(pl=str(error.strerror or error), en=str(error.strerror or error)) if reason is None else reason
    )
    if error.filename is None:
        return Text(pl="Nie udało się: {reason}.", en="It did not work: {reason}.").filled(reason=told)
    return Text(
        pl="Pliku {path} nie można otworzyć ani zapisać: {reason}.",
        en="The file {path} cannot be opened or written: {reason}.",
    ).filled(path=error.filename, reason=told)


def _tell_typed_wrongly(fault: typer.TyperException) -> None:
    """The sentence and where to read on; a command without anything behind it shows its help."""
    context: Any = getattr(fault, "ctx", None)
    if type(fault).__name__ == "NoArgsIsHelpError":
        typer.echo(fault.format_message(), err=True)
        return
    tell(said(fault_in_words(fault.format_message())))
    if context is not None:
        tell(say("Pomoc: ", "Help: ") + f"{context.command_path} --help", style="dim")


def _forget_output() -> None:
    """Nobody reads any more: what is left is dropped without a word when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
