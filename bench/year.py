"""A year of a branch on sums: every provider, every month, every cap unit, calculated by the law in one process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import polars as pl

from bench import world
from bench.pure import timed
from rozlicz.kernel.money import round_half_up
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Contract, PlanMonth, Scope, SettledBy
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.ledger import Ledger, Position
from rozlicz.settlement.presummed import key_of_sum

PROVIDERS = 1_800
_YEAR = SettlementPeriod(Month(2026, 1), Month(2026, 12))
_SCOPES = (1, 5)
_UNLIMITED = 0.1
_AVERAGE_UNITS = 45_000
"""Of a position, ×10,000."""


def year(positions: int) -> tuple[float, dict[str, float]]:
    """Twelve calculations of every contract, in order; drafts become templates. One contract after the other."""
    return _year(positions, explained=False)


def year_explained(positions: int) -> tuple[float, dict[str, float]]:
    """The same, every amount with its explanation in two languages."""
    return _year(positions, explained=True)


def _year(positions: int, *, explained: bool) -> tuple[float, dict[str, float]]:
    seconds, sums, templates = 0.0, 0, 0
    for ledger in _branch(positions):
        seconds += timed(lambda books=ledger: _calculated(books, explained=explained))
        sums += len(ledger.positions)
        templates += len(ledger.templates)
    return seconds, {"sums": sums, "templates": templates}


def _calculated(ledger: Ledger, *, explained: bool) -> None:
    for month in _YEAR.months():
        ledger.calculate(month, known_up_to=month, explained=explained)


def year_loop(positions: int) -> float:
    """The sums alone, in plain Python: units by line, then units × price, rounded."""
    rows = _rows(positions)

    def loop() -> list[int]:
        units: dict[tuple[int, str, int, int, str, int], int] = {}
        for provider, scope, number, month, product, price, amount in rows:
            line = (provider, scope, number, month, product, price)
            units[line] = units.get(line, 0) + amount
        return [round_half_up(amount * line[-1]) for line, amount in units.items()]

    return timed(loop)


def year_polars(positions: int) -> float:
    """The same sums as one group-by over columns."""
    names = ("provider", "scope", "number", "month", "product", "price", "units")
    frame = pl.DataFrame(_rows(positions), schema=names, orient="row")
    return timed(lambda: frame.group_by(*names[:-1]).agg((pl.col("units") * pl.col("price")).sum()))


def _rows(positions: int) -> list[tuple[int, str, int, int, str, int, int]]:
    return [
        (
            provider,
            *position.unit,
            position.month.number,
            position.product,
            ledger.price(position),
            position.units,
        )
        for provider, ledger in enumerate(_branch(positions))
        for position in ledger.positions.values()
    ]


def _branch(positions: int) -> Iterator[Ledger]:
    """Books of all providers, the same every time; plans near what is performed, so that many caps bind."""
    dice, terms = Random(world.SEED), world.contract()
    scopes = [scope for scope in terms.scopes if scope.settled_by is SettledBy.SERVICES]
    each = positions * _AVERAGE_UNITS // PROVIDERS
    for number in range(PROVIDERS):
        chosen = [
            replace(
                scopes[place % len(scopes)],
                distinguisher=1 + place // len(scopes),
                unlimited=dice.random() < _UNLIMITED,
                plan=(),
            )
            for place in range(dice.randint(*_SCOPES))
        ]
        share = each // (len(chosen) * 12)
        planned = tuple(_planned(scope, share, dice) for scope in chosen)
        contract = replace(terms, code=f"{terms.code}/{number}", settlement_periods=(_YEAR,), scopes=planned)
        yield Ledger(contract, positions=dict(_performed(contract, share, dice)))


def _planned(scope: Scope, share: int, dice: Random) -> Scope:
    price = dice.randint(100, 20_000)
    plan = (
        PlanMonth(month=month, units=share * dice.randint(85, 115) // 100, price=price)
        for month in _YEAR.months()
    )
    return replace(scope, plan=tuple(plan))


def _performed(contract: Contract, share: int, dice: Random) -> Iterator[tuple[tuple[str, int], Position]]:
    for scope in contract.scopes:
        unit, products = CapUnit(scope.code, scope.distinguisher), scope.products
        for month in _YEAR.months():
            for product in products:
                units = share * dice.randint(70, 130) // (100 * len(products))
                position = Position(unit, month, month.last_day, units, product.code)
                yield key_of_sum(position), position
