"""Patients in findings: never by name, and of their identifiers only the last characters."""

from __future__ import annotations

import polars as pl

DOTS = "•••••••"
LONGEST_SHOWN = 40
"""How much of a wrong value a finding repeats, in characters."""

_VISIBLE = 4
_TOO_SHORT_TO_SHOW = 8


def masked(text: str) -> str:
    """`44051499774` → `•••••••9774`. Of a text shorter than eight characters nothing is shown."""
    return DOTS + (text[-_VISIBLE:] if len(text) >= _TOO_SHORT_TO_SHOW else "") if text else ""


def masked_column(column: str) -> pl.Expr:
    """The same for a column; null and empty give the empty text."""
    text = pl.col(column).fill_null("")
    end = (
        pl.when(text.str.len_chars() >= _TOO_SHORT_TO_SHOW)
        .then(text.str.tail(_VISIBLE))
        .otherwise(pl.lit(""))
    )
    return pl.when(text == "").then(pl.lit("")).otherwise(pl.lit(DOTS) + end)


def shown_column(column: str) -> pl.Expr:
    """A value as a finding repeats it: at most forty characters; null becomes the empty text."""
    text = pl.col(column).fill_null("")
    return (
        pl.when(text.str.len_chars() > LONGEST_SHOWN).then(text.str.head(LONGEST_SHOWN) + "…").otherwise(text)
    )
