"""Values as messages write them: how each is read from its text, and what to say when it is none.

Each function raises ValueError for a text that is no such value; the texts say in both languages what is expected.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from rozlicz.kernel.texts import Text

A_TEXT = Text(pl="tekst", en="a text")
A_WHOLE_NUMBER = Text(pl="liczba całkowita", en="a whole number")
A_NUMBER_FROM_ONE = Text(pl="liczba całkowita od 1", en="a whole number from 1")
A_DAY = Text(pl="data RRRR-MM-DD", en="a date YYYY-MM-DD")
A_MONTH = Text(pl="miesiąc RRRR-MM", en="a month YYYY-MM")
A_MOMENT = Text(
    pl="data i godzina, np. 2026-11-05T12:36:26", en="a date and time such as 2026-11-05T12:36:26"
)
AN_AMOUNT = Text(pl="kwota, np. 1234.50", en="an amount such as 1234.50")
SOME_UNITS = Text(pl="liczba o najwyżej 4 miejscach po kropce", en="a number of at most 4 decimals")
A_FLAG = Text(pl="T albo N", en="T (yes) or N (no)")

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_FLAGS = {"T": True, "N": False}


def whole_from_text(text: str) -> int:
    """A whole number of at most 18 digits."""
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def number_from_one(text: str) -> int:
    """A whole number that is not below 1: a version, a running number."""
    number = whole_from_text(text)
    if number < 1:
        raise ValueError(text)
    return number


def day_from_text(text: str) -> date:
    """A date, 2026-10-31."""
    if not _DAY.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def moment_from_text(text: str) -> datetime:
    """A moment without a time zone, 2026-11-05T12:36:26, with up to six decimals of a second."""
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def flag_from_text(text: str) -> bool:
    """T or N."""
    if text not in _FLAGS:
        raise ValueError(text)
    return _FLAGS[text]
