"""The explanation of a forecast: what a director reads under “Ile można jeszcze zarobić?”.

Figures are grosze, except those with `units` (×10,000), `exact` (10⁻⁴ grosza) and `months` (a count). Each month of
the projection has the explanation of its own calculation beside it (`ProjectedMonth.explanation`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import amount_text, count_text, round_half_up, units_text
from rozlicz.kernel.texts import Text
from rozlicz.settlement.bases import FORECAST, TERMS_OF_SETTLEMENT
from rozlicz.settlement.explanation import Explanation, MonthRow, Step
from rozlicz.settlement.method import Figure, Input, method_step
from rozlicz.settlement.projection import CapProjection, ProjectedMonth


def explain_projection(cap: CapProjection) -> Explanation:
    """What is left and waits, the pace, the months to come, the outcome; and the month table as it will be."""
    return Explanation(
        title=_TITLE.filled(
            code=cap.unit.scope,
            distinguisher=cap.unit.distinguisher,
            name=cap.scope.name if cap.scope else "—",
            first=cap.period.first.name,
            last=cap.period.last.name,
        ),
        steps=(_left(cap), _waiting(cap), _pace(cap), _months(cap), _outcome(cap)),
        months=tuple(_rows(cap)),
    )


_TITLE = Text(
    pl="Ile można jeszcze zarobić? Zakres {code}, wyróżnik {distinguisher} ({name}), {first} – {last}",
    en="What may still be earned? Scope {code}, distinguishing number {distinguisher} ({name}), {first} – {last}",
)
_PLAN = Text(pl="Plan okresu rozliczeniowego", en="Plan of the settlement period")
_TEMPLATES = Text(pl="Szablony z korektami", en="Templates with corrections")
_NO_LIMIT = Text(pl="bez limitu", en="no limit")


def _left(cap: CapProjection) -> Step:
    outcome = Text(pl="Plan pozwala jeszcze na: {left}", en="The plan still allows: {left}")
    if cap.left is None:
        outcome = Text(
            pl="Zakres nielimitowany: płatne całe wykonanie, plan tylko do porównania",
            en="Unlimited scope: all performance is paid, the plan is there to compare with",
        )
    return _step(
        "left",
        Text(pl="Co zostało z planu", en="What is left of the plan"),
        outcome.filled(left=_limit(cap.left)),
        demand="R21",
        basis=TERMS_OF_SETTLEMENT,
        inputs=(
            (_PLAN, amount_text(sum(cap.plan.values()))),
            (_TEMPLATES, amount_text(sum(cap.paid_now.values()))),
        ),
        figures=(
            *((f"plan.{i.number}", amount) for i, amount in cap.plan.items()),
            *((f"paid.{i.number}", amount) for i, amount in cap.paid_now.items()),
            *_optional("left", cap.left),
        ),
    )


def _waiting(cap: CapProjection) -> Step:
    return _step(
        "waiting",
        Text(pl="Wykonane i jeszcze nierozliczone", en="Performed and not billed yet"),
        Text(pl="Czeka: {waiting}", en="Waiting: {waiting}").filled(waiting=amount_text(cap.waiting)),
        demand="R22, R23",
        basis=TERMS_OF_SETTLEMENT,
        inputs=((i.name, amount_text(round_half_up(value))) for i, value in cap.waiting_now.items()),
        figures=(
            *((f"waiting.exact.{i.number}", value) for i, value in cap.waiting_now.items()),
            ("waiting", cap.waiting),
        ),
    )


def _pace(cap: CapProjection) -> Step:
    pace = cap.pace
    chosen = {
        "period": Text(
            pl="średnia miesięcy okresu rozliczeniowego, w których coś wykonano",
            en="average of the months of the settlement period with performance",
        ),
        "last_three": Text(
            pl="średnia trzech ostatnich miesięcy okresu", en="average of the last three months of the period"
        ),
        "none": Text(pl="bez dalszego wykonania", en="nothing more is performed"),
    }[pace.choice]
    return _step(
        "pace",
        Text(pl="Tempo wykonania", en="Pace of performance"),
        Text(pl="Jednostki na miesiąc: {units}", en="Units a month: {units}").filled(
            units=units_text(pace.units)
        ),
        inputs=(
            (Text(pl="Założenie", en="Assumption"), chosen),
            (Text(pl="Liczba miesięcy", en="Months counted"), count_text(len(pace.counted))),
            *((i.name, units_text(units)) for i, units in pace.counted.items()),
        ),
        figures=(
            *((f"counted.units.{i.number}", units) for i, units in pace.counted.items()),
            ("months", len(pace.counted)),
            ("pace.units", pace.units),
        ),
    )


def _months(cap: CapProjection) -> Step:
    binds = Text(pl="Limit zatrzyma część wykonania: {month}", en="The cap will stop a part: {month}")
    never = Text(pl="Całe wykonanie się zmieści", en="All performance will fit")
    return _step(
        "months",
        Text(
            pl="Obliczenie każdego miesiąca okresu, kolejno",
            en="The calculation of each month of the period, in order",
        ),
        never if cap.binds_in is None else binds.filled(month=cap.binds_in.name),
        demand="R20, R21, R22, R23",
        inputs=((one.month.name, _month_text(one)) for one in cap.months),
        figures=(figure for one in cap.months for figure in _month_figures(one)),
    )


def _month_text(one: ProjectedMonth) -> Text:
    return Text(
        pl="jednostki: wykonane {known}, zakładane {expected} po {price}; można zapłacić: {room}; należność {due}; "
        "czeka {waiting}",
        en="units: performed {known}, expected {expected} at {price}; may be paid: {room}; due {due}; "
        "waiting {waiting}",
    ).filled(
        known=units_text(one.known),
        expected=units_text(one.expected),
        price=amount_text(one.price),
        room=_limit(one.room),
        due=amount_text(one.due),
        waiting=amount_text(one.waiting),
    )


def _month_figures(one: ProjectedMonth) -> Iterator[Figure]:
    month = one.month.number
    yield f"known.units.{month}", one.known
    yield f"expected.units.{month}", one.expected
    yield f"price.{month}", one.price
    yield from _optional(f"room.{month}", one.room)
    yield f"due.{month}", one.due
    yield f"waiting.{month}", one.waiting


def _outcome(cap: CapProjection) -> Step:
    outcome = Text(
        pl="W tym tempie do końca okresu: należność {earned}, bez zapłaty {unpaid}, niewykorzystany plan {unused}",
        en="At this pace by the end of the period: due {earned}, unpaid {unpaid}, unused plan {unused}",
    )
    if cap.unused is None:
        outcome = Text(
            pl="W tym tempie do końca okresu: należność {earned}, bez zapłaty {unpaid}",
            en="At this pace by the end of the period: due {earned}, unpaid {unpaid}",
        )
    return _step(
        "outcome",
        Text(pl="Do końca okresu rozliczeniowego", en="By the end of the settlement period"),
        outcome.filled(
            earned=amount_text(cap.earned), unpaid=amount_text(cap.unpaid), unused=_limit(cap.unused)
        ),
        demand="R21, R23",
        figures=(("earned", cap.earned), ("unpaid", cap.unpaid), *_optional("unused", cap.unused)),
    )


def _rows(cap: CapProjection) -> Iterator[MonthRow]:
    """The month table: what is paid now, what the projection adds, what will wait."""
    for row in cap.rows:
        now = cap.paid_now[row.month]
        yield replace(row, paid_before=now, due_now=cap.paid_then[row.month] - now)


def _limit(amount: int | None) -> Text:
    return _NO_LIMIT if amount is None else amount_text(amount)


def _optional(name: str, amount: int | None) -> Iterator[Figure]:
    if amount is not None:
        yield name, amount


def _step(
    rule: str,
    title: Text,
    outcome: Text,
    *,
    demand: str = "",
    basis: Basis = FORECAST,
    inputs: Iterable[Input] = (),
    figures: Iterable[Figure] = (),
) -> Step:
    return method_step(
        f"forecast.{rule}", title, outcome, demand=demand, basis=basis, inputs=inputs, figures=figures
    )
