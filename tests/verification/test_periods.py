"""Days and months: a service is done, has ended in its reporting month, and the month is open."""

from __future__ import annotations

from datetime import date

import pytest

from rozlicz.verification.findings import sentence
from tests.verification.cases import Case, assert_holds, case, right, wrong
from tests.verification.reports import check, parameters, report, visit


def stay(first: str, last: str, **changes: object) -> dict[str, object]:
    """A stationary service."""
    return visit(set_type="S", discharge_mode="1", date_from=first, date_to=last, month=last[:7], **changes)


CASES = [
    case(
        "59904001",
        "the first day",
        wrong(visit(date_from="05.10.2026")),
        wrong(visit(date_from="2026-10-32")),
        wrong(visit(date_from="2026-02-29")),
        wrong(visit(date_from="")),
        wrong(visit(date_from=None)),
        wrong(visit(date_from="2026-10-05T08:00")),
        right(visit(date_from="2026-10-05")),
    ),
    case(
        "59904002",
        "the last day",
        wrong(visit(date_to="20261005")),
        wrong(visit(date_to=None)),
        right(visit(date_to="2026-10-05")),
    ),
    case(
        "59904003",
        "ends before it begins",
        wrong(stay("2026-10-06", "2026-10-05")),
        wrong(visit(date_from="2026-10-06")),
        right(stay("2026-10-05", "2026-10-05")),
        right(stay("2026-10-05", "2026-10-06")),
    ),
    case(
        "51701028",
        "an ambulatory service of two days",
        wrong(visit(date_to="2026-10-06")),
        right(visit()),
        right(stay("2026-10-05", "2026-10-06")),
    ),
    case(
        "59904004",
        "ends tomorrow",
        wrong(visit(date_from="2026-11-06", date_to="2026-11-06", month="2026-11")),
        right(visit(date_from="2026-11-05", date_to="2026-11-05", month="2026-11")),
        received_on=date(2026, 11, 5),
    ),
    case(
        "59904005",
        "the reporting month",
        wrong(visit(month="2026-13")),
        wrong(visit(month="2026")),
        wrong(visit(month="10.2026")),
        wrong(visit(month=None)),
        right(visit(month="2026-10")),
    ),
    case(
        "59904006",
        "reported in another month than it ended in",
        wrong(visit(month="2026-09")),
        wrong(stay("2026-09-28", "2026-10-02") | {"month": "2026-09"}),
        right(stay("2026-09-28", "2026-10-02")),
    ),
    case(
        "59904007",
        "a month that has not begun",
        wrong(visit(date_from="2026-12-01", date_to="2026-12-01", month="2026-12")),
        right(visit(date_from="2026-11-30", date_to="2026-11-30", month="2026-11")),
        received_on=date(2026, 11, 30),
        also={"59904004"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rules_about_days_and_months(case: Case) -> None:
    assert_holds(case)


def test_a_month_is_open_from_its_first_day() -> None:
    future = visit(date_from="2026-12-01", date_to="2026-12-01", month="2026-12")
    assert check(report(future), received_on=date(2026, 12, 1)).findings.is_empty()


def test_the_sentence_writes_days_and_months_in_words() -> None:
    checked = check(report(visit(month="2026-09")))
    (values,) = parameters(checked, "59904006")
    assert (
        sentence("59904006", values).pl
        == "Świadczenie zakończone 05.10.2026 wykazano w okresie wrzesień 2026."
    )
    assert (
        sentence("59904006", values).en == "A service that ended on 5 Oct 2026 is reported in September 2026."
    )
