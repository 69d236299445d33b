"""What a calculation gives: drafts of templates, and for each cap unit the sums and the explanation."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.messages.templates import CalculatedBy, TemplateLine
from rozlicz.settlement.books import CapUnit, Key
from rozlicz.settlement.explanation import Explanation

_PACKED_TOGETHER = 1_000


class Allocations:
    """Which positions a line holds, with how many units (×10,000) of each, in the order they were taken.

    Iterates as `(key, units)`. Kept in columns, and the identifiers packed, since a line may hold millions of
    positions: about 40 bytes each. An identifier cannot hold NUL: no message and no table can carry it.
    """

    __slots__ = ("_latest", "_numbers", "_packed", "_units")

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._latest: list[str] = []
        self._numbers = array("q")
        self._units = array("q")

    def add(self, key: Key, units: int) -> None:
        """Put one more position into the line."""
        service, number = key
        self._latest.append(service)
        self._numbers.append(number)
        self._units.append(units)
        if len(self._latest) == _PACKED_TOGETHER:
            self._packed.append("\0".join(self._latest).encode())
            self._latest.clear()

    def __iter__(self) -> Iterator[tuple[Key, int]]:
        positions = zip(self._services(), self._numbers, self._units, strict=True)
        return (((service, number), units) for service, number, units in positions)

    def __len__(self) -> int:
        return len(self._units)

    def _services(self) -> Iterator[str]:
        for packed in self._packed:
            yield from packed.decode().split("\0")
        yield from self._latest


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateDraft:
    """A template before it has a number.

    `month` is the month it counts in: the month calculated, or that of the template it corrects (`corrects`).
    `bill` is empty for the general bill, else the person's document number, with the state in `country` (R61).
    `allocations[i]` are the positions of `lines[i]`; both are negative in a correcting template. Lines that hold no
    single positions have empty ones. `calculated_by` is the process: templates of several go in several messages.
    """

    month: Month
    lines: tuple[TemplateLine, ...]
    allocations: tuple[Allocations, ...]
    corrects: int | None = None
    bill: str = ""
    country: str = ""
    calculated_by: CalculatedBy = CalculatedBy.SERVICES

    @property
    def amount(self) -> int:
        """Σ lines, in grosze."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class CapSettlement:
    """The result in one cap unit, or in one scope of a method that has no cap, in grosze.

    `room` is what could be paid at most, None in an unlimited scope; `due` Σ lines of the new templates;
    `corrected` the signed sum of the correcting ones; `waiting` the value of what was performed and is not paid.
    """

    unit: CapUnit
    room: int | None
    due: int
    corrected: int
    waiting: int
    explanation: Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The calculation of one contract for one month. No drafts: nothing is due and nothing to correct.

    `refusals` say what could not be settled, and why; everything else is.
    """

    contract: str
    month: Month
    drafts: tuple[TemplateDraft, ...]
    caps: tuple[CapSettlement, ...] = field(default=())
    refusals: tuple[Refusal, ...] = ()

    @property
    def amount(self) -> int:
        """Σ drafts, corrections included, in grosze."""
        return sum(draft.amount for draft in self.drafts)

    @property
    def explanations(self) -> dict[CapUnit, Explanation]:
        """Why, for each cap unit."""
        return {cap.unit: cap.explanation for cap in self.caps}
