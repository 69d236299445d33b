"""From a flat file of services (docs/report-csv.md) to a report (SWIAD), line by line, in memory that stays small.

What a column is for, and whether it is right, is not judged here: that is what `rozlicz report check` does. Only
what would keep the report from being made is refused, with the number of the line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import TextIO

from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract
from rozlicz.messages.header import Header
from rozlicz.messages.swiad.service_rows import SERVICE_COLUMNS, Row, service_of
from rozlicz.messages.swiad.services_csv import CsvReader, CsvRefused, Line
from rozlicz.messages.swiad.writer import SwiadWriter
from rozlicz.messages.wire.refusals import excerpt
from rozlicz.messages.wire.xml_writer import NotWritable

Progress = Callable[[int, int], None]
"""Told how many bytes of the flat file are read, and how many positions are written."""

_PROGRESS_EVERY = 500
_LONGEST_LINE = 1 << 20
_YES = frozenset({"t", "tak", "1", "true", "yes"})
_NO = frozenset({"n", "nie", "0", "false", "no"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What was written. `other_months`: positions of another month than the asked one, and the line of the first."""

    services: int
    positions: int
    other_months: int = 0
    first_other_line: int = 0


def build_report(
    source: Path,
    *,
    target: Path,
    contracts: Sequence[Contract],
    month: Month | None,
    header: Header,
    zipped: bool = True,
    progress: Progress | None = None,
) -> Built:
    """Write the report of a flat file. Raises CsvRefused; then there is no report, or the older one stays.

    `contracts` and `month` fill in what the file has no column for.
    """
    services = positions = other = first_other = 0
    with source.open("rb") as file, TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        reader = CsvReader(_lines(text))
        defaults = Defaults(reader.columns, contracts=contracts, month=month)
        with SwiadWriter(target, header, zipped=zipped) as writer:
            for together in _services(reader, defaults):
                _write(writer, together)
                services += 1
                for line in together:
                    if month and line.row.get("month") not in (None, str(month)):
                        first_other = first_other or line.number
                        other += 1
                positions += len(together)
                if progress and services % _PROGRESS_EVERY == 0:
                    progress(file.tell(), positions)
            if not services:
                raise CsvRefused(
                    Text(pl="Plik nie zawiera żadnego świadczenia.", en="The file holds no service.")
                )
    return Built(services=services, positions=positions, other_months=other, first_other_line=first_other)


def _lines(file: TextIO) -> Iterator[str]:
    """The lines of a file; one without an end is not read whole."""
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if len(line) >= _LONGEST_LINE:
            raise CsvRefused(
                Text(
                    pl="Wiersz {line} ma ponad milion znaków; to nie jest plik świadczeń.",
                    en="Line {line} has over a million characters; this is not a file of services.",
                ).filled(line=number),
                number,
            )
        yield line


def _services(reader: Iterable[Line], defaults: Defaults) -> Iterator[list[Line]]:
    """Neighbouring lines of one service, with what the file has no column for."""
    filled = (defaults.filled(line) for line in reader)
    for _, together in groupby(filled, key=lambda line: [line.row.get(name) for name in SERVICE_COLUMNS]):
        lines = list(together)
        if defaults.numbers_positions:
            for number, line in enumerate(lines, start=1):
                line.row["position"] = str(number)
        yield lines


def _write(writer: SwiadWriter, lines: Sequence[Line]) -> None:
    rows: list[Row] = [line.row for line in lines]
    of, service = service_of(rows)
    try:
        writer.write_service(service, of=of)
    except NotWritable as error:
        raise CsvRefused(
            Text(
                pl="Wiersz {line}: znak, którego nie można zapisać w komunikacie ({reason}).",
                en="Line {line}: a character that cannot stand in a message ({reason}).",
            ).filled(line=lines[0].number, reason=error),
            lines[0].number,
        ) from error


