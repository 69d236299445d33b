"""Calendar months and settlement periods.

A reporting period is a calendar month; a settlement period is a run of months of a contract for
which a commitment amount is set (rules of the general terms of contracts).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from rozlicz.kernel.texts import Text

_PL = (
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień"
).split()
_EN = ("January February March April May June July August September October November December").split()
_FORM = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


class NotAMonth(ValueError):
    """The text or number is not a month."""


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month. Text form `2026-10`, number form 202610 (tables and columns)."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1900 <= self.year <= 2999):
            raise NotAMonth(f"{self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """From `2026-10`. Raises NotAMonth."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise NotAMonth(text)
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def from_number(cls, number: int) -> Self:
        """From 202610. Raises NotAMonth."""
        return cls(*divmod(number, 100))

    @classmethod
    def of(cls, day: date) -> Self:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @property
    def number(self) -> int:
        """202610 for October 2026; orders like the month itself."""
        return self.year * 100 + self.month

    @property
    def first_day(self) -> date:
        """The first of the month."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last of the month."""
        return self.first_day + timedelta(days=self.days - 1)

    @property
    def days(self) -> int:
        """How many days the month has."""
        return calendar.monthrange(self.year, self.month)[1]

    def plus(self, months: int) -> Self:
        """The month so many months later (or earlier, when negative)."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return type(self)(year, month + 1)

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def name(self) -> Text:
        """`październik 2026`, `October 2026`."""
        return Text(pl=f"{_PL[self.month - 1]} {self.year}", en=f"{_EN[self.month - 1]} {self.year}")


@dataclass(frozen=True, slots=True, order=True)
class SettlementPeriod:
    """A run of months, both ends included, that is settled as one; nothing is carried across its ends."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"settlement period {self.first} – {self.last} ends before it begins")

    def months(self) -> Iterator[Month]:
        """Every month of the period, in order."""
        month = self.first
        while month <= self.last:
            yield month
            month = month.plus(1)

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def __str__(self) -> str:
        return f"{self.first}/{self.last}"


_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a calendar year, `number` 1 to 4. Text form `2026-Q4`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 4 and 1900 <= self.year <= 2999):
            raise NotAMonth(f"{self.year}-Q{self.number}")

    @classmethod
    def of(cls, month: Month) -> Self:
        """The quarter in which a month lies."""
        return cls(month.year, (month.month + 2) // 3)

    @property
    def first(self) -> Month:
        """Its first month."""
        return Month(self.year, 3 * self.number - 2)

    @property
    def last(self) -> Month:
        """Its last month."""
        return Month(self.year, 3 * self.number)

    def plus(self, quarters: int) -> Self:
        """The quarter so many quarters later (or earlier, when negative)."""
        return type(self).of(self.first.plus(3 * quarters))

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"

    @property
    def name(self) -> Text:
        """`IV kwartał 2026`, `4th quarter of 2026`."""
        ordinal = ("1st", "2nd", "3rd", "4th")[self.number - 1]
        return Text(
            pl=f"{_ROMAN[self.number - 1]} kwartał {self.year}", en=f"{ordinal} quarter of {self.year}"
        )
