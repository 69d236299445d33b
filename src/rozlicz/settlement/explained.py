"""The explanation of one calculation in one cap unit: what a clerk reads under “Skąd ta kwota?”.

Figures are named `name.yyyymm` or `name.number`. They are grosze, except those with `units` (×10,000), `positions`
(a count) and `exact` (10⁻⁴ grosza, unrounded). The due follows from them alone: the room from `plan`, `paid` and
`corrected`, each line from its `units` and `price`, the due from the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import amount_text, count_text, round_half_up, units_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.settlement.bases import CORRECTING_TEMPLATES, POLICY, TERMS_OF_SETTLEMENT
from rozlicz.settlement.calculation import CapCalculation
from rozlicz.settlement.cap import cumulated
from rozlicz.settlement.explanation import Explanation, MonthRow, Step
from rozlicz.settlement.taking import Tally
from rozlicz.settlement.wording import (
    Figure,
    Input,
    line_figures,
    line_text,
    tally_figures,
    tally_inputs,
    tally_text,
    together,
)


def explain(calculation: CapCalculation) -> Explanation:
    """The steps in the order in which the law takes them, and the month table."""
    scope = calculation.scope
    return Explanation(
        title=_TITLE.filled(
            code=calculation.unit.scope,
            distinguisher=calculation.unit.distinguisher,
            name=scope.name if scope else "—",
            month=calculation.month.name,
        ),
        steps=(
            _performed(calculation),
            _plan(calculation),
            _paid_before(calculation),
            *_corrections(calculation),
            _room(calculation),
            _candidates(calculation),
            *_boundary(calculation),
            _lines(calculation),
            _due(calculation),
            _waiting(calculation),
        ),
        months=tuple(_month_rows(calculation)),
    )


def waiting_value(calculation: CapCalculation) -> int:
    """What was performed in the period and is not paid after this calculation, in grosze."""
    return round_half_up(together(calculation.taken.waiting.values()).value)


_TITLE = Text(
    pl="Skąd ta kwota? Zakres {code}, wyróżnik {distinguisher} ({name}), {month}",
    en="Why this amount? Scope {code}, distinguishing number {distinguisher} ({name}), {month}",
)


def _step(
    rule: str,
    title: Text,
    outcome: Text,
    *,
    demand: str,
    basis: Basis = TERMS_OF_SETTLEMENT,
    inputs: Iterable[Input] = (),
    figures: Iterable[Figure] = (),
) -> Step:
    return Step(
        rule=f"unit-price.{rule}",
        title=title,
        inputs=tuple(inputs),
        basis=basis,
        outcome=outcome,
        demand=demand,
        figures=tuple(figures),
    )


def _performed(calculation: CapCalculation) -> Step:
    months = [m for m in _months(calculation) if calculation.performed.get(m.number)]
    return _step(
        "performed",
        Text(pl="Wykonanie według miesięcy sprawozdawczych", en="Performed, by reporting month"),
        Text(pl="Wykonano ({month}): {amount}", en="Performed ({month}): {amount}").filled(
            month=calculation.month.name, amount=_performed_in(calculation, calculation.month)
        ),
        demand="R20",
        inputs=((m.name, _performed_in(calculation, m)) for m in months),
        figures=((f"performed.exact.{m.number}", calculation.performed[m.number]) for m in months),
    )


def _plan(calculation: CapCalculation) -> Step:
    allowed = cumulated(calculation.plan)
    months = _months(calculation)
    value = Text(pl="{amount}, narastająco {total}", en="{amount}, up to here {total}")
    return _step(
        "plan",
        Text(pl="Plan okresu rozliczeniowego narastająco", en="Plan of the settlement period, cumulated"),
        Text(pl="Plan łącznie ({month}): {amount}", en="Plan up to {month}: {amount}").filled(
            month=calculation.month.name, amount=amount_text(allowed[calculation.month])
        ),
        demand="R21, R23",
        inputs=(
            (
                m.name,
                value.filled(amount=amount_text(calculation.plan[m]), total=amount_text(allowed[m])),
            )
            for m in months
        ),
        figures=((f"plan.{m.number}", calculation.plan[m]) for m in months),
    )


def _paid_before(calculation: CapCalculation) -> Step:
    templates = [t for t in calculation.issued if Month.from_number(t.month) in calculation.period]
    bill = Text(pl="Szablon nr {number} ({month})", en="Template no. {number} ({month})")
    correction = Text(
        pl="Szablon nr {number}, korekta szablonu nr {corrects} ({month})",
        en="Template no. {number}, correcting no. {corrects} ({month})",
    )
    return _step(
        "paid-before",
        Text(pl="Wcześniejsze szablony okresu rozliczeniowego", en="Earlier templates of the period"),
        Text(pl="Wcześniejsze szablony łącznie: {amount}", en="Earlier templates together: {amount}").filled(
            amount=amount_text(sum(calculation.paid_before.values()))
        ),
        demand="R23",
        inputs=(
            (
                (bill if t.corrects is None else correction).filled(
                    number=t.template, corrects=t.corrects, month=Month.from_number(t.month).name
                ),
                amount_text(t.amount),
            )
            for t in templates
        ),
        figures=((f"paid.{m.number}", calculation.paid_before[m]) for m in _months(calculation)),
    )


def _corrections(calculation: CapCalculation) -> Iterator[Step]:
    if not calculation.corrections:
        return
    inputs: list[Input] = []
    figures: list[Figure] = []
    numbers = count(1)
    label = Text(
        pl="Korekta szablonu nr {number} ({month}): {line}", en="Correction of no. {number} ({month}): {line}"
    )
    for (template, month), lines in calculation.corrections.items():
        name = Month.from_number(month).name
        inputs += (
            (
                label.filled(number=template, month=name, line=line_text(calculation.scope, key, line)),
                amount_text(line.amount),
            )
            for key, line in lines.items()
        )
        figures += (f for line in lines.values() for f in line_figures("correction", next(numbers), line))
    figures += ((f"corrected.{m.number}", amount) for m, amount in calculation.corrected.items())
    yield _step(
        "corrections",
        Text(
            pl="Korekty: pozycje usunięte, zmienione lub zweryfikowane negatywnie po rozliczeniu",
            en="Corrections: positions deleted, changed or rejected after they were billed",
        ),
        Text(
            pl="Korekty: {amount}, zwalniają miejsce w planie", en="Corrections: {amount}; they free room"
        ).filled(amount=amount_text(sum(calculation.corrected.values()))),
        demand="R20, R23",
        basis=CORRECTING_TEMPLATES,
        inputs=inputs,
        figures=figures,
    )


def _room(calculation: CapCalculation) -> Step:
    limit = calculation.room
    title = Text(pl="Ile można zapłacić", en="How much may be paid")
    if limit.amount is None or limit.binding is None:
        return _step(
            "room",
            title,
            Text(
                pl="Zakres nielimitowany: płatne całe wykonanie",
                en="Unlimited scope: all performance is paid",
            ),
            demand="R20",
        )
    label = Text(
        pl="Do końca miesiąca {month}: plan {planned}, szablony po korektach {paid}",
        en="Up to {month}: plan {planned}, templates after corrections {paid}",
    )
    return _step(
        "room",
        title,
        Text(pl="Najwyżej {amount}; rozstrzyga {month}", en="At most {amount}; {month} decides").filled(
            amount=amount_text(limit.amount), month=limit.binding.month.name
        ),
        demand="R21, R22, R23",
        inputs=(
            (
                label.filled(month=j.month.name, planned=amount_text(j.planned), paid=amount_text(j.paid)),
                amount_text(j.left),
            )
            for j in limit.limits
        ),
        figures=(*((f"left.{j.month.number}", j.left) for j in limit.limits), ("room", limit.amount)),
    )


def _candidates(calculation: CapCalculation) -> Step:
    carried = calculation.policy.carry_over
    return _step(
        "candidates",
        Text(
            pl="Pozycje wzięte: miesiąc, ostatni dzień świadczenia, identyfikator; od najstarszej",
            en="Positions taken: by month, last day of service, identifier; oldest first",
        ),
        Text(pl="Wzięto: {taken}", en="Taken: {taken}").filled(
            taken=tally_text(together(calculation.taken.taken.values()))
        ),
        demand="R20, R22",
        basis=POLICY,
        inputs=(
            (
                Text(pl="Pozycje wcześniejszych miesięcy", en="Positions of earlier months"),
                Text(pl="brane" if carried else "pomijane", en="taken" if carried else "passed over"),
            ),
            *tally_inputs(calculation.taken.taken),
        ),
        figures=tally_figures("taken", calculation.taken.taken),
    )


def _boundary(calculation: CapCalculation) -> Iterator[Step]:
    boundary = calculation.taken.boundary
    if boundary is None:
        return
    position = boundary.candidate
    waits = position.units - boundary.taken
    service, number = position.key
    outcome = (
        Text(
            pl="Podzielona: płatne {taken} jedn., czeka {waits} jedn.",
            en="Split: {taken} units paid, {waits} wait",
        )
        if boundary.taken
        else Text(pl="Czeka w całości: {waits} jedn.", en="It waits as a whole: {waits} units")
    )
    yield _step(
        "boundary",
        Text(pl="Pierwsza pozycja, która się nie zmieściła", en="The first position that did not fit"),
        outcome.filled(taken=units_text(boundary.taken), waits=units_text(waits)),
        demand="R23",
        basis=POLICY,
        inputs=(
            (Text(pl="Świadczenie, pozycja", en="Service, position"), same(f"{service}, {number}")),
            (Text(pl="Miesiąc sprawozdawczy", en="Reporting month"), Month.from_number(position.month).name),
            (Text(pl="Zostało dla niej", en="Left for it"), amount_text(boundary.left)),
            (Text(pl="Cena jednostki", en="Price of a unit"), amount_text(position.price)),
            (Text(pl="Jednostki pozycji", en="Units of the position"), units_text(position.units)),
        ),
        figures=(
            ("left", boundary.left),
            ("price", position.price),
            ("taken.units", boundary.taken),
            ("waiting.units", waits),
        ),
    )


def _lines(calculation: CapCalculation) -> Step:
    lines = calculation.taken.lines
    return _step(
        "lines",
        Text(pl="Wiersze szablonów, każdy zaokrąglony raz", en="Lines of the templates, each rounded once"),
        Text(pl="Wiersze: {count}, razem {amount}", en="Lines: {count}, together {amount}").filled(
            count=count_text(len(lines)), amount=amount_text(calculation.taken.due)
        ),
        demand="R20",
        basis=POLICY,
        inputs=(
            (line_text(calculation.scope, key, line), amount_text(line.amount)) for key, line in lines.items()
        ),
        figures=(f for n, line in enumerate(lines.values(), 1) for f in line_figures("line", n, line)),
    )


def _due(calculation: CapCalculation) -> Step:
    corrected = sum(calculation.corrected.values())
    due = calculation.taken.due
    return _step(
        "due",
        Text(pl="Należność", en="Due"),
        Text(pl="Do zapłaty ({month}): {amount}", en="Due ({month}): {amount}").filled(
            month=calculation.month.name, amount=amount_text(due)
        ),
        demand="R20",
        inputs=(
            (Text(pl="Nowe szablony", en="New templates"), amount_text(due)),
            (Text(pl="Szablony korygujące", en="Correcting templates"), amount_text(corrected)),
        ),
        figures=(("due", due), ("corrected", corrected)),
    )


def _waiting(calculation: CapCalculation) -> Step:
    waiting = calculation.taken.waiting
    return _step(
        "waiting",
        Text(pl="Co czeka", en="What waits"),
        Text(pl="Czeka: {waiting}", en="Waiting: {waiting}").filled(
            waiting=tally_text(together(waiting.values()))
        ),
        demand="R22, R23",
        inputs=tally_inputs(waiting),
        figures=tally_figures("waiting", waiting),
    )


def _month_rows(calculation: CapCalculation) -> Iterator[MonthRow]:
    allowed = cumulated(calculation.plan)
    for month in _months(calculation):
        due = calculation.taken.due if month == calculation.month else 0
        waiting = calculation.taken.waiting.get(month.number, Tally())
        yield MonthRow(
            month=month,
            performed=round_half_up(calculation.performed.get(month.number, 0)),
            plan=calculation.plan[month],
            plan_cumulated=allowed[month],
            paid_before=calculation.paid_before[month],
            due_now=due + calculation.corrected.get(month, 0),
            waiting=round_half_up(waiting.value),
        )


def _performed_in(calculation: CapCalculation, month: Month) -> Text:
    return amount_text(round_half_up(calculation.performed.get(month.number, 0)))


def _months(calculation: CapCalculation) -> list[Month]:
    """The months worth a row: from the first of the period to the last with a template or a position."""
    seen = [t.month for t in calculation.issued] + [*calculation.performed, *calculation.taken.waiting]
    last = max([calculation.month.number, *(m for m in seen if m <= calculation.period.last.number)])
    return [month for month in calculation.period.months() if month.number <= last]
