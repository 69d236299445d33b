"""Mistakes in multiplicity and correction coefficients."""

from __future__ import annotations

from collections.abc import Callable

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.messages.contracts import Coefficient, CoefficientUse
from rozlicz.sample.coefficients import multiplied, plain, valid_coefficients, written
from rozlicz.sample.faults.fault import Fault, Service, offered, usual, wrong_position
from rozlicz.sample.offers import Offer
from rozlicz.sample.services import Maker, Position

_MOST_WRITTEN = 99_999_999
"""The largest multiplicity that four digits and four decimals can say."""

_BOUND = 10**10
"""No position may be worth more, in grosze."""


def _bare_position(maker: Maker, wanted: Callable[[Offer], bool]) -> Position:
    offer = maker.dice.pick([one for one in maker.offers.all if usual(one) and wanted(one)])
    return maker.make(maker.patient_for(offer), offer, bare=True)[0]


def _settle(position: Position, multiplicity: int) -> None:
    position.mistake({"multiplicity": plain(multiplicity)})
    position.worth(multiplicity)


def _malformed(maker: Maker, _: int) -> Service:
    position = _bare_position(maker, usual)
    position.mistake({"multiplicity": maker.dice.pick(("1.5.0", "-1", "1.23456", "raz"))})
    position.worth_nothing()
    position.codes = ("59905001",)
    return [position]


def _over_limit(maker: Maker, _: int) -> Service:
    position = _bare_position(maker, _has_limit)
    over = (position.offer.product.max_multiplicity or 0) + UNIT_SCALE
    position.mistake({"actual_multiplicity": plain(over)})
    _settle(position, over)
    position.codes = ("50503014",)
    return [position]


def _has_limit(offer: Offer) -> bool:
    return usual(offer) and offer.product.max_multiplicity is not None


def _differs(maker: Maker, _: int) -> Service:
    """Either a wrong number without coefficients, or the right coefficients and a result wrong in the last place."""
    position = _bare_position(maker, usual)
    combinations = position.offer.combinations
    if combinations and maker.dice.chance(0.5):
        combination = maker.dice.pick(combinations)
        position.mistake({"coefficients": combination.text})
        _settle(position, multiplied(UNIT_SCALE, combination.factor) + 1)
    else:
        _settle(position, UNIT_SCALE * 3 // 2)
    position.codes = ("59905007",)
    return [position]


def _bound(offer: Offer) -> bool:
    """Whether the largest multiplicity is within the contract's limit and too much money."""
    worth = offer.product.weight * _MOST_WRITTEN // UNIT_SCALE * offer.price // UNIT_SCALE
    return usual(offer) and offer.product.max_multiplicity is None and worth > _BOUND


def _out_of_bounds(maker: Maker, _: int) -> Service:
    position = _bare_position(maker, _bound)
    position.mistake(dict.fromkeys(("actual_multiplicity", "multiplicity"), plain(_MOST_WRITTEN)))
    position.worth_nothing()
    position.codes = ("59905008",)
    return [position]


def _valid(offer: Offer, maker: Maker, use: CoefficientUse | None = None) -> list[Coefficient]:
    """Coefficients good in the month, of one use or of any that may be joined."""
    uses = (use,) if use else (CoefficientUse.SUM, CoefficientUse.MULTIPLY)
    return [c for c in valid_coefficients(offer.contract, maker.month) if c.use in uses]


def _expired(offer: Offer, maker: Maker) -> list[Coefficient]:
    return [c for c in offer.contract.coefficients if c.valid_to < maker.month.first_day]


def _coefficient_unknown(maker: Maker, _: int) -> Service:
    return _with_coefficients(maker, usual, lambda _: [("X99", 13_000)], "59905004")


def _coefficient_expired(maker: Maker, _: int) -> Service:
    return _with_coefficients(
        maker,
        lambda offer: bool(_expired(offer, maker)),
        lambda offer: [(c.code, c.value) for c in _expired(offer, maker)[:1]],
        "59905004",
    )


def _coefficient_value(maker: Maker, _: int) -> Service:
    return _with_coefficients(
        maker,
        lambda offer: bool(_valid(offer, maker)),
        lambda offer: [(c.code, c.value + 100) for c in _valid(offer, maker)[:1]],
        "59905005",
    )


def _collides(offer: Offer, maker: Maker) -> bool:
    return bool(_valid(offer, maker, CoefficientUse.NOT_APPLICABLE) and _valid(offer, maker))


def _collision(maker: Maker, _: int) -> Service:
    def colliding(offer: Offer) -> list[tuple[str, int]]:
        alone = _valid(offer, maker, CoefficientUse.NOT_APPLICABLE)
        return [(c.code, c.value) for c in (alone[0], _valid(offer, maker)[0])]

    return _with_coefficients(maker, lambda offer: _collides(offer, maker), colliding, "59905006")


def _with_coefficients(
    maker: Maker,
    wanted: Callable[[Offer], bool],
    chosen: Callable[[Offer], list[tuple[str, int]]],
    code: str,
) -> Service:
    """One position whose multiplicity follows from its coefficients, which are wrong."""
    position = _bare_position(maker, wanted)
    coefficients = chosen(position.offer)
    settled = UNIT_SCALE
    for _, value in coefficients:
        settled = multiplied(settled, value)
    position.mistake({"coefficients": written(coefficients)})
    _settle(position, settled)
    position.codes = (code,)
    return [position]


MULTIPLICITY_FAULTS = (
    Fault(
        kind="malformed-multiplicity",
        codes=("59905001",),
        plant=_malformed,
        possible=offered(usual),
    ),
    wrong_position(
        "malformed-actual-multiplicity",
        ["59905002"],
        {"actual_multiplicity": None},
        worthless=False,
    ),
    Fault(
        kind="multiplicity-over-limit",
        codes=("50503014",),
        plant=_over_limit,
        possible=offered(_has_limit),
    ),
    wrong_position(
        "malformed-coefficients",
        ["59905003"],
        {"coefficients": "Q01=1.02=1"},
        worthless=False,
    ),
    Fault(
        kind="coefficient-unknown",
        codes=("59905004",),
        plant=_coefficient_unknown,
        possible=offered(usual),
    ),
    Fault(
        kind="coefficient-expired",
        codes=("59905004",),
        plant=_coefficient_expired,
        possible=lambda maker: any(usual(o) and _expired(o, maker) for o in maker.offers.all),
    ),
    Fault(
        kind="coefficient-value",
        codes=("59905005",),
        plant=_coefficient_value,
        possible=lambda maker: any(usual(o) and _valid(o, maker) for o in maker.offers.all),
    ),
    Fault(
        kind="coefficient-collision",
        codes=("59905006",),
        plant=_collision,
        possible=lambda maker: any(usual(o) and _collides(o, maker) for o in maker.offers.all),
    ),
    Fault(
        kind="multiplicity-differs",
        codes=("59905007",),
        plant=_differs,
        possible=offered(usual),
    ),
    Fault(
        kind="value-out-of-bounds",
        codes=("59905008",),
        plant=_out_of_bounds,
        possible=offered(_bound),
    ),
)
