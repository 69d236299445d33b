"""Money and units as integers.

Amounts and prices are grosze. Units (points, person-days, visits) are kept times 10,000, since the
Fund's messages give them with four decimals. A product of units and a price is therefore exact in
ten-thousandths of a grosz; it is rounded once, at the template line (policy; `round_half_up`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from rozlicz.kernel.texts import Language, Text

UNIT_SCALE = 10_000
"""How many ten-thousandths make one unit."""


@dataclass(frozen=True, slots=True)
class Decimals:
    """The mark of a whole number that counts parts of one: its last so many digits are decimals.

    `unit` is what the decimal number then counts; `adds_up`: a sum over records means something.
    """

    places: int
    unit: str
    adds_up: bool = False


Grosze = Annotated[int, Decimals(2, "PLN", adds_up=True)]
"""An amount in grosze: an int like any other, but whoever shows a field knows what it counts."""

Price = Annotated[int, Decimals(2, "PLN")]
"""A price or rate in grosze; prices are not added."""

Units = Annotated[int, Decimals(4, "units")]
"""A number of units, a weight, a multiplicity or a coefficient ×10,000."""

THIN_SPACE = "\u202f"
MINUS = "\u2212"

_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,2})?")
_UNITS = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")


class NotAnAmount(ValueError):
    """The text is not a decimal number of the expected precision."""


def grosze_from_text(text: str) -> int:
    """`"1234.5"` → 123450. At most two decimals, a point as in the messages. Raises NotAnAmount."""
    if not _AMOUNT.fullmatch(text):
        raise NotAnAmount(text)
    return int(Decimal(text) * 100)


def text_from_grosze(grosze: int) -> str:
    """123450 → `"1234.50"`, as the messages write it."""
    return f"{Decimal(grosze).scaleb(-2):.2f}"


def units_from_text(text: str) -> int:
    """`"7.14"` → 71400 ten-thousandths. At most four decimals. Raises NotAnAmount."""
    if not _UNITS.fullmatch(text):
        raise NotAnAmount(text)
    return int(Decimal(text) * UNIT_SCALE)


def text_from_units(units: int) -> str:
    """71400 → `"7.1400"`, as the messages write it."""
    return f"{Decimal(units).scaleb(-4):.4f}"


def exact_value(*, units: int, price: int) -> int:
    """Units (×10,000) times a price (grosze), unrounded, in ten-thousandths of a grosz."""
    return units * price


def round_half_up(exact: int, scale: int = UNIT_SCALE) -> int:
    """An exact value divided by its scale, halves away from zero, as an invoice rounds.

    `round_half_up(exact_value(units=u, price=p))` is an amount in grosze.
    """
    magnitude = (2 * abs(exact) + scale) // (2 * scale)
    return magnitude if exact >= 0 else -magnitude


def round_decimal(value: Decimal, places: int) -> Decimal:
    """A decimal rounded half-up to that many places (coefficients: 4, nfz.gov.pl notice 8203)."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def format_amount(grosze: int, language: Language = "pl") -> str:
    """An amount as people read it: `1 234,56 zł`; in English `PLN 1,234.56`. A real minus sign."""
    zl, rest = divmod(abs(grosze), 100)
    return _zloty(zl, f"{rest:02d}", language, negative=grosze < 0)


def format_exact(exact: int, language: Language = "pl") -> str:
    """A value (10⁻⁴ grosza) before rounding, with every place that is not zero: `10,008999 zł`."""
    zl, rest = divmod(abs(exact), 100 * UNIT_SCALE)
    decimals = f"{rest:06d}".rstrip("0").ljust(2, "0")
    return _zloty(zl, decimals, language, negative=exact < 0)


def _zloty(zl: int, decimals: str, language: Language, *, negative: bool) -> str:
    sign = MINUS if negative else ""
    if language == "pl":
        return f"{sign}{_grouped(zl, THIN_SPACE)},{decimals}{THIN_SPACE}zł"
    return f"{sign}PLN{THIN_SPACE}{_grouped(zl, ',')}.{decimals}"


def format_units(units: int, language: Language = "pl") -> str:
    """A number of units without needless zeros: `7,14`, `1 200`; in English `7.14`, `1,200`."""
    sign = MINUS if units < 0 else ""
    whole, rest = divmod(abs(units), UNIT_SCALE)
    decimals = f"{rest:04d}".rstrip("0")
    point, separator = (",", THIN_SPACE) if language == "pl" else (".", ",")
    return f"{sign}{_grouped(whole, separator)}{point + decimals if decimals else ''}"


def format_count(count: int, language: Language = "pl") -> str:
    """A whole number with its thousands set apart: `1 200 000`; in English `1,200,000`."""
    sign = MINUS if count < 0 else ""
    return sign + _grouped(abs(count), THIN_SPACE if language == "pl" else ",")


def amount_text(grosze: int) -> Text:
    """An amount inside a sentence of either language."""
    return Text(pl=format_amount(grosze, "pl"), en=format_amount(grosze, "en"))


def units_text(units: int) -> Text:
    """A number of units inside a sentence of either language."""
    return Text(pl=format_units(units, "pl"), en=format_units(units, "en"))


def count_text(count: int) -> Text:
    """A whole number inside a sentence of either language."""
    return Text(pl=format_count(count, "pl"), en=format_count(count, "en"))


def _grouped(number: int, separator: str) -> str:
    return f"{number:,}".replace(",", separator)
