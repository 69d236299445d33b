"""The due of a month's completed orders and repairs, per scope (R50), as drafts of templates (R52, R65).

Each accepted supply is one unit at the price that the Fund pays for it, so a line is a device, what is paid for one
supply of it, and how many there are. Inside the plan of a scope supplies are taken like services, the oldest first,
but never in parts: one that does not fit waits. An unlimited scope pays all. A person with a bill of their own has a
template of their own; the rest are on one (R61, R65). A supply that is changed, deleted or verified negatively later
goes back on a correcting template of the one that billed it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal
from rozlicz.messages.contracts import Contract, SettledBy
from rozlicz.messages.supply import PositionType, SupplyPosition
from rozlicz.messages.wire.value_texts import number_from_one
from rozlicz.settlement.books import CapUnit, Key
from rozlicz.settlement.devices import reasons
from rozlicz.settlement.devices.catalogue import DEVICES, Catalogue
from rozlicz.settlement.devices.explained import explain_supply, supplies_step
from rozlicz.settlement.devices.facts import SupplyFacts, read_supply
from rozlicz.settlement.devices.parameters import SupplyPolicy
from rozlicz.settlement.devices.supplies import JudgedSupply, SupplyTerms, judge
from rozlicz.settlement.devices.uses import Use, Uses
from rozlicz.settlement.drafts import Settlement
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.ledger import Ledger, Position, Template, emptied
from rozlicz.settlement.parameters import Policy, policy_for


class ReportedSupply(NamedTuple):
    """One version of a position, and the verdict of phase I on it (R52)."""

    position: SupplyPosition
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplySettled:
    """The settlement of a month; every supply looked at, by day of receipt, and why it is worth what it is."""

    settlement: Settlement
    supplies: tuple[JudgedSupply, ...]
    explanations: tuple[Explanation, ...]


def settle_supplies(
    *,
    contract: Contract,
    month: Month,
    reported: Iterable[ReportedSupply],
    templates: Sequence[Template] = (),
    earlier: Iterable[Use] = (),
    policy: Policy | None = None,
    choices: SupplyPolicy | None = None,
    catalogue: Catalogue = DEVICES,
) -> SupplySettled:
    """Calculate what is due for a month, in every scope of the contract that is settled by supply.

    `reported`: all versions of all positions of the settlement period, in any order; the highest version of each
    counts, those of other contracts are passed over. `templates`: those issued in the settlement period. `earlier`:
    what the patients were supplied with before it, or elsewhere. `policy`: None for the branch's; whatever it says, a
    supply is not parted. `choices`: None for what the branch had in force in each reporting month.

    Raises UnableToSettle when the month is in no settlement period of the contract.
    """
    facts, unread = _facts(reported, contract.code)
    uses, terms = Uses(earlier), SupplyTerms(contract=contract, catalogue=catalogue, policy=choices)
    in_order = sorted(facts, key=lambda one: (one[1].completed_on, one[1].issued_on, one[1].order, one[1].id))
    supplies = tuple(judge(one, terms=terms, uses=uses, place=place) for place, one in in_order)
    books = Ledger(
        contract,
        replace(policy or policy_for(month=month, branch=contract.branch), boundary_position="whole"),
        _positions(supplies, templates),
        list(templates),
        settled_by=SettledBy.DEVICE_SUPPLY,
    )
    paid: defaultdict[CapUnit, list[JudgedSupply]] = defaultdict(list)
    for supply in supplies:
        if supply.financing is not None:
            paid[supply.facts.unit].append(supply)
    settlement = books.settled(month, {unit: [supplies_step(listed)] for unit, listed in paid.items()})
    return SupplySettled(
        settlement=replace(
            settlement, refusals=(*unread, *(why for supply in supplies for why in supply.refusals))
        ),
        supplies=supplies,
        explanations=tuple(explain_supply(supply) for supply in supplies),
    )


_Placed = tuple[str, SupplyFacts]


def _facts(reported: Iterable[ReportedSupply], contract: str) -> tuple[list[_Placed], list[Refusal]]:
    """What the newest version of each position says, where that is accepted and no deletion."""
    newest: dict[str, tuple[int, ReportedSupply]] = {}
    found: list[_Placed] = []
    unread: list[Refusal] = []
    for one in reported:
        place = _place(one.position)
        try:
            version = number_from_one(one.position.version or "")
        except ValueError:
            unread.append(reasons.INCOMPLETE.because(field=place, position=one.position.id or "—"))
            continue
        key = one.position.id or place
        if key not in newest or newest[key][0] < version:
            newest[key] = (version, one)
    for _, one in newest.values():
        if one.accepted and one.position.type != PositionType.DELETION:
            facts, refusals = read_supply(one.position, field=_place(one.position))
            unread += refusals
            if facts is not None and facts.contract == contract:
                found.append((_place(one.position), facts))
    return found, sorted(unread, key=lambda why: (why.field, why.code))


def _place(position: SupplyPosition) -> str:
    return f"positions.{position.id or position.row}"


def _positions(supplies: Iterable[JudgedSupply], templates: Iterable[Template]) -> dict[Key, Position]:
    """The books: what is paid for each supply, nothing for those that templates hold and that are no longer there."""
    return emptied(templates) | {
        (supply.facts.id, 1): Position(
            unit=supply.facts.unit,
            month=supply.facts.month,
            last_day=supply.facts.completed_on,
            units=UNIT_SCALE,
            product=supply.facts.device,
            bill=supply.bill.person,
            country=supply.bill.country,
            price=supply.payer,
        )
        for supply in supplies
        if supply.payer
    }
