"""What a patient who is not exempt pays the sanatorium: by the room and season of each day, and the resort tax.

No part of any bill to the Fund. A day on which the patient changes rooms has the rate of the later one, and the joint
first and last day that of the first (policy).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.money import Grosze, Price
from rozlicz.messages.spa_stays import RoomKind, RoomUse
from rozlicz.settlement.spa.lodging_rates import DayRate, DaysAtRate, grouped, rate_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialPayment:
    """Days by rate. `unknown`: days for which no room is told, or no rate is known."""

    parts: tuple[DaysAtRate, ...]
    unknown: tuple[date, ...] = ()

    @property
    def amount(self) -> int:
        """Σ days × rate, in grosze."""
        return sum(part.amount for part in self.parts)


def partial_payment(
    *, days: Iterable[date], rooms: Sequence[RoomUse], branch: str | None = None
) -> PartialPayment:
    """What a patient pays for these days, each given once."""
    rates: list[DayRate] = []
    unknown: list[date] = []
    for day in days:
        room = _room_on(day, rooms)
        rate = None if room is None else rate_of(day, room, branch=branch)
        if rate is None:
            unknown.append(day)
        else:
            rates.append(rate)
    return PartialPayment(parts=grouped(rates), unknown=tuple(unknown))


def resort_tax(*, daily: Price, days: int) -> Grosze:
    """The resort tax of so many days, in grosze; the rate is the commune's."""
    return daily * days


def _room_on(day: date, rooms: Iterable[RoomUse]) -> RoomKind | None:
    fitting = [room for room in rooms if room.first_day <= day <= room.last_day]
    return max(fitting, key=lambda room: room.first_day).kind if fitting else None
