"""How a shift is explained: when it was filed, how far scopes are lowered, which rows of the plan change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.legal import Ruling
from rozlicz.kernel.money import Units, amount_text, units_text
from rozlicz.kernel.months import Quarter
from rozlicz.kernel.texts import Text, same
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.method import Figure, method_step
from rozlicz.settlement.shift_reasons import SHIFTS
from rozlicz.settlement.shift_rows import ChangedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowered:
    """A lowered cap unit, in grosze.

    `start` is its amount on the first day of the settlement period, `limit` the `share` (×10,000) of it, cut to whole
    grosze; `now` what this request takes away, `earlier` what earlier shifts of the period took (negative: gave).
    """

    contract: str
    unit: CapUnit
    start: int
    share: Units
    earlier: int
    now: int
    limit: int

    @property
    def amount(self) -> int:
        """What all shifts of the settlement period take away together."""
        return self.now + self.earlier


def shift_title(quarter: Quarter) -> Text:
    """What the explanation is about."""
    return Text(pl="Przesunięcie środków, {quarter}", en="Shift of means, {quarter}").filled(
        quarter=quarter.name
    )


def day_text(day: date) -> Text:
    """A day as people of each language write it."""
    return same("{day}").filled(day=day)


def percent_text(share: Units) -> Text:
    """2,000 → 20 %; a share ×10,000."""
    percent = units_text(share * 100)
    return Text(pl=f"{percent.pl} %", en=f"{percent.en} %")


def scope_text(unit: CapUnit) -> Text:
    """Scope code and distinguishing number."""
    return Text(
        pl="{scope}, wyróżnik {distinguisher}", en="{scope}, distinguishing number {distinguisher}"
    ).filled(**unit._asdict())


def filed_step(quarter: Quarter, filed_on: date, last: date | None) -> Step:
    """The request came in time."""
    limit = (
        (
            Text(pl="Ostatni dzień na wniosek", en="Last day for the request"),
            day_text(last),
        )
        if last
        else (
            Text(pl="Koniec kwartału", en="End of the quarter"),
            day_text(quarter.last.last_day),
        )
    )
    return method_step(
        "shift.filed",
        Text(pl="Wniosek w terminie", en="The request is in time"),
        Text(pl="Złożono {day}", en="Filed on {day}").filled(day=filed_on),
        demand="R21",
        basis=SHIFTS,
        inputs=(limit,),
        figures=(
            ("filed", _number(filed_on)),
            *((("last", _number(last)),) if last else (("end", _number(quarter.last.last_day)),)),
        ),
    )


def lowered_step(lowered: Sequence[Lowered], limit: Ruling[Units]) -> Step:
    """How far each scope is lowered, against its limit."""
    value = Text(
        pl="{now}, z wcześniejszymi {together}; najwyżej {limit} ({share} z {start})",
        en="{now}, with earlier ones {together}; at most {limit} ({share} of {start})",
    )
    return method_step(
        "shift.lowered",
        Text(pl="Obniżane zakresy", en="Scopes that are lowered"),
        Text(pl="Obniżenia: {amount}", en="Lowered by {amount}").filled(
            amount=amount_text(sum(one.now for one in lowered))
        ),
        demand="R21",
        basis=limit.basis,
        inputs=(
            (
                scope_text(one.unit),
                value.filled(
                    now=amount_text(one.now),
                    together=amount_text(one.amount),
                    limit=amount_text(one.limit),
                    share=percent_text(one.share),
                    start=amount_text(one.start),
                ),
            )
            for one in lowered
        ),
        figures=(("share", limit.value), *_lowered_figures(lowered)),
    )


def _lowered_figures(lowered: Sequence[Lowered]) -> Iterator[Figure]:
    for number, one in enumerate(lowered, 1):
        yield f"start.{number}", one.start
        yield f"earlier.{number}", one.earlier
        yield f"now.{number}", one.now
        yield f"limit.{number}", one.limit


def rows_step(rows: Iterable[ChangedRow]) -> Step:
    """The rows of the plan before and after."""
    listed = list(rows)
    label = Text(pl="{scope}, {month}, cena {price}", en="{scope}, {month}, price {price}")
    value = Text(
        pl="jednostki {before} → {after}, kwota {old} → {new}",
        en="units {before} → {after}, amount {old} → {new}",
    )
    return method_step(
        "shift.rows",
        Text(pl="Wiersze planu, które zmieni aneks", en="Rows of the plan that the annex changes"),
        Text(pl="Kwota zobowiązania zmienia się o {amount}", en="The commitment changes by {amount}").filled(
            amount=amount_text(sum(row.after.amount - row.before.amount for row in listed))
        ),
        demand="R21",
        basis=SHIFTS,
        inputs=(
            (
                label.filled(
                    scope=scope_text(row.change.unit),
                    month=row.change.month.name,
                    price=amount_text(row.before.price),
                ),
                value.filled(
                    before=units_text(row.before.units),
                    after=units_text(row.after.units),
                    old=amount_text(row.before.amount),
                    new=amount_text(row.after.amount),
                ),
            )
            for row in listed
        ),
        figures=(
            figure
            for number, row in enumerate(listed, 1)
            for figure in (
                (f"before.units.{number}", row.before.units),
                (f"after.units.{number}", row.after.units),
                (f"price.{number}", row.before.price),
                (f"before.{number}", row.before.amount),
                (f"after.{number}", row.after.amount),
            )
        ),
    )


def _number(day: date) -> int:
    """20261215 for 15 December 2026."""
    return day.year * 10_000 + day.month * 100 + day.day
