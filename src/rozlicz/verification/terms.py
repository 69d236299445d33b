"""The terms of a provider's contracts as small tables that columns of a report are joined with.

A table whose entries have days of validity (products, cells) may hold the same code several times. It is
kept as slots, each with a code at most once, so that a join never multiplies rows; the entry valid on the
day the service ended wins, and an entry of other days still tells that the code is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import NamedTuple, Self

import polars as pl

from rozlicz.messages.contracts import Coefficient, Contract, Scope

Row = tuple[object, ...]
Slots = tuple[pl.DataFrame, ...]

Dictionary = Mapping[tuple[str, str], tuple[Coefficient, ...]]
"""Entries of the dictionary of coefficients by contract and code, the newest first."""

_Schema = Mapping[str, pl.DataType]

_CONTRACT = {
    "contract": pl.String(),
    "contract_signed_on": pl.Date(),
    "contract_from": pl.Date(),
    "contract_to": pl.Date(),
    "contract_provider": pl.String(),
    "contract_branch": pl.String(),
    "primary_care": pl.Boolean(),
}
_SCOPE = {
    "contract": pl.String(),
    "scope": pl.String(),
    "distinguisher_number": pl.Int64(),
    "scope_key": pl.Int64(),
    "settled_by": pl.String(),
}
_SCOPE_CODE = {"contract": pl.String(), "scope": pl.String(), "scope_known": pl.Boolean()}
_PLAN = {"scope_key": pl.Int64(), "month_number": pl.Int64(), "price": pl.Int64()}
_PERIOD = {"contract": pl.String(), "month_number": pl.Int64(), "in_settlement_period": pl.Boolean()}
_PRODUCT = {
    "scope_key": pl.Int64(),
    "product": pl.String(),
    "product_from": pl.Date(),
    "product_to": pl.Date(),
    "weight": pl.Int64(),
    "min_age": pl.Int64(),
    "max_age": pl.Int64(),
    "max_multiplicity": pl.Int64(),
    "referral_required": pl.Boolean(),
}
_CELL = {
    "scope_key": pl.Int64(),
    "cell": pl.String(),
    "cell_from": pl.Date(),
    "cell_to": pl.Date(),
}


class _Entry(NamedTuple):
    """One row of a table with days of validity: scope and code are its key."""

    scope_key: int
    code: str
    valid_from: date
    valid_to: date
    rest: Row = ()

    @property
    def row(self) -> Row:
        return (*self[:4], *self.rest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Contracts of one provider as tables; make it by `Terms.of`."""

    contracts: pl.DataFrame
    scopes: pl.DataFrame
    scope_codes: pl.DataFrame
    plan: pl.DataFrame
    periods: pl.DataFrame
    products: Slots
    cells: Slots
    coefficients: Dictionary

    @classmethod
    def of(cls, contracts: Iterable[Contract]) -> Self:
        """From contracts; of several annexes of one contract the highest counts (the plan now in force)."""
        chosen = _newest_annexes(contracts)
        scopes = tuple(zip(count(), _scopes(chosen), strict=False))
        return cls(
            contracts=_table(_CONTRACT, map(_contract_row, chosen)),
            scopes=_table(
                _SCOPE, ((c.code, s.code, s.distinguisher, key, s.settled_by.value) for key, (c, s) in scopes)
            ),
            scope_codes=_table(_SCOPE_CODE, {(c.code, s.code, True) for _, (c, s) in scopes}),
            plan=_table(_PLAN, _plan_rows(scopes)),
            periods=_table(_PERIOD, _period_rows(chosen)),
            products=_slots(_PRODUCT, (entry for key, (_, s) in scopes for entry in _products(key, s))),
            cells=_slots(_CELL, (entry for key, (_, s) in scopes for entry in _cells(key, s))),
            coefficients=_dictionary(chosen),
        )

    def joined(self, typed: pl.DataFrame) -> pl.DataFrame:
        """The frame with what the contracts say about each row; as many rows, in the same order.

        Nulls tell what is missing: no `contract_from` – no such contract; no `scope_key` – no such scope with
        that distinguishing number; no `price` – month not in its plan; no `product_from` – product not in it.
        """
        frame = typed
        for table in (self.contracts, self.scopes, self.scope_codes, self.plan, self.periods):
            keys = [name for name in table.columns if name in frame.columns]
            frame = frame.join(table, on=keys, how="left", maintain_order="left")
        frame = _joined_slots(frame, self.products, ["scope_key", "product"], "product_from", "product_to")
        return _joined_slots(frame, self.cells, ["scope_key", "cell"], "cell_from", "cell_to")


