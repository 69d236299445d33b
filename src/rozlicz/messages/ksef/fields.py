"""How values are taken out of an invoice's tree, where each stands between the tags of an element of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import NamedTuple, TypeVar, overload

from rozlicz.kernel.texts import Text, excerpt
from rozlicz.messages.ksef import names, single_blanks
from rozlicz.messages.wire.places import Unread
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.value_texts import A_TEXT, A_WHOLE_NUMBER, whole_from_text

Value = TypeVar("Value")

_NUMBER = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,8})?")
_MOMENT = re.compile(r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


@overload
def content_of(element: Element) -> str: ...
@overload
def content_of(element: Element, read: Callable[[str], Value], expected: Text = A_TEXT) -> Value: ...
def content_of(element: Element, read: Callable[[str], object] = str, expected: Text = A_TEXT) -> object:
    """The content of an element in single blanks, through a function that raises ValueError when it is wrong."""
    return element.content_as(lambda text: read(single_blanks(text)), expected)


def needed(element: Element, name: str, read: Callable[[str], Value], expected: Text = A_TEXT) -> Value:
    """The content of a child that must be there."""
    return content_of(element.one(name), read, expected)


def optional(element: Element | None, name: str) -> str:
    """The text of a child; empty when the child, or already its parent, is not there."""
    child = element.maybe(name) if element else None
    return content_of(child) if child else ""


def told(element: Element, name: str, field: str, lacking: list[str]) -> str:
    """The text of a child; noted as lacking in the bill when it is not there."""
    text = optional(element, name)
    if not text:
        lacking.append(field)
    return text


def pass_over(element: Element, name: str, value: str) -> bool:
    """Whether a child says what it always says in a bill; anything else it says stays unread."""
    child = element.maybe(name)
    if child is None or single_blanks(child.content) != value:
        return False
    child.content = ""
    return True


def some_text(text: str) -> str:
    """A text that may not be empty."""
    if not text:
        raise ValueError(text)
    return text


def one_of(*values: str) -> Callable[[str], str]:
    """A reader of one of these words."""
    return {value: value for value in values}.__getitem__


def grosze(text: str) -> int:
    """An amount or price in grosze; decimals beyond the second are read where they are zeros."""
    return _scaled(text, 2)


def units(text: str) -> int:
    """A number of units ×10,000; decimals beyond the fourth are read where they are zeros."""
    return _scaled(text, 4)


def moment(text: str) -> datetime:
    """A moment in UTC, to the microsecond; one without a zone is taken as UTC."""
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _scaled(text: str, places: int) -> int:
    scaled = Decimal(text).scaleb(places) if _NUMBER.fullmatch(text) else Decimal("0.5")
    if scaled != scaled.to_integral_value():
        raise ValueError(text)
    return int(scaled)


class _Description(NamedTuple):
    element: Element
    value: Element
    key_text: str
    text: str


class Descriptions:
    """The additional descriptions of an invoice (`DodatkowyOpis`) by row (None: the whole invoice) and key."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self._waiting: dict[tuple[int | None, str], list[_Description]] = defaultdict(list)
        for element in elements:
            row = element.maybe(names.DESCRIBED_ROW)
            number = content_of(row, whole_from_text, A_WHOLE_NUMBER) if row else None
            key = needed(element, names.KEY, some_text)
            value = element.one(names.VALUE)
            text = content_of(value)
            self._waiting[number, names.normal_key(key)].append(_Description(element, value, key, text))

    def take(
        self, key: str, read: Callable[[str], Value], expected: Text = A_TEXT, *, row: int | None = None
    ) -> Value | None:
        """The value of the one description with that key, None when there is none."""
        found = self._waiting.pop((row, key), [])
        if len(found) > 1:
            raise found[1].element.refusal("element-repeated", name=key)
        for one in found:
            one.value.content = one.text
            return one.value.content_as(read, expected)
        return None

    def text(self, key: str) -> str:
        """The text of the one description with that key, empty when there is none."""
        return self.take(key, str) or ""

    def all_with(self, key: str, form: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The values of all descriptions with that key that have that form; the others stay unread."""
        waiting = self._waiting.pop((None, key), [])
        for one in waiting:
            if match := form.fullmatch(one.text):
                yield match
            else:
                self._waiting[None, key].append(one)

    def unread(self) -> Iterator[Unread]:
        """Those that no one took."""
        for waiting in self._waiting.values():
            for one in waiting:
                text = excerpt(f"{one.key_text}: {one.text}")
                yield Unread(one.element.path, one.element.line, times=1, text=text)
