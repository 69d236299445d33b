"""Persons who do not exist: any number of them, each a different one, without remembering any.

Person number n of a seed has a birth day and a serial that come from n by a fixed permutation of all
(birth day, serial) pairs; so no two persons of a seed share a PESEL, and memory stays flat.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import gcd
from typing import NamedTuple

from rozlicz.sample.dice import Dice
from rozlicz.sample.identities import FIRST_BIRTH_DAY, pesel_of

_SERIALS = 10_000

SURNAMES = (
    "Wierzba Sowa Kos Dudek Bocian Lipa Jesion Klon Grab Olszyna Brzózka Topola Jarząb Kalina Malina "
    "Jagoda Wrzos Szałwia Mięta Rumian Chaber Mak Jaskółka Skowron Drozd Zięba Wilga Czapla Żuraw Perkoz"
).split()
WOMEN = (
    "Anna Maria Katarzyna Małgorzata Agnieszka Krystyna Barbara Ewa Elżbieta Zofia Jadwiga Łucja Żaneta"
).split()
MEN = "Jan Andrzej Piotr Krzysztof Stanisław Tomasz Paweł Józef Marcin Michał Łukasz Świętosław".split()


class Person(NamedTuple):
    """A person who does not exist. `sex` is K (woman) or M (man) as the messages say it."""

    birth: date
    serial: int
    sex: str

    @property
    def pesel(self) -> str:
        """The personal number, with its check digit."""
        return pesel_of(self.birth, self.serial)

    @property
    def names(self) -> tuple[str, str]:
        """Surname and first name."""
        first_names = WOMEN if self.sex == "K" else MEN
        return SURNAMES[self.serial % len(SURNAMES)], first_names[self.serial // 10 % len(first_names)]


class People:
    """An endless supply of different persons, all born before a day and since 1926.

    After about 365 million the first one would come again.
    """

    def __init__(self, dice: Dice, born_before: date) -> None:
        self._size = (born_before - FIRST_BIRTH_DAY).days * _SERIALS
        step = int(self._size * 0.618)
        while gcd(step, self._size) > 1:
            step += 1
        self._step = step
        self._at = dice.below(self._size)

    def next(self) -> Person:
        """The next person."""
        self._at = (self._at + self._step) % self._size
        days, serial = divmod(self._at, _SERIALS)
        return Person(FIRST_BIRTH_DAY + timedelta(days=days), serial, "M" if serial % 2 else "K")
