"""Who pays what for a device (R50): the public calculations, and what always holds of the formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.settlement.devices.financing import financing, financing_of_pieces

# name: price, limit, share %, refund, own share, over the limit, patient
CASES = {
    "DEV-01": (10_500, 9_000, 70, 6_300, 2_700, 1_500, 4_200),
    "DEV-02": (4_764, 3_900, 70, 2_730, 1_170, 864, 2_034),
    "DEV-03": (12_000, 12_000, 70, 8_400, 3_600, 0, 3_600),
    "DEV-08": (15_000, 10_200, 70, 7_140, 3_060, 4_800, 7_860),
    "DEV-09": (22_500, 15_300, 70, 10_710, 4_590, 7_200, 11_790),
    "DEV-10": (12_000, 8_000, 70, 5_600, 2_400, 4_000, 6_400),
    "DEV-12": (170, 170, 70, 119, 51, 0, 51),
    "DEV-13 2.30": (230, 230, 80, 184, 46, 0, 46),
    "DEV-13 1.70": (170, 170, 80, 136, 34, 0, 34),
    "DEV-13 1.00": (100, 100, 80, 80, 20, 0, 20),
    "DEV-14 2.30": (230, 230, 90, 207, 23, 0, 23),
    "DEV-14 1.70": (170, 170, 90, 153, 17, 0, 17),
    "DEV-14 1.00": (100, 100, 90, 90, 10, 0, 10),
    "DEV-15": (600_000, 550_000, 50, 275_000, 275_000, 50_000, 325_000),
}
PIECES = {"DEV-08": (60, 250, 170), "DEV-09": (90, 250, 170), "DEV-10": (80, 150, 100)}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_public_calculations(case):
    price, limit, share, refund, own, over, patient = case
    paid = financing(price=price, limit=limit, share=share * 100)
    assert (paid.payer, paid.own_share, paid.over_limit, paid.patient) == (refund, own, over, patient)


@pytest.mark.parametrize("name", PIECES)
def test_pieces_give_what_the_whole_gives(name):
    pieces, price, limit = PIECES[name]
    units = pieces * UNIT_SCALE
    paid = financing_of_pieces(pieces=units, financed=units, price=price, limit=limit, share=7_000)
    assert (paid.payer, paid.own_share, paid.over_limit) == CASES[name][3:6]


def test_r50_the_refund_is_rounded_once():
    """0.45 piece at 0.10 and 70 %: 0.0315 is 0.03, and not 70 % of the rounded 0.05, which would be 0.04."""
    paid = financing_of_pieces(pieces=4_500, financed=4_500, price=10, limit=10, share=7_000)
    assert (paid.price, paid.payer) == (5, 3)


AMOUNTS = st.integers(0, 10_000_000)
SHARES = st.integers(0, 10_000)
PIECE_UNITS = st.integers(1, 1_000 * UNIT_SCALE)


@given(
    pieces=PIECE_UNITS,
    financed=st.integers(0, 1_000 * UNIT_SCALE),
    price=AMOUNTS,
    limit=AMOUNTS,
    share=SHARES,
)
def test_patient_and_payer_pay_the_price_and_nobody_less_than_nothing(pieces, financed, price, limit, share):
    paid = financing_of_pieces(pieces=pieces, financed=financed, price=price, limit=limit, share=share)
    assert paid.payer + paid.patient == paid.price == (2 * pieces * price + UNIT_SCALE) // (2 * UNIT_SCALE)
    assert min(paid.payer, paid.own_share, paid.over_limit) >= 0


@given(terms=st.tuples(AMOUNTS, AMOUNTS, SHARES), more=st.tuples(AMOUNTS, AMOUNTS, SHARES))
def test_the_refund_never_falls_when_price_limit_or_share_rise(terms, more):
    price, limit, share = terms
    more_price, more_limit, more_share = more
    before = financing(price=price, limit=limit, share=share).payer
    higher = min(10_000, share + more_share)
    assert financing(price=price + more_price, limit=limit, share=share).payer >= before
    assert financing(price=price, limit=limit + more_limit, share=share).payer >= before
    assert financing(price=price, limit=limit, share=higher).payer >= before
