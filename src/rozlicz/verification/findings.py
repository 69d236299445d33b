"""Findings: one row a rule and a record, with what fills the sentence; and the sentence itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import polars as pl

from rozlicz.kernel.money import NotAnAmount, amount_text, units_from_text, units_text
from rozlicz.kernel.months import Month, NotAMonth
from rozlicz.kernel.texts import Text
from rozlicz.verification.catalogue import rule_of

FINDINGS = {
    "row": pl.Int64(),
    "code": pl.String(),
    "severity": pl.String(),
    "parameters": pl.String(),
    "value": pl.Int64(),
}
"""Columns of the findings: the position's row, the rule, its severity, a JSON object of texts, grosze at stake."""

_NOTHING = Text(pl="(brak)", en="(none)")


def sentence(code: str, parameters: str | Mapping[str, str]) -> Text:
    """What is wrong, in both languages. `parameters` as a finding has them: a JSON object, or the mapping.

    Raises KeyError for an unknown code or a missing parameter.
    """
    return _filled(rule_of(code).message, parameters)


def remedy(code: str, parameters: str | Mapping[str, str]) -> Text:
    """What the provider can do about it, in both languages."""
    return _filled(rule_of(code).remedy, parameters)


def _filled(text: Text, parameters: str | Mapping[str, str]) -> Text:
    values: Mapping[str, str] = json.loads(parameters) if isinstance(parameters, str) else parameters
    return text.filled(**{name: _worded(name, value) for name, value in values.items()})


def _worded(name: str, value: str) -> object:
    """A parameter as the reader's language writes it; the end of its name says what it is.

    `…_day` an ISO day, `…_month` 2026-10, `…_number` a decimal number, `…_amount` grosze; anything else, and
    whatever is not of its kind, stays as it is written. An empty value is said to be none.
    """
    if value == "":
        return _NOTHING
    kind = name.rsplit("_", 1)[-1]
    try:
        match kind:
            case "day":
                return date.fromisoformat(value)
            case "month":
                return Month.parse(value).name
            case "number":
                return units_text(units_from_text(value))
            case "amount":
                return amount_text(int(value))
    except (ValueError, NotAMonth, NotAnAmount):
        return value
    return value
