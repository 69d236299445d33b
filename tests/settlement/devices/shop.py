"""A shop with a contract for supply, and words for what it reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rozlicz.kernel.money import UNIT_SCALE, text_from_grosze, text_from_units
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Contract, PlanMonth, Scope, SettledBy
from rozlicz.messages.supply import (
    AdditionalEntitlement,
    Device,
    MonthlySupply,
    OrderKind,
    Supply,
    SupplyOrder,
    SupplyPosition,
    SupplySettlement,
)
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.devices.due import ReportedSupply, SupplySettled, settle_supplies
from rozlicz.settlement.ledger import Template
from tests import world

ABSORBENTS = CapUnit("12.1903.100.02", 1)
ADULT = "55110802156"
CHILD = "17260103185"
PANTS = "P.100.03"


def scope(*, unlimited: bool = True, plan: int = 0, year: int = world.YEAR) -> Scope:
    """A scope of supply, with `plan` grosze a month where it is limited."""
    return replace(
        world.scope(ABSORBENTS.scope),
        name="zaopatrzenie w środki absorpcyjne",
        settled_by=SettledBy.DEVICE_SUPPLY,
        unit_name="sztuka",
        products=(),
        unlimited=unlimited,
        plan=tuple(PlanMonth(month=Month(year, m), units=plan * 100, price=100) for m in range(1, 13)),
    )


def contract(*, year: int = world.YEAR, unlimited: bool = True, plan: int = 0) -> Contract:
    """A contract of one year."""
    return replace(
        world.contract(scopes=(scope(unlimited=unlimited, plan=plan, year=year),)),
        kind="ZPO",
        valid_from=date(year, 1, 1),
        valid_to=date(year, 12, 31),
        settlement_periods=(SettlementPeriod(Month(year, 1), Month(year, 12)),),
    )


def supply(
    number: str = "Z1",
    *,
    pieces: int = 60,
    price: int = 250,
    device: str = PANTS,
    day: date = date(2026, 10, 5),
    issued_on: date = date(2026, 10, 1),
    month: Month | None = None,
    months: tuple[Month, Month] | None = None,
    pesel: str = ADULT,
    order: str = "",
    paper: bool = False,
    kind: OrderKind = OrderKind.SUPPLY,
    entitlement: str = "",
    side: str | None = None,
    version: int = 1,
) -> SupplyPosition:
    """A position as a shop reports it; `price` in grosze a piece."""
    name = order or f"T5-{number}"
    return SupplyPosition(
        id=number,
        version=str(version),
        supply=Supply(
            accepted_on=day.isoformat(),
            completed_on=day.isoformat(),
            pesel=pesel,
            additional_entitlements=(AdditionalEntitlement(code=entitlement),) if entitlement else (),
            order=SupplyOrder(
                kind=kind.value,
                number=None if paper else name,
                paper_number=name if paper else None,
                issued_on=issued_on.isoformat(),
            ),
            device=Device(code=device, quantity=text_from_units(pieces * UNIT_SCALE), side=side),
            monthly=months and MonthlySupply(part="1", first_month=str(months[0]), last_month=str(months[1])),
            settlement=SupplySettlement(
                contract=world.contract().code,
                month=str(month or Month.of(day)),
                scope=ABSORBENTS.scope,
                distinguisher="1",
                price=text_from_grosze(price),
            ),
        ),
    )


def settle(*positions: SupplyPosition, month: Month | None = None, **more) -> SupplySettled:
    """Settle accepted positions in October 2026, unless said."""
    month = month or Month(2026, 10)
    return settle_supplies(
        contract=more.pop("contract", contract(year=month.year)),
        month=month,
        reported=[ReportedSupply(one, accepted=True) for one in positions],
        **more,
    )


def issued(settled: SupplySettled, templates: list[Template] | None = None) -> list[Template]:
    """The templates before, and those of this settlement with the next numbers."""
    before = list(templates or [])
    return [*before, *(Template(n, d) for n, d in enumerate(settled.settlement.drafts, len(before) + 1))]
