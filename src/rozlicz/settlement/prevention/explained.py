"""Why an examination is in the bill of a month, or not yet, and what the examinations of a scope are worth.

Figures: days as yyyymmdd, months as yyyymm, prices in grosze, `examinations` a count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from rozlicz.kernel.money import amount_text, count_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.prevention import ExaminationState
from rozlicz.settlement.explanation import Explanation, Step
from rozlicz.settlement.method import Figure, Input, method_step
from rozlicz.settlement.prevention.bases import SIMP_POLICY, SIMP_TERMS
from rozlicz.settlement.prevention.conditions import Met, day_text
from rozlicz.settlement.prevention.examinations import JudgedExamination
from rozlicz.settlement.prevention.programmes import Condition

CONDITION: dict[Condition, Text] = {
    Condition.PAPER_RESULT: Text(
        pl="zatwierdzone po otrzymaniu wyniku w wersji papierowej",
        en="approved after the result arrived on paper",
    ),
    Condition.RESULT: Text(pl="zatwierdzone po otrzymaniu wyniku", en="approved after the result"),
    Condition.SECOND_VISIT: Text(
        pl="druga wizyta zakończona i zatwierdzona", en="the second visit has ended and is approved"
    ),
}
"""The conditions of R34 in words."""


def explain_examination(one: JudgedExamination) -> Explanation:
    """Condition, month and price; of an examination that is not billed, why."""
    steps: list[Step] = []
    if one.met is not None and one.entry is not None and one.entry.condition is not None:
        steps.append(_condition(one, one.met, one.entry.condition))
    if one.month is not None and one.met is not None:
        steps.append(_month(one, one.met, one.month))
    if one.examination.state is ExaminationState.WITHDRAWN:
        steps.append(_WITHDRAWN)
    steps += [
        method_step(f"prevention.finding.{number}", why.field_name, why.text, demand="R34", basis=why.basis)
        for number, why in enumerate(one.refusals, 1)
    ]
    title = Text(
        pl="Badanie {id}: {name}, wykonane {day}", en="Examination {id}: {name}, done on {day}"
    ).filled(
        id=one.examination.id,
        name=one.entry.name if one.entry else same(one.examination.programme),
        day=one.examination.performed_on,
    )
    return Explanation(title=title, steps=tuple(steps))


def examinations_step(listed: Sequence[JudgedExamination], month: Month) -> Step:
    """Of a scope: how many examinations of each product and price belong to each month, how many to none yet."""
    counted = Counter((one.month, one.product, one.price) for one in listed if one.month is not None)
    lines = sorted(counted.items())
    in_month = sum(count for (when, _, _), count in lines if when == month)
    waiting = sum(bool(one.refusals) for one in listed)
    inputs: list[Input] = []
    figures: list[Figure] = []
    for number, ((when, product, price), count) in enumerate(lines, 1):
        label = Text(pl="{month} {product}", en="{month} {product}").filled(month=when.name, product=product)
        inputs.append((label, _times(count, price)))
        figures += [
            (f"month.{number}", when.number),
            (f"examinations.{number}", count),
            (f"price.{number}", price),
        ]
    inputs.append((Text(pl="Jeszcze nie do rachunku", en="Not to be billed yet"), count_text(waiting)))
    return method_step(
        "prevention.examinations",
        Text(
            pl="Zatwierdzone badania okresu, w miesiącu spełnienia warunku",
            en="Approved examinations of the period, in the month in which the condition was met",
        ),
        Text(pl="Badania, {month}: {count}", en="Examinations, {month}: {count}").filled(
            month=month.name, count=count_text(in_month)
        ),
        demand="R35",
        basis=SIMP_TERMS,
        inputs=inputs,
        figures=[*figures, ("not.yet", waiting)],
    )


def _times(count: int, price: int) -> Text:
    return Text(pl="{count} × {price}", en="{count} × {price}").filled(
        count=count_text(count), price=amount_text(price)
    )


def _condition(one: JudgedExamination, met: Met, condition: Condition) -> Step:
    awaited = (
        Text(pl="Koniec drugiej wizyty", en="End of the second visit")
        if condition is Condition.SECOND_VISIT
        else Text(pl="Wynik", en="Result")
    )
    return method_step(
        "prevention.condition",
        Text(pl="Warunek rachunku", en="Condition of a bill"),
        Text(pl="Spełniony: {what}", en="Met: {what}").filled(what=CONDITION[condition]),
        demand="R34",
        basis=SIMP_TERMS,
        inputs=(
            (Text(pl="Wykonanie", en="Done on"), day_text(one.examination.performed_on)),
            (awaited, day_text(met.by)),
            (Text(pl="Zatwierdzenie", en="Approved on"), day_text(met.met_on)),
        ),
        figures=(("awaited", _number(met.by)), ("approved", _number(met.met_on))),
    )


def _month(one: JudgedExamination, met: Met, month: Month) -> Step:
    return method_step(
        "prevention.month",
        Text(pl="Miesiąc rachunku i cena", en="Month of the bill, and price"),
        Text(pl="{month}: {price}", en="{month}: {price}").filled(
            month=month.name, price=amount_text(one.price)
        ),
        demand="R35",
        basis=SIMP_POLICY,
        figures=(("approved", _number(met.met_on)), ("month", month.number), ("price", one.price)),
    )


def _number(day: date) -> int:
    return (day.year * 100 + day.month) * 100 + day.day


_WITHDRAWN = method_step(
    "prevention.withdrawn",
    Text(pl="Stan badania", en="State of the examination"),
    Text(pl="Wycofane: nie jest rozliczane.", en="Withdrawn: it is not settled."),
    demand="R35",
    basis=SIMP_TERMS,
)
