"""The number that KSeF, the national system of structured invoices, gives an invoice it accepts.

Form and check sum as the Ministry of Finance documents them (github.com/CIRFMF/ksef-docs, faktury/numer-ksef.md);
who may be the seller as the type TNumerKSeF of the schema FA(3) 1-0E says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from rozlicz.kernel.texts import Text

_FORM = re.compile(
    r"([1-9](?:[0-9][1-9]|[1-9][0-9])[0-9]{7}|M[0-9]{9}|[A-Z]{3}[0-9]{7})"
    r"-((?:20[2-9]|2[1-9][0-9]|[3-9][0-9]{2})[0-9]{5})-([0-9A-F]{6})-?([0-9A-F]{6})-([0-9A-F]{2})"
)
_POLYNOMIAL = 0x07

_WRONG_FORM = Text(
    pl="Numer KSeF ma 35 znaków: NIP sprzedawcy, data RRRRMMDD, 12 i 2 znaki 0–9 A–F, rozdzielone łącznikami. "
    "Przepisz go z urzędowego poświadczenia odbioru.",
    en="A KSeF number has 35 characters: seller's NIP, date YYYYMMDD, 12 and 2 characters 0–9 A–F, with hyphens "
    "between. Copy it from the official confirmation of receipt.",
)
_WRONG_DAY = Text(
    pl="Numer KSeF zawiera dzień {found}, którego nie ma w kalendarzu. Przepisz numer jeszcze raz.",
    en="The KSeF number holds the day {found}, which no calendar has. Copy the number again.",
)
_WRONG_SUM = Text(
    pl="Numer KSeF kończy się sumą kontrolną {found}, a z jego znaków wychodzi {expected}: któryś znak jest "
    "przepisany błędnie. Przepisz numer jeszcze raz.",
    en="The KSeF number ends with the check sum {found}; its characters make {expected}: one of them is wrong. "
    "Copy the number again.",
)


class NotAKsefNumber(ValueError):
    """The text is no number of KSeF; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True)
class KsefNumber:
    """A number such as `5265877635-20250826-0100001AF629-AF`, whose check sum was right.

    `seller` is the seller's NIP (ten digits; M and nine digits, or three letters and seven digits, for the others
    the schema allows), `accepted_on` the day KSeF took the invoice. An invoice counts as delivered on the day its
    number was given, so this is the day from which the days of payment run. `technical` are 12 characters 0–9 A–F.
    """

    seller: str
    accepted_on: date
    technical: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """From its text; the older form of 36 characters, with one more hyphen, too. Raises NotAKsefNumber."""
        match = _FORM.fullmatch(text.strip(" \t\r\n"))
        if match is None:
            raise NotAKsefNumber(_WRONG_FORM)
        seller, day, first, second, check = match.groups()
        try:
            number = cls(
                seller=seller,
                accepted_on=date(int(day[:4]), int(day[4:6]), int(day[6:])),
                technical=first + second,
            )
        except ValueError as error:
            raise NotAKsefNumber(_WRONG_DAY.filled(found=day)) from error
        if check != number.check_sum:
            raise NotAKsefNumber(_WRONG_SUM.filled(found=check, expected=number.check_sum))
        return number

    @property
    def check_sum(self) -> str:
        """CRC-8 (polynomial 0x07, beginning with 0) of the 32 characters before the last hyphen, in two digits."""
        return f"{_crc8(self._data.encode('ascii')):02X}"

    def __str__(self) -> str:
        return f"{self._data}-{self.check_sum}"

    @property
    def _data(self) -> str:
        return f"{self.seller}-{self.accepted_on:%Y%m%d}-{self.technical}"


def _crc8(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = ((crc << 1) ^ _POLYNOMIAL if crc & 0x80 else crc << 1) & 0xFF
    return crc
