"""The part of an explanation that says how much may be paid: plan, templates, corrections, room."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from rozlicz.kernel.money import amount_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.settlement.bases import CORRECTING_TEMPLATES
from rozlicz.settlement.calculation import CapCalculation
from rozlicz.settlement.cap import cumulated
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.method import Figure, Input
from rozlicz.settlement.wording import line_figures, line_text, months_shown, step


def plan_step(calculation: CapCalculation) -> Step:
    """The plan of each month and up to it: p(i) and L(j)."""
    allowed = cumulated(calculation.plan)
    months = months_shown(calculation)
    value = Text(pl="{amount}, narastająco {total}", en="{amount}, up to here {total}")
    return step(
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


def paid_before_step(calculation: CapCalculation) -> Step:
    """The templates of the period, corrections included: B(i)."""
    templates = [t for t in calculation.issued if Month.from_number(t.month) in calculation.period]
    bill = Text(pl="Szablon nr {number} ({month})", en="Template no. {number} ({month})")
    correction = Text(
        pl="Szablon nr {number}, korekta szablonu nr {corrects} ({month})",
        en="Template no. {number}, correcting no. {corrects} ({month})",
    )
    return step(
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
        figures=((f"paid.{m.number}", calculation.paid_before[m]) for m in months_shown(calculation)),
    )


def correction_steps(calculation: CapCalculation) -> Iterator[Step]:
    """What goes back before anything is paid; no step when there is nothing."""
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
    yield step(
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


def room_step(calculation: CapCalculation) -> Step:
    """What the months leave, and which of them decides."""
    limit = calculation.room
    title = Text(pl="Ile można zapłacić", en="How much may be paid")
    if limit.amount is None or limit.binding is None:
        return step(
            "room",
            title,
            Text(
                pl="Zakres nielimitowany: płatne całe wykonanie",
                en="Unlimited scope: all performance is paid",
            ),
            demand="R20",
        )
    label = Text(
        pl="Narastająco, {month}: plan {planned}, szablony po korektach {paid}",
        en="Up to {month}: plan {planned}, templates after corrections {paid}",
    )
    return step(
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
