"""What is due for persons enrolled in a programme of disease management (DMP POZ PLUS, scopes settled by `G`).

Due of a month = persons enrolled on its first day × monthly rate of a person. That the first day decides is taken
over from the lists (R25, policy): the programme's own rules were not seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import UNIT_SCALE, amount_text, count_text, exact_value, round_half_up
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.contract_words import RATE_PER
from rozlicz.messages.contracts import Contract, Scope, SettledBy
from rozlicz.messages.rates import RatePer
from rozlicz.messages.templates import CalculatedBy, Template, TemplateLine
from rozlicz.settlement.bases import POLICY
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.capitation.people import PersonKey
from rozlicz.settlement.capitation.reasons import NO_RATE
from rozlicz.settlement.drafts import Settlement
from rozlicz.settlement.method import method_step
from rozlicz.settlement.recalculated import CountedUnit, settled
from rozlicz.settlement.unit_price import period_to_settle

POZ_PLUS = Basis(
    Text(
        pl="umowa typu 18/1 (POZ PLUS), zakres rozliczany według zapisów do programu DMP (komunikat NFZ 7227)",
        en="contract of type 18/1 (POZ PLUS), scope settled by enrolments in the DMP programme (notice 7227)",
    )
)


class Enrolment(NamedTuple):
    """A person's time in a programme, both days included; `until` None while it goes on."""

    unit: CapUnit
    person: PersonKey
    since: date
    until: date | None = None


def settle_enrolments(
    *, contract: Contract, month: Month, enrolments: Iterable[Enrolment], issued: Iterable[Template]
) -> Settlement:
    """Calculate what is due for a month in every scope settled by enrolment; a person counts in a scope once.

    Raises UnableToSettle when the month is in no settlement period of the contract.
    """
    period_to_settle(contract, month)
    day = month.first_day
    enrolled = {
        (one.unit, one.person)
        for one in enrolments
        if one.since <= day and (one.until is None or day <= one.until)
    }
    scopes = [scope for scope in contract.scopes if scope.settled_by is SettledBy.DMP_ENROLMENT]
    results = []
    for scope in sorted(scopes, key=lambda scope: (scope.code, scope.distinguisher)):
        unit = CapUnit(scope.code, scope.distinguisher)
        persons = sum(enrolled_in == unit for enrolled_in, _ in enrolled)
        results.append(_counted(scope, unit, day, persons))
    return settled(
        contract=contract,
        month=month,
        counted=[one for one in results if isinstance(one, CountedUnit)],
        issued=issued,
        calculated_by=CalculatedBy.DMP_PRIMARY_CARE,
        refusals=[one for one in results if isinstance(one, Refusal)],
    )


def _counted(scope: Scope, unit: CapUnit, day: date, persons: int) -> CountedUnit | Refusal:
    rate = scope.rate_on(day, per=RatePer.PERSON_MONTH)
    if rate is None and persons:
        return NO_RATE.because(
            field="rates",
            expected=RATE_PER[RatePer.PERSON_MONTH],
            day=day,
            scope=unit.scope,
            distinguisher=unit.distinguisher,
        )
    price = rate.amount if rate else 0
    line = TemplateLine(
        scope=unit.scope,
        distinguisher=unit.distinguisher,
        product="",
        name=scope.name,
        unit_name=scope.unit_name,
        units=persons * UNIT_SCALE,
        price=price,
        amount=round_half_up(exact_value(units=persons * UNIT_SCALE, price=price)),
    )
    step = method_step(
        "enrolment.lines",
        Text(pl="Osoby zapisane × stawka miesięczna", en="Persons enrolled × monthly rate"),
        Text(pl="{persons} × {rate} = {amount}", en="{persons} × {rate} = {amount}").filled(
            persons=count_text(persons), rate=amount_text(price), amount=amount_text(line.amount)
        ),
        demand="R24",
        basis=POLICY,
        inputs=(
            (
                Text(pl="Osoby zapisane na {day}", en="Persons enrolled on {day}").filled(day=day),
                count_text(persons),
            ),
            (same(scope.name), amount_text(price)),
        ),
        figures=(("persons", persons), ("rate", price), ("amount", line.amount)),
    )
    return CountedUnit(
        unit=unit, method="enrolment", lines=(line,), steps=(step,), demand="R24", basis=POZ_PLUS
    )
