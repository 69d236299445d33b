"""Steps 3 to 5 of a calculation: which candidates are taken into the lines, in which order, and how far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from rozlicz.kernel.money import UNIT_SCALE, exact_value
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.settlement.books import Candidate
from rozlicz.settlement.lines import Line, LineKey
from rozlicz.settlement.parameters import Policy


class NotACandidate(ValueError):
    """A candidate came out of order, twice, or with a negative number: a mistake of the calling program."""


@dataclass(slots=True)
class Tally:
    """How many positions, units (×10,000) and how much exact value (10⁻⁴ grosza) of one reporting month."""

    positions: int = 0
    units: int = 0
    value: int = 0

    def add(self, units: int, price: int) -> None:
        """Count one position with so many of its units."""
        self.positions += 1
        self.units += units
        self.value += exact_value(units=units, price=price)

    def join(self, other: Tally) -> None:
        """Count what another tally counted."""
        self.positions += other.positions
        self.units += other.units
        self.value += other.value


ByReportingMonth = dict[int, Tally]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """The first position that crossed the room: what was left for it, in grosze, and how much of it was taken."""

    candidate: Candidate
    left: int
    taken: int


@dataclass(slots=True, kw_only=True)
class Taken:
    """What one calculation takes in one cap unit, and what waits, by reporting month (yyyymm)."""

    lines: dict[LineKey, Line] = field(default_factory=dict)
    taken: ByReportingMonth = field(default_factory=dict)
    waiting: ByReportingMonth = field(default_factory=dict)
    boundary: Boundary | None = None

    @property
    def due(self) -> int:
        """Step 6: Σ lines, in grosze."""
        return sum(line.amount for line in self.lines.values())


def in_order(candidates: Iterable[Candidate], *, ordered: bool) -> Iterator[Candidate]:
    """Step 4: reporting month, last day of service, provider's service id, position; time of receipt plays no part.

    Service ids compare by code point (COLLATE "C"). `ordered` candidates are only checked on their way, so that
    millions need no memory; others are sorted here. Raises NotACandidate.
    """
    before: tuple[int, date, str, int] | None = None
    for candidate in candidates if ordered else sorted(candidates, key=_order):
        place = _order(candidate)
        if before is not None and place <= before:
            raise NotACandidate(f"{candidate.key} of {candidate.month} is out of order or given twice")
        before = place
        yield candidate


def take(
    candidates: Iterable[Candidate],
    *,
    month: Month,
    period: SettlementPeriod,
    room: int | None,
    policy: Policy,
    again: bool,
) -> Taken:
    """Take candidates, given in order, one by one while Σ of the rounded lines fits the room (grosze; None: no cap).

    `again`: the month has templates in this cap unit already. Candidates of other settlement periods are none of
    this calculation's business. Those of the period that may not be taken now (later months; with `carry_over`
    off also earlier ones) wait.
    """
    first, last = period.first.number, period.last.number
    earliest = first if policy.carry_over else month.number
    taking = _Taking(room=room, split=policy.boundary_position == "split", again=again)
    for candidate in candidates:
        if candidate.units < 0 or candidate.price < 0:
            raise NotACandidate(f"{candidate.key} has {candidate.units} units at {candidate.price}")
        if candidate.units and first <= candidate.month <= last:
            taking.offer(candidate, may_be_taken=earliest <= candidate.month <= month.number)
    return taking.result()


class _OpenLine(Line):
    """A line that is being filled, and how much of it comes from which reporting month."""

    __slots__ = ("by_month",)

    def __init__(self, price: int) -> None:
        super().__init__(price)
        self.by_month: ByReportingMonth = {}


class _Taking:
    """The lines while they are filled, up to the room."""

    def __init__(self, *, room: int | None, split: bool, again: bool) -> None:
        self.room, self.split, self.again = room, split, again
        self.total = 0
        self.stopped = False
        self.boundary: Boundary | None = None
        self.lines: dict[LineKey, _OpenLine] = {}
        self.waiting: ByReportingMonth = {}

    def offer(self, candidate: Candidate, *, may_be_taken: bool) -> None:
        """Take what there is room for; the rest waits."""
        taken = 0
        if may_be_taken and not self.stopped:
            line = self._line_of(candidate)
            taken = self._units_of(candidate, line)
            if taken:
                self.total -= line.amount
                line.add(candidate.key, taken)
                self.total += line.amount
                _tally(line.by_month, candidate.month).add(taken, candidate.price)
        if taken < candidate.units:
            _tally(self.waiting, candidate.month).add(candidate.units - taken, candidate.price)

    def _line_of(self, candidate: Candidate) -> _OpenLine:
        key = LineKey(candidate.bill, candidate.country, candidate.product, candidate.price)
        line = self.lines.get(key)
        if line is None:
            line = self.lines[key] = _OpenLine(candidate.price)
        return line

    def _units_of(self, candidate: Candidate, line: Line) -> int:
        """How many units are taken: all of them while the Σ of rounded lines fits, then a part or none.

        The part is the largest multiple of 0.0001 unit whose exact value fits into what is left. What is left is
        whole grosze, so the rounded lines cannot pass the room by it.
        """
        if self.room is None:
            return candidate.units
        dust = self._is_dust(self.room, candidate)
        if not dust and self.total - line.amount + line.amount_with(candidate.units) <= self.room:
            return candidate.units
        left = self.room - self.total
        part = left * UNIT_SCALE // candidate.price if self.split and not dust else 0
        self.stopped = self.split
        self.boundary = self.boundary or Boundary(candidate=candidate, left=left, taken=part)
        return part

    def _is_dust(self, room: int, candidate: Candidate) -> bool:
        """Whether the room is only what rounding left over when this month split this position before (policy).

        A split leaves less than a grosz and the price of 0.0001 unit together. When the month is calculated
        again, the rest of a split position is not taken from so little: nothing has changed.
        """
        return self.split and self.again and candidate.held > 0 and (room - 1) * UNIT_SCALE < candidate.price

    def result(self) -> Taken:
        """The lines that are worth a grosz; what is in others waits until more comes to it (policy)."""
        taken: ByReportingMonth = {}
        for line in self.lines.values():
            for month, tally in line.by_month.items():
                _tally(taken if line.amount else self.waiting, month).join(tally)
        return Taken(
            lines={key: line for key, line in sorted(self.lines.items()) if line.amount},
            taken=dict(sorted(taken.items())),
            waiting=dict(sorted(self.waiting.items())),
            boundary=self.boundary,
        )


def _order(candidate: Candidate) -> tuple[int, date, str, int]:
    service, position = candidate.key
    return (candidate.month, candidate.last_day, service, position)


def _tally(by_month: ByReportingMonth, month: int) -> Tally:
    tally = by_month.get(month)
    if tally is None:
        tally = by_month[month] = Tally()
    return tally
