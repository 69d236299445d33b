"""The electronic contract (UMX 4.0), from the payer to the provider: reading and writing.

Seen in the Fund's notices and used exactly: `dane-umowy` with `kod-umowy`, `kod-pierw-umowy`,
`kod-umowy-druk`; `komorka`; `slowniki/prod-kontr@fakt-wykonanie`. Their nesting where the notices do not show it,
and every name marked `own`, are ours. Products are those of the plan; a dictionary entry repeats no price.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.money import text_from_grosze, text_from_units
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import (
    Cell,
    Coefficient,
    CoefficientUse,
    Contract,
    PlanMonth,
    Scope,
    SettledBy,
    UnitProduct,
)
from rozlicz.messages.envelope import Source
from rozlicz.messages.header import Header
from rozlicz.messages.party_wire import read_party, write_party
from rozlicz.messages.root import ROOT, root_attributes
from rozlicz.messages.stream import FUND
from rozlicz.messages.tree import Element, header_of_tree, read_tree
from rozlicz.messages.xml_writer import XmlWriter, written_to

KIND = "UMX"

_CONTRACT = "dane-umowy"
_CODE = "kod-umowy"
_ORIGINAL_CODE = "kod-pierw-umowy"
_PRINTED_CODE = "kod-umowy-druk"
_ANNEX = "nr-aneksu"  # own
_ANNEXED_ON = "data-aneksu"  # own
_BRANCH = "oddz-nfz"  # own here; seen in R_UMX
_CONTRACT_KIND = "rodzaj"  # own
_CONTRACT_KIND_NAME = "nazwa-rodzaju"  # own
_SIGNED_ON = "data-podpisania"  # own
_FROM = "data-od"  # own here
_TO = "data-do"  # own here

_PROVIDER = "swiadczeniodawca"  # own here; seen in SWIAD

_PERIOD = "okres-rozliczeniowy"  # own
_PERIOD_FIRST = "okres-od"  # own here; seen in e-LEKZR
_PERIOD_LAST = "okres-do"  # own here; seen in e-LEKZR

_SCOPE = "poz-umowy"  # own here; seen in SWIAD-WYKBAD
_SCOPE_CODE = "kod-zakresu"  # own here; seen in SWIAD-WYKBAD
_DISTINGUISHER = "wyroznik"  # own here; seen in SWIAD-WYKBAD
_UNIT_NAME = "jedn-rozlicz"  # own
_UNLIMITED = "bez-limitu"  # own

_PLAN = "plan"  # own
_MONTH = "okres"  # own
_UNITS = "liczba"  # own
_PRICE = "cena"  # own

_PRODUCT = "prod-jedn"  # own
_PRODUCT_CODE = "kod"  # own
_NAME = "nazwa"  # own here
_WEIGHT = "waga"  # own
_MIN_AGE = "wiek-od"  # own
_MAX_AGE = "wiek-do"  # own
_MAX_MULTIPLICITY = "krotn-maks"  # own
_REFERRAL = "skierowanie"  # own

_CELL = "komorka"
_CELL_CODE = "id-tech-kom-org"  # own here; seen in SWIAD
_PLACE = "miejsce"  # own

_DICTIONARIES = "slowniki"
_CONTRACT_PRODUCT = "prod-kontr"
_SETTLED_BY = "fakt-wykonanie"

_COEFFICIENT = "spec-rozlicz"  # own here; seen in SWIAD
_COEFFICIENT_CODE = "kod"  # own
_USE = "sposob-uzycia"  # own
_VALUE = "wspolczynnik"  # own here; seen in SWIAD

_YES = "T"

_Key = tuple[str, int]
"""Code and distinguishing number of a scope."""


def write_umx(contract: Contract, *, header: Header, target: Path | BinaryIO, zipped: bool = False) -> None:
    """Write a contract in the state of one annex. `zipped` packs it."""
    with written_to(target, zipped=zipped, member_name="umowa.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND)):
            with writer.element(_CONTRACT, _contract_attributes(contract)):
                write_party(writer, _PROVIDER, contract.provider)
                for period in contract.settlement_periods:
                    writer.empty(_PERIOD, {_PERIOD_FIRST: str(period.first), _PERIOD_LAST: str(period.last)})
                for scope in contract.scopes:
                    _write_scope(writer, scope)
            with writer.element(_DICTIONARIES, {}):
                for scope in contract.scopes:
                    writer.empty(_CONTRACT_PRODUCT, _contract_product_attributes(scope))
                for coefficient in contract.coefficients:
                    writer.empty(_COEFFICIENT, _coefficient_attributes(coefficient))


def read_umx(source: Source) -> tuple[Header, Contract]:
    """Read a contract. Raises MessageRefused, naming line, element and attribute."""
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=KIND)
    element = root.one(_CONTRACT)
    dictionaries = root.one(_DICTIONARIES)
    named = _contract_products(dictionaries.many(_CONTRACT_PRODUCT))
    contract = Contract(
        code=element.text(_CODE),
        original_code=element.text(_ORIGINAL_CODE),
        printed_code=element.text(_PRINTED_CODE),
        annex=element.number(_ANNEX),
        annexed_on=element.day(_ANNEXED_ON),
        branch=element.text(_BRANCH),
        kind=element.text(_CONTRACT_KIND),
        kind_name=element.text(_CONTRACT_KIND_NAME),
        provider=read_party(element.one(_PROVIDER)),
        signed_on=element.day(_SIGNED_ON),
        valid_from=element.day(_FROM),
        valid_to=element.day(_TO),
        settlement_periods=tuple(_period(found) for found in element.many(_PERIOD)),
        scopes=_scopes(element.many(_SCOPE), named),
        coefficients=tuple(_coefficient(found) for found in dictionaries.many(_COEFFICIENT)),
    )
    root.everything_read()
    return header, contract


def _contract_attributes(contract: Contract) -> dict[str, str | None]:
    return {
        _CODE: contract.code,
        _ORIGINAL_CODE: contract.original_code,
        _PRINTED_CODE: contract.printed_code,
        _ANNEX: str(contract.annex),
        _ANNEXED_ON: contract.annexed_on.isoformat(),
        _BRANCH: contract.branch,
        _CONTRACT_KIND: contract.kind,
        _CONTRACT_KIND_NAME: contract.kind_name,
        _SIGNED_ON: contract.signed_on.isoformat(),
        _FROM: contract.valid_from.isoformat(),
        _TO: contract.valid_to.isoformat(),
    }


def _write_scope(writer: XmlWriter, scope: Scope) -> None:
    attributes = {
        _SCOPE_CODE: scope.code,
        _DISTINGUISHER: str(scope.distinguisher),
        _UNIT_NAME: scope.unit_name,
        _UNLIMITED: _YES if scope.unlimited else None,
    }
    with writer.element(_SCOPE, attributes):
        for row in scope.plan:
            plan = {
                _MONTH: str(row.month),
                _UNITS: text_from_units(row.units),
                _PRICE: text_from_grosze(row.price),
            }
            writer.empty(_PLAN, plan)
        for product in scope.products:
            writer.empty(_PRODUCT, _product_attributes(product))
        for cell in scope.cells:
            writer.empty(_CELL, _cell_attributes(cell))


def _product_attributes(product: UnitProduct) -> dict[str, str | None]:
    limit = product.max_multiplicity
    return {
        _PRODUCT_CODE: product.code,
        _NAME: product.name,
        _WEIGHT: text_from_units(product.weight),
        _FROM: product.valid_from.isoformat(),
        _TO: product.valid_to.isoformat(),
        _MIN_AGE: None if product.min_age is None else str(product.min_age),
        _MAX_AGE: None if product.max_age is None else str(product.max_age),
        _MAX_MULTIPLICITY: None if limit is None else text_from_units(limit),
        _REFERRAL: _YES if product.referral_required else None,
    }


def _cell_attributes(cell: Cell) -> dict[str, str | None]:
    return {
        _CELL_CODE: cell.code,
        _NAME: cell.name,
        _PLACE: cell.place,
        _FROM: cell.valid_from.isoformat(),
        _TO: cell.valid_to.isoformat(),
    }


def _contract_product_attributes(scope: Scope) -> dict[str, str | None]:
    return {
        _SCOPE_CODE: scope.code,
        _DISTINGUISHER: str(scope.distinguisher),
        _NAME: scope.name,
        _SETTLED_BY: scope.settled_by.value,
    }


def _coefficient_attributes(coefficient: Coefficient) -> dict[str, str | None]:
    return {
        _COEFFICIENT_CODE: coefficient.code,
        _NAME: coefficient.name,
        _USE: coefficient.use.value,
        _VALUE: text_from_units(coefficient.value),
        _FROM: coefficient.valid_from.isoformat(),
        _TO: coefficient.valid_to.isoformat(),
    }


def _period(element: Element) -> SettlementPeriod:
    first = element.month(_PERIOD_FIRST)
    expected = Text(
        pl=f"miesiąc RRRR-MM, nie wcześniejszy niż {first}", en=f"a month YYYY-MM, not before {first}"
    )
    return element.take(_PERIOD_LAST, lambda text: SettlementPeriod(first, Month.parse(text)), expected)


def _contract_products(elements: list[Element]) -> dict[_Key, tuple[str, SettledBy]]:
    """The dictionary: name and way of settlement of each scope."""
    found: dict[_Key, tuple[str, SettledBy]] = {}
    for element in elements:
        key = _new_key(element, found, _CONTRACT_PRODUCT)
        found[key] = (element.text(_NAME), element.choice(_SETTLED_BY, SettledBy))
    return found


def _scopes(elements: list[Element], named: Mapping[_Key, tuple[str, SettledBy]]) -> tuple[Scope, ...]:
    found: dict[_Key, Scope] = {}
    for element in elements:
        key = _new_key(element, found, _SCOPE)
        if key not in named:
            value = _shown(key)
            raise element.refusal("reference", name=_SCOPE_CODE, value=value, dictionary=_CONTRACT_PRODUCT)
        found[key] = _scope(element, key, *named[key])
    return tuple(found.values())


def _scope(element: Element, key: _Key, name: str, settled_by: SettledBy) -> Scope:
    code, distinguisher = key
    return Scope(
        code=code,
        distinguisher=distinguisher,
        name=name,
        settled_by=settled_by,
        unit_name=element.text(_UNIT_NAME),
        unlimited=element.flag(_UNLIMITED),
        plan=tuple(_plan_month(found) for found in element.many(_PLAN)),
        products=tuple(_product(found) for found in element.many(_PRODUCT)),
        cells=tuple(_cell(found) for found in element.many(_CELL)),
    )


def _plan_month(element: Element) -> PlanMonth:
    return PlanMonth(month=element.month(_MONTH), units=element.units(_UNITS), price=element.grosze(_PRICE))


def _product(element: Element) -> UnitProduct:
    return UnitProduct(
        code=element.text(_PRODUCT_CODE),
        name=element.text(_NAME),
        weight=element.units(_WEIGHT),
        valid_from=element.day(_FROM),
        valid_to=element.day(_TO),
        min_age=element.optional_number(_MIN_AGE),
        max_age=element.optional_number(_MAX_AGE),
        max_multiplicity=element.optional_units(_MAX_MULTIPLICITY),
        referral_required=element.flag(_REFERRAL),
    )


def _cell(element: Element) -> Cell:
    return Cell(
        code=element.text(_CELL_CODE),
        name=element.text(_NAME),
        place=element.text(_PLACE),
        valid_from=element.day(_FROM),
        valid_to=element.day(_TO),
    )


def _coefficient(element: Element) -> Coefficient:
    return Coefficient(
        code=element.text(_COEFFICIENT_CODE),
        name=element.text(_NAME),
        use=element.choice(_USE, CoefficientUse),
        value=element.units(_VALUE),
        valid_from=element.day(_FROM),
        valid_to=element.day(_TO),
    )


def _new_key(element: Element, found: Container[_Key], name: str) -> _Key:
    """The key of a scope, which may stand once only."""
    key = element.text(_SCOPE_CODE), element.number(_DISTINGUISHER)
    if key in found:
        raise element.refusal("record-repeated", name=name, key=_shown(key))
    return key


def _shown(key: _Key) -> str:
    return f"{key[0]} / {key[1]}"
