"""Months, settlement periods and working days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel.months import Month, NotAMonth, Quarter, SettlementPeriod
from rozlicz.kernel.working_days import is_working_day, moved_to_working_day, nth_working_day_after

MONTHS = st.builds(Month, st.integers(1990, 2100), st.integers(1, 12))


@given(MONTHS, st.integers(-400, 400))
def test_a_month_comes_back_from_there(month: Month, steps: int) -> None:
    assert month.plus(steps).plus(-steps) == month


@given(MONTHS)
def test_a_month_survives_its_forms(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Month.from_number(month.number) == month
    assert month.last_day.toordinal() - month.first_day.toordinal() + 1 == month.days


@given(MONTHS, MONTHS)
def test_numbers_order_like_months(one: Month, other: Month) -> None:
    assert (one < other) == (one.number < other.number)


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "26-01", "2026-01 ", "0000-01", ""])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(NotAMonth):
        Month.parse(text)


@given(MONTHS, st.integers(-300, 300))
def test_a_quarter_holds_its_three_months(month: Month, steps: int) -> None:
    quarter = Quarter.of(month)
    assert month in quarter
    assert quarter.first.plus(2) == quarter.last
    assert quarter.first.plus(-1) not in quarter
    assert quarter.plus(steps).plus(-steps) == quarter


def test_a_quarter_has_a_name_and_a_year_has_four() -> None:
    last = Quarter(2026, 4)
    assert (str(last), last.name.pl, last.name.en) == ("2026-Q4", "IV kwartał 2026", "4th quarter of 2026")
    with pytest.raises(NotAMonth):
        Quarter(2026, 5)


def test_a_settlement_period_holds_its_months_and_no_others() -> None:
    half = SettlementPeriod(Month(2026, 1), Month(2026, 6))
    assert [month.month for month in half.months()] == [1, 2, 3, 4, 5, 6]
    assert Month(2026, 7) not in half
    with pytest.raises(ValueError, match="ends before"):
        SettlementPeriod(Month(2026, 6), Month(2026, 1))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 4, 18), True),  # Good Friday
        (date(2025, 4, 21), False),  # Easter Monday
        (date(2024, 12, 24), True),
        (date(2025, 12, 24), False),  # a day off since 2025
        (date(2026, 11, 2), True),
        (date(2026, 6, 4), False),  # Corpus Christi
        (date(2026, 1, 10), False),  # a Saturday
        (date(2026, 12, 31), True),
    ],
)
def test_days_off_are_those_of_the_law(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("case", "delivered", "paid_by"),
    [
        ("PAY-01", date(2025, 4, 15), date(2025, 4, 23)),
        ("PAY-03", date(2025, 12, 19), date(2025, 12, 31)),
        ("PAY-06", date(2026, 1, 10), date(2026, 1, 16)),
        ("PAY-07", date(2026, 4, 30), date(2026, 5, 8)),
        ("PAY-09", date(2027, 12, 23), date(2027, 12, 31)),
    ],
)
def test_r10_the_fifth_working_day_after_delivery(case: str, delivered: date, paid_by: date) -> None:
    assert nth_working_day_after(delivered, 5) == paid_by, case


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)), st.integers(1, 20))
def test_a_term_ends_on_a_working_day_and_grows(day: date, count: int) -> None:
    end = nth_working_day_after(day, count)
    assert is_working_day(end)
    assert end > day
    assert nth_working_day_after(day, count + 1) > end


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_a_term_moves_only_when_it_must(day: date) -> None:
    moved = moved_to_working_day(day)
    assert is_working_day(moved)
    assert (moved == day) == is_working_day(day)


def test_a_term_of_no_days_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        nth_working_day_after(date(2026, 1, 1), 0)
