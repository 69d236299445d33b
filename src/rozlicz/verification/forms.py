"""From the provider's text to typed columns: the form is tested by a pattern first, then converted.

Polars converts generously and silently (`1.23456` is rounded, `1e3` is 1000): whatever does not match its
pattern becomes null here, and a rule says so. Patterns are for Polars' regular expressions and name ASCII
digits, since the usual short form there also means digits of other alphabets.
"""

from __future__ import annotations

import polars as pl

from rozlicz.kernel import identifiers

SERVICE_ID = r"^[0-9A-Za-z._/\-]{1,20}$"
SERVICE_VERSION = r"^[1-9][0-9]{0,5}$"
POSITION_NUMBER = r"^[1-9][0-9]{0,4}$"
DISTINGUISHER = r"^[0-9]{1,4}$"
MONTH = r"^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])$"
DAY = r"^(1[89]|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
MULTIPLICITY = r"^[0-9]{1,4}(\.[0-9]{1,4})?$"
"""Up to 9,999.9999: with the weights and prices of contracts no product leaves its integer."""

PESEL = r"^[0-9]{11}$"
OTHER_PERSON_ID = r"^[^\s].{0,28}[^\s]$|^[^\s]$"
NO_IDENTIFIER = r"^[0-9A-Z]{5}-[0-9]{4}-(NN|NW)$"
SERVICE_CODE = r"^[0-9A-Z]{1,6}(\.[0-9A-Z]{1,4}){0,4}$"
ENTITLEMENT_BASIS = r"^[0-9]{1,2}$"
COUNTRY = r"^[A-Z]{2}$"


def ascii_digits(pattern: str) -> str:
    """A pattern of `kernel.identifiers` with its digits meant as 0 to 9 only."""
    return pattern.replace(r"\d", "[0-9]")


SCOPE = ascii_digits(identifiers.SCOPE_CODE)
PRODUCT = ascii_digits(identifiers.PRODUCT_CODE)
DIAGNOSIS = ascii_digits(identifiers.ICD10_CODE)
LICENCE = ascii_digits(identifiers.LICENCE_NUMBER)


def matches(column: str, pattern: str) -> pl.Expr:
    """Whether the text has that form; a missing one has not."""
    return pl.col(column).str.contains(pattern).fill_null(value=False)


def missing(column: str) -> pl.Expr:
    """Not written, or written empty."""
    return pl.col(column).is_null() | (pl.col(column) == "")


def given(column: str) -> pl.Expr:
    """Written and not empty."""
    return pl.col(column).is_not_null() & (pl.col(column) != "")


def whole_number(column: str, pattern: str) -> pl.Expr:
    """The number as Int64; null where the text has not the form."""
    return pl.when(matches(column, pattern)).then(pl.col(column)).cast(pl.Int64)


def ten_thousandths(column: str) -> pl.Expr:
    """A multiplicity ×10,000 as Int64; null where the text has not the form."""
    text = pl.when(matches(column, MULTIPLICITY)).then(pl.col(column))
    return (text.cast(pl.Decimal(18, 4)) * 10_000).cast(pl.Int64)


def day(column: str) -> pl.Expr:
    """A calendar day; null where the text is none."""
    text = pl.when(matches(column, DAY)).then(pl.col(column))
    return text.str.to_date("%Y-%m-%d", strict=False)


def month_number(column: str) -> pl.Expr:
    """202610 of `2026-10` as Int64; null where the text is no month."""
    text = pl.when(matches(column, MONTH)).then(pl.col(column))
    return text.str.replace("-", "", literal=True).cast(pl.Int64)
