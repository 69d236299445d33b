"""When an examination may be billed, and in which month (R34, R35).

Cervical cancer: approved after the paper result arrived. Breast cancer: approved after the result. Cardiovascular
diseases: the second visit has ended and is approved. The month is the one in which the condition was met: that of the
approval, since it comes last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Reason, Refusal
from rozlicz.kernel.texts import Text, format_day
from rozlicz.messages.contracts import Contract
from rozlicz.messages.prevention import PreventiveExamination
from rozlicz.settlement.prevention import reasons
from rozlicz.settlement.prevention.programmes import Condition

_MISSING: dict[Condition, Reason] = {
    Condition.PAPER_RESULT: reasons.PAPER_RESULT_MISSING,
    Condition.RESULT: reasons.RESULT_MISSING,
    Condition.SECOND_VISIT: reasons.SECOND_VISIT_MISSING,
}


@dataclass(frozen=True, slots=True)
class Met:
    """The condition is met: since the day `met_on`, on which it was approved; `by` is what that waited for."""

    by: date
    met_on: date


def condition_met(
    examination: PreventiveExamination, condition: Condition, *, field: str, same_day: bool
) -> Met | tuple[Refusal, ...]:
    """Whether an examination may be billed; every reason why not yet. Withdrawn ones are not asked about.

    `same_day`: an approval on the day of the result or second visit is after it.
    """
    awaited = examination.second_visit_on if condition is Condition.SECOND_VISIT else examination.result_on
    found: list[Refusal] = []

    def because(why: Reason, name: str, told: date | None = None, expected: date | None = None) -> None:
        found.append(
            why.because(
                field=f"{field}.{name}",
                found=day_text(told),
                expected=day_text(expected),
                examination=examination.id,
            )
        )

    if awaited is None:
        because(_MISSING[condition], _field(condition))
    elif awaited < examination.performed_on:
        because(reasons.IMPOSSIBLE_DAYS, _field(condition), awaited, examination.performed_on)
    approval = examination.approval
    if approval is None:
        because(reasons.NOT_APPROVED, "approval")
    elif awaited is not None:
        approved_on = approval.approved_at.date()
        if approved_on < awaited or (approved_on == awaited and not same_day):
            because(reasons.APPROVED_TOO_EARLY, "approval", approved_on, awaited)
    if found or approval is None or awaited is None:
        return tuple(found)
    return Met(awaited, approval.approved_at.date())


def month_of_bill(met: Met, contract: Contract) -> Month:
    """The month in which the condition was met; of a contract that had ended by then, its last one (policy)."""
    return Month.of(min(met.met_on, contract.valid_to))


def day_text(day: date | None) -> Text:
    """A day as a sentence shows it; nothing for none."""
    return Text(pl="", en="") if day is None else Text(pl=format_day(day, "pl"), en=format_day(day, "en"))


def _field(condition: Condition) -> str:
    return "second_visit_on" if condition is Condition.SECOND_VISIT else "result_on"
