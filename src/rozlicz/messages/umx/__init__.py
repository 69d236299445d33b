"""The electronic contract (UMX), from the payer to the provider: 4.0 is written; 3.4 to 3.7 and 4.0 are read.

Seen in the Fund's notices and used exactly: `dane-umowy` with `kod-umowy`, `kod-pierw-umowy` and, from 4.0,
`kod-umowy-druk`, `dok-zwieksz-finansowanie`, `zwieksz-planu`; `komorka`, of which a scope before 4.0 had at least
one; `slowniki` with `prod-kontr@fakt-wykonanie` and, from 4.0, `przeznacz-dod-srodk-fin`. Their nesting where the
notices do not show it, and every name marked `own` in `umx.names`, are ours. Scopes: `umx.scopes`, `umx.rates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract, Location
from rozlicz.messages.financing import FinancingDocument, FundsPurpose
from rozlicz.messages.header import Header
from rozlicz.messages.umx import names
from rozlicz.messages.umx.names import KIND
from rozlicz.messages.umx.scopes import (
    Known,
    by_code,
    coefficient_attributes,
    contract_product_attributes,
    contract_products,
    read_coefficient,
    read_scopes,
    reference,
    write_scope,
)
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.party_wire import ADDRESS, read_address, read_party, write_address, write_party
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element, header_of_tree, read_tree
from rozlicz.messages.wire.xml_writer import XmlWriter, written_to


def write_umx(contract: Contract, *, header: Header, target: Path | BinaryIO, zipped: bool = False) -> None:
    """Write a contract in the state of one annex. `zipped` packs it.

    A contract that names what it does not hold, or the same thing twice, could not be read again: ValueError.
    """
    _check(contract)
    with written_to(target, zipped=zipped, member_name="umowa.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND)):
            with writer.element(names.CONTRACT, _contract_attributes(contract)):
                write_party(writer, names.PROVIDER, contract.provider)
                for period in contract.settlement_periods:
                    writer.empty(names.PERIOD, _period_attributes(period))
                for location in contract.locations:
                    _write_location(writer, location)
                for document in contract.financing:
                    writer.empty(names.FINANCING, _financing_attributes(document))
                for scope in contract.scopes:
                    write_scope(writer, scope)
            with writer.element(names.DICTIONARIES, {}):
                for scope in contract.scopes:
                    writer.empty(names.CONTRACT_PRODUCT, contract_product_attributes(scope))
                for coefficient in contract.coefficients:
                    writer.empty(names.COEFFICIENT, coefficient_attributes(coefficient))
                for purpose in contract.purposes:
                    writer.empty(names.PURPOSE, {names.ITEM_CODE: purpose.code, names.NAME: purpose.name})


def read_umx(source: Source) -> tuple[Header, Contract]:
    """Read a contract. Raises MessageRefused, naming line, element and attribute.

    In a version before 4.0 a contract has no printed code of its own: it is the technical one.
    """
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=KIND, versions=names.VERSIONS)
    is_older = header.version != names.VERSIONS[-1]
    if is_older:
        _refuse_newer_names(root, header.version)
    element = root.one(names.CONTRACT)
    dictionaries = root.one(names.DICTIONARIES)
    purposes = by_code(dictionaries, names.PURPOSE, names.ITEM_CODE, _purpose)
    locations = by_code(element, names.LOCATION, names.LOCATION_CODE, _location)
    financing = by_code(
        element,
        names.FINANCING,
        names.FINANCING_NUMBER,
        lambda found, number: _financing_document(found, number, purposes),
    )
    known = Known(
        named=contract_products(dictionaries.many(names.CONTRACT_PRODUCT)),
        purposes=purposes,
        locations=locations,
        financing=financing,
    )
    code = element.text(names.CODE)
    contract = Contract(
        code=code,
        original_code=element.text(names.ORIGINAL_CODE),
        printed_code=code if is_older else element.text(names.PRINTED_CODE),
        annex=element.number(names.ANNEX),
        annexed_on=element.day(names.ANNEXED_ON),
        branch=element.text(names.BRANCH),
        kind=element.text(names.CONTRACT_KIND),
        kind_name=element.text(names.CONTRACT_KIND_NAME),
        contract_type=element.optional(names.CONTRACT_TYPE),
        provider=read_party(element.one(names.PROVIDER)),
        signed_on=element.day(names.SIGNED_ON),
        valid_from=element.day(names.FROM),
        valid_to=element.day(names.TO),
        settlement_periods=tuple(_period(found) for found in element.many(names.PERIOD)),
        locations=tuple(locations.values()),
        financing=tuple(financing.values()),
        scopes=read_scopes(element.many(names.SCOPE), known, cells_needed=is_older),
        coefficients=tuple(read_coefficient(found) for found in dictionaries.many(names.COEFFICIENT)),
        purposes=tuple(purposes.values()),
    )
    root.everything_read()
    return header, contract


def _check(contract: Contract) -> None:
    scopes = contract.scopes
    increases = [increase for scope in scopes for increase in scope.increases]
    followed = [one for scope in scopes for one in scope.follows if not one.contract]
    purposes: set[object] = {
        *(one.purpose for one in increases),
        *(one.purpose for one in contract.financing),
    }
    held_and_named: tuple[tuple[list[object], set[object]], ...] = (
        ([(one.code, one.distinguisher) for one in scopes], {(f.code, f.distinguisher) for f in followed}),
        ([one.code for one in contract.locations], {cell.location for one in scopes for cell in one.cells}),
        ([one.number for one in contract.financing], {one.document for one in increases}),
        ([one.code for one in contract.purposes], purposes),
    )
    for held, named in held_and_named:
        if len(set(held)) < len(held):
            raise ValueError(f"a contract holds one of {held} twice")
        if missing := named - {"", *held}:
            raise ValueError(f"a contract names {missing} and does not hold it")


def _refuse_newer_names(root: Element, version: str) -> None:
    """A name of 4.0 in an older version contradicts it."""
    if found := root.find(names.SINCE_4_0):
        element, name = found
        raise element.refusal("name-newer", name=name, since=names.VERSIONS[-1], found=version)


def _contract_attributes(contract: Contract) -> dict[str, str | None]:
    return {
        names.CODE: contract.code,
        names.ORIGINAL_CODE: contract.original_code,
        names.PRINTED_CODE: contract.printed_code,
        names.ANNEX: str(contract.annex),
        names.ANNEXED_ON: contract.annexed_on.isoformat(),
        names.BRANCH: contract.branch,
        names.CONTRACT_KIND: contract.kind,
        names.CONTRACT_KIND_NAME: contract.kind_name,
        names.CONTRACT_TYPE: contract.contract_type or None,
        names.SIGNED_ON: contract.signed_on.isoformat(),
        names.FROM: contract.valid_from.isoformat(),
        names.TO: contract.valid_to.isoformat(),
    }


def _period_attributes(period: SettlementPeriod) -> dict[str, str]:
    return {names.PERIOD_FIRST: str(period.first), names.PERIOD_LAST: str(period.last)}


def _period(element: Element) -> SettlementPeriod:
    first = element.month(names.PERIOD_FIRST)
    expected = Text(
        pl=f"miesiąc RRRR-MM, nie wcześniejszy niż {first}", en=f"a month YYYY-MM, not before {first}"
    )
    return element.take(names.PERIOD_LAST, lambda text: SettlementPeriod(first, Month.parse(text)), expected)


def _write_location(writer: XmlWriter, location: Location) -> None:
    with writer.element(names.LOCATION, {names.LOCATION_CODE: location.code, names.NAME: location.name}):
        write_address(writer, location.address)


def _location(element: Element, code: str) -> Location:
    return Location(code=code, name=element.text(names.NAME), address=read_address(element.one(ADDRESS)))


def _financing_attributes(document: FinancingDocument) -> dict[str, str | None]:
    return {
        names.FINANCING_NUMBER: document.number,
        names.FINANCING_KIND: names.FINANCING_KINDS[document.kind],
        names.FINANCING_DATE: document.dated.isoformat(),
        names.PURPOSE_CODE: document.purpose or None,
    }


def _financing_document(
    element: Element, number: str, purposes: Mapping[str, FundsPurpose]
) -> FinancingDocument:
    return FinancingDocument(
        number=number,
        kind=element.word(names.FINANCING_KIND, names.FINANCING_KINDS),
        dated=element.day(names.FINANCING_DATE),
        purpose=reference(element, names.PURPOSE_CODE, purposes, names.PURPOSE),
    )


def _purpose(element: Element, code: str) -> FundsPurpose:
    return FundsPurpose(code=code, name=element.text(names.NAME))
