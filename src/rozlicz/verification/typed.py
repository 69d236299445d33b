"""The raw columns of a report, and beside them what they say as numbers, days and a person's data.

Every typed column is null where the text is malformed, so that a rule about what a value means stays
silent where another rule already speaks about its form.
"""

from __future__ import annotations

import polars as pl

from rozlicz.kernel.countries import COORDINATION_DOCUMENTS
from rozlicz.kernel.identifiers import PESEL_WEIGHTS
from rozlicz.verification import forms

_CENTURY_OF_TWENTY_MONTHS = {0: 1900, 1: 2000, 2: 2100, 3: 2200, 4: 1800}


def typed(raw: pl.DataFrame) -> pl.DataFrame:
    """The raw frame with the typed columns the rules read; as many rows, in the same order."""
    return (
        raw.lazy()
        .with_columns(
            deleted=pl.col("deleted").fill_null(value=False),
            service_version_number=forms.whole_number("service_version", forms.SERVICE_VERSION),
            position_number=forms.whole_number("position", forms.POSITION_NUMBER),
            distinguisher_number=forms.whole_number("distinguisher", forms.DISTINGUISHER),
            month_number=forms.month_number("month"),
            day_from=forms.day("date_from"),
            day_to=forms.day("date_to"),
            referral_day=forms.day("referral_date"),
            entitlement_day_from=forms.day("entitlement_from"),
            entitlement_day_to=forms.day("entitlement_to"),
            given_birth_day=forms.day("patient_birth_date"),
            multiplicity_number=forms.ten_thousandths("multiplicity"),
            actual_number=forms.ten_thousandths("actual_multiplicity"),
            has_pesel=(pl.col("patient_id_type") == "P").fill_null(value=False),
            pesel_number=_pesel_number("patient_id", pl.col("patient_id_type") == "P"),
            staff_pesel=_pesel_number("staff_id", pl.col("staff_id_type") == "2"),
            coordination=pl.col("entitlement_document").is_in(COORDINATION_DOCUMENTS).fill_null(value=False),
        )
        .with_columns(
            month_first_day=_first_day_of_month(),
            pesel_check_digit_right=_check_digit_right("pesel_number"),
            staff_pesel_right=_check_digit_right("staff_pesel"),
            pesel_birth_day=_pesel_birth_day(),
            pesel_sex=pl.when(_digit("pesel_number", 1) % 2 == 0).then(pl.lit("K")).otherwise(pl.lit("M")),
        )
        .with_columns(
            birth_day=pl.coalesce(
                pl.when(pl.col("pesel_check_digit_right")).then(pl.col("pesel_birth_day")), "given_birth_day"
            ),
        )
        .collect()
    )


def completed_years(born: str, on: str) -> pl.Expr:
    """Age in completed years on a day; a year is completed at the beginning of the birthday.

    Who was born on 29 February completes it on 28 February in a common year (art. 112 of the civil code).
    """
    birth, today = pl.col(born), pl.col(on)
    leap_born = (birth.dt.month() == 2) & (birth.dt.day() == 29)
    birthday = birth.dt.month().cast(pl.Int32) * 100 + birth.dt.day()
    birthday = pl.when(leap_born & ~today.dt.is_leap_year()).then(228).otherwise(birthday)
    reached = today.dt.month().cast(pl.Int32) * 100 + today.dt.day() >= birthday
    return today.dt.year() - birth.dt.year() - pl.when(reached).then(0).otherwise(1)


def _pesel_number(column: str, is_pesel: pl.Expr) -> pl.Expr:
    """Eleven digits as one number; null where it is no PESEL or has another form."""
    return pl.when(is_pesel & forms.matches(column, forms.PESEL)).then(pl.col(column)).cast(pl.Int64)


def _digit(column: str, from_the_right: int) -> pl.Expr:
    place: int = 10**from_the_right
    return pl.col(column) // place % 10


def _check_digit_right(column: str) -> pl.Expr:
    """Whether the weighted sum of the first ten digits and the eleventh is divisible by ten."""
    terms = [_digit(column, 10 - place) * weight for place, weight in enumerate((*PESEL_WEIGHTS, 1))]
    # without ignore_nulls=False the sum of nulls would be 0, and a person without PESEL would have a right one
    return pl.sum_horizontal(terms, ignore_nulls=False) % 10 == 0


def _pesel_birth_day() -> pl.Expr:
    """The day of birth a PESEL carries: the month tells the century; null when there is no such day."""
    head = pl.col("pesel_number") // 100_000
    year, month, day = head // 10_000, head // 100 % 100, head % 100
    century = (month // 20).replace_strict(_CENTURY_OF_TWENTY_MONTHS, return_dtype=pl.Int64)
    written = ((century + year) * 10_000 + month % 20 * 100 + day).cast(pl.String)
    return written.str.to_date("%Y%m%d", strict=False)


def _first_day_of_month() -> pl.Expr:
    number = pl.col("month_number")
    return pl.date(number // 100, number % 100, 1)
