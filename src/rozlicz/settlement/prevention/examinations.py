"""One examination after the other: whether it is billed, in which month, at what price, on whose bill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import UNIT_SCALE, Price, exact_value, round_half_up
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Reason, Refusal
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.contracts import Contract, Scope, SettledBy
from rozlicz.messages.persons import PersonIdType
from rozlicz.messages.prevention import ExaminationState, PreventiveExamination
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.coordination import BillOf, Finding, bill_of
from rozlicz.settlement.prevention import reasons
from rozlicz.settlement.prevention.conditions import Met, condition_met, month_of_bill
from rozlicz.settlement.prevention.programmes import (
    RESULT_DAY_IS_ENOUGH,
    ProgrammeEntry,
    ReportedIn,
    canonical,
    entry_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedExamination:
    """An examination and what follows: `month` None where it is not billed, and then `refusals` say why.

    A withdrawn examination has neither month nor refusals.
    """

    examination: PreventiveExamination
    entry: ProgrammeEntry | None = None
    met: Met | None = None
    month: Month | None = None
    price: Price = 0
    bill: BillOf = field(default_factory=BillOf)
    refusals: tuple[Refusal, ...] = ()

    @property
    def unit(self) -> CapUnit:
        """The scope with its distinguishing number."""
        return CapUnit(self.examination.scope, self.examination.distinguisher)

    @property
    def product(self) -> str:
        """The product of its line, an alias resolved."""
        return canonical(self.examination.product)


def current(examinations: Iterable[PreventiveExamination], contract: str) -> list[PreventiveExamination]:
    """The highest version of each examination; those of other contracts are left out."""
    newest: dict[str, PreventiveExamination] = {}
    for one in examinations:
        if one.id not in newest or newest[one.id].version < one.version:
            newest[one.id] = one
    return [one for _, one in sorted(newest.items()) if one.contract == contract]


def judge_all(
    examinations: Iterable[PreventiveExamination],
    *,
    contract: Contract,
    billed: frozenset[str],
    same_day: bool | None,
) -> tuple[JudgedExamination, ...]:
    """All versions of all examinations: the current ones by identifier, each judged.

    Of two that are the same (person, programme, stage, day) one in `billed` goes first, then the lower identifier.
    `same_day` as in `judge`.
    """
    seen: dict[tuple[object, ...], str] = {}
    judged: list[JudgedExamination] = []
    for one in sorted(current(examinations, contract.code), key=lambda e: (e.id not in billed, e.id)):
        result = judge(one, contract=contract, same_day=same_day)
        key = _sameness(result)
        if result.month is not None and key is not None:
            other = seen.setdefault(key, one.id)
            if other != one.id:
                again = _because(one, reasons.BILLED_TWICE, "id", same(other))
                result = replace(result, month=None, refusals=(again,))
        judged.append(result)
    return tuple(sorted(judged, key=lambda result: result.examination.id))


def judge(
    examination: PreventiveExamination, *, contract: Contract, same_day: bool | None = None
) -> JudgedExamination:
    """Whether one examination is billed. `same_day`: see `condition_met`; None for the branch's policy."""
    judged = JudgedExamination(examination=examination)
    if examination.state is ExaminationState.WITHDRAWN:
        return judged
    entry = entry_of(
        scope=examination.scope,
        product=examination.product,
        on=examination.performed_on,
        branch=contract.branch,
    )
    scope = contract.scope(examination.scope, examination.distinguisher)
    refusals = [
        *_programme_faults(examination, entry),
        *_contract_faults(examination, scope, contract, entry),
    ]
    met: Met | None = None
    if entry is not None and entry.condition is not None:
        if same_day is None:
            same_day = RESULT_DAY_IS_ENOUGH.on(examination.performed_on, contract.branch).value
        asked = condition_met(examination, entry.condition, field=_place(examination), same_day=same_day)
        if isinstance(asked, Met):
            met = asked
        else:
            refusals += asked
    judged = replace(judged, entry=entry, met=met, refusals=tuple(refusals))
    if refusals or met is None or scope is None:
        return judged
    return _priced(judged, met, scope, contract)


