"""The lump sum of the hospital network (PSZ): what counts as executed, and what the next period's lump sum is.

A period's lump sum is paid in monthly instalments whatever is performed (`due.settle_hospital_network`). How much of
it was executed decides about the next one: below 98 % it falls in proportion (LUMP-04); from 102 % on it may rise: it
is at least the same, and the rest depends on the means of the voivodeship (LUMP-05). The regulation's formula also
weighs tariffs, prices and quality. It was not seen, so here they stay as they were in the period that is scaled.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from rozlicz.kernel.money import UNIT_SCALE, Grosze, Price, Units, amount_text, round_half_up, units_text
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text
from rozlicz.settlement.explanation import Explanation, Step
from rozlicz.settlement.lump_sums.network_explained import (
    executed_step,
    next_step,
    one_off_step,
    profile_step,
)
from rozlicz.settlement.lump_sums.network_parameters import (
    DELETED_PROFILE_PERIODS,
    DELETED_PROFILE_SHARE,
    LOWER_THRESHOLD,
    ONE_OFF_SHARE,
    UPPER_THRESHOLD,
)
from rozlicz.settlement.lump_sums.reasons import GRANTED_TOO_MUCH, NETWORK_NUMBER


class EntitlementDocument(StrEnum):
    """The document of a person under coordination that a position rests on; `NOT_NEEDED` for all others."""

    NOT_NEEDED = "not-needed"
    CORRECT = "correct"
    MISSING = "missing"
    WRONG = "wrong"


class NetworkPosition(NamedTuple):
    """A reported position: its units (×10,000), whether it was verified positively, and its document."""

    units: Units
    verified: bool
    document: EntitlementDocument = EntitlementDocument.NOT_NEEDED

    @property
    def kind(self) -> str:
        """`counted`, or why it is not: `rejected`, `undocumented`."""
        if not self.verified:
            return "rejected"
        if self.document in (EntitlementDocument.MISSING, EntitlementDocument.WRONG):
            return "undocumented"
        return "counted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """What was executed of a lump sum, in units ×10,000, and why."""

    units: Units
    step: Step


def executed(positions: Iterable[NetworkPosition]) -> Execution:
    """Only positions verified positively and with a correct entitlement document count (Gdańsk, notice 6296)."""
    numbers = dict.fromkeys(("counted", "rejected", "undocumented"), 0)
    units = dict(numbers)
    for position in positions:
        numbers[position.kind] += 1
        units[position.kind] += position.units
    counted = {kind: (numbers[kind], units[kind]) for kind in numbers}
    return Execution(units=units["counted"], step=executed_step(counted))


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedProfile:
    """A profile taken out of the network under art. 159a(4).

    `units` (×10,000): executed and reported in it in the settlement period before the one in which it was deleted.
    `periods_since`: which settlement period after that one the lump sum is set for, the first being 1.
    """

    units: Units
    periods_since: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLumpSum:
    """The lump sum of the next period in grosze; between `least` and `most` the voivodeship's means decide."""

    amount: Grosze
    least: Grosze
    most: Grosze
    explanation: Explanation


def next_lump_sum(
    *,
    planned: SettlementPeriod,
    previous: Grosze,
    contracted: Units,
    execution: Execution,
    deleted: DeletedProfile | None = None,
    granted: Grosze = 0,
    branch: str | None = None,
) -> NextLumpSum | Refusal:
    """What execution makes of a lump sum in the period that is planned; a refusal when a number cannot be.

    `previous`: the lump sum of the period executed, `contracted`: the units it stands for (×10,000). `granted`: what
    the branch adds out of the voivodeship's means, at most up to what was executed.
    """
    day = planned.first.first_day
    lower, upper = LOWER_THRESHOLD.on(day, branch), UPPER_THRESHOLD.on(day, branch)
    if previous <= 0:
        return NETWORK_NUMBER.because(field="previous", found=amount_text(previous), what=_PREVIOUS)
    if contracted <= 0:
        return NETWORK_NUMBER.because(field="contracted", found=units_text(contracted), what=_CONTRACTED)
    units, steps = execution.units, [execution.step]
    if deleted is not None and units * UNIT_SCALE < lower.value * contracted:
        added = _added(deleted, planned, branch)
        if added:
            share = DELETED_PROFILE_SHARE.on(day, branch).value
            steps.append(profile_step(executed=units, profile=deleted.units, share=share, added=added))
        units += added
    least = most = previous
    if units * UNIT_SCALE < lower.value * contracted:
        least = most = round_half_up(previous * units, scale=contracted)
    elif units * UNIT_SCALE >= upper.value * contracted:
        most = round_half_up(previous * units, scale=contracted)
    if not 0 <= granted <= most - least:
        return GRANTED_TOO_MUCH.because(
            field="granted", found=amount_text(granted), expected=amount_text(most - least)
        )
    steps.append(
        next_step(
            previous=previous,
            contracted=contracted,
            executed=units,
            lower=lower.value,
            upper=upper.value,
            granted=granted,
            least=least,
            most=most,
            basis=lower.basis,
        )
    )
    return NextLumpSum(
        amount=least + granted,
        least=least,
        most=most,
        explanation=Explanation(title=_TITLE.filled(period=str(planned)), steps=tuple(steps)),
    )


def _added(deleted: DeletedProfile, planned: SettlementPeriod, branch: str | None) -> Units:
    """§ 3d: half of the profile's units, in the two settlement periods after the one of its deletion."""
    day = planned.first.first_day
    if not 1 <= deleted.periods_since <= DELETED_PROFILE_PERIODS.on(day, branch).value:
        return 0
    return round_half_up(deleted.units * DELETED_PROFILE_SHARE.on(day, branch).value)


def instalments(amount: Grosze, period: SettlementPeriod) -> dict[Month, Grosze]:
    """A lump sum in equal monthly parts, to the grosz: up to each month its share of the whole, rounded (policy)."""
    months = list(period.months())
    up_to = [round_half_up(amount * number, scale=len(months)) for number in range(len(months) + 1)]
    return {month: up_to[number + 1] - up_to[number] for number, month in enumerate(months)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOffPayment:
    """What is paid once for units above a lump sum, in grosze, and why."""

    amount: Grosze
    step: Step


def one_off_payment(
    *, execution: Execution, contracted: Units, price: Price, month: Month, branch: str | None = None
) -> OneOffPayment:
    """Units above the lump sum × price × the share the Fund pays in that month; 0 where it pays none."""
    ruling = ONE_OFF_SHARE.on(month.first_day, branch)
    over = max(0, execution.units - contracted)
    amount = round_half_up(over * price * ruling.value, scale=UNIT_SCALE * UNIT_SCALE)
    return OneOffPayment(
        amount=amount,
        step=one_off_step(over=over, price=price, share=ruling.value, amount=amount, basis=ruling.basis),
    )


_TITLE = Text(
    pl="Jaki będzie ryczałt systemu zabezpieczenia w okresie {period}?",
    en="What will the lump sum of the hospital network be in {period}?",
)
_PREVIOUS = Text(pl="ryczałt okresu obliczeniowego", en="the lump sum of the period")
_CONTRACTED = Text(pl="liczba jednostek w ryczałcie", en="the number of units in the lump sum")
