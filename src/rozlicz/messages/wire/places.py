"""What may stand where in a report read as a stream, and what becomes of everything else.

A report is never stopped by what this house does not know: unknown elements are passed over with all they hold,
unknown attributes and texts left aside, and each is noted with its place, number and first line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rozlicz.messages.wire.limits import Limits
from rozlicz.messages.wire.root import is_schema_hint, wrong_root
from rozlicz.messages.wire.stream import FRAMEWORK, Attributes, End, Start, Walker, shown_name

Take = Callable[[Attributes], None]


@dataclass(slots=True)
class Unread:
    """Something in a message that no one reads, such as `pacjent/@x` or `dane-swiadczenia/nfz:x`.

    How often it stands there, and the line of the first. In a document read as a whole each one is noted by itself,
    with an excerpt of the text that stands there.
    """

    place: str
    line: int
    times: int = 0
    text: str = ""


class Place:
    """A kind of element at its place: what it does, what it holds, what holds it."""

    __slots__ = ("inside", "name", "outer", "take")

    def __init__(self, name: str, take: Take, outer: Place | None = None) -> None:
        self.name = name
        self.take = take
        self.inside: dict[str, Place] = {}
        self.outer = outer or self

    def holds(self, name: str, take: Take) -> Place:
        """The place of a kind of element inside this one."""
        place = self.inside[name] = Place(name, take, self)
        return place

    @property
    def path(self) -> str:
        """`/komunikat/swiadczeniodawca`; empty outside the root."""
        return "" if self.outer is self else f"{self.outer.path}/{shown_name(self.name)}"


class Notes:
    """What a report holds and no one reads, by its place."""

    def __init__(self, walker: Walker, limits: Limits) -> None:
        self.unread: dict[str, Unread] = {}
        self._walker = walker
        self._limits = limits

    def note(
        self,
        element: str,
        attributes: Attributes,
        known: frozenset[str] = frozenset(),
        *,
        line: int | None = None,
    ) -> None:
        """Remember the attributes not among the known ones; `line` is theirs, unless it is the present one."""
        if len(attributes) > self._limits.max_attributes:
            limit = self._limits.max_attributes
            raise self._walker.refusal("too-many-attributes", count=len(attributes), limit=limit)
        for name in attributes.keys() - known:
            self.note_place(f"{element}/@{shown_name(name)}", line=line)

    def note_root(self, element: str, attributes: Attributes, known: frozenset[str]) -> None:
        """Remember the attributes of the root, except those that only tell a validator where to look."""
        self.note(element, attributes, known | frozenset(filter(is_schema_hint, attributes)))

    def note_place(self, place: str, *, line: int | None = None) -> None:
        """Remember something that stands in `line`, or in the present one."""
        unread = self.unread.get(place)
        if unread is None:
            if len(self.unread) >= self._limits.max_unread_names:
                raise self._walker.refusal("too-many-names", limit=self._limits.max_unread_names)
            unread = self.unread[place] = Unread(place, self._walker.line if line is None else line)
        unread.times += 1


class Nesting:
    """Gives each element of a walk to the function of its place, and notes what has no place."""

    def __init__(self, walker: Walker, outermost: Place, *, notes: Notes, limits: Limits) -> None:
        self._walker = walker
        self._notes = notes
        self._limits = limits
        self._depth = 0
        self._foreign_names: set[str] = set()
        self._start, self._end, self.path = self._handlers(outermost)
        walker.use(self._start, self._end)
        walker.read_text_with(self._take_text)

    def _handlers(self, place: Place) -> tuple[Start, End, Callable[[], str]]:
        """The walker's two functions, and one that names the open elements.

        They are called tens of millions of times a report, so where they stand is a local variable.
        """

        def start(name: str, attributes: Attributes) -> None:
            nonlocal place
            found = place.inside.get(name)
            if found is None:
                self._pass_over(name, attributes)
                return
            place = found
            found.take(attributes)

        def end(_name: str) -> None:
            nonlocal place
            place = place.outer

        return start, end, lambda: place.path

    def _take_text(self, text: str) -> None:
        if not text.isspace() and not self._depth:
            self._notes.note_place(f"{self.path().rpartition('/')[2]}/text()")

    def _pass_over(self, name: str, attributes: Attributes) -> None:
        """An element that has no place here is noted and passed over with all it holds."""
        path = self.path()
        if not path:
            raise wrong_root(name, namespace=FRAMEWORK, line=self._walker.line)
        self._notes.note_place(f"{path.rpartition('/')[2]}/{shown_name(name)}")
        self._depth = 0
        self._walker.use(self._foreign_start, self._foreign_end)
        self._foreign_start(name, attributes)

    def _foreign_start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > self._limits.max_depth:
            raise self._walker.refusal("too-deep", limit=self._limits.max_depth)
        # expat keeps every name it meets for as long as it lives
        self._foreign_names.add(name)
        self._foreign_names.update(attributes)
        if len(self._foreign_names) > self._limits.max_unread_names:
            raise self._walker.refusal("too-many-names", limit=self._limits.max_unread_names)

    def _foreign_end(self, _name: str) -> None:
        self._depth -= 1
        if not self._depth:
            self._walker.use(self._start, self._end)
