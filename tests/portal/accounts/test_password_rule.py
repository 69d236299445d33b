"""The rule of passwords (P3): every fault at once, by any alphabet, and against another wording of the same rule."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.portal.accounts.passwords import LAW, PasswordRule, faults, normalised, points

LENGTH, CAPITAL, DIGITS, SPECIAL = range(4)


def unmet(password: str, rule: PasswordRule = LAW) -> set[int]:
    return {place for place, point in enumerate(points(password, rule)) if not point.met}


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        pytest.param("Lodz!202", set(), id="PW-1-P3"),
        pytest.param("Lodz!2026", {DIGITS}, id="PW-2-P3"),
        pytest.param("Lodz202a", {SPECIAL}, id="P3 no special"),
        pytest.param("lodz!202", {CAPITAL}, id="PW-4-P3"),
        pytest.param("Ldz!202", {LENGTH}, id="P3 seven characters"),
        pytest.param("Lodznica", {DIGITS, SPECIAL}, id="PW-6-P3"),
        pytest.param("ŁódźAbc1!", set(), id="PW-7-P3"),
        pytest.param("Lodz!!20", {SPECIAL}, id="P3 two specials"),
        pytest.param("LODZ!202", set(), id="P3 no small letter is demanded"),
        pytest.param("Lodz 202", {SPECIAL}, id="PW-10-P3"),
        pytest.param("Lodz 20!", set(), id="P3 a space may stand beside the special"),
        pytest.param("łódź!202", {CAPITAL}, id="P3 small Polish letters"),
        pytest.param("Łódź!202", set(), id="P3 a capital of the Polish alphabet"),
        pytest.param("Ωμέγα-12", set(), id="P3 Greek"),
        pytest.param("Lodz!٢٠٢", set(), id="P3 digits of another script"),
        pytest.param("Lodz!٢٠٢٦", {DIGITS}, id="P3 four of them"),
        pytest.param(unicodedata.normalize("NFD", "ŁódźAbc1!"), set(), id="P3 accents that combine"),
        pytest.param("Lo\u0323\u0301dz!20", {LENGTH}, id="P3 a mark is no character of its own"),
        pytest.param("Lodz\u200d202", {SPECIAL}, id="P3 an invisible joiner is no special"),
        pytest.param("Lodz\u00a0202", {SPECIAL}, id="P3 nor is a no-break space"),
        pytest.param("Lodz😀202", set(), id="P3 a picture is"),
        pytest.param("", {LENGTH, CAPITAL, DIGITS, SPECIAL}, id="P3 nothing"),
    ],
)
def test_what_a_password_misses_is_told_all_at_once(password: str, missing: set[int]) -> None:
    assert unmet(password) == missing
    assert len(faults(password)) == len(missing)
    assert all(text.pl and text.en and text.pl != text.en for text in faults(password))


def test_the_sentences_count_what_was_typed() -> None:
    assert [text.pl.split(", na")[0] for text in faults("lodz2026")] == [
        "W haśle nie ma wielkiej litery.",
        "Liczba cyfr w haśle: 4. Wymagana jest od jednej do trzech.",
        "Liczba znaków specjalnych w haśle: 0. Wymagany jest dokładnie jeden",
    ]


def test_a_branch_may_demand_a_longer_password_and_never_a_shorter_one() -> None:
    assert unmet("Lodz!202", PasswordRule(minimum_length=12)) == {LENGTH}
    assert unmet("Lodznica!202", PasswordRule(minimum_length=12)) == set()
    assert unmet("Ldz!202", PasswordRule(minimum_length=5)) == {LENGTH}


def test_a_branch_may_refuse_well_known_passwords() -> None:
    rule = PasswordRule(well_known={"p@ssword1", "qwerty"})
    assert unmet("P@ssword1", rule) == {4}
    assert unmet("Qwerty!12", rule) == {4}, "a listed word with !12 behind it is as well known"
    assert unmet("Qwertz!12", rule) == set()
    assert unmet("P@ssword1") == set(), "the law alone does not ask"


LETTERS = st.characters(exclude_categories=["Cs"])
PASSWORDS = st.one_of(st.text(LETTERS, max_size=14), st.text("ŁAbź19٢!@ \u0301\u200d½", max_size=12))


def otherwise(password: str) -> set[int]:
    """The same rule in other words: what is left when the other kinds are crossed out."""
    text = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFC", password))
    text = "".join(one for one in text if not unicodedata.category(one).startswith("M"))
    digits = [one for one in text if unicodedata.digit(one, None) is not None]
    words = [one for one in text if one.isalpha()]
    blank = [one for one in text if one.isspace() or unicodedata.category(one) in ("Cc", "Cf")]
    specials = len(text) - len(digits) - len(words) - len(blank)
    has_capital = any(one.isalpha() and (one.istitle() or one.isupper()) for one in text)
    missing = {
        LENGTH: len(text) >= 8,
        CAPITAL: has_capital,
        DIGITS: len(digits) in (1, 2, 3),
        SPECIAL: specials == 1,
    }
    return {place for place, met in missing.items() if not met}


@given(PASSWORDS)
@settings(max_examples=300)
def test_the_rule_agrees_with_another_wording_of_it(password: str) -> None:
    assert unmet(password) == otherwise(password)


@given(PASSWORDS)
def test_the_same_password_from_another_keyboard_is_the_same(password: str) -> None:
    assert normalised(unicodedata.normalize("NFD", password)) == normalised(password)
    assert unmet(unicodedata.normalize("NFD", password)) == unmet(password)
