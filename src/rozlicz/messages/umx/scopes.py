"""A scope of a contract on the wire (UMX): plan, rates, groups of persons, products, cells, coefficients."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from typing import TypeVar

from rozlicz.kernel.money import text_from_grosze, text_from_units
from rozlicz.messages.contracts import (
    Cell,
    Coefficient,
    CoefficientUse,
    Location,
    PlanIncrease,
    PlanMonth,
    Scope,
    SettledBy,
    UnitProduct,
)
from rozlicz.messages.financing import FinancingDocument, FundsPurpose
from rozlicz.messages.rates import FollowedScope
from rozlicz.messages.umx import names
from rozlicz.messages.umx.rates import ages, group_attributes, read_group, read_rate, validity, write_rate
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.xml_writer import XmlWriter

Attributes = dict[str, str | None]

Key = tuple[str, int]
"""Code and distinguishing number of a scope."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a scope may refer to: names and ways of settlement of scopes, purposes, places, financing documents."""

    named: Mapping[Key, tuple[str, SettledBy]]
    purposes: Mapping[str, FundsPurpose]
    locations: Mapping[str, Location]
    financing: Mapping[str, FinancingDocument]


def by_code(
    parent: Element, name: str, code_name: str, read: Callable[[Element, str], Value]
) -> dict[str, Value]:
    """What the children of that name tell, by the code in one of their attributes, in order; a code stands once."""
    found: dict[str, Value] = {}
    for element in parent.many(name):
        code = element.text(code_name)
        if code in found:
            raise element.refusal("record-repeated", name=name, key=code)
        found[code] = read(element, code)
    return found


def reference(element: Element, name: str, known: Container[str], dictionary: str) -> str:
    """A code of that dictionary; empty when the attribute is not written."""
    code = element.optional(name)
    if code and code not in known:
        raise element.refusal("reference", name=name, value=code, dictionary=dictionary)
    return code


# ---- writing -------------------------------------------------------------------------------------------------------


def write_scope(writer: XmlWriter, scope: Scope) -> None:
    """The element `poz-umowy`."""
    attributes = _key_attributes(scope.code, scope.distinguisher) | {
        names.UNIT_NAME: scope.unit_name,
        names.UNLIMITED: names.YES if scope.unlimited else None,
    }
    with writer.element(names.SCOPE, attributes):
        for row in scope.plan:
            writer.empty(names.PLAN, _plan_attributes(row))
        for increase in scope.increases:
            writer.empty(names.INCREASE, _increase_attributes(increase))
        for rate in scope.rates:
            write_rate(writer, rate)
        for group in scope.groups:
            writer.empty(names.GROUP, group_attributes(group))
        for followed in scope.follows:
            writer.empty(names.FOLLOWED, _followed_attributes(followed))
        for coefficient in scope.coefficients:
            writer.empty(names.COEFFICIENT, coefficient_attributes(coefficient))
        for product in scope.products:
            writer.empty(names.PRODUCT, _product_attributes(product))
        for cell in scope.cells:
            writer.empty(names.CELL, _cell_attributes(cell))


def contract_product_attributes(scope: Scope) -> Attributes:
    """The entry of a scope in the dictionary `prod-kontr`."""
    return _key_attributes(scope.code, scope.distinguisher) | {
        names.NAME: scope.name,
        names.SETTLED_BY: scope.settled_by.value,
    }


def coefficient_attributes(coefficient: Coefficient) -> Attributes:
    """The element `spec-rozlicz`, of the dictionary and of a scope alike."""
    return {
        names.ITEM_CODE: coefficient.code,
        names.NAME: coefficient.name,
        names.USE: coefficient.use.value,
        names.VALUE: text_from_units(coefficient.value),
        **validity(coefficient),
    }


def _key_attributes(code: str, distinguisher: int) -> Attributes:
    return {names.SCOPE_CODE: code, names.DISTINGUISHER: str(distinguisher)}


def _plan_attributes(row: PlanMonth) -> Attributes:
    return {
        names.MONTH: str(row.month),
        names.UNITS: text_from_units(row.units),
        names.PRICE: text_from_grosze(row.price),
    }


def _increase_attributes(increase: PlanIncrease) -> Attributes:
    return _plan_attributes(increase) | {
        names.FINANCING_NUMBER: increase.document or None,
        names.PURPOSE_CODE: increase.purpose or None,
    }


def _followed_attributes(followed: FollowedScope) -> Attributes:
    return _key_attributes(followed.code, followed.distinguisher) | {
        names.FOLLOWED_CONTRACT: followed.contract or None
    }


def _product_attributes(product: UnitProduct) -> Attributes:
    limit = product.max_multiplicity
    return {
        names.ITEM_CODE: product.code,
        names.NAME: product.name,
        names.WEIGHT: text_from_units(product.weight),
        **validity(product),
        **ages(product),
        names.MAX_MULTIPLICITY: None if limit is None else text_from_units(limit),
        names.REFERRAL: names.YES if product.referral_required else None,
    }


def _cell_attributes(cell: Cell) -> Attributes:
    return {
        names.CELL_CODE: cell.code,
        names.NAME: cell.name,
        names.PLACE: cell.place,
        names.LOCATION_CODE: cell.location or None,
        **validity(cell),
    }


