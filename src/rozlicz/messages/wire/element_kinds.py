"""Kinds of elements as data: where the value of each attribute lives in the typed values of a message.

A tree of kinds is all that is known of a message. By it a file is read into typed values (`value_gatherer`), typed
values are written (here), and a reader that wants less than everything knows what it passes over.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any, TypeAlias

from rozlicz.messages.wire.stream import framework, fund
from rozlicz.messages.wire.xml_writer import Attributes, XmlWriter

YES = "T"
NO = "N"

_FUND = "nfz:"

Tree: TypeAlias = tuple[str, Attributes, "list[Tree]"]
"""An element to be written: its tag, its attributes, and what stands inside."""


class Kind:
    """A kind of element.

    `fields` tells for each attribute the field of a typed value in which its text lives: of the value that the
    element itself makes when it has a type (`made`), else of the value that the element around it lives in. A value
    made goes `into` a field of the value around it, as one of `many` or as the only one; without `into` it is a
    record of its own. `told` are fields whose value the element says by being there. `flag` is an attribute, T or
    N, and its field; a value whose flag is set carries nothing inside. Where `alternatives` names them, only one of
    the elements inside may stand there: the first that can carry all that is given.
    """

    __slots__ = (
        *(
            "alternatives",
            "attributes",
            "flag",
            "inside",
            "into",
            "known",
            "made",
            "many",
            "name",
            "tag",
            "told",
        ),
        *("blank", "many_fields", "value_fields"),
        *("_choices", "_lives_in", "_names", "_nothing"),
    )

    def __init__(
        self,
        tag: str,
        fields: Mapping[str, str],
        *inside: Kind,
        made: Callable[..., object] | None = None,
        into: str = "",
        many: bool = False,
        told: Mapping[str, str] | None = None,
        flag: tuple[str, str] | None = None,
        alternatives: str = "",
    ) -> None:
        self.tag = tag
        self.name = _walked(tag)
        self.inside = inside
        self.made = made
        self.into = into
        self.many = many
        self.told = dict(told or {})
        self.flag = flag
        self.alternatives = alternatives
        self.attributes = {_walked_attribute(name): field for name, field in fields.items()}
        self.known = frozenset(self.attributes) | ({flag[0]} if flag else set())
        # for reading: the fields of a value of which nothing is read, and which of them hold values of their own
        self.blank: dict[str, object] = dict.fromkeys(self.fields())
        self.many_fields = tuple(field for field, is_many in self.fields().items() if is_many)
        self.value_fields = tuple(self._value_fields())
        # for writing
        self._names = tuple(fields)
        self._lives_in = _getter(tuple(fields.values()))
        self._nothing = (None,) * len(fields)
        self._choices = [_Choice(kind, inside) for kind in inside] if alternatives else []

    def fields(self) -> dict[str, bool]:
        """Every field of the value made, and whether it holds many values, with those of elements that make none."""
        found = dict.fromkeys((*self.attributes.values(), *self.told), False)
        if self.flag:
            found[self.flag[1]] = False
        for kind in self.inside:
            if kind.made is None:
                found |= kind.fields()
            elif kind.into:
                found[kind.into] = kind.many
        return found

    def _value_fields(self) -> list[str]:
        """The fields of the value made that hold values of elements inside, not texts."""
        found: list[str] = []
        for kind in self.inside:
            if kind.made is None:
                found += kind._value_fields()
            elif kind.into:
                found.append(kind.into)
        return found

    def tree(self, value: object) -> Tree:
        """The element of a value, with all inside. Raises ValueError when no element can carry what it says."""
        attributes = self._written(self._lives_in(value))
        if self.flag and getattr(value, self.flag[1]):
            attributes[self.flag[0]] = YES
            return self.tag, attributes, []
        return self.tag, attributes, self._trees_inside(value)

    def _written(self, texts: tuple[str | None, ...]) -> dict[str, str]:
        return {name: text for name, text in zip(self._names, texts, strict=True) if text is not None}

    def _trees_inside(self, value: object) -> list[Tree]:
        if self._choices:
            return self._chosen(value)
        found: list[Tree] = []
        for kind in self.inside:
            if kind.made is None:
                texts = kind._lives_in(value)
                inside = kind._trees_inside(value) if kind.inside else []
                if inside or texts != kind._nothing:
                    found.append((kind.tag, kind._written(texts), inside))
            elif kind.into:
                held = getattr(value, kind.into)
                if kind.many:
                    found += [kind.tree(one) for one in held]
                elif held is not None:
                    found.append(kind.tree(held))
        return found

    def _chosen(self, value: object) -> list[Tree]:
        """The first of the alternatives that can carry all that is given."""
        for choice in self._choices:
            if choice.carries(value):
                return [choice.kind.tree(value)]
        if any(choice.says(value) for choice in self._choices):
            raise ValueError(f"no element inside {self.tag} can carry all that is given")
        return []


class _Choice:
    """One of several kinds of elements for the same value."""

    def __init__(self, kind: Kind, among: tuple[Kind, ...]) -> None:
        self.kind = kind
        own = dict.fromkeys((*kind.told, *kind.attributes.values()))
        others = {field: None for one in among for field in (*one.told, *one.attributes.values())}
        foreign = tuple(others.keys() - own.keys())
        self._own = _getter(tuple(own))
        self._nothing = (None,) * len(own)
        self._foreign = _getter(foreign)
        self._no_foreign = (None,) * len(foreign)
        self._tells = _getter(tuple(kind.told))
        self._told = tuple(kind.told.values())

    def carries(self, value: object) -> bool:
        """Whether a value says something, and this kind can carry all of it."""
        return (
            self._tells(value) == self._told and self._foreign(value) == self._no_foreign and self.says(value)
        )

    def says(self, value: object) -> bool:
        """Whether a value says anything that this kind can carry."""
        return self._own(value) != self._nothing


def write_tree(writer: XmlWriter, tree: Tree) -> None:
    """Write an element with all inside."""
    tag, attributes, inside = tree
    if not inside:
        writer.empty(tag, attributes)
        return
    writer.start(tag, attributes)
    for one in inside:
        write_tree(writer, one)
    writer.end()


def _getter(fields: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """The values of fields, all at once; `attrgetter` gives no tuple for a single one."""
    if len(fields) > 1:
        return attrgetter(*fields)
    if not fields:
        return lambda _value: ()
    get = attrgetter(*fields)
    return lambda value: (get(value),)


def _walked(tag: str) -> str:
    """A tag as the walker gives it."""
    return fund(tag.removeprefix(_FUND)) if tag.startswith(_FUND) else framework(tag)


def _walked_attribute(name: str) -> str:
    return fund(name.removeprefix(_FUND)) if name.startswith(_FUND) else name
