"""What the books hold of one cap unit when a calculation starts: candidates, billed positions, templates."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

Key = tuple[str, int]
"""A settlement position: the provider's id of the service, the number of the position inside it."""


class CapUnit(NamedTuple):
    """What one cap stands over: a scope of the contract and its distinguishing number (wyróżnik).

    Equal to the plain pair, so that pairs serve as keys too.
    """

    scope: str
    distinguisher: int


class Candidate(NamedTuple):
    """An accepted position with what of it no template holds yet.

    `month` is the reporting month (yyyymm), `last_day` the last day of the service. `units` (×10,000) is what
    the position has now less what templates hold of it **with the same product, price, bill and country**
    (corrections counted); so the raised part of a changed position is a candidate, and a position whose product
    changed is one in full. `held` (×10,000) is that subtracted part, 0 for most. `price` is grosze a unit, of
    the scope in the reporting month. `bill` is empty for the general bill, else the document number of the one
    person, with the state of insurance in `country`.
    """

    key: Key
    month: int
    last_day: date
    product: str
    price: int
    units: int
    bill: str = ""
    country: str = ""
    held: int = 0


class Billed(NamedTuple):
    """What one template holds of one position, and what the position is now.

    `template` is the number of the template that billed it, `template_month` its month (yyyymm), `units`
    (×10,000) the signed sum of that template and its corrections. The `now_…` fields describe the accepted
    current version in this cap unit, the same in each row of a position; `now_units` is 0 when the position was
    deleted, rejected, or moved to another scope or contract, and the other fields do not matter then.

    Only positions that were deleted, changed or verified negatively need to be given, but of such a position
    every template that holds a part of it.
    """

    key: Key
    template: int
    template_month: int
    product: str
    price: int
    units: int
    bill: str = ""
    country: str = ""
    now_units: int = 0
    now_month: int = 0
    now_product: str = ""
    now_price: int = 0
    now_bill: str = ""
    now_country: str = ""


class Issued(NamedTuple):
    """What one issued template holds in one cap unit: the signed sum of its lines there, in grosze.

    `month` (yyyymm) is the month the template was calculated for; of a correcting template, the month of the
    template it corrects.
    """

    template: int
    month: int
    amount: int
    corrects: int | None = None
