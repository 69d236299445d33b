"""The rule of passwords: at least 8 characters, a capital letter, one to three digits, exactly one special (P3).

A small letter is not demanded. A capital of any alphabet counts (Ł, Ω), a digit of any script is a digit, and special
is what is neither letter nor digit nor white space. A branch's dated rules of access may add a longer length and the
refusal of well-known passwords; they cannot take anything away.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rozlicz.kernel.texts import Text

LENGTH_OF_THE_LAW = 8
MOST_DIGITS = 3
LONGEST = 128
"""Longer ones are refused by the fields of forms, so that nobody makes the server hash a book."""

WORDS_OF_THE_HOUSE = frozenset(
    "rozlicz portal swiadczeniodawca świadczeniodawca swiadczenia świadczenia umowa umowy rachunek rachunki raport"
    " raporty szablon fundusz oddzial oddział wojewodzki wojewódzki administrator operator rozliczenia"
    " sprawozdawczosc sprawozdawczość przychodnia poradnia szpital apteka lekarz pielegniarka pielęgniarka"
    " rejestracja simp szoi zdrowie haslo hasło".split()
)
"""Words that anybody who guesses at this portal tries: refused together with the well-known passwords."""

_SHORTEST_CORE = 4

_LENGTH = Text(pl="co najmniej {least} znaków", en="at least {least} characters")
_TOO_SHORT = Text(
    pl="Hasło jest za krótkie: liczba znaków {found}, wymagane co najmniej {least}.",
    en="The password is too short: {found} characters, at least {least} are needed.",
)
_CAPITAL = Text(
    pl="co najmniej jedna wielka litera, także Ł lub Ż", en="at least one capital letter, Ł and Ż too"
)
_NO_CAPITAL = Text(pl="W haśle nie ma wielkiej litery.", en="There is no capital letter in the password.")
_DIGITS = Text(pl="od jednej do trzech cyfr", en="one to three digits")
_WRONG_DIGITS = Text(
    pl="Liczba cyfr w haśle: {found}. Wymagana jest od jednej do trzech.",
    en="Digits in the password: {found}. One to three are needed.",
)
_SPECIAL = Text(
    pl="dokładnie jeden znak specjalny, na przykład ! @ # * -",
    en="exactly one special character, for example ! @ # * -",
)
_WRONG_SPECIALS = Text(
    pl="Liczba znaków specjalnych w haśle: {found}. Wymagany jest dokładnie jeden, na przykład ! @ # * - (odstęp nim"
    " nie jest).",
    en="Special characters in the password: {found}. Exactly one is needed, for example ! @ # * - (a space is none).",
)
_NOT_KNOWN = Text(pl="nie należy do haseł powszechnie znanych", en="not one of the well-known passwords")
_KNOWN = Text(
    pl="To hasło, samo lub bez cyfr i znaku specjalnego, jest powszechnie znane: zgaduje się je wśród pierwszych.",
    en="This password, whole or without its digits and special character, is well known: among the first guessed.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordRule:
    """What is demanded of a new password; the defaults are the law (P3).

    `well_known` holds passwords in small letters that are refused, empty when the branch does not refuse any.
    """

    minimum_length: int = LENGTH_OF_THE_LAW
    well_known: Collection[str] = frozenset()


LAW = PasswordRule()


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the checklist: what is demanded, and, unless the password meets it, the sentence that says so."""

    demanded: Text
    fault: Text | None

    @property
    def met(self) -> bool:
        """Whether the password meets it."""
        return self.fault is None


def points(password: str, rule: PasswordRule = LAW) -> tuple[Point, ...]:
    """Every demand on a new password, in the order in which they are told, each met or not."""
    return tuple(_points(normalised(password), rule))


def faults(password: str, rule: PasswordRule = LAW) -> list[Text]:
    """All that is wrong with a new password, at once; empty for a good one."""
    return [point.fault for point in points(password, rule) if point.fault]


def normalised(password: str) -> str:
    """The form in which a password is counted and stored.

    One keyboard sends Ó as one character, another as an O and a combining accent (Unicode's NFC and NFD): without
    this the same password would fit on one computer and not on the other.
    """
    return unicodedata.normalize("NFC", password)


def _points(password: str, rule: PasswordRule) -> Iterator[Point]:
    kinds = [_kind(character) for character in password]
    length = len(kinds) - kinds.count("mark")
    least = max(rule.minimum_length, LENGTH_OF_THE_LAW)
    demanded = _LENGTH.filled(least=least)
    yield Point(demanded, _TOO_SHORT.filled(found=length, least=least) if length < least else None)
    yield Point(_CAPITAL, None if any(map(_is_capital, password)) else _NO_CAPITAL)
    digits = kinds.count("digit")
    yield Point(_DIGITS, None if 1 <= digits <= MOST_DIGITS else _WRONG_DIGITS.filled(found=digits))
    specials = kinds.count("special")
    yield Point(_SPECIAL, None if specials == 1 else _WRONG_SPECIALS.filled(found=specials))
    if rule.well_known:
        is_known = not password or _is_known(password, rule.well_known)
        yield Point(_NOT_KNOWN, _KNOWN if is_known else None)


def _kind(character: str) -> str:
    """What a character counts as.

    A combining mark belongs to the letter before it and is not counted. A character that nobody can see (a control
    or format character, such as a joiner) is white space: it may stand there, and is never the special one.
    """
    category = unicodedata.category(character)
    if category.startswith("L"):
        return "letter"
    if category.startswith("M"):
        return "mark"
    if character.isdigit():
        return "digit"
    if character.isspace() or category in {"Cc", "Cf"}:
        return "blank"
    return "special"


def _is_capital(character: str) -> bool:
    # Lt: digraphs such as Dž, written as one letter of which the first half is a capital
    return unicodedata.category(character) in {"Lu", "Lt"}


def _is_known(password: str, well_known: Collection[str]) -> bool:
    """Whether it is in the list itself or by its letters alone: a listed word with !1 behind it is as well known."""
    lowered = password.lower().strip()
    core = "".join(character for character in lowered if _kind(character) == "letter")
    return lowered in well_known or (len(core) >= _SHORTEST_CORE and core in well_known)
