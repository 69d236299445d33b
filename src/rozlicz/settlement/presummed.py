"""Positions summed up before they are calculated: a year of a branch in seconds, a forecast without millions of rows.

Positions of one cap unit, reporting month, product, price and bill become one. Where everything fits the room, the
lines are those of the single positions, to the grosz: a line is the exact Σ units × price either way. Where the cap
cuts (`split`), other products may be cut than position by position. What is paid is then the same up to half a grosz
for each line, and one grosz and the price of 0.0001 unit for each calculation that ended at the cap; it never passes
the room.
With `whole`, positions have to be tried one by one: sums would be wrong, and are refused.

A template made of sums tells nothing of single positions: sums are for answers, never for bills.
"""

from __future__ import annotations

from collections.abc import Iterable

from rozlicz.settlement.books import Key
from rozlicz.settlement.ledger import Position
from rozlicz.settlement.parameters import Policy


def presummed(positions: Iterable[Position], *, policy: Policy) -> dict[Key, Position]:
    """The positions as sums, each under its own key (`key_of_sum`); its last day is the last of its positions.

    Raises ValueError with `whole`: a mistake of the calling program.
    """
    if policy.boundary_position == "whole":
        raise ValueError("sums of positions cannot be settled where a position waits as a whole")
    sums: dict[Key, Position] = {}
    for position in positions:
        key = key_of_sum(position)
        if (so_far := sums.get(key)) is not None:
            position = position._replace(
                units=so_far.units + position.units, last_day=max(so_far.last_day, position.last_day)
            )
        sums[key] = position
    return sums


def key_of_sum(position: Position) -> Key:
    """The key of the sum a position belongs to; templates of such books hold sums under the same keys."""
    unit = position.unit
    what = (unit.scope, str(unit.distinguisher), str(position.month), position.product)
    price = "" if position.price is None else str(position.price)
    return (" | ".join((*what, price, position.bill, position.country)), 1)
