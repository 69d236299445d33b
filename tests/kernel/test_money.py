"""Amounts and units are integers, rounded once and half-up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel import money


@given(units=st.integers(-(10**11), 10**11), price=st.integers(0, 10**7))
def test_a_product_is_rounded_half_up_like_on_an_invoice(units: int, price: int) -> None:
    rounded = money.round_half_up(money.exact_value(units=units, price=price))
    expected = money.round_decimal(Decimal(units).scaleb(-4) * Decimal(price).scaleb(-2), 2)
    assert Decimal(rounded).scaleb(-2) == expected


def test_up_14_three_thirds_of_a_unit_are_rounded_once() -> None:
    assert money.round_half_up(money.exact_value(units=3 * 3333, price=1001)) == 1001


@pytest.mark.slow
@given(st.integers(-(10**15), 10**15))
def test_grosze_survive_their_text(grosze: int) -> None:
    assert money.grosze_from_text(money.text_from_grosze(grosze)) == grosze


@given(st.integers(-(10**14), 10**14))
def test_units_survive_their_text(units: int) -> None:
    assert money.units_from_text(money.text_from_units(units)) == units


@pytest.mark.parametrize("text", ["", "1e3", "1,5", " 1", "1.23456", "NaN", "--1", "1.", ".5", "٣"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(money.NotAnAmount):
        money.units_from_text(text)


@pytest.mark.parametrize(
    ("grosze", "pl", "en"),
    [
        (123456, "1\u202f234,56\u202fzł", "PLN\u202f1,234.56"),
        (-5, "\u22120,05\u202fzł", "\u2212PLN\u202f0.05"),
        (0, "0,00\u202fzł", "PLN\u202f0.00"),
        (100_000_000_00, "100\u202f000\u202f000,00\u202fzł", "PLN\u202f100,000,000.00"),
    ],
)
def test_an_amount_reads_as_in_a_ledger(grosze: int, pl: str, en: str) -> None:
    assert money.format_amount(grosze, "pl") == pl
    assert money.format_amount(grosze, "en") == en


@pytest.mark.parametrize(
    ("units", "pl"), [(71400, "7,14"), (12_000_000, "1\u202f200"), (1, "0,0001"), (-5000, "\u22120,5")]
)
def test_units_are_shown_without_needless_zeros(units: int, pl: str) -> None:
    assert money.format_units(units) == pl
