"""R63: a service outside a signed contract is never settled, and the finding says what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Cell, Scope, SettledBy, UnitProduct
from tests.verification.cases import Case, assert_holds, case, right, wrong
from tests.verification.reports import CONTRACT, check, codes, report, visit
from tests.world import CARDIOLOGY, CELL, NEUROLOGY, PRACTICE, VISIT, contract, scope

_PRACTICE = contract(PRACTICE)
_OTHER_BRANCH = replace(CONTRACT, code="04/050123/AOS/2026/9", branch="04")
_UNSIGNED = replace(CONTRACT, code="05/050123/AOS/2026/8", signed_on=date(2026, 11, 6))
_HALF_YEAR = replace(
    CONTRACT,
    code="05/050123/AOS/2026/7",
    settlement_periods=(SettlementPeriod(Month(2026, 1), Month(2026, 9)),),
)


def other(neurology: Scope, **changes: object) -> tuple[Scope, ...]:
    """The scopes of a contract: neurology with changes."""
    return (replace(neurology, **changes),)


def settled_by(by: SettledBy) -> tuple[Scope, ...]:
    return other(scope(), settled_by=by)


_NEW_PRODUCT = UnitProduct(
    code="5.30.00.0000099",
    name="W99",
    weight=10_000,
    valid_from=date(2026, 10, 6),
    valid_to=date(2026, 10, 31),
)
_NEW_CELL = Cell(
    code="0501-002", name="Filia", place="Łódź", valid_from=date(2026, 10, 6), valid_to=date(2026, 10, 31)
)
_GROWN = contract(
    scopes=other(scope(), products=(*scope().products, _NEW_PRODUCT), cells=(*scope().cells, _NEW_CELL))
)
_NO_OCTOBER = contract(scopes=other(scope(), plan=tuple(p for p in scope().plan if p.month.month != 10)))

CASES = [
    case(
        "59907001",
        "R63 no contract",
        wrong(visit(contract="05/050123/AOS/2026/2")),
        wrong(visit(contract=None)),
        wrong(visit(contract=CONTRACT.code + " ")),
        right(visit()),
    ),
    case(
        "50101009",
        "a contract of another provider",
        wrong(visit(contract=_PRACTICE.code)),
        right(visit()),
        contracts=(CONTRACT, _PRACTICE),
    ),
    case(
        "59907002",
        "a contract with another branch",
        wrong(visit(contract=_OTHER_BRANCH.code)),
        right(visit()),
        contracts=(CONTRACT, _OTHER_BRANCH),
    ),
    case(
        "59907003",
        "R63 not yet signed on the day of receipt",
        wrong(visit(contract=_UNSIGNED.code)),
        right(visit()),
        contracts=(CONTRACT, _UNSIGNED),
        received_on=date(2026, 11, 5),
    ),
    case(
        "59907003",
        "signed on the day of receipt, for services of the month before",
        right(visit(contract=_UNSIGNED.code)),
        contracts=(_UNSIGNED,),
        received_on=date(2026, 11, 6),
    ),
    case(
        "59907004",
        "a day outside the contract: told once, not again for plan, product and cell",
        wrong(visit(date_from="2025-12-31", date_to="2025-12-31", month="2025-12")),
        right(visit(date_from="2026-01-01", date_to="2026-01-01", month="2026-01")),
    ),
    case(
        "59907005",
        "a month outside the settlement periods",
        wrong(visit(contract=_HALF_YEAR.code)),
        right(visit(contract=_HALF_YEAR.code, date_from="2026-09-30", date_to="2026-09-30", month="2026-09")),
        contracts=(_HALF_YEAR,),
    ),
    case(
        "59907006",
        "form of the scope",
        wrong(visit(scope="02.1220.001")),
        wrong(visit(scope=None)),
        wrong(visit(scope="02.1220.001.02 ")),
        right(visit(scope="02.1220.001.02")),
    ),
    case(
        "59907007",
        "form of the distinguishing number",
        wrong(visit(distinguisher="")),
        wrong(visit(distinguisher="A")),
        wrong(visit(distinguisher="10000")),
        right(visit(distinguisher="0001")),
    ),
    case(
        "59907008",
        "R63 scope not in the contract",
        wrong(visit(scope=CARDIOLOGY)),
        right(visit(scope=NEUROLOGY)),
    ),
    case("59907009", "distinguishing number not in it", wrong(visit(distinguisher="2")), right(visit())),
    case(
        "59907010",
        "R63 month not in the plan",
        wrong(visit()),
        right(visit(date_from="2026-09-30", date_to="2026-09-30", month="2026-09")),
        contracts=(_NO_OCTOBER,),
    ),
    case(
        "50101011",
        "device supply",
        wrong(visit()),
        contracts=(contract(scopes=settled_by(SettledBy.DEVICE_SUPPLY)),),
    ),
    case(
        "50101011",
        "SIMP",
        wrong(visit()),
        contracts=(contract(scopes=settled_by(SettledBy.PREVENTION_SYSTEM)),),
    ),
    case(
        "50101011",
        "under declarations visits are statistics",
        wrong(visit()),
        right(visit(multiplicity="0")),
        contracts=(contract(scopes=settled_by(SettledBy.DECLARATIONS)),),
    ),
    case(
        "50101011", "lump sums", right(visit()), contracts=(contract(scopes=settled_by(SettledBy.LUMP_SUM)),)
    ),
    case(
        "59907011",
        "form of the product",
        wrong(visit(product="5.30.00.000001")),
        wrong(visit(product=None)),
        right(visit(product=VISIT)),
    ),
    case("59907012", "a product of another scope", wrong(visit(product="5.30.00.0000013")), right(visit())),
    case(
        "59907013",
        "a product from tomorrow on",
        wrong(visit(product=_NEW_PRODUCT.code, date_from="2026-10-05", date_to="2026-10-05")),
        right(visit(product=_NEW_PRODUCT.code, date_from="2026-10-06", date_to="2026-10-06")),
        contracts=(_GROWN,),
    ),
    case(
        "50701004",
        "the cell and its days",
        wrong(visit(cell="0501-003")),
        wrong(visit(cell=None)),
        wrong(visit(cell=_NEW_CELL.code)),
        right(visit(cell=_NEW_CELL.code, date_from="2026-10-06", date_to="2026-10-06")),
        right(visit(cell=CELL)),
        contracts=(_GROWN,),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rules_about_the_contract(case: Case) -> None:
    assert_holds(case)


def test_a_stay_that_began_under_the_contract_of_the_year_before_is_right() -> None:
    stay = visit(
        set_type="S", discharge_mode="1", date_from="2025-12-29", date_to="2026-01-02", month="2026-01"
    )
    assert codes(check(report(stay))) == {}


def test_an_unknown_contract_is_the_only_fault_told() -> None:
    row = visit(contract="?", scope=CARDIOLOGY, cell="?", product="5.99.99.9999999", coefficients="X=1.5")
    assert codes(check(report(row | {"multiplicity": "1.5"})))[1] == {"59907001"}


def test_the_newest_annex_counts() -> None:
    annexed = replace(_GROWN, annex=1)
    row = visit(product=_NEW_PRODUCT.code, date_from="2026-10-06", date_to="2026-10-06")
    assert codes(check(report(row), annexed, CONTRACT)) == {}
    assert codes(check(report(row), CONTRACT, replace(_GROWN, annex=0))) == {1: {"59907012"}}


def test_a_product_whose_weight_changed_has_the_weight_of_its_day() -> None:
    def weighing(weight: int, first: date, last: date) -> UnitProduct:
        return UnitProduct(code=VISIT, name="W11", weight=weight, valid_from=first, valid_to=last)

    changed = contract(
        scopes=other(
            scope(),
            products=(
                weighing(10_000, date(2026, 1, 1), date(2026, 6, 30)),
                weighing(20_000, date(2026, 7, 1), date(2026, 9, 30)),
                weighing(30_000, date(2026, 10, 1), date(2026, 12, 31)),
            ),
        )
    )
    days = ("2026-06-30", "2026-07-01", "2026-09-30", "2026-10-01")
    rows = [visit(date_from=day, date_to=day, month=day[:7]) for day in days]
    checked = check(report(*rows), changed)
    assert codes(checked) == {}
    assert checked.positions["units"].to_list() == [10_000, 20_000, 20_000, 30_000]
