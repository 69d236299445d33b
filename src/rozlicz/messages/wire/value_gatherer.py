"""Makes typed values of a report while it is read as a stream, by the tree of its kinds (`element_kinds`).

A record is complete when the next one begins, so that no more than one is held. As long as a record is being
read its values are plain dictionaries: what holds them is made last, from the inside out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from rozlicz.messages.wire.element_kinds import NO, YES, Kind
from rozlicz.messages.wire.places import Notes, Place, Take
from rozlicz.messages.wire.stream import Attributes

Fields = dict[str, object]


class _Part:
    """A value that is still being read: its fields so far, and which elements of it have been met."""

    __slots__ = ("fields", "kind", "met", "value")

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.fields: Fields = kind.blank.copy()
        for field in kind.many_fields:
            self.fields[field] = []
        self.met: set[object] = set()
        self.value: object = None

    def made(self) -> object:
        """The typed value; the same object until more is read."""
        if self.value is None:
            made = self.fields
            if self.kind.value_fields:
                made = made.copy()
                for field in self.kind.value_fields:
                    made[field] = _made(made[field])
            self.value = cast("Callable[..., object]", self.kind.made)(**made)
        return self.value


class Gatherer:
    """The values of a report. `begun` is called when a record begins, `deliver` with each that is complete."""

    def __init__(
        self,
        record: Kind,
        notes: Notes,
        *,
        begun: Callable[[], None],
        deliver: Callable[[object], None],
    ) -> None:
        self._record = record
        self._notes = notes
        self._begun = begun
        self._deliver = deliver
        self._open: dict[Kind, _Part] = {}

    def add_places(self, outer: Place, kind: Kind, owner: Kind | None = None) -> None:
        """Give an element, and everything that may stand inside it, its place and what it does."""
        place = outer.holds(kind.name, self._take_of(kind, outer=owner))
        for child in kind.inside:
            self.add_places(place, child, kind if kind.made else owner)

    def value(self, kind: Kind) -> object:
        """The value of the last element of a kind, as far as it is read; None when there was none."""
        part = self._open.get(kind)
        return part and part.made()

    def end_record(self) -> None:
        """Deliver the record that is open, if there is one."""
        part = self._open.pop(self._record, None)
        if part is not None:
            self._deliver(part.made())

    # ---- what the elements do ------------------------------------------------------------------------------------

    def _take_of(self, kind: Kind, *, outer: Kind | None) -> Take:
        if kind.made and not kind.into:
            return lambda attributes: self._begin(kind, attributes)
        if outer is None:
            raise ValueError(f"{kind.tag} stands in no value")
        if kind.made:
            return lambda attributes: self._add(kind, self._open[outer], attributes)
        return lambda attributes: self._fill(kind, self._open[outer], attributes)

    def _begin(self, kind: Kind, attributes: Attributes) -> None:
        """A record, or what stands around records or before them; a second before them is left aside."""
        if kind is self._record or self._record in kind.inside:
            self.end_record()
        elif kind in self._open:
            self._notes.note_place(f"{kind.tag}[2]")
            return
        if kind is self._record:
            self._begun()
        self._open[kind] = part = _Part(kind)
        self._take(kind, part, attributes)

    def _add(self, kind: Kind, owner: _Part, attributes: Attributes) -> None:
        """A value that lives in a field of another one; a second of which only one has a place is left aside."""
        self._open[kind] = part = _Part(kind)
        owner.value = None
        if kind.many:
            cast("list[object]", owner.fields[kind.into]).append(part)
        elif not self._is_repeated(kind.tag, kind, owner):
            owner.fields[kind.into] = part
        self._take(kind, part, attributes)

    def _fill(self, kind: Kind, owner: _Part, attributes: Attributes) -> None:
        """An element whose values live in the value around it."""
        owner.value = None
        alternatives = owner.kind.alternatives if kind in owner.kind.inside else ""
        if alternatives:
            repeated = self._is_repeated(f"{owner.kind.tag}/{alternatives}", alternatives, owner)
        else:
            repeated = self._is_repeated(kind.tag, kind, owner)
        if repeated:
            self._note_unknown(kind, attributes)
        else:
            self._take(kind, owner, attributes)

    def _take(self, kind: Kind, part: _Part, attributes: Attributes) -> None:
        fields = part.fields
        get = attributes.get
        for name, field in kind.attributes.items():
            fields[field] = get(name)
        if kind.told:
            fields.update(kind.told)
        if kind.flag:
            name, field = kind.flag
            fields[field] = attributes.get(name) == YES
            if attributes.get(name) not in (YES, NO, None):
                self._notes.note_place(f"{kind.tag}/@{name}")
        self._note_unknown(kind, attributes)

    def _is_repeated(self, place: str, key: object, owner: _Part) -> bool:
        if key in owner.met:
            self._notes.note_place(f"{place}[2]")
            return True
        owner.met.add(key)
        return False

    def _note_unknown(self, kind: Kind, attributes: Attributes) -> None:
        if not attributes.keys() <= kind.known:
            self._notes.note(kind.tag, attributes, kind.known)


def _made(found: object) -> object:
    if isinstance(found, _Part):
        return found.made()
    if isinstance(found, list):
        return tuple(_made(one) for one in found)
    return found
