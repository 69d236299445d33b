"""The explanation of one calculation in one cap unit: what a clerk reads under “Skąd ta kwota?”.

Figures are named `name.yyyymm` or `name.number`. They are grosze, except those with `units` (×10,000), `positions`
(a count) and `exact` (10⁻⁴ grosza, unrounded). The due follows from them alone: the room from `plan`, `paid` and
`corrected`, each line from its `units` and `price`, the due from the lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rozlicz.kernel.money import amount_text, count_text, round_half_up, units_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.settlement.bases import POLICY
from rozlicz.settlement.calculation import CapCalculation
from rozlicz.settlement.cap import cumulated
from rozlicz.settlement.explained_room import correction_steps, paid_before_step, plan_step, room_step
from rozlicz.settlement.explanation import Explanation, MonthRow, Step
from rozlicz.settlement.method import title_of
from rozlicz.settlement.taking import Tally
from rozlicz.settlement.wording import (
    line_figures,
    line_text,
    months_shown,
    step,
    tally_figures,
    tally_inputs,
    tally_text,
    together,
)


def explain(calculation: CapCalculation, reductions: Sequence[Step] = ()) -> Explanation:
    """The steps in the order in which the law takes them, and the month table.

    `reductions` are the steps by which the units of positions were lowered before the books were opened.
    """
    scope = calculation.scope
    return Explanation(
        title=title_of(calculation.unit, scope, calculation.month),
        steps=(
            *reductions,
            _performed(calculation),
            plan_step(calculation),
            paid_before_step(calculation),
            *correction_steps(calculation),
            room_step(calculation),
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


def _performed(calculation: CapCalculation) -> Step:
    months = [m for m in months_shown(calculation) if calculation.performed.get(m.number)]
    return step(
        "performed",
        Text(pl="Wykonanie według miesięcy sprawozdawczych", en="Performed, by reporting month"),
        Text(pl="Wykonano ({month}): {amount}", en="Performed ({month}): {amount}").filled(
            month=calculation.month.name, amount=_performed_in(calculation, calculation.month)
        ),
        demand="R20",
        inputs=((m.name, _performed_in(calculation, m)) for m in months),
        figures=((f"performed.exact.{m.number}", calculation.performed[m.number]) for m in months),
    )


def _candidates(calculation: CapCalculation) -> Step:
    carried = calculation.policy.carry_over
    return step(
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
    split = calculation.policy.boundary_position == "split"
    outcome = (
        Text(
            pl="Podzielona: jednostki płatne {taken}, czekające {waits}",
            en="Split: units paid {taken}, waiting {waits}",
        )
        if boundary.taken
        else Text(pl="Czeka w całości, jednostki: {waits}", en="It waits as a whole, units: {waits}")
    )
    yield step(
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
            (
                Text(pl="Pozycja na granicy", en="A position on the boundary"),
                Text(pl="dzielona do 0,0001 jednostki", en="split to 0.0001 unit")
                if split
                else Text(
                    pl="czeka w całości, próbowane są następne", en="waits as a whole, the next are tried"
                ),
            ),
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
    return step(
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
    return step(
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
    return step(
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
    for month in months_shown(calculation):
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
