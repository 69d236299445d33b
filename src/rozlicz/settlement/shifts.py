"""Shifts of means between scopes after a calendar quarter (przesunięcia; § 20 and § 21 of the general terms of 2008).

On the provider's request the commitment of some scopes is raised for a quarter while that of others is lowered, by an
annex. A shift may not raise the total, lower a scope by more than 20 % of its amount on the first day of the
settlement period (earlier shifts of the period counted: our reading), or limit availability, which the branch judges.
The request for the last quarter is due by 15 December. It stays inside one kind of services, or between kinds that
allow it, and is not for contracts on drugs only. For what is above the amount in a lowered scope there is no claim.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from rozlicz.kernel.money import UNIT_SCALE, amount_text
from rozlicz.kernel.months import Quarter, SettlementPeriod
from rozlicz.kernel.refusals import Reason, Refusal
from rozlicz.kernel.working_days import moved_to_working_day
from rozlicz.messages.contracts import Contract
from rozlicz.settlement import shift_reasons as reasons
from rozlicz.settlement.annexes import lowered_too_far
from rozlicz.settlement.books import CapUnit, Issued
from rozlicz.settlement.cap import planned
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.shift_rows import (
    Change,
    ChangedRow,
    MoreThanPlanned,
    NoSuchUnits,
    changed_rows,
    with_rows,
)
from rozlicz.settlement.shift_words import (
    Lowered,
    day_text,
    filed_step,
    lowered_step,
    percent_text,
    rows_step,
    scope_text,
    shift_title,
)

__all__ = [
    "Change",
    "ChangedRow",
    "ContractState",
    "Shift",
    "ShiftRequest",
    "decide_shift",
    "last_day_to_file",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRequest:
    """What a provider asks for: changes in months of one quarter, and the day on which it asks."""

    quarter: Quarter
    filed_on: date
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractState:
    """A contract that a shift may touch.

    `now`: its version in force; `at_start`: the one in force on the first day of the settlement period. `issued`: the
    templates of all settlement periods by cap unit. `earlier`: changes of accepted shifts of this settlement period.
    """

    now: Contract
    at_start: Contract
    issued: Mapping[CapUnit, Iterable[Issued]]
    earlier: tuple[Change, ...] = ()
    only_drugs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """An accepted shift.

    `proposed`: the contracts it touches with their new plans, for whoever gives the annex its number and day. `rows`:
    what changed.
    `no_further_claim`: lowered cap units, by contract, whose services above the amount are not paid any more.
    """

    proposed: tuple[Contract, ...]
    rows: tuple[ChangedRow, ...]
    no_further_claim: tuple[tuple[str, CapUnit], ...]
    explanation: Explanation


def last_day_to_file(quarter: Quarter, *, branch: str | None = None) -> date | None:
    """The last day for a request: 15 December for the last quarter, moved to a working day; None for the others."""
    if quarter.number < 4:
        return None
    day = reasons.LAST_QUARTER_DAY.on(quarter.last.first_day, branch).value
    return moved_to_working_day(date(quarter.year, 12, day))


def decide_shift(
    request: ShiftRequest, *, contracts: Iterable[ContractState], branch: str | None = None
) -> Shift | tuple[Refusal, ...]:
    """The shift, or every reason against it at once. `contracts`: at least all that the request names."""
    states = {state.now.code: state for state in contracts}
    changes = _merged(request.changes)
    refusals = [
        *_total(changes),
        *_filed(request, branch),
        *_contracts(changes, states, request.filed_on, branch),
    ]
    rows: list[ChangedRow] = []
    for place, change in enumerate(changes):
        outcome = _rows_of(request.quarter, change, states, f"changes.{place}")
        if isinstance(outcome, Refusal):
            refusals.append(outcome)
        else:
            rows += outcome
    refusals += _periods(changes, states)
    lowered = tuple(_lowered(changes, states, request.filed_on, branch))
    refusals += [_too_much(one) for one in lowered if one.amount > one.limit]
    touched = {(change.contract, change.unit) for change in changes}
    proposed = tuple(
        _proposed(state.now, rows) for code, state in states.items() if any(code == c for c, _ in touched)
    )
    refusals += _below_billed(proposed, states, touched)
    if refusals:
        return tuple(refusals)
    return Shift(
        proposed=proposed,
        rows=tuple(rows),
        no_further_claim=tuple((one.contract, one.unit) for one in lowered),
        explanation=Explanation(
            title=shift_title(request.quarter),
            steps=(
                filed_step(
                    request.quarter, request.filed_on, last_day_to_file(request.quarter, branch=branch)
                ),
                lowered_step(lowered, reasons.SHIFT_LIMIT.on(request.filed_on, branch)),
                rows_step(rows),
            ),
        ),
    )


def _merged(changes: Iterable[Change]) -> list[Change]:
    """One change for each contract, cap unit and month, in order; none of nothing."""
    sums: Counter[tuple[str, CapUnit, object]] = Counter()
    first = {}
    for change in changes:
        place = (change.contract, CapUnit(*change.unit), change.month)
        first[place] = change._replace(unit=place[1])
        sums[place] += change.amount
    merged = [change._replace(amount=sums[place]) for place, change in first.items() if sums[place]]
    return sorted(merged)


def _net(changes: Iterable[Change]) -> Counter[tuple[str, CapUnit]]:
    """What the quarter of each cap unit gains or loses; months inside one scope may cancel out."""
    sums: Counter[tuple[str, CapUnit]] = Counter()
    for change in changes:
        sums[change.contract, change.unit] += change.amount
    return sums


def _total(changes: Collection[Change]) -> Iterator[Refusal]:
    raised = sum(change.amount for change in changes if change.amount > 0)
    lowered = -sum(change.amount for change in changes if change.amount < 0)
    if not any(_net(changes).values()):
        yield reasons.NOTHING_SHIFTED.because(field="changes")
    elif raised != lowered:
        yield reasons.TOTAL_CHANGED.because(
            field="changes",
            found=amount_text(raised - lowered),
            expected=amount_text(0),
            raised=amount_text(raised),
            lowered=amount_text(lowered),
        )


def _filed(request: ShiftRequest, branch: str | None) -> Iterator[Refusal]:
    last = last_day_to_file(request.quarter, branch=branch)
    end = request.quarter.last.last_day
    if last is not None and request.filed_on > last:
        yield _untimely(reasons.FILED_TOO_LATE, request, last)
    if last is None and request.filed_on <= end:
        yield _untimely(reasons.FILED_TOO_EARLY, request, end)


def _untimely(reason: Reason, request: ShiftRequest, day: date) -> Refusal:
    return reason.because(
        field="filed_on",
        found=day_text(request.filed_on),
        expected=day_text(day),
        quarter=request.quarter.name,
    )


def _contracts(
    changes: Collection[Change], states: Mapping[str, ContractState], day: date, branch: str | None
) -> Iterator[Refusal]:
    """Contracts on drugs only, and kinds of services between which nothing may be shifted."""
    touched = [
        states[code] for code in dict.fromkeys(change.contract for change in changes) if code in states
    ]
    for state in touched:
        if state.only_drugs:
            yield reasons.ONLY_DRUGS.because(field="changes", found=state.now.code)
    kinds = sorted({state.now.kind for state in touched})
    if len(kinds) > 1 and not reasons.SHIFTS_BETWEEN_KINDS.on(day, branch).value.issuperset(kinds):
        yield reasons.KINDS_DIFFER.because(field="changes", found=", ".join(kinds))


def _rows_of(
    quarter: Quarter, change: Change, states: Mapping[str, ContractState], field: str
) -> tuple[ChangedRow, ...] | Refusal:
    """The rows of one change, or why there are none."""
    scope_name, month = scope_text(change.unit), change.month.name
    if change.month not in quarter:
        return reasons.NOT_IN_QUARTER.because(field=f"{field}.month", found=month, quarter=quarter.name)
    state = states.get(change.contract)
    scope = state.now.scope(*change.unit) if state else None
    if scope is None or all(row.month != change.month for row in scope.plan):
        return reasons.NOT_IN_CONTRACT.because(
            field=field, contract=change.contract, scope=scope_name, month=month
        )
    match changed_rows(scope, change):
        case MoreThanPlanned(amount):
            return reasons.MORE_THAN_PLANNED.because(
                field=f"{field}.amount",
                found=amount_text(change.amount),
                expected=amount_text(amount),
                scope=scope_name,
                month=month,
            )
        case NoSuchUnits(price, nearest):
            return reasons.NO_SUCH_UNITS.because(
                field=f"{field}.amount",
                found=amount_text(change.amount),
                expected=amount_text(nearest),
                price=amount_text(price),
                scope=scope_name,
                month=month,
            )
        case rows:
            return rows


def _periods(changes: Collection[Change], states: Mapping[str, ContractState]) -> Iterator[Refusal]:
    """Nothing crosses the border of a settlement period."""
    known = [(states[c.contract].now, c.month) for c in changes if c.contract in states]
    periods = {contract.settlement_period_of(month) for contract, month in known}
    if len(periods) > 1:
        found = sorted(str(period) if period else "—" for period in periods)
        yield reasons.PERIODS_DIFFER.because(field="changes", found=", ".join(found))


def _lowered(
    changes: Collection[Change], states: Mapping[str, ContractState], day: date, branch: str | None
) -> Iterator[Lowered]:
    """Every cap unit that the request lowers, and by how much earlier shifts of its period lowered it."""
    share = reasons.SHIFT_LIMIT.on(day, branch).value
    for (code, unit), net in _net(changes).items():
        state = states.get(code)
        month = next(c.month for c in changes if (c.contract, c.unit) == (code, unit))
        period = state.now.settlement_period_of(month) if state else None
        if state is None or period is None or net >= 0:
            continue
        earlier = -sum(c.amount for c in state.earlier if c.unit == unit and c.month in period)
        start = _planned_at_start(state, unit, period)
        yield Lowered(
            contract=code,
            unit=unit,
            start=start,
            share=share,
            earlier=earlier,
            now=-net,
            limit=start * share // UNIT_SCALE,
        )


def _planned_at_start(state: ContractState, unit: CapUnit, period: SettlementPeriod) -> int:
    return sum(planned(state.at_start.scope(*unit), period).values())


def _too_much(one: Lowered) -> Refusal:
    return reasons.LOWERED_TOO_MUCH.because(
        field="changes",
        found=amount_text(one.amount),
        expected=amount_text(one.limit),
        scope=scope_text(one.unit),
        share=percent_text(one.share),
        start=amount_text(one.start),
    )


def _proposed(contract: Contract, rows: Iterable[ChangedRow]) -> Contract:
    """The contract with the changed rows; its annex number and day stay for whoever files the annex."""
    mine = [row for row in rows if row.change.contract == contract.code]
    return replace(
        contract,
        scopes=tuple(
            with_rows(scope, (row for row in mine if row.change.unit == (scope.code, scope.distinguisher)))
            for scope in contract.scopes
        ),
    )


def _below_billed(
    proposed: Iterable[Contract],
    states: Mapping[str, ContractState],
    touched: Collection[tuple[str, CapUnit]],
) -> Iterator[Refusal]:
    """Cap units of the request whose new plan is below their templates (R23)."""
    for contract in proposed:
        issued = {
            unit: rows
            for unit, rows in states[contract.code].issued.items()
            if (contract.code, unit) in touched
        }
        for one in lowered_too_far(proposed=contract, issued_by_cap=issued):
            yield reasons.BELOW_BILLED.because(
                field="changes",
                found=amount_text(one.planned),
                expected=amount_text(one.billed),
                sentence=one.text,
                way_out=one.remedy,
            )
