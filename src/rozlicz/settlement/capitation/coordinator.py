"""The monthly lump sum of the coordinator in primary care (order 89/2025/DSOZ of 5 November 2025).

Up to 5,000 adults on the physician's list the lump sum alone; above, the same and for each adult over 5,000 the rate
of item 6.1 of annex 1 × 1.25. The lump sum of the contract goes before that of the order. The rate of item 6.1 was
not seen: it is the contract's rate of a person in this scope, for a month or for a year (of which a twelfth is paid).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.money import (
    UNIT_SCALE,
    Price,
    Units,
    amount_text,
    count_text,
    exact_value,
    round_half_up,
    units_text,
)
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.contract_words import RATE_PER
from rozlicz.messages.contracts import Contract, Scope
from rozlicz.messages.rates import Rate, RatePer
from rozlicz.messages.templates import CalculatedBy, Capitation, Template, TemplateLine, capitation_line
from rozlicz.settlement.bases import POLICY
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.capitation.reasons import NO_COUNT, NO_RATE, NOT_IN_CONTRACT
from rozlicz.settlement.drafts import Settlement
from rozlicz.settlement.method import Figure, method_step
from rozlicz.settlement.recalculated import CountedUnit, settled
from rozlicz.settlement.unit_price import period_to_settle

ORDER_OF_2025 = Basis(
    Text(
        pl="zarządzenie 89/2025/DSOZ z 5.11.2025 (za mbrk.pl)",
        en="order 89/2025/DSOZ of 5 Nov 2025 (after mbrk.pl)",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinatorTerms:
    """The lump sum of a month (grosze), up to how many adults it is alone, and the factor (×10,000) above.

    `amount` None: only the contract tells it.
    """

    amount: Price | None
    adults: int
    factor: Units


COORDINATOR: Parameter[CoordinatorTerms] = Parameter(
    name="primary_care_coordinator",
    meaning=Text(
        pl="Ryczałt miesięczny koordynatora POZ: kwota, próg osób dorosłych, mnożnik stawki powyżej progu",
        en="Monthly lump sum of the coordinator in primary care: amount, threshold of adults, factor above it",
    ),
    rulings=(
        Ruling(
            value=CoordinatorTerms(amount=None, adults=5_000, factor=12_500),
            since=date(2004, 1, 1),
            basis=POLICY,
        ),
        Ruling(
            value=CoordinatorTerms(amount=765_750, adults=5_000, factor=12_500),
            since=date(2025, 11, 1),
            basis=ORDER_OF_2025,
        ),
    ),
)


def settle_coordinator(
    *, contract: Contract, unit: CapUnit, month: Month, adults: int | None, issued: Iterable[Template]
) -> Settlement:
    """Calculate the coordinator's scope of a contract alone, and correct what templates hold of it.

    `adults`: recognised adults on the physician's list on the first day of the month, None while the Fund has not
    returned them. Raises UnableToSettle when the month is in no settlement period of the contract.
    """
    period_to_settle(contract, month)
    result = coordinator(contract=contract, unit=unit, month=month, adults=adults)
    return settled(
        contract=contract,
        month=month,
        counted=[result] if isinstance(result, CountedUnit) else [],
        issued=issued,
        calculated_by=CalculatedBy.OTHER_LUMP_SUM,
        refusals=[result] if isinstance(result, Refusal) else [],
    )


def coordinator(
    *, contract: Contract, unit: CapUnit, month: Month, adults: int | None
) -> CountedUnit | Refusal:
    """The lines of the coordinator's scope, for whoever settles all lump sums of a contract together."""
    scope, day = contract.scope(*unit), month.first_day
    if scope is None:
        return NOT_IN_CONTRACT.because(
            field="scope", found=unit.scope, scope=unit.scope, distinguisher=unit.distinguisher
        )
    if adults is None:
        return NO_COUNT.because(field="adults", contract=contract.code, month=month.name)
    ruling = COORDINATOR.on(day, contract.branch)
    over = max(0, adults - ruling.value.adults)
    agreed = scope.rate_on(day, per=RatePer.MONTH)
    amount = agreed.amount if agreed else ruling.value.amount
    if amount is None:
        return _no_rate(unit, day, RatePer.MONTH)
    rate = _rate_of_person(scope, day)
    if over and rate is None:
        return _no_rate(unit, day, RatePer.PERSON_MONTH)
    lines = [_line(unit, scope.name, scope.unit_name, UNIT_SCALE, amount)]
    if over and rate:
        lines.append(_above(unit, ruling.value, over, rate, day))
    return _explained(unit, lines, adults, rate, ruling)


