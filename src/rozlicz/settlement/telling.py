"""An explanation as plain sentences of one language, in the order in which it is read.

Portal, command line and printout show these strings and make none of their own, so that an amount is explained in
the same words wherever somebody asks about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rozlicz.kernel.money import format_amount
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Language, Text
from rozlicz.settlement.explanation import Explanation, MonthRow, Step

MONTHS_TITLE = Text(pl="Miesiąc po miesiącu", en="Month by month")
STEPS_TITLE = Text(pl="Krok po kroku", en="Step by step")
NOT_CONFIRMED = Text(
    pl="zasada oddziału albo źródło do potwierdzenia",
    en="policy of the branch, or a source still to be confirmed",
)
"""The mark of a basis that was only remembered or that the sources leave open."""

_TOTAL = Text(pl="Razem", en="Total")
_COLUMNS = (
    Text(pl="Miesiąc", en="Month"),
    Text(pl="Wykonano", en="Performed"),
    Text(pl="Plan", en="Plan"),
    Text(pl="Plan narastająco", en="Plan so far"),
    Text(pl="Zapłacono wcześniej", en="Paid before"),
    Text(pl="Należne teraz", en="Due now"),
    Text(pl="Czeka", en="Waiting"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMonth:
    """A row of the month table: the month's name and its amounts, in the order of the columns."""

    month: Month
    name: str
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStep:
    """A step: `inputs` are whole lines (`label: value`), `basis` says where its rule stands."""

    title: str
    outcome: str
    inputs: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A whole explanation. Without months `columns`, `months` and `total` are empty.

    `total` has the word and then an amount a column; it is empty under what is no sum (the cumulated plan).
    """

    title: str
    months_title: str
    columns: tuple[str, ...]
    months: tuple[ToldMonth, ...]
    total: tuple[str, ...]
    steps_title: str
    steps: tuple[ToldStep, ...]


def told(explanation: Explanation, language: Language) -> Told:
    """The explanation in the language of its reader."""
    rows = explanation.months
    return Told(
        title=explanation.title.in_language(language),
        months_title=MONTHS_TITLE.in_language(language),
        columns=tuple(column.in_language(language) for column in _COLUMNS) if rows else (),
        months=tuple(_month(row, language) for row in rows),
        total=_total(rows, language) if rows else (),
        steps_title=STEPS_TITLE.in_language(language),
        steps=tuple(_step(step, language) for step in explanation.steps),
    )


def _month(row: MonthRow, language: Language) -> ToldMonth:
    amounts = (row.performed, row.plan, row.plan_cumulated, row.paid_before, row.due_now, row.waiting)
    return ToldMonth(
        month=row.month,
        name=row.month.name.in_language(language),
        amounts=tuple(format_amount(amount, language) for amount in amounts),
    )


def _total(rows: Sequence[MonthRow], language: Language) -> tuple[str, ...]:
    def together(name: str) -> str:
        return format_amount(sum(getattr(row, name) for row in rows), language)

    summed = together("performed"), together("plan"), "", together("paid_before"), together("due_now")
    return (_TOTAL.in_language(language), *summed, together("waiting"))


def _step(step: Step, language: Language) -> ToldStep:
    mark = "" if step.basis.confirmed else NOT_CONFIRMED.in_language(language)
    basis = (step.basis.reference.in_language(language), mark)
    return ToldStep(
        title=step.title.in_language(language),
        outcome=step.outcome.in_language(language),
        inputs=tuple(_line(label, value, language) for label, value in step.inputs),
        basis=" · ".join(part for part in basis if part),
    )


def _line(label: Text, value: Text, language: Language) -> str:
    """`label: value`, or the label alone."""
    parts = (label.in_language(language), value.in_language(language))
    return ": ".join(part for part in parts if part)
