"""A line of a template: all its positions with the same scope, product, price and bill, rounded once."""

from __future__ import annotations

from typing import NamedTuple

from rozlicz.kernel.money import exact_value, round_half_up
from rozlicz.settlement.books import Key
from rozlicz.settlement.drafts import Allocations


class LineKey(NamedTuple):
    """What makes positions of one cap unit one line. `price` in grosze."""

    bill: str
    country: str
    product: str
    price: int


class Line:
    """A line while it is being filled: units (×10,000), the amount in grosze, the positions behind it.

    The amount is the exact Σ units × price rounded half-up; nothing else is ever rounded (R20, policy).
    """

    __slots__ = ("allocations", "amount", "price", "units")

    def __init__(self, price: int) -> None:
        self.price = price
        self.units = 0
        self.amount = 0
        self.allocations = Allocations()

    def amount_with(self, units: int) -> int:
        """What the line would amount to with so many units more."""
        return round_half_up(exact_value(units=self.units + units, price=self.price))

    def add(self, key: Key, units: int) -> None:
        """Take so many units of a position into the line; negative ones are taken back."""
        self.amount = self.amount_with(units)
        self.units += units
        self.allocations.add(key, units)
