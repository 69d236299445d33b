"""The formula of correction coefficients with the matrix of pairs (notices 8203, 8250, 8383): KOEF-01, KOEF-10."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import same
from rozlicz.messages.contracts import CoefficientUse
from rozlicz.verification.coefficients import (
    NO_PAIRS,
    PAIR_MATRIX,
    Pair,
    Used,
    combined,
    multiplicity,
    pair_matrix,
)

S, M, N, GIVEN = (CoefficientUse(letter) for letter in "SMNI")
BASIS = Basis(same("test"))
A = Used(S, Decimal("1.2"), "A")
B = Used(S, Decimal("1.3"), "B")
C = Used(S, Decimal("1.1"), "C")


def matrix(*entries: tuple[str, str, CoefficientUse]):
    return pair_matrix(Pair(first, second, use, BASIS) for first, second, use in entries)


@pytest.mark.parametrize(
    ("used", "entries", "expected"),
    [
        pytest.param([A, B], [], "1.5", id="KOEF-01 both S: 1.2 + 1.3 − 1"),
        pytest.param([A, B], [("A", "B", M)], "1.56", id="the matrix multiplies two that are S"),
        pytest.param([A, B], [("B", "A", N)], None, id="KOEF-10 N in the matrix"),
        pytest.param([A, Used(M, Decimal("1.3"), "B")], [("A", "B", S)], "1.5", id="the matrix sums an M"),
        pytest.param([A, Used(N, Decimal("1.3"), "B")], [("A", "B", M)], "1.56", id="the matrix allows an N"),
        pytest.param([A, B, C], [("A", "B", M), ("A", "C", M)], "1.68", id="(1.3 + 1.1 − 1) × 1.2"),
        pytest.param(
            [A, B, C], [("A", "B", M)], None, id="A with C and B with C summed, A with B not: no meaning"
        ),
        pytest.param([A], [("A", "B", N)], "1.2", id="an entry needs both codes"),
    ],
)
def test_the_matrix_goes_before_the_uses(used, entries, expected):
    for order in permutations(used):
        found = combined(order, matrix(*entries))
        assert found == (None if expected is None else Decimal(expected))


def test_a_pair_has_one_entry():
    with pytest.raises(ValueError, match="two entries"):
        matrix(("A", "B", S), ("B", "A", M))


def test_the_matrix_is_dated_and_what_was_not_seen_is_marked():
    assert PAIR_MATRIX.on(date(2022, 5, 15)).value == NO_PAIRS
    ruling = PAIR_MATRIX.on(date(2022, 5, 16))
    levels = [Used(M, Decimal("1.02"), "Q01"), Used(M, Decimal("1.01"), "Q02")]
    assert combined(levels, ruling.value) is None
    assert combined(levels) == Decimal("1.0302")
    assert not any(pair.basis.confirmed for pair in ruling.value.values())


values = st.integers(1, 30_000).map(lambda number: Decimal(number).scaleb(-4))
uses = st.sampled_from([S, M, GIVEN])


@pytest.mark.slow
@settings(max_examples=100)
@given(
    used=st.lists(st.builds(Used, uses, values), min_size=1, max_size=5),
    actual=st.integers(0, 10_000).map(lambda number: Decimal(number).scaleb(-2)),
    data=st.data(),
)
def test_the_order_of_coefficients_plays_no_part(used, actual, data):
    """And the result is never negative and has four places at most."""
    found = multiplicity(actual, used)
    assert found is not None
    assert found >= 0
    assert found == round(found, 4)
    assert multiplicity(actual, data.draw(st.permutations(used))) == found
