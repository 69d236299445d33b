"""What settlement by lump sums is told of a month: duties, days without readiness, the area, visits, real costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from rozlicz.kernel.money import Grosze
from rozlicz.settlement.books import CapUnit, Key
from rozlicz.settlement.coordination import BillOf, Route


class Duty(NamedTuple):
    """A duty of twelve hours; it belongs to the day on which it begins (policy). `cell` is that of the contract."""

    day: date
    cell: str = ""


class VisitedBy(StrEnum):
    """Whose visit it was; the value is the variant of the contract's rate of a visit (own names)."""

    DOCTOR = "lekarz"
    NURSE = "pielęgniarka"


class Visits(NamedTuple):
    """How many visits of one profession there were on a day."""

    day: date
    by: VisitedBy
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The area a provider of night and holiday care secures, as on the first day of the month.

    `population`: persons in it; `providers`: how many secure it together.
    """

    population: int
    providers: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeFacts:
    """What happened in one scope in the month. `closed`: days without readiness, as the branch established.

    `adults`: recognised adults on the physician's list on the first day of the month. Where it is told, the scope is
    that of the coordinator in primary care, whose lump sum grows with them (`capitation.coordinator`).
    """

    duties: tuple[Duty, ...] = ()
    visits: tuple[Visits, ...] = ()
    closed: frozenset[date] = frozenset()
    area: Area | None = None
    adults: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RealCost:
    """A service inside a lump sum to one person under coordination, at its calculated real cost in grosze (R3).

    `key` names the reported service. `unit` is the scope "… – UE". `bill` is the person's, `route` what
    `coordination` said of them.
    """

    key: Key
    unit: CapUnit
    bill: BillOf
    route: Route
    first_day: date
    last_day: date
    cost: Grosze
