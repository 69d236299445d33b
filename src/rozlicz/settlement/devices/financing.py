"""Who pays what for a device: the one formula of supply on order (R50).

refund = min(price, limit) × share; the patient pays the rest: the own share within the limit, and all above it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rozlicz.kernel.money import UNIT_SCALE, Grosze, Price, Units, exact_value, round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Financing:
    """The price of a supply in three parts, in grosze: they always make up the price.

    `payer` is the refund, `own_share` the patient's part within the limit, `over_limit` the patient's part above it.
    """

    payer: Grosze
    own_share: Grosze
    over_limit: Grosze

    @property
    def patient(self) -> int:
        """All that the patient pays."""
        return self.own_share + self.over_limit

    @property
    def price(self) -> int:
        """What the supply costs."""
        return self.payer + self.patient


def financing(*, price: Grosze, limit: Grosze, share: Units) -> Financing:
    """Of one supply as a whole: price and limit in grosze, `share` of the payer (1 = 10,000; 70 % = 7,000)."""
    return financing_of_pieces(pieces=UNIT_SCALE, financed=UNIT_SCALE, price=price, limit=limit, share=share)


def financing_of_pieces(
    *, pieces: Units, financed: Units, price: Price, limit: Price, share: Units
) -> Financing:
    """Of so many pieces (×10,000) at a price of one, of which `financed` are paid for, up to a limit of one.

    The refund is the exact product of pieces, lower of price and limit, and share, rounded half-up once. Price and
    base are rounded for themselves, so the patient's parts are what is left of them: nothing is lost or added.
    """
    base = exact_value(units=min(financed, pieces), price=min(price, limit))
    payer = round_half_up(base * share, UNIT_SCALE * UNIT_SCALE)
    within_limit = round_half_up(base)
    return Financing(
        payer=payer,
        own_share=within_limit - payer,
        over_limit=round_half_up(exact_value(units=pieces, price=price)) - within_limit,
    )
