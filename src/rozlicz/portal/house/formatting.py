"""Amounts, units, months and days in the language of the page.

The forms themselves are the kernel's; here the language in force is chosen, and a value that is not
there is shown as a dash.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from rozlicz.kernel import money
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Language, Text, format_day
from rozlicz.settlement import telling
from rozlicz.settlement.explanation import Explanation

NOTHING = "–"
"""What stands in place of a value that is not there."""


def page_language() -> Language:
    """The language in which the page is being rendered; Polish unless English was chosen."""
    return "en" if (get_language() or "pl").startswith("en") else "pl"


def amount(grosze: int | None) -> str:
    """123456 → `1 234,56 zł`."""
    return NOTHING if grosze is None else money.format_amount(grosze, page_language())


def units(ten_thousandths: int | None) -> str:
    """71400 → `7,14`."""
    return NOTHING if ten_thousandths is None else money.format_units(ten_thousandths, page_language())


def count(number: int | None) -> str:
    """1200000 → `1 200 000`."""
    return NOTHING if number is None else money.format_count(number, page_language())


def percent(part: int | None, whole: int | None) -> str:
    """The share of a part in a whole, in whole per cent, rounded half-up; a dash when there is no whole."""
    if part is None or not whole:
        return NOTHING
    sign = "" if page_language() == "en" else money.THIN_SPACE
    return f"{count(money.round_half_up(part * 100, whole))}{sign}%"


def month_name(month: Month | int | None) -> str:
    """202610, or the month itself → `październik 2026`."""
    if month is None:
        return NOTHING
    known = Month.from_number(month) if isinstance(month, int) else month
    return known.name.in_language(page_language())


def day(value: date | datetime | None) -> str:
    """`10.11.2026`, for tables. A moment gives the day it falls on in the portal's time zone."""
    if value is None:
        return NOTHING
    return format_day(_local_day(value), page_language())


def long_day(value: date | datetime | None) -> str:
    """`10 listopada 2026`, for sentences."""
    return NOTHING if value is None else date_format(_local_day(value), "j E Y", use_l10n=False)


def short_day(value: date | datetime | None) -> str:
    """`10 listopada`, where the year is plain."""
    return NOTHING if value is None else date_format(_local_day(value), "j E", use_l10n=False)


def moment(value: datetime | None) -> str:
    """`10.11.2026, 14:05` in the portal's time zone."""
    if value is None:
        return NOTHING
    local = timezone.localtime(value)
    return f"{format_day(local.date(), page_language())}, {local:%H:%M}"


def in_fours(value: str) -> str:
    """A code in groups of four, as it is read aloud and typed."""
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))


def account(number: str) -> str:
    """`61 1090 1014 0000 0712 1981 2874`: a bank account number in the groups in which people compare it."""
    blank = "\N{NO-BREAK SPACE}"
    return blank.join([number[:2], *(number[at : at + 4] for at in range(2, len(number), 4))]) or NOTHING


def text(value: Text | None) -> str:
    """A sentence of the pure layers in the language of the page."""
    return NOTHING if value is None else value.in_language(page_language())


def told(explanation: Explanation) -> telling.Told:
    """The sentences of an explanation in the language of the page."""
    return telling.told(explanation, page_language())


def _local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date()
    return value
