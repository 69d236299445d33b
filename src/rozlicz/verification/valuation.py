"""What a position is worth: units of the product's weight and the multiplicity, times the price of the month.

The value here is rounded a position and tells only what is at stake; what is paid is rounded once, at the
template line.
"""

from __future__ import annotations

import polars as pl

from rozlicz.kernel.money import UNIT_SCALE

LARGEST_UNITS = 10**12
"""A hundred million units, ×10,000."""

LARGEST_VALUE = 10**10
"""One hundred million zł in grosze: no single position is worth more, and sums of them stay within Int64."""


def with_value(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with `units` ×10,000, `value` in grosze (0 where unknown), and `too_large`.

    Products are calculated in 128 bits. Where a bound is passed, `too_large` is true, `units` is null and
    `value` 0; a rule says so.
    """
    units = _divided(pl.col("weight").cast(pl.Int128) * pl.col("multiplicity_number"))
    value = _divided(pl.col("exact_units") * pl.col("price"))
    within = (pl.col("exact_units") <= LARGEST_UNITS) & (pl.col("exact_value") <= LARGEST_VALUE).fill_null(
        value=True
    )
    return (
        frame.lazy()
        .with_columns(exact_units=units)
        .with_columns(exact_value=value)
        .with_columns(within=within)
        .with_columns(
            units=pl.when("within").then("exact_units").cast(pl.Int64),
            value=pl.when("within").then("exact_value").cast(pl.Int64).fill_null(0),
            too_large=~pl.col("within"),
        )
        .drop("exact_units", "exact_value", "within")
        .collect()
    )


def _divided(product: pl.Expr) -> pl.Expr:
    """A product of non-negative numbers of which one is ×10,000, rounded half-up."""
    return (product + UNIT_SCALE // 2) // UNIT_SCALE
