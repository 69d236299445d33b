"""The bill of a month's approved examinations (R8, R35): numbers × prices of the contract, by scope and product.

After the month's end every examination whose condition was met in it comes into the bill of the chosen month, once.
Inside the plan of a scope they are taken like services, the oldest first, and never in parts. What is approved late,
withdrawn or replaced later gives another template of the month, or a correcting one of the template that billed it.
SIMP has no process in R_UMX (order 70/2013/DI): templates are those of services, and the printout is the bill.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract, SettledBy
from rozlicz.messages.prevention import BilledExamination, PreventiveExamination
from rozlicz.settlement.books import CapUnit, Key
from rozlicz.settlement.drafts import Settlement, TemplateDraft
from rozlicz.settlement.explanation import Explanation, Step
from rozlicz.settlement.ledger import Ledger, Position, Template, emptied
from rozlicz.settlement.parameters import Policy, policy_for
from rozlicz.settlement.prevention import reasons
from rozlicz.settlement.prevention.conditions import day_text
from rozlicz.settlement.prevention.examinations import JudgedExamination, judge_all
from rozlicz.settlement.prevention.explained import examinations_step, explain_examination


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationsSettled:
    """The settlement of a month; every current examination by identifier, and why it is billed or not."""

    settlement: Settlement
    examinations: tuple[JudgedExamination, ...]
    explanations: tuple[Explanation, ...]


def settle_examinations(
    *,
    contract: Contract,
    month: Month,
    on: date,
    examinations: Iterable[PreventiveExamination],
    templates: Sequence[Template] = (),
    policy: Policy | None = None,
    same_day: bool | None = None,
) -> ExaminationsSettled:
    """Calculate the bill of a month on a day, in every scope of the contract that is settled in SIMP.

    `examinations`: all versions of the settlement period, in any order; the highest version counts, those of other
    contracts are passed over. `templates`: those issued in the settlement period. `policy`: None for the branch's;
    whatever it says, an examination is not parted. `same_day`: whether an approval on the day of
    the result is after it, None for the branch's policy. Before the month is over there are no drafts, but a refusal.

    Raises UnableToSettle when the month is in no settlement period of the contract.
    """
    billed = frozenset(identifier for identifier, _ in emptied(templates))
    judged = judge_all(examinations, contract=contract, billed=billed, same_day=same_day)
    books = Ledger(
        contract,
        replace(policy or policy_for(month=month, branch=contract.branch), boundary_position="whole"),
        _positions(judged, templates),
        list(templates),
        settled_by=SettledBy.PREVENTION_SYSTEM,
    )
    settlement = books.settled(month, {unit: [step] for unit, step in _steps(judged, month).items()})
    refusals = tuple(why for one in judged for why in one.refusals)
    if on <= month.last_day:
        early = reasons.MONTH_NOT_OVER.because(
            field="month", found=month.name, expected=day_text(month.last_day + timedelta(days=1))
        )
        settlement = Settlement(contract=contract.code, month=month, drafts=())
        refusals = (early, *refusals)
    return ExaminationsSettled(
        settlement=replace(settlement, refusals=refusals),
        examinations=judged,
        explanations=tuple(explain_examination(one) for one in judged),
    )


def billed_examinations(
    draft: TemplateDraft, examinations: Mapping[str, PreventiveExamination]
) -> tuple[BilledExamination, ...]:
    """What a bill made of a draft lists: each examination with the number of the line that counts it, from 1.

    `examinations` by identifier, in their current version.
    """
    return tuple(
        BilledExamination(
            line=number,
            id=identifier,
            version=examinations[identifier].version,
            number=examinations[identifier].number,
        )
        for number, allocations in enumerate(draft.allocations, 1)
        for (identifier, _), _ in allocations
    )


def _steps(judged: Iterable[JudgedExamination], month: Month) -> dict[CapUnit, Step]:
    by_unit: defaultdict[CapUnit, list[JudgedExamination]] = defaultdict(list)
    for one in judged:
        by_unit[one.unit].append(one)
    return {unit: examinations_step(listed, month) for unit, listed in by_unit.items()}


def _positions(judged: Iterable[JudgedExamination], templates: Sequence[Template]) -> dict[Key, Position]:
    """The books: one unit for each examination that is billed, none for those that templates hold wrongly."""
    return emptied(templates) | {
        (one.examination.id, 1): Position(
            unit=one.unit,
            month=one.month,
            last_day=one.examination.performed_on,
            units=UNIT_SCALE,
            product=one.product,
            bill=one.bill.person,
            country=one.bill.country,
            price=one.price,
        )
        for one in judged
        if one.month is not None
    }