# ---- reading -------------------------------------------------------------------------------------------------------


def contract_products(elements: list[Element]) -> dict[Key, tuple[str, SettledBy]]:
    """The dictionary `prod-kontr`: name and way of settlement of each scope."""
    found: dict[Key, tuple[str, SettledBy]] = {}
    for element in elements:
        key = _new_key(element, found, names.CONTRACT_PRODUCT)
        found[key] = (element.text(names.NAME), element.choice(names.SETTLED_BY, SettledBy))
    return found


def read_scopes(elements: list[Element], known: Known, *, cells_needed: bool) -> tuple[Scope, ...]:
    """The scopes of a contract. With `cells_needed` (before 4.0) each has at least one cell."""
    found: dict[Key, Scope] = {}
    for element in elements:
        key = _new_key(element, found, names.SCOPE)
        if key not in known.named:
            value = _shown(key)
            raise element.refusal(
                "reference", name=names.SCOPE_CODE, value=value, dictionary=names.CONTRACT_PRODUCT
            )
        found[key] = scope = _scope(element, key, known)
        if cells_needed and not scope.cells:
            raise element.refusal("element-missing", name=names.CELL)
    for element, scope in zip(elements, found.values(), strict=True):
        _check_followed(element, scope, found)
    return tuple(found.values())


def read_coefficient(element: Element) -> Coefficient:
    """The element `spec-rozlicz`."""
    return Coefficient(
        code=element.text(names.ITEM_CODE),
        name=element.text(names.NAME),
        use=element.choice(names.USE, CoefficientUse),
        value=element.units(names.VALUE),
        valid_from=element.day(names.FROM),
        valid_to=element.day(names.TO),
    )


def _scope(element: Element, key: Key, known: Known) -> Scope:
    code, distinguisher = key
    name, settled_by = known.named[key]
    return Scope(
        code=code,
        distinguisher=distinguisher,
        name=name,
        settled_by=settled_by,
        unit_name=element.text(names.UNIT_NAME),
        unlimited=element.flag(names.UNLIMITED),
        plan=tuple(_plan_month(found) for found in element.many(names.PLAN)),
        increases=tuple(_increase(found, known) for found in element.many(names.INCREASE)),
        rates=tuple(read_rate(found) for found in element.many(names.RATE)),
        groups=tuple(read_group(found) for found in element.many(names.GROUP)),
        follows=tuple(_followed(found) for found in element.many(names.FOLLOWED)),
        coefficients=tuple(read_coefficient(found) for found in element.many(names.COEFFICIENT)),
        products=tuple(_product(found) for found in element.many(names.PRODUCT)),
        cells=tuple(_cell(found, known) for found in element.many(names.CELL)),
    )


def _plan_month(element: Element) -> PlanMonth:
    return PlanMonth(
        month=element.month(names.MONTH),
        units=element.units(names.UNITS),
        price=element.grosze(names.PRICE),
    )


def _increase(element: Element, known: Known) -> PlanIncrease:
    return PlanIncrease(
        month=element.month(names.MONTH),
        units=element.units(names.UNITS),
        price=element.grosze(names.PRICE),
        document=reference(element, names.FINANCING_NUMBER, known.financing, names.FINANCING),
        purpose=reference(element, names.PURPOSE_CODE, known.purposes, names.PURPOSE),
    )


def _followed(element: Element) -> FollowedScope:
    return FollowedScope(
        code=element.text(names.SCOPE_CODE),
        distinguisher=element.number(names.DISTINGUISHER),
        contract=element.optional(names.FOLLOWED_CONTRACT),
    )


def _check_followed(element: Element, scope: Scope, scopes: Container[Key]) -> None:
    """A scope of the same contract that another one follows must be there."""
    for followed in scope.follows:
        key = followed.code, followed.distinguisher
        if not followed.contract and key not in scopes:
            raise element.refusal("reference", name=names.FOLLOWED, value=_shown(key), dictionary=names.SCOPE)


def _product(element: Element) -> UnitProduct:
    return UnitProduct(
        code=element.text(names.ITEM_CODE),
        name=element.text(names.NAME),
        weight=element.units(names.WEIGHT),
        valid_from=element.day(names.FROM),
        valid_to=element.day(names.TO),
        min_age=element.optional_number(names.MIN_AGE),
        max_age=element.optional_number(names.MAX_AGE),
        max_multiplicity=element.optional_units(names.MAX_MULTIPLICITY),
        referral_required=element.flag(names.REFERRAL),
    )


def _cell(element: Element, known: Known) -> Cell:
    return Cell(
        code=element.text(names.CELL_CODE),
        name=element.text(names.NAME),
        place=element.text(names.PLACE),
        valid_from=element.day(names.FROM),
        valid_to=element.day(names.TO),
        location=reference(element, names.LOCATION_CODE, known.locations, names.LOCATION),
    )


def _new_key(element: Element, found: Container[Key], name: str) -> Key:
    """The key of a scope, which may stand once only."""
    key = element.text(names.SCOPE_CODE), element.number(names.DISTINGUISHER)
    if key in found:
        raise element.refusal("record-repeated", name=name, key=_shown(key))
    return key


def _shown(key: Key) -> str:
    return f"{key[0]} / {key[1]}"
