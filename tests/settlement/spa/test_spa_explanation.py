"""Every amount of a round explains itself: it can be calculated again from the explanations' data alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from rozlicz.messages.persons import Person, PersonIdType
from rozlicz.messages.spa_stays import Exemption, RoomKind, RoomUse, SpaExemption
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.spa.parameters import LeavePolicy
from tests.settlement.spa.resort import (
    ANY_24_HOURS,
    CALENDAR,
    contract,
    leave,
    person,
    planned,
    report,
    scope,
    settled,
    stay,
)
from tests.settlement.spa.test_spa_corrections import reports


def figures(data: dict, rule: str) -> dict[str, int]:
    return {
        name: number for step in data["steps"] if step["rule"] == rule for name, number in step["figures"]
    }


def numbered(found: dict[str, int], name: str) -> list[int]:
    return [number for label, number in found.items() if label.startswith(f"{name}.")]


def by_rate(found: dict[str, int], price: str) -> int:
    return sum(d * p for d, p in zip(numbered(found, "days"), numbered(found, price), strict=True))


def a_day(figure: int) -> date:
    return date(figure // 10_000, figure // 100 % 100, figure % 100)


def person_days_again(data: dict) -> int:
    """Counted as a clerk would: the dates from the days told, the units lost from the seconds on leave."""
    told = figures(data, "spa.dates")
    if not told:
        return 0
    first = max(a_day(told["arrived"]), a_day(told["period.first"]))
    last = min(a_day(told["discharged"]), a_day(told["period.last"]))
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert len(dates) == told["dates"]
    units = {first: {first, last}} | {day: {day} for day in dates[1:-1]}
    assert len(units) == told["units"]
    leave_told = figures(data, "spa.leave")
    limit = leave_told.get("limit.seconds", 0)
    spans = numbered(leave_told, "span.seconds")
    if spans:
        assert all(seconds > limit for seconds in spans)
        lost = min(len(spans), len(units))
    else:
        long = {
            a_day(int(name.removeprefix("leave.seconds.")))
            for name, seconds in leave_told.items()
            if name.startswith("leave.seconds.") and seconds > limit
        }
        lost = sum(bool(long & of) for of in units.values())
    return len(units) - lost


def assert_it_follows(found) -> None:
    stays = [json.loads(json.dumps(one.to_json())) for one in found.explanations]
    for one, data in zip(found.stays, stays, strict=True):
        person_days, lodging = figures(data, "spa.person-days"), figures(data, "spa.board-and-lodging")
        assert person_days_again(data) - person_days.get("unpaid", 0) == one.person_days
        assert sum(numbered(person_days, "days")) == one.person_days
        due = by_rate(person_days, "price") + by_rate(lodging, "rate")
        assert due == figures(data, "spa.stay-due")["due"] == one.amount
    (cap,) = found.settlement.caps
    whole = json.loads(json.dumps(cap.explanation.to_json()))
    lines, told = figures(whole, "spa.lines"), figures(whole, "spa.due")
    units, prices = numbered(lines, "line.units"), numbered(lines, "line.price")
    total = sum(u * p // 10_000 for u, p in zip(units, prices, strict=True))
    assert total == told["total"] == sum(figures(d, "spa.stay-due")["due"] for d in stays)
    assert total - figures(whole, "spa.earlier")["held"] == told["due"] + told["corrected"]
    assert told["due"] + told["corrected"] == found.settlement.amount
    assert sum(numbered(figures(whole, "spa.stays"), "stay.days")) == found.person_days


@settings(max_examples=60)
@given(of=reports())
def test_the_due_follows_from_the_explanation_alone(of):
    assert_it_follows(settled(of))


LEAVES = (
    leave("2026-03-08 12:00", "2026-03-09 12:00"),
    leave("2026-03-12 18:00", "2026-03-14 14:00"),
    leave("2026-03-21 20:00", "2026-03-22 10:00"),
)


@pytest.mark.parametrize("policy", [CALENDAR, ANY_24_HOURS, LeavePolicy(hours=8)])
def test_person_days_follow_in_either_reading(policy):
    """R46: with any 24 hours, 24 h take one day, 44 h two, and 14 h one."""
    found = settled(report(stay(absences=LEAVES)), policy=policy)
    assert_it_follows(found)
    expected = {CALENDAR: 19, ANY_24_HOURS: 17}.get(policy)
    assert expected in (None, found.person_days)


def test_what_the_patient_pays_follows_too():
    room = RoomUse(kind=RoomKind.DOUBLE_STUDIO, first_day=date(2026, 4, 21), last_day=date(2026, 5, 12))
    of = report(
        stay(arrived="2026-04-21", discharged="2026-05-12", rooms=(room,)),
        period=planned("2026-04-21", "2026-05-12"),
    )
    found = settled(of)
    (explanation,) = found.explanations
    data = explanation.to_json()
    assert by_rate(figures(data, "spa.partial-payment"), "rate") == found.stays[0].payment.amount == 43_890


@pytest.mark.parametrize(
    ("first", "tables", "confirmed"),
    [
        pytest.param(date(2022, 4, 25), ["2021 poz. 480", "2022 poz. 805"], True, id="a-table-begins-inside"),
        pytest.param(date(2020, 4, 25), ["Krynicy"], False, id="remembered-rates-are-marked"),
    ],
)
def test_the_tables_of_rates_are_named(first, tables, confirmed):
    last = first + timedelta(days=10)
    room = RoomUse(kind=RoomKind.DOUBLE_STUDIO, first_day=first, last_day=last)
    rates = (replace(scope().rates[0], valid_from=date(2000, 1, 1), valid_to=date(2030, 1, 1)),)
    found = settled(
        report(
            stay(arrived=str(first), discharged=str(last), rooms=(room,), product=""),
            period=planned(str(first), str(last)),
        ),
        terms=contract(scopes=(scope(rates=rates),), valid_from=date(2000, 1, 1)),
    )
    step = found.explanations[0].step("spa.partial-payment")
    named = [value.pl for label, value in step.inputs if label.pl == "Stawki"]
    assert len(named) == len(tables)
    assert all(table in name for table, name in zip(tables, named, strict=True))
    assert step.basis.confirmed is confirmed


def test_explanations_survive_storing_and_name_nobody():
    """Promise 7: no patient, no guardian, no number of a document in what is stored with an amount."""
    patient = Person(
        id_type=PersonIdType.PESEL, id="16220301016", surname="Nieznany", born_on=date(2016, 2, 3)
    )
    exempt = Exemption(ground=SpaExemption.CHILD, statement_number="Z4/77", stated_on=date(2026, 3, 1))
    one = stay(patient=patient, exemption=exempt, absences=LEAVES)
    found = settled(report(one, stay("2", patient=patient), stay("3", patient=person(3))))
    (cap,) = found.settlement.caps
    for explanation in (*found.explanations, cap.explanation):
        text = json.dumps(explanation.to_json(), ensure_ascii=False)
        assert Explanation.from_json(json.loads(text)) == explanation
        for secret in ("16220301016", "Nieznany", "Z4/77", "PL000003", "Anna"):
            assert secret not in text
        for step in explanation.steps:
            assert step.title.pl
            assert step.title.en
            assert step.demand
    stored = json.dumps([refusal.to_json() for refusal in found.settlement.refusals], ensure_ascii=False)
    assert "16220301016" not in stored


def test_amounts_are_whole_numbers():
    found = settled(report(stay(absences=LEAVES)))
    for explanation in found.explanations:
        for step in explanation.steps:
            assert all(type(number) is int for _, number in step.figures)
