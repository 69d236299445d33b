"""Messages with a short head and any number of equal items: the head is a tree, the items come one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rozlicz.messages.wire.envelope import Opened
from rozlicz.messages.wire.limits import Limits
from rozlicz.messages.wire.stream import Attributes
from rozlicz.messages.wire.tree import Element, Grower

_ELEMENTS_OF_ONE_ITEM = 10_000


class ItemStream(Grower):
    """Items are the elements `item`, of one name or several, inside the root's child `items`.

    Each leaves the tree when it closes.
    """

    def __init__(
        self, stream: Opened, *, namespace: str, items: str, item: str | tuple[str, ...], limits: Limits
    ) -> None:
        super().__init__(
            stream, namespace, replace(limits, max_elements=_ELEMENTS_OF_ONE_ITEM), signature=False
        )
        self._items = f"{namespace} {items}"
        names = (item,) if isinstance(item, str) else item
        self._item_names = frozenset(f"{namespace} {name}" for name in names)
        self._ready: list[Element] = []
        self._head_complete = False
        self._ended = False
        self._number = 0

    def step(self) -> bool:
        """Walk one piece of the file; False at its end and after it."""
        self._ended = self._ended or not super().step()
        return not self._ended

    def head(self) -> Element:
        """The root with everything that stands before the items."""
        while not self._head_complete and self.step():
            pass
        if self._root is None:
            raise self._walker.refusal("cut-off")
        return self._root

    @property
    def has_items(self) -> bool:
        """Whether the element that holds the items was met, if need be at the end of the file."""
        return self._head_complete

    def items(self) -> Iterator[Element]:
        """The items, in the order of the file; once only."""
        while True:
            yield from self._taken()
            if not self.step():
                break
        yield from self._taken()

    def _taken(self) -> list[Element]:
        ready, self._ready = self._ready, []
        return ready

    def _start(self, name: str, attributes: Attributes) -> None:
        super()._start(name, attributes)
        if name == self._items and len(self._open) == 2:
            self._head_complete = True

    def _end(self, name: str) -> None:
        element = self._open[-1]
        super()._end(name)
        if name not in self._item_names or len(self._open) != 2:
            return
        self._number += 1
        if self._number > self._limits.max_records:
            raise self._walker.refusal("too-many-elements", limit=self._limits.max_records)
        element.index = self._number
        element.cut_off()
        self._ready.append(element)
        self._count = 0
