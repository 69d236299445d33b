"""What a provider may report in a month: every product of every scope, with what a report needs to say about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract, Scope, SettledBy, UnitProduct
from rozlicz.sample.catalogue import Product, products, scopes
from rozlicz.sample.coefficients import Combination, combinations_of
from rozlicz.sample.dice import Dice

STATIONARY = "S"
AMBULATORY = "A"

_SLOTS = 5_000
"""Into how many parts a choice among all offers is divided."""

_SCOPE_LUCK = (85, 120)
"""How much of its part a scope does in a month, in per cent, before the parts are made whole again."""

Wanted = Callable[["Offer"], bool]
"""A condition on offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One unit product in one scope of one contract, as it can be reported in the month.

    `price` and `planned` (units ×10,000 of its scope) are 0 when the plan lacks the month. `cells` are technical
    codes good in the whole month. `ages` and `sex`: whom it is for. `days`: the longest stay.
    """

    contract: Contract
    scope: Scope
    product: UnitProduct
    price: int
    planned: int
    cells: tuple[str, ...]
    diagnoses: tuple[str, ...]
    ages: tuple[int, int]
    sex: str
    days: int
    share: int
    set_type: str
    combinations: tuple[Combination, ...]

    @property
    def age_limited(self) -> bool:
        """Whether the contract limits the product to an age."""
        return self.product.min_age is not None or self.product.max_age is not None


class Offers:
    """The offers of some contracts in a month.

    `all` can be reported rightly. For reports with mistakes: `not_valid` are products that the contract has, but
    not in this month; `not_planned` those of scopes whose plan lacks the month; `otherwise` those of scopes that
    are settled in another way than by reports.
    """

    def __init__(self, contracts: Iterable[Contract], month: Month) -> None:
        self.month = month
        self.contracts = tuple(contracts)
        every = tuple(offer for contract in self.contracts for offer in _offers(contract, month))
        planned = [offer for offer in every if offer.price and _by_services(offer)]
        self.all = tuple(offer for offer in planned if _valid(offer, month))
        self.not_valid = tuple(offer for offer in planned if not _valid(offer, month))
        self.not_planned = tuple(o for o in every if not o.price and _by_services(o) and _valid(o, month))
        self.otherwise = tuple(o for o in every if o.price and not _by_services(o) and _valid(o, month))
        self._beside: dict[int, tuple[Offer, ...]] = {}

    def beside(self, offer: Offer) -> tuple[Offer, ...]:
        """What may stand beside an offer in one service: in hospital its extra positions, else other products.

        All of the same scope, and good for whomever the offer suits.
        """
        found = self._beside.get(id(offer))
        if found is None:
            found = tuple(other for other in self.all if _may_stand_beside(other, offer))
            self._beside[id(offer)] = found
        return found


def planned_positions(offers: Offers) -> dict[int, float]:
    """About how many positions of each offer (by its `id`) fulfil the plan of the month; 0 for what is never made."""
    shares: dict[int, int] = {}
    weights: dict[int, int] = {}
    for offer in offers.all:
        key = id(offer.scope)
        shares[key] = shares.get(key, 0) + offer.share
        weights[key] = weights.get(key, 0) + offer.share * offer.product.weight
    return {
        id(offer): offer.planned * offer.share / weights[id(offer.scope)] if weights[id(offer.scope)] else 0.0
        for offer in offers.all
    }


def often(offers: Offers, dice: Dice) -> tuple[Offer, ...]:
    """The offers, each repeated in proportion to its plan; scopes do a little more or less of theirs by chance."""
    luck = {
        id(scope): dice.between(*_SCOPE_LUCK) for contract in offers.contracts for scope in contract.scopes
    }
    planned = planned_positions(offers)
    wanted = {id(o): planned[id(o)] * luck[id(o.scope)] for o in offers.all if o.share}
    whole = sum(wanted.values()) or 1.0
    return tuple(
        offer
        for offer in offers.all
        if offer.share
        for _ in range(max(1, round(wanted[id(offer)] / whole * _SLOTS)))
    )


def _may_stand_beside(other: Offer, offer: Offer) -> bool:
    return (
        other.scope is offer.scope
        and other is not offer
        and (other.share == 0) == (offer.set_type == STATIONARY)
        and other.ages[0] <= offer.ages[0]
        and offer.ages[1] <= other.ages[1]
        and other.sex in ("", offer.sex)
    )


def _by_services(offer: Offer) -> bool:
    return offer.scope.settled_by is SettledBy.SERVICES


def _valid(offer: Offer, month: Month) -> bool:
    return _covers(offer.product.valid_from, offer.product.valid_to, month)


def _offers(contract: Contract, month: Month) -> Iterable[Offer]:
    combinations = combinations_of(contract, month)
    for scope in contract.scopes:
        cells = tuple(c.code for c in scope.cells if _covers(c.valid_from, c.valid_to, month))
        if not cells:
            continue
        for product in scope.products:
            known = products().get(product.code)
            yield Offer(
                contract=contract,
                scope=scope,
                product=product,
                price=scope.price_in(month) or 0,
                planned=sum(row.units for row in scope.plan if row.month == month),
                cells=cells,
                diagnoses=(known.diagnoses if known else ()) or _diagnoses_of(scope),
                ages=_ages(product, known),
                sex=known.sex if known else "",
                days=known.days if known else 0,
                share=known.share if known else 10,
                set_type=STATIONARY if contract.kind == "SZP" else AMBULATORY,
                combinations=combinations,
            )


def _covers(valid_from: date, valid_to: date, month: Month) -> bool:
    return valid_from <= month.first_day and valid_to >= month.last_day


def _ages(product: UnitProduct, known: Product | None) -> tuple[int, int]:
    """The narrower of the contract's limits and of what the catalogue knows; foreign products: the limits alone."""
    youngest, oldest = known.ages if known else (0, 110)
    return (
        max(youngest, product.min_age or 0),
        oldest if product.max_age is None else min(oldest, product.max_age),
    )


def _diagnoses_of(scope: Scope) -> tuple[str, ...]:
    for row in scopes().values():
        if (row.code, row.distinguisher) == (scope.code, scope.distinguisher):
            return row.diagnoses
    return ("Z00.0",)