class Defaults:
    """Fills in the columns that a flat file does not have.

    No contract: the one contract that was given. No month: the one asked for. No distinguishing number: the only
    one the contract has for the scope. No last day: the first. No kind of set: A; of identifier: P. No version: 1.
    No multiplicity: the actual one; no actual one: 1. Positions are numbered inside their service.
    """

    def __init__(self, columns: Sequence[str], *, contracts: Sequence[Contract], month: Month | None) -> None:
        self._constants = {
            "set_type": "A",
            "patient_id_type": "P",
            "service_version": "1",
            "actual_multiplicity": "1",
        }
        self._columns = frozenset(columns)
        self.numbers_positions = "position" not in self._columns
        if "contract" not in self._columns:
            self._constants["contract"] = _only(contracts)
        if "month" not in self._columns:
            self._constants["month"] = _asked(month)
        for name in self._columns:
            self._constants.pop(name, None)
        self._distinguishers = _distinguishers(contracts)

    def filled(self, line: Line) -> Line:
        """The line with what it lacks. Raises CsvRefused where that cannot be known."""
        row = line.row
        row.update(self._constants)
        if row.get("deleted") is not None:
            row["deleted"] = _deleted(line)
        if "date_to" not in self._columns:
            row["date_to"] = row.get("date_from")
        if "multiplicity" not in self._columns:
            row["multiplicity"] = self._multiplicity(line)
        if "distinguisher" not in self._columns:
            row["distinguisher"] = self._distinguisher(line)
        return line

    def _multiplicity(self, line: Line) -> str | None:
        if line.row.get("coefficients"):
            raise _fault(
                line,
                Text(
                    pl="są współczynniki, a plik nie ma kolumny krotnosc; dodaj ją",
                    en="there are coefficients, but the file has no column krotnosc; add it",
                ),
            )
        return line.row.get("actual_multiplicity")

    def _distinguisher(self, line: Line) -> str | None:
        scope = line.row.get("scope")
        known = self._distinguishers.get((line.row.get("contract"), scope), ())
        if len(known) > 1:
            raise _fault(
                line,
                Text(
                    pl="zakres {scope} ma w umowie kilka wyróżników ({known}); dodaj kolumnę wyroznik",
                    en="scope {scope} has several distinguishing numbers in the contract ({known}); add the column "
                    "wyroznik",
                ).filled(scope=scope, known=", ".join(known)),
            )
        return known[0] if known else None


def _only(contracts: Sequence[Contract]) -> str:
    codes = sorted({contract.code for contract in contracts})
    if len(codes) != 1:
        raise CsvRefused(
            Text(
                pl="Plik nie ma kolumny umowa, a podano kilka umów ({codes}); dodaj kolumnę.",
                en="The file has no column umowa, and several contracts were given ({codes}); add the column.",
            ).filled(codes=", ".join(codes))
        )
    return codes[0]


def _asked(month: Month | None) -> str:
    if month is None:
        raise CsvRefused(
            Text(
                pl="Plik nie ma kolumny miesiac; podaj miesiąc opcją --month, na przykład --month 2026-10.",
                en="The file has no column miesiac; give the month by --month, such as --month 2026-10.",
            )
        )
    return str(month)


def _deleted(line: Line) -> str | None:
    told = (line.row["deleted"] or "").lower()
    if told in _YES:
        return "T"
    if told in _NO:
        return None
    raise _fault(
        line,
        Text(
            pl="kolumna usun ma wartość „{found}”; wpisz T albo zostaw pustą",
            en="the column usun holds “{found}”; write T or leave it empty",
        ).filled(found=excerpt(told)),
    )


def _fault(line: Line, what: Text) -> CsvRefused:
    text = Text(pl=f"Wiersz {line.number}: {what.pl}.", en=f"Line {line.number}: {what.en}.")
    return CsvRefused(text, line.number)


def _distinguishers(contracts: Sequence[Contract]) -> dict[tuple[str | None, str | None], tuple[str, ...]]:
    found: dict[tuple[str | None, str | None], tuple[str, ...]] = {}
    for contract in contracts:
        for scope in contract.scopes:
            key = (contract.code, scope.code)
            number = str(scope.distinguisher)
            if number not in found.get(key, ()):
                found[key] = (*found.get(key, ()), number)
    return found
