"""The words of the command parser itself, in the language of the commands: what was typed wrongly.

Typer speaks English only. Its sentences are recognised by their form and said in our words; one that is not
known here (a newer Typer) is passed on as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rozlicz.kernel.texts import Text, same

_FAULTS: Sequence[tuple[str, Text]] = (
    (
        r"No such option: (?P<option>\S+) \(Possible options: (?P<near>.+)\)",
        Text(
            pl="Nie ma opcji {option}. Może chodziło o: {near}?",
            en="There is no option {option}. Did you mean: {near}?",
        ),
    ),
    (
        r"No such option: (?P<option>\S+)",
        Text(pl="Nie ma opcji {option}.", en="There is no option {option}."),
    ),
    (
        r"No such command '(?P<command>.+)'\. Did you mean (?P<near>.+)\?",
        Text(
            pl="Nie ma polecenia {command}. Może chodziło o: {near}?",
            en="There is no command {command}. Did you mean: {near}?",
        ),
    ),
    (
        r"No such command '(?P<command>.*)'\.",
        Text(pl="Nie ma polecenia {command}.", en="There is no command {command}."),
    ),
    (
        r"Missing command\.",
        Text(pl="Brakuje polecenia.", en="A command is missing."),
    ),
    (
        r"Missing option '(?P<option>.+?)'\..*",
        Text(pl="Brakuje opcji {option}.", en="The option {option} is missing."),
    ),
    (
        r"Missing argument '(?P<argument>.+?)'\..*",
        Text(pl="Brakuje argumentu {argument}.", en="The argument {argument} is missing."),
    ),
    (
        r"Option '(?P<option>.+)' requires an argument\.",
        Text(pl="Po opcji {option} brakuje wartości.", en="The option {option} needs a value."),
    ),
    (
        r"Option '(?P<option>.+)' requires (?P<count>\d+) arguments\.",
        Text(pl="Opcja {option} wymaga {count} wartości.", en="The option {option} needs {count} values."),
    ),
    (
        r"Option '(?P<option>.+)' does not take a value\.",
        Text(pl="Opcja {option} nie przyjmuje wartości.", en="The option {option} takes no value."),
    ),
    (
        r"Got unexpected extra argument\(s\) \((?P<extra>.*)\)",
        Text(pl="Podano o jeden argument za dużo lub więcej: {extra}.", en="Too many arguments: {extra}."),
    ),
    (
        r"Invalid value for '(?P<what>.+?)': (?P<fault>.+)",
        Text(pl="Zła wartość {what}: {fault}.", en="Wrong value of {what}: {fault}."),
    ),
)

_VALUES: Sequence[tuple[str, Text]] = (
    (
        r"Input should be a valid integer.*",
        Text(pl="oczekiwana jest liczba całkowita", en="a whole number is expected"),
    ),
    (
        r"Input should be a valid number.*",
        Text(
            pl="oczekiwana jest liczba, z kropką przed ułamkiem",
            en="a number is expected, with a point before its decimals",
        ),
    ),
    (
        r"Input should be greater than or equal to (?P<bound>\S+)",
        Text(pl="najmniej {bound}", en="at least {bound}"),
    ),
    (
        r"Input should be less than or equal to (?P<bound>\S+)",
        Text(pl="najwyżej {bound}", en="at most {bound}"),
    ),
    (
        r"Value error, '(?P<value>.*)' is not one of (?P<choices>.+)\.",
        Text(pl="„{value}” to żadne z: {choices}", en="“{value}” is none of: {choices}"),
    ),
    (
        r"Value error, '(?P<value>.*)' does not match the formats? (?P<form>.+)\.",
        Text(
            pl="„{value}” nie ma postaci {form}",
            en="“{value}” does not have the form {form}",
        ),
    ),
    (
        r"[Ff]ile '(?P<path>.*)' does not exist\.",
        Text(pl="nie ma pliku {path}", en="there is no file {path}"),
    ),
    (
        r"[Ff]ile '(?P<path>.*)' is a directory\.",
        Text(pl="{path} to katalog, a potrzebny jest plik", en="{path} is a folder; a file is needed"),
    ),
)

_DATE_PARTS = {
    "%Y": Text(pl="RRRR", en="YYYY"),
    "%m": same("MM"),
    "%d": Text(pl="DD", en="DD"),
    "%H": Text(pl="gg", en="hh"),
    "%M": same("mm"),
    "%S": Text(pl="ss", en="ss"),
}
"""How people write the parts of a date's form."""


def fault_in_words(message: str) -> Text:
    """What Typer found wrong, in both languages."""
    return _recognised(_FAULTS, message) or same(message)


def _recognised(forms: Sequence[tuple[str, Text]], message: str) -> Text | None:
    for pattern, text in forms:
        if match := re.fullmatch(pattern, message, flags=re.DOTALL):
            return text.filled(**{name: _part(name, found) for name, found in match.groupdict().items()})
    return None


def _part(name: str, found: str) -> Text:
    match name:
        case "fault":
            return _recognised(_VALUES, found) or same(found.removesuffix("."))
        case "form":
            return form_in_words(found.replace("'", ""))
        case "near" | "choices":
            return same(found.replace("'", ""))
    return same(found)


def form_in_words(form: str) -> Text:
    """`%Y-%m-%d` as people write it: RRRR-MM-DD."""
    pl = en = form
    for part, word in _DATE_PARTS.items():
        pl, en = pl.replace(part, word.pl), en.replace(part, word.en)
    return Text(pl=pl, en=en)
