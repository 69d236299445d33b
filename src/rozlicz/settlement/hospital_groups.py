"""Points of a hospital group (JGP) by the length of a stay: the catalogues of the orders on hospital treatment (R20).

A group has points for an ordinary stay. Some have fewer for a stay that ends on the day of admission, after one day
or after two; some finance only so many days, and pay points for each day above them; some have points of their own
for planned admissions and for one-day treatment. The length is the number of days from admission to discharge. Points
are units of the scope and are settled by unit price like others.

What the sources seen leave open, and we read so: a short planned stay gets the lower of its planned and its short
points; a planned stay in a group without planned points is an ordinary one; days above the financed ones count in
both; one-day treatment is one number whatever the hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import Units, count_text, units_text
from rozlicz.kernel.refusals import Refusal, reason
from rozlicz.kernel.texts import Text, same
from rozlicz.settlement.explanation import Explanation, Step
from rozlicz.settlement.method import Figure, Input, method_step

CATALOGUE = Basis(
    Text(
        pl="katalog grup zarządzenia Prezesa NFZ w sprawie leczenia szpitalnego (ostatni widziany: 46/2026/DSOZ)",
        en="catalogue of groups of the Fund's order on hospital treatment (the newest seen: 46/2026/DSOZ)",
    )
)


class StayKind(StrEnum):
    """How a stay is settled: ordinary, planned admission, or one-day treatment."""

    ORDINARY = "ordinary"
    PLANNED = "planned"
    ONE_DAY = "one-day"


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalGroup:
    """An entry of the catalogue, valid for stays that end from `valid_from` to `valid_to`, both included.

    Points ×10,000; None where the group has no such number. `short` are those of a stay of 0, 1 and 2 days;
    `financed_days`: how many days the points pay for, None for any number; `extra_day`: points of each day above.
    """

    code: str
    product: str
    name: str
    points: Units
    valid_from: date
    valid_to: date
    planned: Units | None = None
    one_day: Units | None = None
    short: tuple[Units | None, Units | None, Units | None] = (None, None, None)
    financed_days: int | None = None
    extra_day: Units = 0
    basis: Basis = CATALOGUE


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPoints:
    """The points of a stay (×10,000), and why."""

    units: Units
    explanation: Explanation


def group_points(
    group: HospitalGroup, *, admitted: date, discharged: date, kind: StayKind = StayKind.ORDINARY
) -> GroupPoints | Refusal:
    """The points of one stay, or why the group cannot be settled for it."""
    if refusal := _refusal(group, admitted, discharged, kind):
        return refusal
    days = (discharged - admitted).days
    base = _base(group, days, kind)
    over = _days_over(group, days, kind)
    units = base + over * group.extra_day
    return GroupPoints(
        units=units,
        explanation=Explanation(
            title=Text(
                pl="Ile punktów? Grupa {code} {name}", en="How many points? Group {code} {name}"
            ).filled(code=group.code, name=group.name),
            steps=tuple(_steps(group, days, kind, base=base, over=over, units=units)),
        ),
    )


def _base(group: HospitalGroup, days: int, kind: StayKind) -> Units:
    """The points without days above the financed ones."""
    if kind is StayKind.ONE_DAY:
        return group.one_day or 0
    short = group.short[days] if days < len(group.short) else None
    if kind is StayKind.PLANNED and group.planned is not None:
        return group.planned if short is None else min(group.planned, short)
    return group.points if short is None else short


def _days_over(group: HospitalGroup, days: int, kind: StayKind) -> int:
    if group.financed_days is None or kind is StayKind.ONE_DAY:
        return 0
    return max(0, days - group.financed_days)


def _steps(
    group: HospitalGroup, days: int, kind: StayKind, *, base: Units, over: int, units: Units
) -> Iterator[Step]:
    yield method_step(
        "group.base",
        Text(pl="Punkty według długości pobytu", en="Points by the length of the stay"),
        Text(pl="Punkty grupy: {base}", en="Points of the group: {base}").filled(base=units_text(base)),
        demand="R20",
        basis=group.basis,
        inputs=(
            (Text(pl="Dni pobytu", en="Days of the stay"), count_text(days)),
            (Text(pl="Rodzaj pobytu", en="Kind of stay"), _KINDS[kind]),
            *_inputs(group),
        ),
        figures=(("days", days), *((kind.value, 1),), *_figures(group), ("base.units", base)),
    )
    yield method_step(
        "group.days-over",
        Text(pl="Dni ponad finansowane grupą", en="Days above those the group finances"),
        Text(pl="Razem punkty: {units}", en="Points together: {units}").filled(units=units_text(units)),
        demand="R20",
        basis=group.basis,
        inputs=(
            (
                Text(pl="Dni ponad limit", en="Days above the limit"),
                count_text(over),
            ),
            (Text(pl="Punkty za dzień", en="Points of a day"), units_text(group.extra_day)),
        ),
        figures=(
            ("over", over),
            ("extra-day.units", group.extra_day),
            ("base.units", base),
            ("units", units),
        ),
    )


_KINDS = {
    StayKind.ORDINARY: Text(pl="zwykły", en="ordinary"),
    StayKind.PLANNED: Text(pl="planowy", en="planned"),
    StayKind.ONE_DAY: Text(pl="leczenie jednego dnia", en="one-day treatment"),
}
_NAMES = {
    "points.units": Text(pl="Pobyt", en="Stay"),
    "planned.units": Text(pl="Przyjęcie planowe", en="Planned admission"),
    "one-day.units": Text(pl="Leczenie jednego dnia", en="One-day treatment"),
    "short.units.0": Text(pl="Przyjęcie i wypis tego samego dnia", en="Admitted and discharged on one day"),
    "short.units.1": Text(pl="Pobyt 1 dzień", en="Stay of 1 day"),
    "short.units.2": Text(pl="Pobyt 2 dni", en="Stay of 2 days"),
}


def _numbers(group: HospitalGroup) -> dict[str, Units | None]:
    short = {f"short.units.{days}": points for days, points in enumerate(group.short)}
    return {
        "points.units": group.points,
        "planned.units": group.planned,
        "one-day.units": group.one_day,
    } | short


def _inputs(group: HospitalGroup) -> Iterator[Input]:
    """What the catalogue says of the group."""
    yield from ((_NAMES[name], units_text(n)) for name, n in _numbers(group).items() if n is not None)
    if group.financed_days is not None:
        yield Text(pl="Dni finansowane grupą", en="Days the group finances"), count_text(group.financed_days)


def _figures(group: HospitalGroup) -> Iterator[Figure]:
    yield from ((name, number) for name, number in _numbers(group).items() if number is not None)
    if group.financed_days is not None:
        yield "financed", group.financed_days


def _refusal(group: HospitalGroup, admitted: date, discharged: date, kind: StayKind) -> Refusal | None:
    group_name = same(group.code)
    if discharged < admitted:
        return _BEFORE_ADMISSION.because(
            field="discharged",
            found=same("{day}").filled(day=discharged),
            expected=same("{day}").filled(day=admitted),
            group=group_name,
        )
    if not group.valid_from <= discharged <= group.valid_to:
        return _NOT_VALID.because(
            field="discharged",
            found=same("{day}").filled(day=discharged),
            expected=same("{first} – {last}").filled(first=group.valid_from, last=group.valid_to),
            group=group_name,
        )
    if kind is StayKind.ONE_DAY and group.one_day is None:
        return _NOT_ONE_DAY.because(field="kind", found=_KINDS[kind], group=group_name)
    return None


_DISCHARGE = Text(pl="dzień wypisu", en="day of discharge")
_KIND = Text(pl="rodzaj pobytu", en="kind of stay")

_BEFORE_ADMISSION = reason(
    "G-1",
    _DISCHARGE,
    Text(
        pl="Pobyt rozliczany grupą {group} kończy się {found}, przed przyjęciem {expected}.",
        en="The stay settled by group {group} ends on {found}, before the admission on {expected}.",
    ),
    basis=CATALOGUE,
    remedy=Text(pl="Popraw dzień przyjęcia albo wypisu.", en="Correct the day of admission or of discharge."),
)
_NOT_VALID = reason(
    "G-2",
    _DISCHARGE,
    Text(
        pl="Grupa {group} obowiązuje {expected}, a wypis jest {found}.",
        en="Group {group} is valid {expected}, and the discharge is on {found}.",
    ),
    basis=CATALOGUE,
    remedy=Text(
        pl="Wybierz grupę z katalogu obowiązującego w dniu wypisu.",
        en="Choose a group of the catalogue that holds on the day of discharge.",
    ),
)
_NOT_ONE_DAY = reason(
    "G-3",
    _KIND,
    Text(
        pl="Grupy {group} nie rozlicza się jako leczenia jednego dnia.",
        en="Group {group} is not settled as one-day treatment.",
    ),
    basis=CATALOGUE,
    remedy=Text(pl="Rozlicz pobyt w zwykłym trybie.", en="Settle the stay as an ordinary one."),
)
