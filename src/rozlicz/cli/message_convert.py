"""`rozlicz message convert`: the records of any message, one by one, into a file of another format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from rozlicz.cli.context import EXIT_USAGE, refuse, say, tell
from rozlicz.cli.faults import reading
from rozlicz.cli.progress import Moved, progress_bar
from rozlicz.cli.record_files import CsvFiles, JsonFile, RecordFile, SeveralTables, Workbook
from rozlicz.cli.saving import STANDARD_OUTPUT, new_file, new_output
from rozlicz.cli.shown import counted
from rozlicz.kernel.texts import Text
from rozlicz.messages.kinds import kind_of
from rozlicz.messages.wire.places import Unread

_BY_SUFFIX = {".json": "json", ".csv": "csv", ".zip": "csv", ".xlsx": "xlsx"}
_PROGRESS_EVERY = 500


def converted(source: Path, *, target: Path, to: str | None) -> None:
    """Write the file, or end the command with a sentence.

    To standard output goes nothing but the records, as JSON or as the one table of a CSV file.
    """
    to_output = target == STANDARD_OUTPUT
    suffix = target.suffix.lower()
    form = to or _BY_SUFFIX.get(suffix)
    if to_output and form not in {"json", "csv"}:
        refuse(
            Text(
                pl="Na standardowe wyjście (-) idzie tylko JSON albo CSV. Podaj --to json, csv albo nazwę pliku.",
                en="Only JSON or CSV goes to standard output (-). Give --to json or csv, or the name of a file.",
            ),
            exit_status=EXIT_USAGE,
        )
    if form is None:
        refuse(
            Text(
                pl="Nazwa {path} nie mówi, jaki to ma być format. Podaj --to json, csv albo xlsx.",
                en="The name {path} does not tell the format. Give --to json, csv or xlsx.",
            ).filled(path=target),
            exit_status=EXIT_USAGE,
        )
    saving = new_output() if to_output else new_file(target)
    with reading(source), saving as file, progress_bar(source.name) as moved:
        try:
            records = _write(source, _record_file(file, form, archive=suffix == ".zip"), moved)
        except SeveralTables as several:
            refuse(several.text, exit_status=EXIT_USAGE)
    if to_output:
        return
    told = counted(records, pl=("zapis", "zapisy", "zapisów"), en=("record", "records"))
    print(say(f"Zapisano {target}: {told}.", f"Saved {target}: {told}."))


def _record_file(file: BinaryIO, form: str, *, archive: bool) -> RecordFile:
    if form == "json":
        return JsonFile(file)
    return CsvFiles(file, archive=archive) if form == "csv" else Workbook(file)


def _write(source: Path, file: RecordFile, moved: Moved) -> int:
    """Returns the number of records."""
    size, number = source.stat().st_size, 0
    try:
        kind = kind_of(source)
        with source.open("rb") as stream, kind.open(stream) as message:
            file.begin(kind, message.header)
            for value in message.head:
                file.head(value)
            for number, record in enumerate(message.records, start=1):
                file.record(record)
                if number % _PROGRESS_EVERY == 0:
                    moved(stream.tell(), size, number)
            file.finish(message.unread)
            _tell_unread(message.unread)
    finally:
        file.close()
    return number


def _tell_unread(unread: Sequence[Unread]) -> None:
    if unread:
        tell(
            say(
                f"Pominięto nazwy, których ten program nie zna ({len(unread)}); pokaże je: rozlicz message inspect.",
                f"Names that this program does not know were left out ({len(unread)}); see: rozlicz message inspect.",
            ),
            style="yellow",
        )
