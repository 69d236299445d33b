"""How much is due by lump sum: days of the month × price of a day (R28), months, duties, visits.

A lump sum pays for readiness, so it follows from the contract's rates and the days on which they hold, never from the
number of services. A rate that changes inside the month parts the month into lines. Nothing is paid for a day outside
the contract, nor for one without readiness. Services to persons insured in another EU/EFTA state are settled beside
the lump sum, in scopes "… – UE", at their real cost (R3), each person on a template of their own (R61).

A month is counted afresh at each calculation; where its templates hold something else (a rate was changed
retroactively, a duty was taken back), the difference goes into a correcting template of the right one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.messages.contracts import Contract, Scope, SettledBy
from rozlicz.messages.templates import PROCESS_OF, Template
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.capitation.coordinator import coordinator
from rozlicz.settlement.drafts import Settlement
from rozlicz.settlement.lump_sums import reasons
from rozlicz.settlement.lump_sums.counting import ScopeCount
from rozlicz.settlement.lump_sums.days import days_of
from rozlicz.settlement.lump_sums.facts import RealCost, ScopeFacts
from rozlicz.settlement.lump_sums.parameters import TERMS_OF_LUMP_SUMS, LumpSumPolicy
from rozlicz.settlement.lump_sums.real_costs import settle_real_costs, units_gone
from rozlicz.settlement.recalculated import CountedUnit, settled
from rozlicz.settlement.unit_price import period_to_settle

_NOTHING_TOLD = ScopeFacts()


def settle_lump_sums(
    *,
    contract: Contract,
    month: Month,
    facts: Mapping[CapUnit, ScopeFacts] = MappingProxyType({}),
    costs: Iterable[RealCost] = (),
    issued: Iterable[Template] = (),
    policy: LumpSumPolicy,
) -> Settlement:
    """Calculate what is due for a month in every scope settled by lump sum, but for that of the hospital network.

    `contract` is the newest version, annexes that reach back included. `facts` by scope, where there is something to
    tell; `costs`: services to persons under coordination in scopes "… – UE"; `issued`: the templates of the contract,
    corrections included. A scope without any rate that fits is refused, and its templates stay as they are.

    Raises UnableToSettle when the month is in no settlement period of the contract.
    """
    templates = list(issued)
    lump_sums = _settle(contract, month, SettledBy.LUMP_SUM, facts=facts, issued=templates, policy=policy)
    real = settle_real_costs(contract=contract, month=month, costs=costs, issued=templates)
    return replace(
        lump_sums,
        drafts=(*lump_sums.drafts, *real.drafts),
        caps=(*lump_sums.caps, *real.caps),
        refusals=(*lump_sums.refusals, *real.refusals),
    )


def settle_hospital_network(
    *, contract: Contract, month: Month, issued: Iterable[Template] = (), policy: LumpSumPolicy
) -> Settlement:
    """Calculate the instalment of a month of the lump sum of the hospital network (PSZ): the contract's monthly rate.

    What the lump sum of the next period is, see `hospital_network`. Raises UnableToSettle like `settle_lump_sums`.
    """
    return _settle(
        contract, month, SettledBy.HOSPITAL_NETWORK_LUMP_SUM, facts={}, issued=list(issued), policy=policy
    )


_METHODS = {SettledBy.LUMP_SUM: "lump-sum", SettledBy.HOSPITAL_NETWORK_LUMP_SUM: "hospital-network"}


def _settle(
    contract: Contract,
    month: Month,
    way: SettledBy,
    *,
    facts: Mapping[CapUnit, ScopeFacts],
    issued: Sequence[Template],
    policy: LumpSumPolicy,
) -> Settlement:
    period_to_settle(contract, month)
    scopes = {CapUnit(s.code, s.distinguisher): s for s in contract.scopes if _is_counted(s, way)}
    refusals = [_unknown(contract, unit) for unit in sorted(facts) if unit not in scopes]
    if not days_of(contract, month).covered:
        refusals.append(
            reasons.NOT_IN_CONTRACT.because(field="month", found=month.name, contract=contract.code)
        )
    counted: list[CountedUnit] = [
        _nothing(unit, _METHODS[way])
        for unit in units_gone(contract, month, PROCESS_OF[way], (t for t in issued if not t.person))
    ]
    for unit, scope in sorted(scopes.items()):
        told = facts.get(unit, _NOTHING_TOLD)
        if told.adults is not None:
            coordinated = coordinator(contract=contract, unit=unit, month=month, adults=told.adults)
            if isinstance(coordinated, Refusal):
                refusals.append(coordinated)
            else:
                counted.append(coordinated)
            continue
        count = ScopeCount(contract, scope, month, told, policy, _METHODS[way])
        found = count.counted()
        refusals += count.refusals
        counted += [found] if found else []
    return settled(
        contract=contract,
        month=month,
        counted=sorted(counted, key=lambda one: one.unit),
        issued=issued,
        calculated_by=PROCESS_OF[way],
        refusals=refusals,
    )


def _is_counted(scope: Scope, way: SettledBy) -> bool:
    return scope.settled_by is way and not scope.is_for_real_costs


def _unknown(contract: Contract, unit: CapUnit) -> Refusal:
    return reasons.NO_SUCH_SCOPE.because(field="scope", found=unit[0], contract=contract.code)


def _nothing(unit: CapUnit, method: str) -> CountedUnit:
    return CountedUnit(unit=unit, method=method, lines=(), steps=(), demand="R28", basis=TERMS_OF_LUMP_SUMS)
