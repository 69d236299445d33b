"""Persons insured in another state: whether it is under coordination in the reporting month (R57, R62)."""

from __future__ import annotations

import polars as pl

from rozlicz.kernel.countries import is_coordinated, is_under_new_rules
from rozlicz.kernel.months import Month

_KEYS = ["entitlement_country", "month_number"]


def with_coordination(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with `country_coordinated` and `new_rules`; null where state or month are not given.

    `new_rules`: regulation 883/2004 holds (R58). The law is asked once a state and month.
    """
    pairs = frame.filter("coordination").select(_KEYS).drop_nulls().unique(maintain_order=True)
    asked = [(country, Month.from_number(number)) for country, number in pairs.iter_rows()]
    known = pairs.with_columns(
        pl.Series("country_coordinated", [is_coordinated(*pair) for pair in asked], dtype=pl.Boolean),
        pl.Series("new_rules", [is_under_new_rules(*pair) for pair in asked], dtype=pl.Boolean),
    )
    return frame.join(known, on=_KEYS, how="left", maintain_order="left")
