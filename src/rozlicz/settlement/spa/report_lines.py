"""The lines of a report's templates: person-days by product and price, board and lodging by rate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rozlicz.kernel.money import UNIT_SCALE, exact_value, round_half_up
from rozlicz.messages.contracts import Scope
from rozlicz.messages.templates import TemplateLine
from rozlicz.settlement.coordination import BillOf
from rozlicz.settlement.spa.stays import StaySettlement
from rozlicz.settlement.wording import product_name

BOARD_AND_LODGING = "WYZ-ZAKW"
"""The product of lines for board and lodging of exempt persons; the code is this house's own."""

PERSON_DAY = "osobodzień"
"""The unit of measure of both kinds of lines, as the Fund names it (nfz-poznan.pl)."""

_BOARD_AND_LODGING_NAME = "wyżywienie i zakwaterowanie osób zwolnionych z odpłatności"


class _LineKey(NamedTuple):
    product: str
    price: int


def lines_by_bill(stays: Iterable[StaySettlement], scope: Scope) -> dict[BillOf, tuple[TemplateLine, ...]]:
    """The lines of each bill, in order of product and price; bills without any are left out."""
    found: dict[BillOf, Counter[_LineKey]] = {}
    for stay in stays:
        days = found.setdefault(stay.bill, Counter())
        for key, number in _days(stay):
            days[key] += number
    return {
        bill: tuple(_line(scope, key, days[key]) for key in sorted(days))
        for bill, days in found.items()
        if days
    }


def _days(stay: StaySettlement) -> Iterator[tuple[_LineKey, int]]:
    for part in stay.prices:
        yield _LineKey(stay.stay.product, part.price), part.days
    for lodging in stay.lodging.parts if stay.lodging else ():
        yield _LineKey(BOARD_AND_LODGING, lodging.rate.amount), lodging.days


def _line(scope: Scope, key: _LineKey, days: int) -> TemplateLine:
    units = days * UNIT_SCALE
    return TemplateLine(
        scope=scope.code,
        distinguisher=scope.distinguisher,
        product=key.product,
        name=_name(scope, key.product),
        unit_name=PERSON_DAY,
        units=units,
        price=key.price,
        amount=round_half_up(exact_value(units=units, price=key.price)),
    )


def _name(scope: Scope, product: str) -> str:
    if product == BOARD_AND_LODGING:
        return _BOARD_AND_LODGING_NAME
    return product_name(scope, product) if product else scope.name
