"""Mistakes in contract, scope, product and cell."""

from __future__ import annotations

from collections.abc import Sequence

from rozlicz.messages.contracts import Cell
from rozlicz.sample.faults.fault import (
    Fault,
    Service,
    blame,
    offered,
    right_service,
    usual,
    wrong_position,
    wrong_service,
)
from rozlicz.sample.offers import Offer
from rozlicz.sample.services import Maker, Visit


def _unknown_contract(maker: Maker, most: int) -> Service:
    service = right_service(maker, most)
    wrong = service[0]
    wrong.mistake({"contract": wrong.offer.contract.code[:-4] + "1999"})
    wrong.codes += ("59907001",)
    wrong.worth_nothing()
    return service


def _from(maker: Maker, offers: Sequence[Offer], code: str) -> Service:
    offer = maker.dice.pick(offers)
    service = maker.make(maker.patient_for(offer), offer, bare=True)
    blame(service, code)
    return service


def _otherwise_settled(maker: Maker, _: int) -> Service:
    return _from(maker, maker.offers.otherwise, "50101011")


def _not_planned(maker: Maker, _: int) -> Service:
    return _from(maker, maker.offers.not_planned, "59907010")


def _not_valid(maker: Maker, _: int) -> Service:
    return _from(maker, maker.offers.not_valid, "59907013")


def _closed_cells(offer: Offer, maker: Maker) -> list[Cell]:
    return [cell for cell in offer.scope.cells if cell.valid_to < maker.month.first_day]


def _cell_closed(maker: Maker, most: int) -> Service:
    offer = maker.dice.pick([one for one in maker.offers.all if usual(one) and _closed_cells(one, maker)])
    day = maker.dice.pick(maker.days)
    cell = maker.dice.pick(_closed_cells(offer, maker)).code
    visit = Visit(first_day=day, last_day=day, cell=cell)
    service = maker.make(maker.patient_for(offer), offer, most=most, visit=visit)
    blame(service, "50701004")
    return service


CONTRACT_FAULTS = (
    Fault(
        kind="unknown-contract",
        codes=("59907001",),
        plant=_unknown_contract,
        possible=offered(usual),
    ),
    wrong_position("malformed-scope", ["59907006"], {"scope": "02.1220.001"}),
    wrong_position(
        "malformed-distinguisher",
        ["59907007"],
        {"distinguisher": "A"},
    ),
    wrong_position("unknown-scope", ["59907008"], {"scope": "02.9999.001.02"}),
    wrong_position(
        "unknown-distinguisher",
        ["59907009"],
        {"distinguisher": "97"},
    ),
    Fault(
        kind="month-not-in-plan",
        codes=("59907010",),
        plant=_not_planned,
        possible=lambda maker: bool(maker.offers.not_planned),
    ),
    Fault(
        kind="scope-settled-otherwise",
        codes=("50101011",),
        plant=_otherwise_settled,
        possible=lambda maker: bool(maker.offers.otherwise),
    ),
    wrong_position("malformed-product", ["59907011"], {"product": "5.30.00.000000W"}),
    wrong_position("unknown-product", ["59907012"], {"product": "5.99.99.9999999"}),
    Fault(
        kind="product-not-valid",
        codes=("59907013",),
        plant=_not_valid,
        possible=lambda maker: bool(maker.offers.not_valid),
    ),
    wrong_service("cell-unknown", "50701004", {"cell": "000000999"}),
    Fault(
        kind="cell-closed",
        codes=("50701004",),
        plant=_cell_closed,
        possible=lambda maker: any(
            usual(offer) and _closed_cells(offer, maker) for offer in maker.offers.all
        ),
    ),
)
