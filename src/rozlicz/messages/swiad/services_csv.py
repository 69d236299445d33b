"""Services as a flat file: one line a settlement position, for programs and spreadsheets that know no XML.

UTF-8 (with or without a byte order mark), semicolons, a header line. Names of columns are Polish without
diacritics; reading is generous: letters of either size, diacritics, blanks and hyphens are taken for what is meant,
and so are the English names of `swiad.columns`. An empty cell is a value that is not written. The columns are
documented in docs/report-csv.md.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from rozlicz.kernel.texts import Text
from rozlicz.messages.swiad.service_rows import FURTHER_COLUMNS, ROW_COLUMNS, Row

COLUMN_NAMES: dict[str, str] = {
    "rodzaj_zestawu": "set_type",
    "typ_id_pacjenta": "patient_id_type",
    "id_pacjenta": "patient_id",
    "plec": "patient_sex",
    "data_urodzenia": "patient_birth_date",
    "nazwisko": "patient_surname",
    "imie": "patient_first_name",
    "id_swiadczenia": "service_id",
    "wersja": "service_version",
    "usun": "deleted",
    "kod_swiadczenia": "service_code",
    "tryb_przyjecia": "admission_mode",
    "tryb_wypisu": "discharge_mode",
    "data_od": "date_from",
    "data_do": "date_to",
    "rozpoznanie": "diagnosis",
    "komorka": "cell",
    "typ_id_personelu": "staff_id_type",
    "id_personelu": "staff_id",
    "id_kierujacego": "referral_issuer",
    "data_skierowania": "referral_date",
    "podstawa_uprawnien": "entitlement_basis",
    "dokument": "entitlement_document",
    "nr_dokumentu": "entitlement_number",
    "panstwo": "entitlement_country",
    "dokument_od": "entitlement_from",
    "dokument_do": "entitlement_to",
    "umowa": "contract",
    "miesiac": "month",
    "pozycja": "position",
    "zakres": "scope",
    "wyroznik": "distinguisher",
    "produkt": "product",
    "krotnosc_faktyczna": "actual_multiplicity",
    "krotnosc": "multiplicity",
    "wspolczynniki": "coefficients",
}
"""Name in the file → column of a report."""

FURTHER_COLUMN_NAMES: dict[str, str] = {
    "panstwo_pacjenta": "patient_country",
    "nr_ksiegi_glownej": "book_number",
    "data_przyjecia": "admitted_on",
    "data_wypisu": "discharged_on",
    "czas_przyjecia": "admitted_at",
    "czas_wypisu": "discharged_at",
    "powod_przyjecia": "admission_reason",
    "rozpoznania_wspolistniejace": "coexisting_diagnoses",
    "zakazenia": "infections",
    "procedury": "procedures",
    "nr_skierowania": "referral_number",
}
"""Name in the file → what a report says beside its columns; these are read when a file has them, and not written."""

REQUIRED_COLUMNS = ("service_id", "patient_id", "date_from", "scope", "product")
"""Without these columns no report can be made of a file; each other one has a default or may be left out."""

_DELIMITER = ";"
_WITH_DECIMALS = ("actual_multiplicity", "multiplicity", "coefficients")


class CsvRefused(Exception):
    """A flat file that cannot be read; `text` says what is wrong and where, `line` counts from 1 (0: the file)."""

    def __init__(self, text: Text, line: int = 0) -> None:
        super().__init__(text.en)
        self.text = text
        self.line = line


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file that holds a position: its number in the file, and its cells by column."""

    number: int
    row: dict[str, str | None]


class CsvWriter:
    """Writes services into a flat file, every column of it."""

    def __init__(self, target: TextIO) -> None:
        self._writer = csv.writer(target, delimiter=_DELIMITER, lineterminator="\n")
        self._writer.writerow(COLUMN_NAMES)

    def write(self, rows: Iterable[Row]) -> None:
        """Add positions; what is not written in a report is an empty cell."""
        self._writer.writerows(tuple(map(row.get, _ORDER)) for row in rows)


_ORDER = tuple(COLUMN_NAMES.values())
if (set(_ORDER), set(FURTHER_COLUMN_NAMES.values())) != (set(ROW_COLUMNS), set(FURTHER_COLUMNS)):
    raise AssertionError("the flat file has other columns than a report")


