"""Contracts of the demonstration providers: plan by months, products, cells, coefficients, annexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.working_days import is_working_day
from rozlicz.messages.contracts import (
    Cell,
    Coefficient,
    Contract,
    Party,
    PlanMonth,
    Scope,
    UnitProduct,
)
from rozlicz.sample.catalogue import CoefficientRow, Product, ProviderRow, ScopeRow, coefficient_rows, scopes
from rozlicz.sample.dice import Dice

KIND_NAMES = {
    "SZP": "leczenie szpitalne",
    "AOS": "ambulatoryjna opieka specjalistyczna",
    "STM": "leczenie stomatologiczne",
    "REH": "rehabilitacja lecznicza",
    "SPO": "świadczenia pielęgnacyjne i opiekuńcze",
    "PRO": "profilaktyczne programy zdrowotne",
    "UZD": "lecznictwo uzdrowiskowe",
}

_USUAL_WORKING_DAYS = 21
_NEW_PRICES_FROM = 7
_BRANCH_CELL_CLOSES = 3
_ANNEX_RAISES_PERCENT = 12


def make_contracts(
    dice: Dice, row: ProviderRow, party: Party, *, branch: str, year: int, today: date
) -> Iterator[Contract]:
    """The contracts of a provider for a year; one that was annexed as two states, the contract and annex 1."""
    for number, (kind, keys) in enumerate(row.contracts, start=1):
        contract = _make_contract(dice, party, kind, keys, branch=branch, year=year, number=number)
        if kind in row.half_years:
            contract = replace(contract, settlement_periods=_half_years(year))
        yield contract
        if kind in row.annexed:
            yield _annexed(contract, today)


def _make_contract(
    dice: Dice, party: Party, kind: str, keys: tuple[str, ...], *, branch: str, year: int, number: int
) -> Contract:
    code, original = (
        f"{branch}1/{party.code}/{kind}/{number:02d}/{first}" for first in (year, year - dice.below(3))
    )
    signed_on = date(year - 1, 12, dice.between(8, 20))
    rows = [scopes()[key] for key in keys]
    cells = _cells(rows, party, year)
    return Contract(
        code=code,
        printed_code=code,
        original_code=original,
        annex=0,
        annexed_on=signed_on,
        branch=branch,
        kind=kind,
        kind_name=KIND_NAMES[kind],
        provider=party,
        signed_on=signed_on,
        valid_from=date(year, 1, 1),
        valid_to=date(year, 12, 31),
        settlement_periods=(SettlementPeriod(Month(year, 1), Month(year, 12)),),
        scopes=tuple(_scope(dice, scope, cells, year) for scope in rows),
        coefficients=tuple(_coefficient(c, year) for c in coefficient_rows() if c.kind == kind),
    )


def _half_years(year: int) -> tuple[SettlementPeriod, ...]:
    return (
        SettlementPeriod(Month(year, 1), Month(year, 6)),
        SettlementPeriod(Month(year, 7), Month(year, 12)),
    )


def _cells(rows: list[ScopeRow], party: Party, year: int) -> dict[str, Cell]:
    """The cells of a contract by name. Scopes that name the same cell share it; an asterisk closes it early."""
    names = dict.fromkeys(name for row in rows for name in row.cells)
    place = f"{party.address.street}, {party.address.postal_code} {party.address.town}"
    return {
        name: Cell(
            code=f"{party.code}{number:03d}",
            name=name.removesuffix("*"),
            place=place,
            valid_from=date(year, 1, 1),
            valid_to=Month(year, _BRANCH_CELL_CLOSES if name.endswith("*") else 12).last_day,
        )
        for number, name in enumerate(names, start=1)
    }


def _scope(dice: Dice, row: ScopeRow, cells: dict[str, Cell], year: int) -> Scope:
    size = dice.between(85, 115)
    return Scope(
        code=row.code,
        distinguisher=row.distinguisher,
        name=row.name,
        settled_by=row.settled_by,
        unit_name=row.unit_name,
        plan=tuple(_plan_month(row, Month(year, number), size) for number in range(1, row.last_month + 1)),
        products=tuple(_product(product, year) for product in row.products),
        cells=tuple(cells[name] for name in row.cells),
        unlimited=row.unlimited,
    )


def _plan_month(row: ScopeRow, month: Month, size: int) -> PlanMonth:
    """A month's plan: the usual units, scaled by the provider's size (per cent) and the month's working days."""
    days = sum(is_working_day(month.first_day + timedelta(days=n)) for n in range(month.days))
    units = row.units * size * days // (100 * _USUAL_WORKING_DAYS * UNIT_SCALE) * UNIT_SCALE
    return PlanMonth(
        month=month,
        units=units,
        price=row.later_price if month.month >= _NEW_PRICES_FROM else row.price,
    )


def _product(product: Product, year: int) -> UnitProduct:
    return UnitProduct(
        code=product.code,
        name=product.name,
        weight=product.weight,
        valid_from=date(year, product.from_month, 1),
        valid_to=date(year, 12, 31),
        min_age=product.min_age,
        max_age=product.max_age,
        max_multiplicity=product.max_multiplicity,
        referral_required=product.referral,
    )


def _coefficient(row: CoefficientRow, year: int) -> Coefficient:
    return Coefficient(
        code=row.code,
        name=row.name,
        use=row.use,
        value=row.value,
        valid_from=date(year, 1, 1),
        valid_to=Month(year, row.last_month).last_day,
    )


def _annexed(contract: Contract, today: date) -> Contract:
    """Annex 1: signed in June, or a fortnight ago when that is earlier; raises the first limited scope after it."""
    year = contract.valid_from.year
    signed_on = max(date(year, 1, 2), min(date(year, 6, 18), today - timedelta(days=14)))
    raised = next(scope for scope in contract.scopes if not scope.unlimited)
    return replace(
        contract,
        annex=1,
        annexed_on=signed_on,
        scopes=tuple(
            _raised(scope, after=Month.of(signed_on)) if scope is raised else scope
            for scope in contract.scopes
        ),
    )


def _raised(scope: Scope, *, after: Month) -> Scope:
    return replace(
        scope,
        plan=tuple(replace(row, units=_more(row.units)) if row.month > after else row for row in scope.plan),
    )


def _more(units: int) -> int:
    """Units raised by the annex, in whole units."""
    return units * (100 + _ANNEX_RAISES_PERCENT) // (100 * UNIT_SCALE) * UNIT_SCALE