def _rate_of_person(scope: Scope, day: date) -> Rate | None:
    monthly = scope.rate_on(day, per=RatePer.PERSON_MONTH)
    return monthly or scope.rate_on(day, per=RatePer.PERSON_YEAR)


def _above(unit: CapUnit, terms: CoordinatorTerms, over: int, rate: Rate, day: date) -> TemplateLine:
    """The line of the adults above the threshold: rounded once."""
    name = f"osoby dorosłe powyżej {terms.adults}"
    if rate.per is RatePer.PERSON_MONTH:
        return _line(unit, name, "osoba", over * terms.factor, rate.amount)
    return capitation_line(
        scope=unit.scope,
        distinguisher=unit.distinguisher,
        product="",
        name=name,
        capitation=Capitation(
            persons=over, coefficient=terms.factor, annual_rate=rate.amount, counted_on=day
        ),
    )


def _line(unit: CapUnit, name: str, unit_name: str, units: Units, price: Price) -> TemplateLine:
    return TemplateLine(
        scope=unit.scope,
        distinguisher=unit.distinguisher,
        product="",
        name=name,
        unit_name=unit_name,
        units=units,
        price=price,
        amount=round_half_up(exact_value(units=units, price=price)),
    )


def _no_rate(unit: CapUnit, day: date, per: RatePer) -> Refusal:
    return NO_RATE.because(
        field="rates",
        expected=RATE_PER[per],
        day=day,
        scope=unit.scope,
        distinguisher=unit.distinguisher,
    )


def _explained(
    unit: CapUnit,
    lines: list[TemplateLine],
    adults: int,
    rate: Rate | None,
    ruling: Ruling[CoordinatorTerms],
) -> CountedUnit:
    terms = ruling.value
    over = max(0, adults - terms.adults)
    inputs = [(same(line.name), amount_text(line.amount)) for line in lines]
    if over and rate:
        label = Text(pl="Stawka za {per} × {factor}", en="Rate of a {per} × {factor}")
        inputs.append(
            (
                label.filled(per=RATE_PER[rate.per], factor=units_text(terms.factor)),
                amount_text(rate.amount),
            )
        )
    threshold = method_step(
        "coordinator.adults",
        Text(pl="Osoby dorosłe na liście lekarza", en="Adults on the physician's list"),
        Text(pl="Powyżej progu {threshold}: {over}", en="Above the threshold of {threshold}: {over}").filled(
            threshold=count_text(terms.adults), over=count_text(over)
        ),
        demand="R25",
        basis=ruling.basis,
        inputs=((Text(pl="Osoby dorosłe", en="Adults"), count_text(adults)),),
        figures=(("adults", adults), ("threshold", terms.adults), ("over", over)),
    )
    total = method_step(
        "coordinator.lines",
        Text(pl="Ryczałt i osoby powyżej progu", en="The lump sum and the persons above the threshold"),
        Text(pl="Razem {amount}", en="Together {amount}").filled(
            amount=amount_text(sum(line.amount for line in lines))
        ),
        demand="R24",
        basis=ruling.basis,
        inputs=inputs,
        figures=_figures(lines, over, rate, terms),
    )
    return CountedUnit(
        unit=unit,
        method="coordinator",
        lines=tuple(lines),
        steps=(threshold, total),
        demand="R24",
        basis=ruling.basis,
    )


def _figures(
    lines: list[TemplateLine], over: int, rate: Rate | None, terms: CoordinatorTerms
) -> Iterator[Figure]:
    """The lump sum; above the threshold also the rate, the factor, the parts of a year and the amount."""
    yield "lump-sum", lines[0].amount
    if over and rate:
        yield "rate", rate.amount
        yield "factor", terms.factor
        yield "parts", 1 if rate.per is RatePer.PERSON_MONTH else 12
        yield "above.amount", lines[1].amount
