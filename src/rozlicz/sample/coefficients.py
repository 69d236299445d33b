"""Which correction coefficients a sample position uses, and what they make of its multiplicity.

Calculated here on integers, from the Fund's notices (nfz.gov.pl 8203, 8383) and not from the verification code:
no coefficient: as it is; one: actual × coefficient; several: those of use S are summed, K = ΣW − (n − 1), those
of use M (and an individual one, I) multiply; rounded half-up to four places, the combined one too (policy).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from rozlicz.kernel.money import UNIT_SCALE, round_decimal, round_half_up
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Coefficient, CoefficientUse, Contract

_INDIVIDUAL_VALUE = 9_500
"""An individual coefficient is agreed for one case: the dictionary's value is not the one used (0.95 here)."""


_LEVELS = frozenset({"Q01", "Q02"})
"""Two levels of accreditation: nobody has both."""


class Combination(NamedTuple):
    """Coefficients as a report writes them (`Q01=1.02 R01=1.06`) and the factor ×10,000 that stands for them."""

    text: str
    factor: int


def plain(ten_thousandths: int) -> str:
    """A number ×10,000 as the shortest decimal text: `1`, `1.2`, `1.0812`."""
    whole, rest = divmod(ten_thousandths, UNIT_SCALE)
    return f"{whole}.{rest:04d}".rstrip("0") if rest else str(whole)


def multiplied(actual: int, factor: int) -> int:
    """An actual multiplicity times a factor, both ×10,000, rounded half-up to four places."""
    return round_half_up(actual * factor)


def valid_coefficients(contract: Contract, month: Month) -> tuple[Coefficient, ...]:
    """The coefficients of a contract that are good on every day of a month."""
    return tuple(
        c for c in contract.coefficients if c.valid_from <= month.first_day and c.valid_to >= month.last_day
    )


def combinations_of(contract: Contract, month: Month) -> tuple[Combination, ...]:
    """Every right combination of one to three coefficients of a contract in a month."""
    valid = valid_coefficients(contract, month)
    joinable = [c for c in valid if c.use in (CoefficientUse.SUM, CoefficientUse.MULTIPLY)]
    found = [_combined([c]) for c in valid]
    for size in (2, 3):
        found += [
            _combined(group)
            for group in combinations(joinable, size)
            if not _LEVELS.issubset(one.code for one in group)
        ]
    return tuple(found)


def written(coefficients: Iterable[tuple[str, int]]) -> str:
    """Codes and values ×10,000 as a report writes them."""
    return " ".join(f"{code}={plain(value)}" for code, value in coefficients)


def _combined(group: Iterable[Coefficient]) -> Combination:
    used = [(c, _INDIVIDUAL_VALUE if c.use is CoefficientUse.INDIVIDUAL else c.value) for c in group]
    summed = [value for c, value in used if c.use is CoefficientUse.SUM]
    factor = Decimal(sum(summed) - (len(summed) - 1) * UNIT_SCALE if summed else UNIT_SCALE) / UNIT_SCALE
    for coefficient, value in used:
        if coefficient.use is not CoefficientUse.SUM:
            factor *= Decimal(value) / UNIT_SCALE
    return Combination(
        text=written((c.code, value) for c, value in used), factor=int(round_decimal(factor, 4) * UNIT_SCALE)
    )
