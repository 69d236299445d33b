"""How much is due where a unit of service has a price: the four conditions of the terms of settlement.

The due of a reporting period is Σ units × price with correction coefficients (R20); in each scope it is not
above the value of the contract in the settlement period (R21); a month may exceed its plan by what earlier
months left unused (R22); the dues up to a month are never above the plan up to that month (R23). EU/EFTA
persons are paid inside the same cap, each on a bill of their own (R59, R61).

A calculation reads the books as they are and changes nothing. Whoever stores its drafts must hold the
contract's lock from reading to storing, since the room is only true as long as nobody else bills.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract, SettledBy
from rozlicz.messages.templates import PROCESS_OF, CalculatedBy
from rozlicz.settlement.assembling import correcting_templates, templates
from rozlicz.settlement.bases import TERMS_OF_SETTLEMENT
from rozlicz.settlement.books import Billed, Candidate, CapUnit, Issued, Key
from rozlicz.settlement.calculation import CapCalculation, calculate
from rozlicz.settlement.drafts import Allocations, CapSettlement, Settlement, TemplateDraft
from rozlicz.settlement.explained import explain, waiting_value
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.parameters import BoundaryPosition, Policy, policy_for
from rozlicz.settlement.taking import NotACandidate

__all__ = [
    "Allocations",
    "Billed",
    "BoundaryPosition",
    "Candidate",
    "CapSettlement",
    "CapUnit",
    "Issued",
    "Key",
    "NotACandidate",
    "Policy",
    "Settlement",
    "TemplateDraft",
    "UnableToSettle",
    "cap_units",
    "period_to_settle",
    "policy_for",
    "settle_contract",
]


class UnableToSettle(Exception):
    """The contract cannot be settled for that month; `text` tells the provider why and what to do."""

    def __init__(self, text: Text, basis: Basis) -> None:
        super().__init__(text.en)
        self.text = text
        self.basis = basis


def cap_units(contract: Contract, settled_by: SettledBy = SettledBy.SERVICES) -> tuple[CapUnit, ...]:
    """The cap units of a contract that are settled that way, unless said by reported services, in order."""
    fitting = (scope for scope in contract.scopes if scope.settled_by is settled_by)
    return tuple(sorted(CapUnit(scope.code, scope.distinguisher) for scope in fitting))


def period_to_settle(contract: Contract, month: Month) -> SettlementPeriod:
    """The settlement period of a month. Raises UnableToSettle when the contract has none for it."""
    period = contract.settlement_period_of(month)
    if period is None:
        raise UnableToSettle(_NO_PERIOD.filled(contract=contract.code, month=month.name), TERMS_OF_SETTLEMENT)
    return period


def settle_contract(
    *,
    contract: Contract,
    month: Month,
    candidates_by_cap: Mapping[CapUnit, Iterable[Candidate]],
    billed_by_cap: Mapping[CapUnit, Iterable[Billed]],
    issued_by_cap: Mapping[CapUnit, Iterable[Issued]],
    performed_by_cap: Mapping[CapUnit, Mapping[int, int]],
    policy: Policy,
    ordered: bool = False,
    reductions_by_cap: Mapping[CapUnit, Sequence[Step]] = MappingProxyType({}),
    settled_by: SettledBy = SettledBy.SERVICES,
    explained: bool = True,
) -> Settlement:
    """Calculate what is due for a month (R20–R23), in every cap unit of the contract, as drafts of templates.

    `contract` is the newest version, annexes that reach back included. Each mapping has one entry a cap unit; an
    absent one counts as empty. `candidates_by_cap` and `billed_by_cap`: see `Candidate` and `Billed`; give those
    of the whole settlement period, also of months that may not be paid now, so that the explanation knows what
    waits. `issued_by_cap`: all templates and corrections of the settlement period. `performed_by_cap`: by
    reporting month (yyyymm) the exact Σ units × price (10⁻⁴ grosza) of all accepted positions.

    `ordered`: the candidates come in the law's order already (month, last day, service id by code point, position),
    for instance from a cursor; then they are read once and not kept.

    `reductions_by_cap`: the steps of reductions (`reductions`) that made the units of the books what they are; they
    open the explanation.

    `explained`: False gives the drafts alone and no cap settlements, for whoever calculates thousands of contracts.

    `settled_by`: supplies of devices and examinations of prevention are paid inside the plan by the same rules. Cap
    units of scopes that are settled in another way are left out. Raises UnableToSettle when the month is in
    no settlement period of the contract, NotACandidate for candidates that only a mistaken program can give.
    """
    period = period_to_settle(contract, month)
    units = {*cap_units(contract, settled_by), *candidates_by_cap, *billed_by_cap, *issued_by_cap}
    calculations = [
        calculate(
            contract=contract,
            unit=unit,
            month=month,
            period=period,
            candidates=candidates_by_cap.get(unit, ()),
            billed=billed_by_cap.get(unit, ()),
            issued=issued_by_cap.get(unit, ()),
            performed=performed_by_cap.get(unit, {}),
            policy=policy,
            ordered=ordered,
        )
        for unit in _settled_by(settled_by, contract, units)
    ]
    drafts = (
        *correcting_templates(contract, ((k.unit, k.corrections) for k in calculations)),
        *templates(contract, month, ((k.unit, k.taken.lines) for k in calculations)),
    )
    process = PROCESS_OF.get(settled_by, CalculatedBy.SERVICES)
    return Settlement(
        contract=contract.code,
        month=month,
        drafts=tuple(replace(draft, calculated_by=process) for draft in drafts),
        caps=tuple(
            _cap_settlement(k, reductions_by_cap.get(k.unit, ())) for k in (calculations if explained else ())
        ),
    )


_NO_PERIOD = Text(
    pl="Umowa {contract} nie ma okresu rozliczeniowego, w którym jest {month}. Wybierz inny miesiąc albo sprawdź "
    "w oddziale, czy umowa lub aneks go obejmuje.",
    en="Contract {contract} has no settlement period with {month} in it. Choose another month, or ask the branch "
    "whether the contract or an annex covers it.",
)


def _settled_by(way: SettledBy, contract: Contract, units: Iterable[tuple[str, int]]) -> list[CapUnit]:
    """The cap units in order, without scopes settled in another way.

    A scope that an annex took out of the contract stays: nothing is planned for it, but it may need corrections.
    """
    scopes = ((CapUnit(*unit), contract.scope(*unit)) for unit in sorted(units))
    return [unit for unit, scope in scopes if scope is None or scope.settled_by is way]


def _cap_settlement(calculation: CapCalculation, reductions: Sequence[Step]) -> CapSettlement:
    return CapSettlement(
        unit=calculation.unit,
        room=calculation.room.amount,
        due=calculation.taken.due,
        corrected=sum(calculation.corrected.values()),
        waiting=waiting_value(calculation),
        explanation=explain(calculation, reductions),
    )
