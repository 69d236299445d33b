"""Sentences for people, in Polish and English, as data.

The pure layers speak to clerks too (findings, refusals, explanations), but know no web framework.
They carry both languages and let whoever shows the sentence choose.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Self

Language = Literal["pl", "en"]

_EN_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence, name or label in the two languages of the house; Polish is the first."""

    pl: str
    en: str

    def in_language(self, language: Language) -> str:
        """The sentence in the asked language."""
        return self.pl if language == "pl" else self.en

    def filled(self, **values: object) -> Self:
        """The same sentence with its `{placeholders}` filled.

        A value that is itself a `Text` is put in the language of the sentence, a date as people of that
        language write it; anything else by `str`. A missing value raises KeyError: it is a programmer's mistake.
        """
        return type(self)(
            pl=self.pl.format(**{name: shown(value, "pl") for name, value in values.items()}),
            en=self.en.format(**{name: shown(value, "en") for name, value in values.items()}),
        )

    def to_json(self) -> dict[str, str]:
        """The two sentences as a JSON object, for what is stored with a result."""
        return {"pl": self.pl, "en": self.en}

    @classmethod
    def from_json(cls, data: dict[str, str]) -> Self:
        """The reverse of `to_json`."""
        return cls(pl=data["pl"], en=data["en"])


def same(text: str) -> Text:
    """A text that is the same in both languages: a code, a number, a proper name."""
    return Text(pl=text, en=text)


def shown(value: object, language: Language) -> str:
    """A value as a sentence of that language shows it."""
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, date):
        return format_day(value, language)
    return str(value)


def format_day(day: date, language: Language) -> str:
    """A day as people write it: 10.11.2026, or 10 Nov 2026 in English."""
    if language == "pl":
        return f"{day:%d.%m.%Y}"
    return f"{day.day} {_EN_MONTHS[day.month - 1]} {day.year}"


def excerpt(value: str, length: int = 60) -> str:
    """A foreign value as a sentence may quote it: cut, without control characters."""
    shown = "".join(letter if letter.isprintable() else "?" for letter in value[: length + 1])
    return shown if len(value) <= length else shown[:length] + "…"
