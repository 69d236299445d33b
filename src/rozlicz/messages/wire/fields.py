"""Attributes of one element of a record, taken by type. What is wrong with them is gathered and stops nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar, cast

from rozlicz.kernel.texts import Text
from rozlicz.messages.wire.refusals import SENTENCES, MessageRefused, excerpt
from rozlicz.messages.wire.stream import Attributes, shown_name
from rozlicz.messages.wire.value_texts import (
    A_DAY,
    A_FLAG,
    A_TEXT,
    A_WHOLE_NUMBER,
    day_from_text,
    flag_from_text,
    whole_from_text,
)

Value = TypeVar("Value")

_day = lru_cache(maxsize=4096)(day_from_text)
"""A list of a hundred thousand records has few different days; wrong ones are not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with the form of one record: `code` of the sentence, `path` of the element and its `line`."""

    code: str
    text: Text
    line: int
    path: str

    def as_refusal(self) -> MessageRefused:
        """The same as the refusal of a whole file, where a fault leaves no other way."""
        return MessageRefused(self.code, self.text, line=self.line, path=self.path)


class Fields:
    """The attributes of an element in `line`; `left` are those that no one took.

    A value that is missing or wrong adds a fault to `faults`, which all elements of a record share, and comes out as
    None whatever the type says: a record with faults must be thrown away.
    """

    __slots__ = ("_faults", "_path", "left", "line")

    def __init__(self, attributes: Attributes, *, line: int, path: str, faults: list[Fault]) -> None:
        self.left = attributes
        self.line = line
        self._path = path
        self._faults = faults

    def fault(self, code: str, **values: object) -> None:
        """Add a fault of this element: a code of `refusals.SENTENCES` with what its sentence needs."""
        sentence = SENTENCES[code]
        text = sentence.filled(**values) if values else sentence
        self._faults.append(Fault(code=code, text=text, line=self.line, path=self._path))

    def take(self, name: str, read: Callable[[str], Value], expected: Text = A_TEXT) -> Value:
        """An attribute that must be there, through a function that raises ValueError or KeyError when it is wrong."""
        text = self.left.pop(name, None)
        if text is None:
            self.fault("attribute-missing", name=shown_name(name), expected=expected)
            return cast("Value", None)
        try:
            return read(text)
        except (ValueError, KeyError):
            self.fault("attribute-wrong", name=shown_name(name), value=excerpt(text), expected=expected)
            return cast("Value", None)

    def text(self, name: str) -> str:
        """A text that must be written and not be empty."""
        value = self.left.get(name)
        if not value:
            return self.take(name, _no_text, A_TEXT)
        del self.left[name]
        return value

    def optional(self, name: str) -> str:
        """A text, empty when the attribute is not written."""
        return self.left.pop(name, "")

    def number(self, name: str) -> int:
        """A whole number."""
        return self.take(name, whole_from_text, A_WHOLE_NUMBER)

    def day(self, name: str) -> date:
        """A date, 2026-10-31."""
        return self.take(name, _day, A_DAY)

    def optional_day(self, name: str) -> date | None:
        """A date, None when the attribute is not written."""
        return self.day(name) if name in self.left else None

    def flag(self, name: str) -> bool:
        """T or N; an attribute not written means N."""
        return self.take(name, flag_from_text, A_FLAG) if name in self.left else False


def _no_text(text: str) -> str:
    raise ValueError(text)
