"""The coefficients of whole reports, read and compared with the formula of `coefficients`, over columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from rozlicz.messages.contracts import Coefficient, CoefficientUse
from rozlicz.verification.coefficients import PAIR_MATRIX, Used, combined
from rozlicz.verification.masking import LONGEST_SHOWN
from rozlicz.verification.terms import Dictionary, Terms

_PAIR = re.compile(r"([0-9A-Za-z]{1,10})=([0-9]{1,2}(?:\.[0-9]{1,8})?)", re.ASCII)
_PLACES = 4
_SCALE = 10**8
"""Combined coefficients are kept ×10⁸: a single one may have eight places."""

_MOST = 8
"""More coefficients than this on one position are taken for a mistake of the program."""

_TOO_LARGE = 100
"""A combined coefficient from which on the product could leave its integer; real ones are below 10."""

_MOST_KEPT = 50_000
"""How many answers are remembered between batches; real reports have some hundreds."""

_Key = tuple[str | None, str, date | None]

_KEYS = ["contract", "coefficients", "day_to"]
_RESOLVED = {
    "contract": pl.String(),
    "coefficients": pl.String(),
    "day_to": pl.Date(),
    "coefficients_malformed": pl.String(),
    "coefficient_unknown": pl.String(),
    "coefficient_changed": pl.String(),
    "coefficient_expected": pl.String(),
    "coefficients_colliding": pl.String(),
    "combined_coefficient": pl.Int64(),
}


class Coefficients:
    """Reads the texts of coefficients against the dictionary of each contract, each distinct one once a day."""

    def __init__(self, terms: Terms) -> None:
        self._dictionary = terms.coefficients
        self._read: dict[_Key, _Resolved] = {}

    def compared(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with what is wrong in each row's coefficients, and `expected_multiplicity` ×10,000.

        `expected_multiplicity` is null where it cannot be known. Order and number of rows stay.
        """
        used = frame.filter(pl.col("coefficients") != "").select(_KEYS).unique(maintain_order=True)
        rows = [(*key, *self._resolved(key)) for key in used.iter_rows()]
        answers = pl.DataFrame(rows, schema=_RESOLVED, orient="row")
        joined = frame.join(answers, on=_KEYS, how="left", maintain_order="left", nulls_equal=True)
        # Actual multiplicity < 10⁸ (×10⁴) and combined coefficient < 10¹⁰ (×10⁸): the product stays within Int64.
        product = (pl.col("actual_number") * pl.col("combined_coefficient") + _SCALE // 2) // _SCALE
        has_none = pl.col("coefficients").is_null() | (pl.col("coefficients") == "")
        return joined.with_columns(
            expected_multiplicity=pl.when(has_none).then(pl.col("actual_number")).otherwise(product)
        )

    def _resolved(self, key: _Key) -> _Resolved:
        found = self._read.get(key)
        if found is None:
            if len(self._read) >= _MOST_KEPT:
                self._read.clear()
            found = self._read[key] = _resolved(*key, dictionary=self._dictionary)
        return found


class _Resolved(NamedTuple):
    """The columns that one text of coefficients answers, in the order of `_RESOLVED` after its keys."""

    malformed: str | None = None
    unknown: str | None = None
    changed: str | None = None
    expected: str | None = None
    colliding: str | None = None
    combined: int | None = None


def _resolved(contract: str | None, text: str, day: date | None, *, dictionary: Dictionary) -> _Resolved:
    """Read one text of coefficients against the dictionary valid on the day; the first fault ends it."""
    pairs = _pairs(text)
    if pairs is None:
        return _Resolved(malformed=text[:LONGEST_SHOWN])
    if contract is None or day is None:
        return _Resolved()
    entries = [_entry(dictionary.get((contract, code), ()), day) for code, _ in pairs]
    used, unknown = [], []
    for (code, value), entry in zip(pairs, entries, strict=True):
        if entry is None:
            unknown.append(code)
            continue
        expected = Decimal(entry.value).scaleb(-_PLACES)
        if entry.use is not CoefficientUse.INDIVIDUAL and value != expected:
            return _Resolved(changed=f"{code}={value}", expected=f"{code}={expected}")
        used.append(Used(entry.use, value, code))
    if unknown:
        return _Resolved(unknown=", ".join(unknown))
    factor = combined(used, PAIR_MATRIX.on(day).value)
    if factor is None:
        return _Resolved(colliding=", ".join(code for code, _ in pairs))
    if factor >= _TOO_LARGE:
        return _Resolved(malformed=text[:LONGEST_SHOWN])
    return _Resolved(combined=int(factor * _SCALE))


def _pairs(text: str) -> list[tuple[str, Decimal]] | None:
    """Codes and values in order; None when one has another form, is repeated, or there are too many."""
    parts = text.split(" ")
    if len(parts) > _MOST:
        return None
    pairs = []
    for part in parts:
        match = _PAIR.fullmatch(part)
        if match is None:
            return None
        pairs.append((match[1], Decimal(match[2])))
    return pairs if len({code for code, _ in pairs}) == len(pairs) else None


def _entry(entries: Sequence[Coefficient], day: date) -> Coefficient | None:
    return next((entry for entry in entries if entry.valid_from <= day <= entry.valid_to), None)
