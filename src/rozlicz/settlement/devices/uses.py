"""What a patient has been supplied with: one supply in a period of use, so many pieces in a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rozlicz.kernel.money import Units
from rozlicz.kernel.months import Month
from rozlicz.messages.supply import OrderKind, Side
from rozlicz.settlement.devices.catalogue import DeviceTerms
from rozlicz.settlement.devices.facts import PatientKey, SupplyFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One supply or repair that was paid for, at any provider: what it takes of period and quantity.

    `pieces` (×10,000) by month for what is needed month by month; empty for other devices.
    """

    patient: PatientKey
    group: str
    kind: OrderKind
    side: Side | None
    order: str
    completed_on: date
    pieces: tuple[tuple[Month, Units], ...] = ()


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    month = Month.of(day).plus(months)
    return month.first_day.replace(day=min(day.day, month.days))


def months_of(first: Month, last: Month) -> Iterator[Month]:
    """Every month from one to another, both included."""
    month = first
    while month <= last:
        yield month
        month = month.plus(1)


def filled(pieces: Units, room: Sequence[Units]) -> Iterator[Units]:
    """Pieces put into months one after the other, as many as each has room for."""
    for most in room:
        part = min(pieces, most)
        pieces -= part
        yield part


def in_equal_parts(pieces: Units, count: int) -> list[Units]:
    """Pieces without limit, spread evenly; the first months take what is left over."""
    if not count:
        return []
    each, more = divmod(pieces, count)
    return [each + (number < more) for number in range(count)]


class Uses:
    """All supplies of some patients, while reported ones are added one by one."""

    def __init__(self, earlier: Iterable[Use] = ()) -> None:
        self._by_group: defaultdict[tuple[PatientKey, str, OrderKind], list[Use]] = defaultdict(list)
        for use in earlier:
            self.add(use)

    def add(self, use: Use) -> None:
        """One more supply."""
        self._by_group[use.patient, use.group, use.kind].append(use)

    def in_the_way(self, facts: SupplyFacts, terms: DeviceTerms, months: Iterable[Month]) -> Use | None:
        """The supply that leaves no room for this one: the same part again, or a period of use not over."""
        if terms.monthly:
            asked = set(months)
            return next(
                (
                    use
                    for use in self._of(facts, terms)
                    if use.order == facts.order and asked & {m for m, _ in use.pieces}
                ),
                None,
            )
        overlapping = (use for use in self._of(facts, terms) if _overlap(use, facts, terms.months_of_use))
        return next(overlapping, None)

    def left(self, facts: SupplyFacts, terms: DeviceTerms, month: Month) -> Units:
        """How many pieces (×10,000) of a month are not supplied yet; terms without limit raise ValueError."""
        if terms.pieces is None:
            raise ValueError(f"the quantity of {terms.group} has no limit")
        used = sum(n for use in self._of(facts, terms) for m, n in use.pieces if m == month)
        return max(0, terms.pieces - used)

    def latest(self, facts: SupplyFacts, terms: DeviceTerms) -> Use:
        """The supply added last for the patient and group; there must be one."""
        return self._by_group[facts.patient, terms.group, facts.kind][-1]

    def _of(self, facts: SupplyFacts, terms: DeviceTerms) -> Iterator[Use]:
        both = {None, Side.BOTH, facts.side}
        for use in self._by_group.get((facts.patient, terms.group, facts.kind), ()):
            if use.side in both or facts.side in (None, Side.BOTH):
                yield use


def _overlap(use: Use, facts: SupplyFacts, months: int) -> bool:
    """Whether one of two supplies lies in the period of use that begins with the other."""
    first, second = sorted((use.completed_on, facts.completed_on))
    return second <= months_later(first, months) - timedelta(days=1) if months else use.order == facts.order
