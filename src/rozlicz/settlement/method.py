"""What every method of settlement shares: a step of its explanation, a draft without single positions.

A method is a module beside `unit_price`. It takes typed terms and facts and gives a `Settlement`, so that templates,
messages and bills are made the same way whatever the method. Bad facts of a provider are refusals of the
settlement (`kernel.refusals`), never exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Scope
from rozlicz.messages.templates import CalculatedBy, TemplateLine
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.drafts import Allocations, TemplateDraft
from rozlicz.settlement.explanation import Step

Input = tuple[Text, Text]
"""A label and a value, for people."""

Figure = tuple[str, int]
"""A name and a whole number, for machines."""


def method_step(
    rule: str,
    title: Text,
    outcome: Text,
    *,
    demand: str,
    basis: Basis,
    inputs: Iterable[Input] = (),
    figures: Iterable[Figure] = (),
) -> Step:
    """A step of any method; `rule` with the method before it (`capitation.lines`). The pairs may be generators."""
    return Step(
        rule=rule,
        title=title,
        inputs=tuple(inputs),
        basis=basis,
        outcome=outcome,
        demand=demand,
        figures=tuple(figures),
    )


def draft_of_lines(
    lines: Iterable[TemplateLine],
    *,
    month: Month,
    calculated_by: CalculatedBy,
    corrects: int | None = None,
    bill: str = "",
    country: str = "",
) -> TemplateDraft:
    """A draft whose lines hold no single positions of a report: capitation, lump sums, stays, examinations."""
    found = tuple(lines)
    return TemplateDraft(
        month=month,
        lines=found,
        allocations=tuple(Allocations() for _ in found),
        corrects=corrects,
        bill=bill,
        country=country,
        calculated_by=calculated_by,
    )


def title_of(unit: CapUnit, scope: Scope | None, month: Month) -> Text:
    """What an explanation of one scope and month is called; without a name where the contract lacks the scope."""
    return _TITLE.filled(
        code=unit.scope,
        distinguisher=unit.distinguisher,
        name=scope.name if scope else "—",
        month=month.name,
    )


_TITLE = Text(
    pl="Skąd ta kwota? Zakres {code}, wyróżnik {distinguisher} ({name}), {month}",
    en="Why this amount? Scope {code}, distinguishing number {distinguisher} ({name}), {month}",
)
