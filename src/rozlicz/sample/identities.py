"""Numbers that are well formed and belong to nobody: PESEL, NIP, REGON, bank account, licence, installation.

Organisations' numbers carry beginnings that are not given out (NIP and REGON 99…, a bank 999…), so that a
demonstration never shows somebody's real one. Persons' numbers are PESELs with right check digits, of invented
persons born from 1926 on; whether one was ever given to somebody cannot be known, and no list is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rozlicz.kernel.identifiers import PESEL_WEIGHTS
from rozlicz.sample.dice import Dice

_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_REGON_WEIGHTS = (8, 9, 2, 3, 4, 5, 6, 7)
_SORT_CODE_WEIGHTS = (3, 9, 7, 1, 3, 9, 7)
_CENTURIES = {18: 80, 19: 0, 20: 20, 21: 40}
_SERIALS = 10_000

FIRST_BIRTH_DAY = date(1926, 1, 1)
"""No sample person is born before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """An installation that may send messages: short identifier (8 digits) and long one (short + 20 characters)."""

    short: str
    long: str


def _weighted(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _spread(number: int, digits: int) -> str:
    """Digits that look drawn; different numbers below ten to the power of `digits` give different ones."""
    # 618,033 shares no factor with ten, so multiplying by it is a permutation.
    return f"{number * 618_033 % 10**digits:0{digits}d}"


def make_nip(number: int) -> str:
    """A tax number of ten digits with the right check digit; a new one for each number below 100,000."""
    # The check digit of a tax number may come out as ten, which is none; the next last digit then has one.
    for last in "01":
        first = f"999{_spread(number, 5)}{last}"
        check = _weighted(first, _NIP_WEIGHTS) % 11
        if check < 10:
            return f"{first}{check}"
    raise AssertionError("two neighbouring check digits differ by seven")


def make_regon(number: int) -> str:
    """A statistical number of nine digits with the right check digit, beginning with 99."""
    first = "99" + _spread(number, 6)
    return f"{first}{_weighted(first, _REGON_WEIGHTS) % 11 % 10}"


def make_bank_account(dice: Dice) -> str:
    """An account number of 26 digits, valid as IBAN with PL, at a bank that does not exist."""
    sort_code = "9990" + dice.digits(3)
    sort_code += str(-_weighted(sort_code, _SORT_CODE_WEIGHTS) % 10)
    account = sort_code + dice.digits(16)
    return f"{98 - int(account + '252100') % 97:02d}{account}"


def make_installation(dice: Dice, branch: str, number: int) -> Installation:
    """Identifiers of an installation; the first two digits are the branch."""
    short = branch + _spread(number, 6)
    return Installation(
        short=short, long=f"{short}-{dice.characters('ABCDEFGHJKLMNPRSTUVWXYZ0123456789', 20)}"
    )


def make_licence(dice: Dice) -> str:
    """A licence number (numer prawa wykonywania zawodu): seven digits, the first not zero."""
    return str(dice.between(1, 9)) + dice.digits(6)


@lru_cache(maxsize=50_000)
def _day_part(day: date) -> tuple[str, int]:
    """The first six digits of a PESEL, and their part of the weighted sum."""
    century, year = divmod(day.year, 100)
    text = f"{year:02d}{day.month + _CENTURIES[century]:02d}{day.day:02d}"
    return text, _weighted(text, PESEL_WEIGHTS[:6])


def pesel_of(day: date, serial: int) -> str:
    """The PESEL with a birth date and four further digits; an odd serial is a man, an even one a woman."""
    text, total = _day_part(day)
    thousands, rest = divmod(serial, 1000)
    hundreds, rest = divmod(rest, 100)
    tens, units = divmod(rest, 10)
    total += 7 * thousands + 9 * hundreds + tens + 3 * units
    return f"{text}{serial:04d}{-total % 10}"
