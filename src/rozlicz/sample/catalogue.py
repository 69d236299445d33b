"""Scopes and unit products of the demonstration contracts, read from the tables beside this module.

The last column of each row says what was seen in a public source and what was not: hospital groups with their
points (order 46/2026/DSOZ) and outpatient groups' codes and names were seen; most scope codes, all prices but
one, and dental, nursing and spa products have the right shape and a realistic size for 2026, but were only
remembered. Weights of outpatient groups are ten times those of 2014: the present scale, not the present values.
None of it may be quoted as the Fund's.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rozlicz.kernel.money import grosze_from_text, units_from_text
from rozlicz.messages.contracts import CoefficientUse, LegalForm, SettledBy

EPIDURAL = "5.53.01.0001510"
"""An extra position beside a birth (N01–N03), as the public contract interface lists it."""

Ages = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A unit product: `weight` in units ×10,000, the limits that a contract states, and who usually gets it.

    `ages` (completed years, both included) and `sex` (K, M, or empty for both) say to whom the generator gives
    it: never wider than the contract's limits, narrower where life is. `diagnoses` are ICD-10; none: those of
    the scope. `days` is the longest stay the generator makes; 0 is ambulatory: it ends on the day it began.
    `share` is how often it is chosen against the others of its scope; 0: the contract has it, the generator
    leaves it alone. `from_month`: the contract has the product only from that month of its year on.
    """

    code: str
    name: str
    weight: int
    diagnoses: tuple[str, ...]
    min_age: int | None
    max_age: int | None
    ages: Ages
    sex: str
    days: int
    share: int
    max_multiplicity: int | None
    referral: bool
    from_month: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeRow:
    """A scope: `price` in grosze, `later_price` from July (when tariffs change); `units` a month ×10,000.

    `last_month`: the plan ends with that month of the year. A cell whose name ends in an asterisk is closed at
    the end of March.
    """

    code: str
    distinguisher: int
    name: str
    unit_name: str
    price: int
    later_price: int
    units: int
    products: tuple[Product, ...]
    diagnoses: tuple[str, ...]
    cells: tuple[str, ...]
    unlimited: bool
    settled_by: SettledBy
    last_month: int


def table_rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the tables that come with the generator."""
    text = (files("rozlicz.sample") / "tables" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter=";"))


def _limits(text: str) -> tuple[int | None, int | None]:
    low, _, high = text.partition("-")
    return (int(low) if low else None, int(high) if high else None)


def _product(row: Mapping[str, str]) -> Product:
    min_age, max_age = _limits(row["limits"])
    youngest, oldest = _limits(row["ages"])
    limit = row["max_multiplicity"]
    return Product(
        code=row["code"],
        name=row["name"],
        weight=units_from_text(row["weight"]),
        diagnoses=tuple(row["diagnoses"].split()),
        min_age=min_age,
        max_age=max_age,
        ages=(youngest or 0, 110 if oldest is None else oldest),
        sex=row["sex"],
        days=int(row["days"]),
        share=int(row["share"]),
        max_multiplicity=units_from_text(limit) if limit else None,
        referral=row["referral"] == "yes",
        from_month=int(row["from_month"]),
    )


@cache
def products() -> dict[str, Product]:
    """Every unit product by its code."""
    return {row["code"]: _product(row) for row in table_rows("products")}


@cache
def scopes() -> dict[str, ScopeRow]:
    """Every scope by its short key (`cardiology`, `women-1`), in the order of the table."""
    lists: dict[str, list[Product]] = {}
    for row in table_rows("products"):
        lists.setdefault(row["list"], []).append(products()[row["code"]])
    return {row["key"]: _scope(row, lists) for row in table_rows("scopes")}


def _scope(row: Mapping[str, str], lists: Mapping[str, list[Product]]) -> ScopeRow:
    return ScopeRow(
        code=row["code"],
        distinguisher=int(row["distinguisher"]),
        name=row["name"],
        unit_name=row["unit"],
        price=grosze_from_text(row["price"]),
        later_price=grosze_from_text(row["later_price"]),
        units=units_from_text(row["monthly_units"]),
        products=tuple(product for key in row["lists"].split() for product in lists[key]),
        diagnoses=tuple(row["diagnoses"].split()),
        cells=tuple(row["cells"].split("|")),
        unlimited=row["unlimited"] == "yes",
        settled_by=SettledBy(row["settled_by"]),
        last_month=int(row["last_month"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CoefficientRow:
    """A correction coefficient of the contracts of a kind; `value` ×10,000; good to the end of `last_month`."""

    kind: str
    code: str
    name: str
    use: CoefficientUse
    value: int
    last_month: int


@cache
def coefficient_rows() -> tuple[CoefficientRow, ...]:
    """Every coefficient, in the order of the table."""
    return tuple(
        CoefficientRow(
            kind=row["kind"],
            code=row["code"],
            name=row["name"],
            use=CoefficientUse(row["use"]),
            value=units_from_text(row["value"]),
            last_month=int(row["last_month"]),
        )
        for row in table_rows("coefficients")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderRow:
    """A kind of provider: its name (`{person}` for a practice), its contracts as (kind, keys of scopes).

    `annexed` and `half_years` name the kinds of contract that have an annex, or two settlement periods a year.
    """

    key: str
    name: str
    legal_form: LegalForm
    form_of_business: str
    company_name: str
    town: int
    contracts: tuple[tuple[str, tuple[str, ...]], ...]
    annexed: frozenset[str]
    half_years: frozenset[str]


@cache
def provider_rows() -> tuple[ProviderRow, ...]:
    """Every kind of provider, in the order of the table."""
    return tuple(_provider(row) for row in table_rows("providers"))


def _provider(row: Mapping[str, str]) -> ProviderRow:
    parts = (part.partition(":") for part in row["contracts"].split("|"))
    return ProviderRow(
        key=row["key"],
        name=row["name"],
        legal_form=LegalForm(row["legal_form"]),
        form_of_business=row["form_of_business"],
        company_name=row["company_name"],
        town=int(row["town"]),
        contracts=tuple((kind, tuple(keys.split())) for kind, _, keys in parts),
        annexed=frozenset(row["annexed"].split()),
        half_years=frozenset(row["half_years"].split()),
    )
