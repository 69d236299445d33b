"""Messages small enough to be read as a whole: a tree of elements whose values are taken out by type.

A reader takes what it knows; `everything_read` then refuses whatever is left, so that nothing in a
contract, template or bill is ever dropped silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import TypeVar

from rozlicz.kernel.money import grosze_from_text, text_from_grosze, units_from_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.envelope import Opened, Source, opened
from rozlicz.messages.header import Header
from rozlicz.messages.limits import DOCUMENT_LIMITS, Limits
from rozlicz.messages.refusals import MessageRefused, excerpt, refused
from rozlicz.messages.root import HEADER_NAMES, ROOT, header_of, is_schema_hint, wrong_root
from rozlicz.messages.stream import Attributes, Walker, shown_name

SIGNATURE = "http://www.w3.org/2000/09/xmldsig# Signature"

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=Enum)
Member = TypeVar("Member")

_TEXT = Text(pl="tekst", en="a text")
_WHOLE = Text(pl="liczba całkowita", en="a whole number")
_DAY = Text(pl="data RRRR-MM-DD", en="a date YYYY-MM-DD")
_MONTH = Text(pl="miesiąc RRRR-MM", en="a month YYYY-MM")
_MOMENT = Text(pl="data i godzina, np. 2026-11-05T12:36:26", en="a date and time such as 2026-11-05T12:36:26")
_AMOUNT = Text(pl="kwota, np. 1234.50", en="an amount such as 1234.50")
_UNITS = Text(pl="liczba o najwyżej 4 miejscach po kropce", en="a number of at most 4 decimals")
_FLAG = Text(pl="T albo N", en="T (yes) or N (no)")

_FLAGS = {"T": True, "N": False}
_DAY_FORM = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT_FORM = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?")
_WHOLE_FORM = re.compile(r"-?\d{1,18}", re.ASCII)


class Element:
    """One element: what is taken out of it is gone, what is left is unknown."""

    __slots__ = ("_children", "_parent", "_visited", "attributes", "index", "line", "name", "namespace")

    def __init__(
        self, name: str, attributes: Attributes, *, line: int, namespace: str, parent: Element | None
    ) -> None:
        self.name = name
        self.namespace = namespace
        self.attributes = attributes
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

    # attributes

    def take(self, name: str, read: Callable[[str], Value], expected: Text = _TEXT) -> Value:
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
        return self.take(name, _whole, _WHOLE)

    def optional_number(self, name: str) -> int | None:
        """A whole number, None when the attribute is not written."""
        return self.number(name) if name in self.attributes else None

    def day(self, name: str) -> date:
        """A date, 2026-10-31."""
        return self.take(name, _day, _DAY)

    def month(self, name: str) -> Month:
        """A month, 2026-10."""
        return self.take(name, Month.parse, _MONTH)

    def moment(self, name: str) -> datetime:
        """A moment, 2026-11-05T12:36:26, without a time zone."""
        return self.take(name, _moment, _MOMENT)

    def grosze(self, name: str) -> int:
        """An amount in grosze."""
        return self.take(name, grosze_from_text, _AMOUNT)

    def units(self, name: str) -> int:
        """A number of units ×10,000."""
        return self.take(name, units_from_text, _UNITS)

    def optional_units(self, name: str) -> int | None:
        """A number of units ×10,000, None when the attribute is not written."""
        return self.units(name) if name in self.attributes else None

    def flag(self, name: str) -> bool:
        """T or N; an attribute not written means N."""
        return self.take(name, _FLAGS.__getitem__, _FLAG) if name in self.attributes else False

    def choice(self, name: str, kind: type[Choice]) -> Choice:
        """A member of an enumeration by its value."""
        by_value = {str(member.value): member for member in kind}
        return self.take(name, by_value.__getitem__, same(", ".join(by_value)))

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


def read_tree(
    source: Source, *, namespace: str, signature: bool = False, limits: Limits = DOCUMENT_LIMITS
) -> Element:
    """The whole message as a tree; `namespace` is the one it must have.

    With `signature`, XML signatures below the root are passed over: they cover the bytes, and are checked there.
    """
    with opened(source, limits=limits) as stream:
        return Grower(stream, namespace, limits, signature=signature).grown()


def header_of_tree(root: Element, *, kind: str | tuple[str, ...]) -> Header:
    """The header of a message read as a tree."""
    attributes = {name: root.attributes.pop(name) for name in HEADER_NAMES if name in root.attributes}
    return header_of(attributes, kind=kind, namespace=root.namespace, line=root.line)


class Grower:
    """Builds the tree of a message while the walker goes."""

    def __init__(self, stream: Opened, namespace: str, limits: Limits, *, signature: bool) -> None:
        self._namespace = namespace
        self._limits = limits
        self._signature = signature
        self._root: Element | None = None
        self._open: list[Element] = []
        self._count = 0
        self._total = 0
        self._depth = 0
        self._walker = Walker(
            stream,
            where=lambda: self._open[-1].path if self._open else "",
            progress=lambda: self._total,
            limits=limits,
        )
        self._walker.use(self._start, self._end)
        self._walker.read_text_with(self._text)

    def step(self) -> bool:
        """Walk one piece of the file; False at its end."""
        return self._walker.step()

    def grown(self) -> Element:
        """The whole tree."""
        self._walker.run()
        if self._root is None:
            raise self._walker.refusal("cut-off")
        return self._root

    def _start(self, name: str, attributes: Attributes) -> None:
        parent = self._open[-1] if self._open else None
        if parent is None and name != f"{self._namespace} {ROOT}":
            raise wrong_root(name, namespace=self._namespace, line=self._walker.line)
        if self._signature and name == SIGNATURE and len(self._open) == 1:
            self._pass_over()
            return
        self._check(len(attributes))
        element = Element(name, attributes, line=self._walker.line, namespace=self._namespace, parent=parent)
        self._root = self._root or element
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if text.strip():
            raise self._open[-1].refusal("text", text=excerpt(text.strip()))

    def _check(self, attributes: int) -> None:
        limits = self._limits
        self._count += 1
        self._total += 1
        if self._count > limits.max_elements:
            raise self._walker.refusal("too-many-elements", limit=limits.max_elements)
        if len(self._open) >= limits.max_depth:
            raise self._walker.refusal("too-deep", limit=limits.max_depth)
        if attributes > limits.max_attributes:
            raise self._walker.refusal("too-many-attributes", count=attributes, limit=limits.max_attributes)

    def _pass_over(self) -> None:
        """Ignore everything up to the end of the signature that begins here."""
        self._depth = 1
        self._walker.use(self._signature_start, self._signature_end)
        self._walker.read_text_with(lambda _text: None)

    def _signature_start(self, _name: str, attributes: Attributes) -> None:
        self._depth += 1
        self._check(len(attributes))
        if self._depth > self._limits.max_depth:
            raise self._walker.refusal("too-deep", limit=self._limits.max_depth)

    def _signature_end(self, _name: str) -> None:
        self._depth -= 1
        if not self._depth:
            self._walker.use(self._start, self._end)
            self._walker.read_text_with(self._text)


def _whole(text: str) -> int:
    if not _WHOLE_FORM.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    if not _DAY_FORM.fullmatch(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _moment(text: str) -> datetime:
    if not _MOMENT_FORM.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text)
