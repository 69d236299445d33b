"""One element of a message that is read as a whole: its values are taken out by type."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import TypeVar

from rozlicz.kernel.money import grosze_from_text, text_from_grosze, units_from_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.wire.places import Unread
from rozlicz.messages.wire.refusals import MessageRefused, excerpt, refused
from rozlicz.messages.wire.root import is_schema_hint
from rozlicz.messages.wire.stream import Attributes, shown_name
from rozlicz.messages.wire.value_texts import (
    A_DAY,
    A_FLAG,
    A_MOMENT,
    A_MONTH,
    A_TEXT,
    A_WHOLE_NUMBER,
    AN_AMOUNT,
    SOME_UNITS,
    day_from_text,
    flag_from_text,
    moment_from_text,
    whole_from_text,
)

XML_BLANKS = " \t\r\n"
"""What XML takes for white space; a no-break space, for one, is a letter like others."""

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=Enum)
Member = TypeVar("Member")


class Element:
    """One element: what is taken out of it is gone, what is left is unknown.

    `content` is the text between its tags; data stand there in formats of others than the Fund only.
    """

    __slots__ = (
        "_children",
        "_parent",
        "_visited",
        "attributes",
        "content",
        "index",
        "line",
        "name",
        "namespace",
    )

    def __init__(
        self, name: str, attributes: Attributes, *, line: int, namespace: str, parent: Element | None
    ) -> None:
        self.name = name
        self.namespace = namespace
        self.attributes = attributes
        self.content = ""
        self.line = line
        self.index = 1
        self._parent = parent
        self._children: dict[str, list[Element]] = {}
        self._visited: list[Element] = []
        if parent is not None:
            siblings = parent._children.setdefault(name, [])
            siblings.append(self)
            self.index = len(siblings)

    @property
    def path(self) -> str:
        """Such as `/komunikat/umowa/szablon-rach[2]`; a first element carries no number."""
        before = "" if self._parent is None else self._parent.path
        number = f"[{self.index}]" if self.index > 1 else ""
        return f"{before}/{shown_name(self.name, default=self.namespace)}{number}"

    def refusal(self, code: str, **values: object) -> MessageRefused:
        """A refusal that names this element."""
        return refused(code, line=self.line, path=self.path, **values)

    @property
    def has_children(self) -> bool:
        """Whether elements stand in this one."""
        return bool(self._children or self._visited)

    def cut_off(self) -> None:
        """Take this element out of its parent's children; it still knows its path."""
        if self._parent is not None:
            self._parent._children.pop(self.name)

    # elements

    def one(self, name: str) -> Element:
        """The one child of that name."""
        child = self.maybe(name)
        if child is None:
            raise self.refusal("element-missing", name=name)
        return child

    def maybe(self, name: str) -> Element | None:
        """The one child of that name, or None."""
        found = self.many(name)
        if len(found) > 1:
            raise found[1].refusal("element-repeated", name=name)
        return found[0] if found else None

    def many(self, name: str) -> list[Element]:
        """All children of that name, in order."""
        found = self._children.pop(f"{self.namespace} {name}", [])
        self._visited += found
        return found

    def find(self, names: Container[str]) -> tuple[Element, str] | None:
        """The first of these names that an element or attribute still has, here or below, and where it stands."""
        for name in self.attributes:
            if name in names:
                return self, name
        for child in (child for children in self._children.values() for child in children):
            name = shown_name(child.name, default=self.namespace)
            found = (child, name) if name in names else child.find(names)
            if found is not None:
                return found
        return None

    def everything_read(self) -> None:
        """Refuse the first attribute or element, here or below, that no one took."""
        for name in self.attributes:
            if not is_schema_hint(name):
                raise self.refusal("attribute-unknown", name=shown_name(name, default=self.namespace))
        for children in self._children.values():
            name = shown_name(children[0].name, default=self.namespace)
            raise children[0].refusal("element-unknown", name=name)
        for child in self._visited:
            child.everything_read()
        # parents and children know each other: without this a long row of items would wait for the garbage collector
        self._visited.clear()

    def unread(self) -> Iterator[Unread]:
        """What no one took, here or below, in the order of the document's names: an unknown element is one entry."""
        for name, value in self.attributes.items():
            if not is_schema_hint(name):
                place = f"{self.path}/@{shown_name(name, default=self.namespace)}"
                yield Unread(place, self.line, times=1, text=excerpt(value))
        if self.content.strip(XML_BLANKS):
            yield Unread(self.path, self.line, times=1, text=excerpt(self.content.strip()))
        for child in self._visited:
            yield from child.unread()
        for children in self._children.values():
            for child in children:
                text = " ".join(child.all_content().split())
                yield Unread(child.path, child.line, times=1, text=excerpt(text))

    def all_content(self) -> str:
        """The text between the tags of this element and of those in it, as far as no one took it."""
        below = [child for children in self._children.values() for child in children]
        return " ".join([self.content, *(child.all_content() for child in (*self._visited, *below))])

    # text between tags

    def content_as(self, read: Callable[[str], Value], expected: Text = A_TEXT) -> Value:
        """The text between the tags, through a function that raises ValueError when it is wrong."""
        content, self.content = self.content, ""
        try:
            return read(content)
        except (ValueError, KeyError) as error:
            raise self.refusal("content-wrong", value=excerpt(content.strip()), expected=expected) from error

    # attributes

    def take(self, name: str, read: Callable[[str], Value], expected: Text = A_TEXT) -> Value:
        """An attribute that must be there, through a function that raises ValueError when it is wrong."""
        value = self.attributes.pop(name, None)
        if value is None:
            raise self.refusal("attribute-missing", name=name, expected=expected)
        try:
            return read(value)
        except (ValueError, KeyError) as error:
            raise self.refusal(
                "attribute-wrong", name=name, value=excerpt(value), expected=expected
            ) from error

    def text(self, name: str) -> str:
        """A text that must be written; it may be empty."""
        return self.take(name, str)

    def optional(self, name: str) -> str:
        """A text, empty when the attribute is not written."""
        return self.attributes.pop(name, "")

    def number(self, name: str) -> int:
        """A whole number."""
        return self.take(name, whole_from_text, A_WHOLE_NUMBER)

    def optional_number(self, name: str) -> int | None:
        """A whole number, None when the attribute is not written."""
        return self.number(name) if name in self.attributes else None

    def day(self, name: str) -> date:
        """A date, 2026-10-31."""
        return self.take(name, day_from_text, A_DAY)

    def optional_day(self, name: str) -> date | None:
        """A date, None when the attribute is not written."""
        return self.day(name) if name in self.attributes else None

    def month(self, name: str) -> Month:
        """A month, 2026-10."""
        return self.take(name, Month.parse, A_MONTH)

    def moment(self, name: str) -> datetime:
        """A moment, 2026-11-05T12:36:26, without a time zone."""
        return self.take(name, moment_from_text, A_MOMENT)

    def optional_moment(self, name: str) -> datetime | None:
        """A moment, None when the attribute is not written."""
        return self.moment(name) if name in self.attributes else None

    def grosze(self, name: str) -> int:
        """An amount in grosze."""
        return self.take(name, grosze_from_text, AN_AMOUNT)

    def units(self, name: str) -> int:
        """A number of units ×10,000."""
        return self.take(name, units_from_text, SOME_UNITS)

    def optional_units(self, name: str) -> int | None:
        """A number of units ×10,000, None when the attribute is not written."""
        return self.units(name) if name in self.attributes else None

    def flag(self, name: str) -> bool:
        """T or N; an attribute not written means N."""
        return self.take(name, flag_from_text, A_FLAG) if name in self.attributes else False

    def choice(self, name: str, kind: type[Choice]) -> Choice:
        """A member of an enumeration by its value."""
        by_value = {str(member.value): member for member in kind}
        return self.take(name, by_value.__getitem__, same(", ".join(by_value)))

    def optional_choice(self, name: str, kind: type[Choice]) -> Choice | None:
        """A member of an enumeration by its value, None when the attribute is not written."""
        return self.choice(name, kind) if name in self.attributes else None

    def word(self, name: str, words: Mapping[Member, str]) -> Member:
        """A value by the word the message uses for it."""
        by_word = {word: member for member, word in words.items()}
        return self.take(name, by_word.__getitem__, same(", ".join(by_word)))

    def amount_equal_to(self, name: str, grosze: int, what: Text) -> None:
        """An amount that repeats what follows from elsewhere; refused when it says something else."""
        expected = Text(
            pl=f"{text_from_grosze(grosze)} ({what.pl})", en=f"{text_from_grosze(grosze)} ({what.en})"
        )
        self.take(name, lambda text: {grosze: text}[grosze_from_text(text)], expected)
