"""How much is due by capitation: Σ over groups of persons × coefficient × annual rate ÷ 12 (R24).

The persons are those the Fund returned for the first day of the month (R25, R27). Without its numbers there is no
bill (R64), unless the branch's policy lets the numbers of the month before stand in for them; when the month's own
come, the difference is corrected. Each group is one line, rounded half-up once.

Scopes that follow the declarations of others (transport, fluoride) are paid for the same persons at their own rate.
Persons insured in another EU/EFTA state who hold a certificate are in the numbers, so in the collective bill. When
care ends inside a month, a part of the month is due (§ 17(1) of the general terms, Dz.U. 2020 poz. 696).
Coefficients that the contract sets for a whole scope correct that of each group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from rozlicz.kernel.money import UNIT_SCALE, Units, units_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.working_days import working_days
from rozlicz.messages.contract_words import RATE_PER
from rozlicz.messages.contracts import Contract, Scope, SettledBy
from rozlicz.messages.declaration_replies import GroupCount, Population
from rozlicz.messages.rates import RatePer
from rozlicz.messages.templates import CalculatedBy, Capitation, Template, capitation_line
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.capitation.explained import Heads, Priced, explained
from rozlicz.settlement.capitation.groups import CONTRACT_GROUPS, groups_of
from rozlicz.settlement.capitation.parameters import CapitationPolicy, PartOfMonth, variant_for
from rozlicz.settlement.capitation.reasons import (
    NO_COUNT,
    NO_OTHER_COUNT,
    NO_RATE,
    NOT_IN_CONTRACT,
    OTHER_COEFFICIENT,
    UNKNOWN_GROUP,
)
from rozlicz.settlement.drafts import Settlement
from rozlicz.settlement.recalculated import CountedUnit, settled
from rozlicz.settlement.scope_coefficients import scope_factor
from rozlicz.settlement.unit_price import period_to_settle

_BY_DECLARATIONS = (SettledBy.DECLARATIONS, SettledBy.OTHER_SCOPE_DECLARATIONS)


def settle_capitation(
    *,
    contract: Contract,
    month: Month,
    population: Population | None,
    issued: Iterable[Template],
    policy: CapitationPolicy,
    previous: Population | None = None,
    populations: Mapping[str, Population] = MappingProxyType({}),
    diagnostics_index: Units | None = None,
    last_days: Mapping[CapUnit, date] = MappingProxyType({}),
) -> Settlement:
    """Calculate what is due for a month in every scope of the contract that is settled by declarations.

    `population`: the numbers the Fund returned for the month, None while there are none; `previous`: those of the
    month before, which a provisional policy takes instead. `issued`: the templates of the contract; what they hold of
    the month already is corrected by the difference. `populations`: numbers of other contracts whose declarations a
    scope follows. `diagnostics_index`: points (×10,000) that may open a higher rate. `last_days`: the last day of
    care in scopes where it ended.

    A scope that cannot be settled is refused with a sentence and its templates stay as they are; all others go on.
    Raises UnableToSettle when the month is in no settlement period of the contract.
    """
    period_to_settle(contract, month)
    counted_from = _numbers(month, population, previous, policy)
    if counted_from is None:
        missing = NO_COUNT.because(field="population", contract=contract.code, month=month.name)
        return Settlement(contract=contract.code, month=month, drafts=(), refusals=(missing,))
    templates = list(issued)
    calculation = _Month(
        contract=contract,
        month=month,
        numbers=counted_from,
        populations=populations,
        policy=policy,
        variant=variant_for(index=diagnostics_index, on=month.first_day, branch=contract.branch),
        index=diagnostics_index,
        last_days=last_days,
    )
    results = [calculation.result(unit) for unit in calculation.units(templates)]
    return settled(
        contract=contract,
        month=month,
        counted=[one for one in results if isinstance(one, CountedUnit)],
        issued=templates,
        calculated_by=CalculatedBy.DECLARATIONS,
        refusals=[one for one in results if isinstance(one, Refusal)],
    )


def part_of_month(month: Month, last_day: date, reading: PartOfMonth) -> tuple[int, int] | None:
    """Which part of a month is due when care ended on a day: days paid, of days; None for the whole month.

    The act sets days of care against working days. Read safely, both are working days (`working-days`); read to the
    letter, calendar days of care are set against working days, here never above the whole (`calendar-days`).
    """
    if last_day >= month.last_day or (reading == "whole-month" and last_day in month):
        return None
    of_days = working_days(month.first_day, month.last_day)
    if reading == "working-days":
        return working_days(month.first_day, last_day), of_days
    calendar_days = max(0, (last_day - month.first_day).days + 1)
    return min(calendar_days, of_days), of_days


def _numbers(
    month: Month, population: Population | None, previous: Population | None, policy: CapitationPolicy
) -> Population | None:
    """The month's own numbers, else those of the month before where the policy allows it."""
    if population is not None:
        return population
    if previous is None or not policy.provisional:
        return None
    return replace(previous, provisional_from=previous.provisional_from or month.plus(-1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Month:
    """One calculation: everything that is the same for all scopes."""

    contract: Contract
    month: Month
    numbers: Population
    populations: Mapping[str, Population]
    policy: CapitationPolicy
    variant: str
    index: Units | None
    last_days: Mapping[CapUnit, date]

    @property
    def day(self) -> date:
        return self.month.first_day

    def units(self, issued: Iterable[Template]) -> list[CapUnit]:
        """Scopes settled by declarations, and those that only the numbers or the templates of the month know."""
        scopes = (
            CapUnit(s.code, s.distinguisher) for s in self.contract.scopes if s.settled_by in _BY_DECLARATIONS
        )
        counts = (CapUnit(count.scope, count.distinguisher) for count in self.numbers.counts)
        held = (
            CapUnit(line.scope, line.distinguisher)
            for template in issued
            if template.month == self.month and template.calculated_by is CalculatedBy.DECLARATIONS
            for line in template.lines
        )
        return sorted({*scopes, *counts, *held})

    def result(self, unit: CapUnit) -> CountedUnit | Refusal:
        """The lines of one scope with their explanation, or why there are none."""
        scope = self.contract.scope(*unit)
        if scope is None or scope.settled_by not in _BY_DECLARATIONS:
            if any((count.scope, count.distinguisher) == unit for count in self.numbers.counts):
                return NOT_IN_CONTRACT.because(
                    field="population", found=unit.scope, scope=unit.scope, distinguisher=unit.distinguisher
                )
            return explained(self._priced(unit, (), rate=0, variant=""))
        heads = self._heads(unit, scope)
        if isinstance(heads, Refusal):
            return heads
        factor = scope_factor(scope, self.month, branch=self.contract.branch)
        if isinstance(factor, Refusal):
            return factor
        heads = tuple(replace(head, factor=factor) for head in heads)
        variant = self.variant
        rate = scope.rate_on(self.day, per=RatePer.PERSON_YEAR, variant=variant)
        if rate is None:
            variant, rate = "", scope.rate_on(self.day, per=RatePer.PERSON_YEAR)
        if rate is None and heads:
            expected = RATE_PER[RatePer.PERSON_YEAR]
            return NO_RATE.because(
                field="rates",
                expected=expected,
                day=self.day,
                scope=unit.scope,
                distinguisher=unit.distinguisher,
            )
        return explained(self._priced(unit, heads, rate=rate.amount if rate else 0, variant=variant))

    def _heads(self, unit: CapUnit, scope: Scope) -> tuple[Heads, ...] | Refusal:
        if scope.settled_by is SettledBy.OTHER_SCOPE_DECLARATIONS and not scope.groups:
            return self._heads_of_followed(unit, scope)
        return self._heads_by_group(unit, scope)

    def _heads_of_followed(self, unit: CapUnit, scope: Scope) -> tuple[Heads, ...] | Refusal:
        """All persons of the followed scopes, as one group with coefficient 1."""
        counts: list[GroupCount] = []
        for source in scope.follows:
            numbers = self.populations.get(source.contract) if source.contract else self.numbers
            if numbers is None:
                return NO_OTHER_COUNT.because(
                    field="population",
                    found=source.contract,
                    scope=unit.scope,
                    distinguisher=unit.distinguisher,
                )
            counts += _in_scope(numbers, CapUnit(source.code, source.distinguisher))
        persons = sum(count.persons for count in counts)
        if not persons:
            return ()
        return (
            Heads(
                code="",
                name=scope.name,
                coefficient=UNIT_SCALE,
                persons=persons,
                holders=sum(count.certificate_holders for count in counts),
                basis=CONTRACT_GROUPS,
            ),
        )

    def _heads_by_group(self, unit: CapUnit, scope: Scope) -> tuple[Heads, ...] | Refusal:
        """The persons of each group, in the order of the groups."""
        counts = [count for count in _in_scope(self.numbers, unit) if count.persons]
        if not counts:
            return ()
        own = scope.settled_by is SettledBy.DECLARATIONS
        groups = groups_of(
            scope,
            category=counts[0].category if own else None,
            on=self.day,
            branch=self.contract.branch,
        )
        heads: dict[str, Heads] = {}
        for count in counts:
            group = groups.of_code(count.group)
            if group is None:
                return UNKNOWN_GROUP.because(
                    field="population.group",
                    found=count.group,
                    day=self.day,
                    scope=unit.scope,
                    distinguisher=unit.distinguisher,
                )
            # Numbers of an earlier month may tell the coefficient of that month.
            if group.coefficient != count.coefficient and self.numbers.provisional_from is None:
                return OTHER_COEFFICIENT.because(
                    field="population.coefficient",
                    found=units_text(count.coefficient),
                    expected=units_text(group.coefficient),
                    group=count.group,
                    day=self.day,
                    basis=groups.basis,
                    scope=unit.scope,
                    distinguisher=unit.distinguisher,
                )
            before = heads.get(group.code)
            heads[group.code] = Heads(
                code=group.code,
                name=group.name,
                coefficient=group.coefficient,
                persons=count.persons + (before.persons if before else 0),
                holders=count.certificate_holders + (before.holders if before else 0),
                basis=groups.basis,
            )
        return tuple(heads[group.code] for group in groups.groups if group.code in heads)

    def _priced(self, unit: CapUnit, heads: tuple[Heads, ...], *, rate: int, variant: str) -> Priced:
        counted_on = (self.numbers.provisional_from or self.month).first_day
        last_day = self.last_days.get(unit)
        part = None if last_day is None else part_of_month(self.month, last_day, self.policy.part_of_month)
        days, of_days = part or (0, 0)
        lines = (
            capitation_line(
                scope=unit.scope,
                distinguisher=unit.distinguisher,
                product=head.code,
                name=head.name,
                capitation=Capitation(
                    persons=head.persons,
                    coefficient=head.corrected,
                    annual_rate=rate,
                    counted_on=counted_on,
                    days=days,
                    of_days=of_days,
                ),
            )
            for head in heads
        )
        return Priced(
            unit=unit,
            month=self.month,
            heads=heads,
            lines=tuple(line for line in lines if line.amount),
            rate=rate,
            variant=variant,
            index=self.index,
            counted_on=counted_on,
            provisional=self.numbers.provisional_from is not None,
            last_day=last_day,
            part=part,
            reading=self.policy.part_of_month,
        )


def _in_scope(numbers: Population, unit: CapUnit) -> Iterator[GroupCount]:
    return (count for count in numbers.counts if (count.scope, count.distinguisher) == unit)
