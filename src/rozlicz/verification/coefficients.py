"""Correction coefficients: how several on one position become one (nfz.gov.pl notices 8203, 8250 and 8383).

No coefficient: the multiplicity that is settled is the actual one. One: their product, rounded to four
places. Several: first those that are summed, K = ΣW − (n − 1), then the others multiply; the combined
coefficient is rounded to four places, and so is its product with the actual multiplicity. A coefficient of
use N excludes every other. One of use I has no value in the dictionary: the reported one is taken, and
multiplies (policy: the notices do not say how it joins others).

A matrix of pairs may say otherwise for two codes. It changes over time (its newest known state is attached to notice
8872, which was not seen), so it is a dated parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations
from types import MappingProxyType
from typing import NamedTuple

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.money import round_decimal
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import CoefficientUse
from rozlicz.verification.bases import COEFFICIENT_NOTICE

_PLACES = 4


class Used(NamedTuple):
    """One coefficient of a position: how it joins others, its value, and its code in SPEC_ROZ."""

    use: CoefficientUse
    value: Decimal
    code: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """What the matrix says of two codes: S summed, M multiplied, N a collision; and where that stands."""

    first: str
    second: str
    use: CoefficientUse
    basis: Basis


PairMatrix = Mapping[frozenset[str], Pair]
"""The entries by their two codes. Two codes without an entry join by their own uses."""

NO_PAIRS: PairMatrix = MappingProxyType({})


def pair_matrix(pairs: Iterable[Pair]) -> PairMatrix:
    """The matrix of these entries. Raises ValueError when two of them are for the same codes."""
    listed = list(pairs)
    matrix = {frozenset((pair.first, pair.second)): pair for pair in listed}
    if len(matrix) != len(listed):
        raise ValueError("the matrix has two entries for one pair of codes")
    return MappingProxyType(matrix)


_LEVELS = Basis(
    Text(
        pl="słownik SPEC_ROZ (slowniki.nfz.gov.pl/SP_ROZ): dwa poziomy tego samego; zapis w macierzy "
        "(komunikat 8872) niesprawdzony",
        en="dictionary SPEC_ROZ (slowniki.nfz.gov.pl/SP_ROZ): two levels of one thing; the entry in the matrix "
        "(notice 8872) was not seen",
    ),
    confirmed=False,
)

PAIR_MATRIX: Parameter[PairMatrix] = Parameter(
    name="coefficient_pair_matrix",
    meaning=Text(
        pl="Macierz łączenia współczynników korygujących: pary kodów inne, niż wynika z ich sposobu użycia",
        en="Matrix of joining correction coefficients: pairs of codes that differ from what their uses say",
    ),
    rulings=(
        Ruling(value=NO_PAIRS, since=date(2004, 1, 1), basis=COEFFICIENT_NOTICE),
        Ruling(
            value=pair_matrix(
                (
                    # Accreditation from 90 % and from 80 to 90 %; hospital lump sum of level I and of level II.
                    Pair("Q01", "Q02", CoefficientUse.NOT_APPLICABLE, _LEVELS),
                    Pair("R01", "R02", CoefficientUse.NOT_APPLICABLE, _LEVELS),
                )
            ),
            since=date(2022, 5, 16),
            basis=_LEVELS,
        ),
    ),
)


def joined_by(first: Used, second: Used, matrix: PairMatrix = NO_PAIRS) -> CoefficientUse:
    """How two coefficients join: the matrix' entry, else N when one is N, S when both are S, M otherwise."""
    pair = matrix.get(frozenset((first.code, second.code)))
    if pair is not None:
        return pair.use
    uses = {first.use, second.use}
    if CoefficientUse.NOT_APPLICABLE in uses:
        return CoefficientUse.NOT_APPLICABLE
    return CoefficientUse.SUM if uses == {CoefficientUse.SUM} else CoefficientUse.MULTIPLY


def sums(used: Sequence[Used], matrix: PairMatrix = NO_PAIRS) -> tuple[tuple[Used, ...], ...] | None:
    """The coefficients in groups: those of a group are summed, then the groups multiply (KOEF-10: None).

    None: two of them may not be joined, or the pairs contradict each other, such as A summed with B and with C, but
    B multiplied with C; the notices give such a set no meaning.
    """
    pairs = {(i, j): joined_by(used[i], used[j], matrix) for i, j in combinations(range(len(used)), 2)}
    if CoefficientUse.NOT_APPLICABLE in pairs.values():
        return None
    together = [
        frozenset(j for j in range(len(used)) if i == j or pairs[min(i, j), max(i, j)] is CoefficientUse.SUM)
        for i in range(len(used))
    ]
    groups = dict.fromkeys(together)
    if sum(map(len, groups)) != len(used):
        return None
    return tuple(tuple(used[i] for i in sorted(group)) for group in groups)


def summed(group: Sequence[Used]) -> Decimal:
    """K = ΣW − (n − 1), never below nothing: a negative one would make the provider pay (policy)."""
    return max(sum((one.value for one in group), Decimal(0)) - (len(group) - 1), Decimal(0))


def combined(used: Sequence[Used], matrix: PairMatrix = NO_PAIRS) -> Decimal | None:
    """The one coefficient that stands for all; None when some of several may not be joined (KOEF-10)."""
    if len(used) == 1:
        return used[0].value
    groups = sums(used, matrix)
    if groups is None:
        return None
    factor = Decimal(1)
    for group in groups:
        factor *= summed(group)
    return round_decimal(factor, _PLACES)


def multiplicity(actual: Decimal, used: Sequence[Used], matrix: PairMatrix = NO_PAIRS) -> Decimal | None:
    """The multiplicity that is settled, by the formulas above; None for coefficients that exclude each other."""
    if not used:
        return actual
    factor = combined(used, matrix)
    return None if factor is None else round_decimal(actual * factor, _PLACES)