def _newest_annexes(contracts: Iterable[Contract]) -> tuple[Contract, ...]:
    newest: dict[str, Contract] = {}
    for contract in contracts:
        if contract.code not in newest or newest[contract.code].annex < contract.annex:
            newest[contract.code] = contract
    return tuple(newest.values())


def _scopes(contracts: Iterable[Contract]) -> Iterator[tuple[Contract, Scope]]:
    """Every scope with its contract; a scope that is written twice counts once."""
    known: set[Row] = set()
    for contract in contracts:
        for scope in contract.scopes:
            name = (contract.code, scope.code, scope.distinguisher)
            if name not in known:
                known.add(name)
                yield contract, scope


def _contract_row(contract: Contract) -> Row:
    return (
        contract.code,
        contract.signed_on,
        contract.valid_from,
        contract.valid_to,
        contract.provider.code,
        contract.branch,
        contract.kind.startswith("POZ"),
    )


def _plan_rows(scopes: Iterable[tuple[int, tuple[Contract, Scope]]]) -> Iterator[Row]:
    """A month that has several rows in a plan has the price of the first, as `Scope.price_in` says."""
    for key, (_, scope) in scopes:
        for number in {row.month.number: row.month for row in scope.plan}.items():
            yield (key, number[0], scope.price_in(number[1]))


def _period_rows(contracts: Iterable[Contract]) -> set[Row]:
    return {(c.code, m.number, True) for c in contracts for p in c.settlement_periods for m in p.months()}


def _products(key: int, scope: Scope) -> Iterator[_Entry]:
    for product in scope.products:
        limits = (product.min_age, product.max_age, product.max_multiplicity, product.referral_required)
        yield _Entry(key, product.code, product.valid_from, product.valid_to, (product.weight, *limits))


def _cells(key: int, scope: Scope) -> Iterator[_Entry]:
    for cell in scope.cells:
        yield _Entry(key, cell.code, cell.valid_from, cell.valid_to)


def _dictionary(contracts: Iterable[Contract]) -> Dictionary:
    entries: dict[tuple[str, str], list[Coefficient]] = {}
    for contract in contracts:
        for coefficient in contract.coefficients:
            entries.setdefault((contract.code, coefficient.code), []).append(coefficient)
    return {
        name: tuple(sorted(found, key=lambda entry: entry.valid_from, reverse=True))
        for name, found in entries.items()
    }


def _table(schema: _Schema, rows: Iterable[Row]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def _slots(schema: _Schema, entries: Iterable[_Entry]) -> Slots:
    """The entries spread over tables in each of which a key stands once, the newest in the first."""
    spread: list[dict[Row, Row]] = [{}]
    for entry in sorted(entries, key=lambda one: one.valid_from, reverse=True):
        key = entry[:2]
        if all(key in slot for slot in spread):
            spread.append({})
        next(slot for slot in spread if key not in slot)[key] = entry.row
    return tuple(_table(schema, slot.values()) for slot in spread)


def _joined_slots(
    frame: pl.DataFrame, slots: Slots, keys: list[str], valid_from: str, valid_to: str
) -> pl.DataFrame:
    """Join the entry valid on the day the service ended; where none is, the newest of that code."""
    frame = frame.join(slots[0], on=keys, how="left", maintain_order="left")
    for slot in slots[1:]:
        names = [name for name in slot.columns if name not in keys]
        frame = frame.join(slot, on=keys, how="left", maintain_order="left", suffix="_older")
        older_fits = pl.col("day_to").is_between(f"{valid_from}_older", f"{valid_to}_older")
        newer_fits = pl.col("day_to").is_between(valid_from, valid_to)
        take = older_fits.fill_null(value=False) & ~newer_fits.fill_null(value=False)
        frame = frame.with_columns(
            pl.when(take).then(f"{name}_older").otherwise(name).alias(name) for name in names
        ).drop(f"{name}_older" for name in names)
    return frame