class CsvReader:
    """Reads a flat file line by line. `columns` are those the file has, in its order.

    `lines` is any iterable of text lines, such as a file opened with `encoding="utf-8-sig", newline=""`.
    Raises CsvRefused.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._reader = csv.reader(lines, delimiter=_DELIMITER, strict=True)
        header = self._next()
        if header is None:
            raise CsvRefused(Text(pl="Plik jest pusty.", en="The file is empty."))
        self.columns = _columns_of(header)

    def __iter__(self) -> Iterator[Line]:
        """The positions, in the order of the file; lines without any value are passed over."""
        names = self.columns
        while (cells := self._next()) is not None:
            if not any(cells):
                continue
            if len(cells) != len(names):
                raise _wrong_length(self._reader.line_num, len(cells), len(names))
            row = {name: cell.strip() or None for name, cell in zip(names, cells, strict=True)}
            for name in _WITH_DECIMALS:
                # Spreadsheets in Polish write 1,2.
                value = row.get(name)
                if value is not None and "," in value:
                    row[name] = value.replace(",", ".")
            yield Line(self._reader.line_num, row)

    def _next(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise CsvRefused(
                Text(
                    pl="Wiersz {line}: niezamknięty cudzysłów albo inny błąd zapisu CSV.",
                    en="Line {line}: a quotation mark that is not closed, or another fault of CSV.",
                ).filled(line=self._reader.line_num),
                self._reader.line_num,
            ) from error
        except UnicodeDecodeError as error:
            line = self._reader.line_num + 1
            raise CsvRefused(
                Text(
                    pl="Od wiersza {line}: to nie jest tekst w UTF-8. Zapisz plik jako „CSV UTF-8”.",
                    en="From line {line} on: this is not text in UTF-8. Save the file as “CSV UTF-8”.",
                ).filled(line=line),
                line,
            ) from error


def _columns_of(header: list[str]) -> tuple[str, ...]:
    """The columns that a header line names. Raises CsvRefused with everything that is wrong with it."""
    found = [_KNOWN.get(_normal(name)) for name in header]
    unknown = [name for name, column in zip(header, found, strict=True) if column is None]
    columns = [column for column in found if column is not None]
    repeated = [_BY_COLUMN[column] for column in dict.fromkeys(columns) if columns.count(column) > 1]
    missing = [_BY_COLUMN[column] for column in REQUIRED_COLUMNS if column not in columns]
    if len(header) == 1 and missing:
        raise CsvRefused(
            Text(
                pl="Wiersz 1: plik ma jedną kolumnę. Kolumny oddziela średnik, a pierwszy wiersz to ich nazwy.",
                en="Line 1: the file has one column. Columns are separated by semicolons, the first line names them.",
            ),
            1,
        )
    faults = _faults(unknown, repeated, missing)
    if faults:
        raise CsvRefused(
            Text(
                pl="Wiersz 1: " + "; ".join(fault.pl for fault in faults) + ".",
                en="Line 1: " + "; ".join(fault.en for fault in faults) + ".",
            ),
            1,
        )
    return tuple(columns)


def _faults(unknown: list[str], repeated: list[str], missing: list[str]) -> list[Text]:
    sentences = (
        (unknown, Text(pl="nieznane kolumny: {names}", en="unknown columns: {names}")),
        (repeated, Text(pl="powtórzone kolumny: {names}", en="repeated columns: {names}")),
        (missing, Text(pl="brak kolumn: {names}", en="missing columns: {names}")),
    )
    return [text.filled(names=", ".join(map(repr, names))) for names, text in sentences if names]


def _wrong_length(line: int, found: int, expected: int) -> CsvRefused:
    return CsvRefused(
        Text(
            pl="Wiersz {line}: liczba komórek {found}, a kolumn jest {expected}.",
            en="Line {line}: it has {found} cells, but there are {expected} columns.",
        ).filled(line=line, found=found, expected=expected),
        line,
    )


def _normal(name: str) -> str:
    """A name of a column as it is compared: small plain letters, one underscore between words."""
    plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "l"))
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    return "_".join(letters.replace("-", " ").replace("_", " ").split())


_NAMES = COLUMN_NAMES | FURTHER_COLUMN_NAMES
_BY_COLUMN = {column: name for name, column in _NAMES.items()}
_KNOWN: Mapping[str, str] = _NAMES | {column: column for column in _BY_COLUMN}
