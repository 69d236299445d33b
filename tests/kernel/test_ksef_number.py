"""Numbers of KSeF are read, written and checked by their check sum."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel.ksef_number import KsefNumber, NotAKsefNumber

DOCUMENTED = "5265877635-20250826-0100001AF629-AF"
"""The Ministry's own example (numer-ksef.md)."""

NUMBERS = st.builds(
    KsefNumber,
    seller=st.sampled_from(["1070001057", "5265877635", "9990000008", "M123456789", "ABC1234567"]),
    accepted_on=st.dates(date(2022, 1, 1), date(2099, 12, 31)),
    technical=st.text("0123456789ABCDEF", min_size=12, max_size=12),
)


def test_the_documented_number_is_taken_apart() -> None:
    number = KsefNumber.parse(DOCUMENTED)
    assert number.seller == "5265877635"
    assert number.accepted_on == date(2025, 8, 26)
    assert number.technical == "0100001AF629"
    assert str(number) == DOCUMENTED


def test_the_older_form_with_one_more_hyphen_is_the_same_number() -> None:
    assert KsefNumber.parse("5265877635-20250826-010000-1AF629-AF") == KsefNumber.parse(DOCUMENTED)


@given(NUMBERS)
def test_a_number_comes_back_and_has_35_characters(number: KsefNumber) -> None:
    assert KsefNumber.parse(str(number)) == number
    assert len(str(number)) == 35


@given(NUMBERS, st.integers(0, 31), st.sampled_from("0123456789ABCDEF"))
def test_one_wrong_character_is_noticed(number: KsefNumber, place: int, put: str) -> None:
    text = str(number)
    wrong = text[:place] + put + text[place + 1 :]
    if wrong == text:
        return
    with pytest.raises(NotAKsefNumber):
        KsefNumber.parse(wrong)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "35 znaków"),
        (DOCUMENTED[:-1], "35 znaków"),
        (DOCUMENTED.lower(), "35 znaków"),
        (DOCUMENTED.replace("5265877635", "0265877635"), "35 znaków"),
        (DOCUMENTED.replace("-", ""), "35 znaków"),
        ("٥265877635-20250826-0100001AF629-AF", "35 znaków"),
        (DOCUMENTED.replace("20250826", "20250231"), "20250231"),
        (DOCUMENTED.replace("-AF", "-AE"), "sumą kontrolną AE, a z jego znaków wychodzi AF"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(NotAKsefNumber) as raised:
        KsefNumber.parse(text)
    assert said in raised.value.text.pl
    assert raised.value.text.en
