"""How correction coefficients change the multiplicity of a position (nfz.gov.pl notices 8203 and 8383).

No coefficient: the multiplicity that is settled is the actual one. One: their product, rounded to four
places. Several: first those that are summed, K = ΣW − (n − 1), then the others multiply; the combined
coefficient is rounded to four places, and so is its product with the actual multiplicity. A coefficient of
use N excludes every other. One of use I has no value in the dictionary: the reported one is taken, and
multiplies (policy: the notices do not say how it joins others).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import polars as pl

from rozlicz.kernel.money import round_decimal
from rozlicz.messages.contracts import Coefficient, CoefficientUse
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


class Used(NamedTuple):
    """One coefficient of a position: how it joins others, and its value."""

    use: CoefficientUse
    value: Decimal


def combined(used: Sequence[Used]) -> Decimal | None:
    """The one coefficient that stands for all; None when one of several may not be joined with others (KOEF-10).

    Never negative: a sum of small coefficients may fall below nothing by the formula, and then pays nothing.
    """
    if len(used) == 1:
        return used[0].value
    if any(one.use is CoefficientUse.NOT_APPLICABLE for one in used):
        return None
    summed = [one.value for one in used if one.use is CoefficientUse.SUM]
    factor = sum(summed, Decimal(0)) - (len(summed) - 1) if summed else Decimal(1)
    for one in used:
        if one.use is not CoefficientUse.SUM:
            factor *= one.value
    return round_decimal(max(factor, Decimal(0)), _PLACES)


def multiplicity(actual: Decimal, used: Sequence[Used]) -> Decimal | None:
    """The multiplicity that is settled, by the formulas above; None for coefficients that exclude each other."""
    if not used:
        return actual
    factor = combined(used)
    return None if factor is None else round_decimal(actual * factor, _PLACES)


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
        used.append(Used(entry.use, value))
    if unknown:
        return _Resolved(unknown=", ".join(unknown))
    factor = combined(used)
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
