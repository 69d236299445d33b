"""Amounts, units, months and days as pages show them, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.portal.house import formatting

THIN = "\u202f"
MINUS = "\u2212"


@pytest.mark.parametrize(
    ("language", "function", "value", "shown"),
    [
        ("pl", formatting.amount, 123456, f"1{THIN}234,56{THIN}zł"),
        ("pl", formatting.amount, -5, f"{MINUS}0,05{THIN}zł"),
        ("en", formatting.amount, 123456, f"PLN{THIN}1,234.56"),
        ("pl", formatting.units, 71400, "7,14"),
        ("en", formatting.units, 12_000_000, "1,200"),
        ("pl", formatting.count, 1_200_000, f"1{THIN}200{THIN}000"),
        ("en", formatting.count, 1_200_000, "1,200,000"),
        ("pl", formatting.month_name, Month(2026, 10), "październik 2026"),
        ("pl", formatting.month_name, 202610, "październik 2026"),
        ("en", formatting.month_name, 202610, "October 2026"),
        ("pl", formatting.day, date(2026, 11, 10), "10.11.2026"),
        ("en", formatting.day, date(2026, 11, 10), "10 Nov 2026"),
        ("pl", formatting.long_day, date(2026, 11, 10), "10 listopada 2026"),
        ("en", formatting.long_day, date(2026, 11, 10), "10 November 2026"),
        ("pl", formatting.short_day, date(2026, 12, 1), "1 grudnia"),
        ("pl", formatting.moment, datetime(2026, 11, 10, 13, 5, tzinfo=UTC), "10.11.2026, 14:05"),
        ("pl", formatting.text, Text(pl="tak", en="yes"), "tak"),
        ("en", formatting.text, Text(pl="tak", en="yes"), "yes"),
    ],
)
def test_it_shows_a_value_as_people_of_the_language_write_it(language, function, value, shown):
    with override(language):
        assert function(value) == shown


@pytest.mark.parametrize(
    "function",
    [
        formatting.amount,
        formatting.units,
        formatting.count,
        formatting.month_name,
        formatting.day,
        formatting.long_day,
        formatting.short_day,
        formatting.moment,
        formatting.text,
    ],
)
def test_what_is_not_there_is_a_dash(function):
    assert function(None) == "–"


def test_a_moment_shortly_before_midnight_in_utc_falls_on_the_next_day_in_poland():
    assert formatting.day(datetime(2026, 10, 31, 23, 30, tzinfo=UTC)) == "01.11.2026"


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [(112, 100, f"112{THIN}%"), (1, 3, f"33{THIN}%"), (5, 1000, f"1{THIN}%"), (1, 0, "–"), (None, 3, "–")],
)
def test_a_share_is_whole_per_cent_rounded_half_up(part, whole, shown):
    with override("pl"):
        assert formatting.percent(part, whole) == shown


@given(st.integers(-(10**15), 10**15))
def test_an_amount_never_breaks_over_two_lines(grosze):
    with override("pl"):
        shown = formatting.amount(grosze)
    assert " " not in shown
    assert "-" not in shown


def test_no_language_chosen_means_polish():
    with override(None):
        assert formatting.page_language() == "pl"
