"""Age in completed years (art. 112 of the Civil Code)."""

from __future__ import annotations

from datetime import date

from rozlicz.kernel.ages import completed_years


def test_a_year_is_completed_on_the_birthday_and_for_29_february_on_the_28th_art_112_kc():
    assert completed_years(date(2008, 5, 20), date(2026, 5, 19)) == 17
    assert completed_years(date(2008, 5, 20), date(2026, 5, 20)) == 18
    assert completed_years(date(2008, 2, 29), date(2026, 2, 27)) == 17
    assert completed_years(date(2008, 2, 29), date(2026, 2, 28)) == 18
    assert completed_years(date(2008, 2, 29), date(2028, 2, 28)) == 19
    assert completed_years(date(2008, 2, 29), date(2028, 2, 29)) == 20