def _priced(judged: JudgedExamination, met: Met, scope: Scope, contract: Contract) -> JudgedExamination:
    month = month_of_bill(met, contract)
    price = price_of(scope, judged.product, month)
    if price is None or contract.settlement_period_of(month) is None:
        return replace(judged, refusals=(_outside(judged.examination, contract, month.name),))
    right = judged.examination.entitlement
    bill: BillOf | Finding = BillOf()
    if right is not None:
        bill = bill_of(country=right.country, document=right.kind, number=right.number, month=month)
    if isinstance(bill, Finding):
        why = _because(
            judged.examination,
            reasons.NO_COORDINATION,
            "entitlement",
            basis=bill.basis,
            told=bill.text,
            way=bill.remedy,
        )
        return replace(judged, refusals=(why,))
    return replace(judged, month=month, price=price, bill=bill)


def price_of(scope: Scope, product: str, month: Month) -> int | None:
    """What one examination costs in a month, in grosze: weight of its product × price of a unit, rounded half-up.

    None where the plan has no price for the month, or the contract does not know the product.
    """
    price = scope.price_in(month)
    if price is None or not product:
        return price
    weights = (p.weight for p in scope.products if canonical(p.code) == product)
    weight = next(weights, None if scope.products else UNIT_SCALE)
    return None if weight is None else round_half_up(exact_value(units=weight, price=price))


def _programme_faults(examination: PreventiveExamination, entry: ProgrammeEntry | None) -> Iterator[Refusal]:
    told = examination.programme, examination.stage
    expected = " ".join((examination.programme, examination.stage or "")).strip()
    code = examination.product or examination.scope
    if entry is None or entry.programme != told[0] or (told[1] and entry.stage and entry.stage != told[1]):
        yield _because(examination, reasons.NO_PROGRAMME, "programme", same(code), same(expected))
    elif entry.reported_in is not ReportedIn.SIMP:
        yield _because(examination, reasons.NOT_IN_SIMP, "programme", entry.name)
    errors = [one.code for one in examination.findings if one.severity == "error"]
    if errors:
        yield _because(examination, reasons.HAS_ERRORS, "findings", same(", ".join(errors)))


def _contract_faults(
    examination: PreventiveExamination,
    scope: Scope | None,
    contract: Contract,
    entry: ProgrammeEntry | None,
) -> Iterator[Refusal]:
    """R63: what was performed outside the contract, or in a scope it does not settle in SIMP."""
    in_swiad = entry is not None and entry.reported_in is ReportedIn.SWIAD
    if scope is None or (scope.settled_by is not SettledBy.PREVENTION_SYSTEM and not in_swiad):
        found = _SCOPE.filled(code=examination.scope, number=examination.distinguisher)
        yield _outside(examination, contract, found)
    elif not contract.valid_from <= examination.performed_on <= contract.valid_to:
        yield _outside(examination, contract, _DAY.filled(day=examination.performed_on))


def _outside(examination: PreventiveExamination, contract: Contract, found: Text) -> Refusal:
    return _because(examination, reasons.NOT_IN_CONTRACT, "scope", found, contract=same(contract.code))


def _because(
    examination: PreventiveExamination,
    why: Reason,
    name: str,
    found: Text | str = "",
    expected: Text | str = "",
    *,
    basis: Basis | None = None,
    **values: Text,
) -> Refusal:
    return why.because(
        field=f"{_place(examination)}.{name}",
        found=found,
        expected=expected,
        basis=basis,
        examination=examination.id,
        **values,
    )


def _place(examination: PreventiveExamination) -> str:
    return f"examinations.{examination.id}"


def _sameness(judged: JudgedExamination) -> tuple[object, ...] | None:
    """What makes two examinations the same; None where the identifier does not tell who was examined."""
    person = judged.examination.patient
    if judged.entry is None or person.id_type in (PersonIdType.UNKNOWN, PersonIdType.INFANT):
        return None
    entry = judged.entry
    return (person.id_type, person.id, entry.programme, entry.stage, judged.examination.performed_on)


_SCOPE = Text(pl="zakresu {code} ({number}) w SIMP", en="scope {code} ({number}) in SIMP")
_DAY = Text(pl="dnia {day}", en="the day {day}")
