"""The due of a round or month of outpatient treatment, stay by stay (R36–R47, R61, R63, R64)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.messages.persons import EntitlementDocument, Person, PersonIdType
from rozlicz.messages.spa_stays import (
    Exemption,
    GuardianStay,
    OutpatientMonth,
    Procedure,
    RoomKind,
    RoomUse,
    SpaExemption,
    SpaReferral,
    SpaTreatment,
    TreatmentDay,
)
from rozlicz.settlement.spa.report_lines import BOARD_AND_LODGING
from tests.settlement.spa.resort import (
    ANY_24_HOURS,
    PRODUCT,
    RATE,
    SUMMER_RATE,
    codes,
    contract,
    leave,
    person,
    planned,
    report,
    scope,
    settled,
    stay,
)

SPRING = planned("2026-04-21", "2026-05-12")
CHILD = Exemption(ground=SpaExemption.CHILD, statement_number="Z4/1", stated_on=date(2026, 4, 1))


def lines(found) -> list[tuple[str, int, int, int]]:
    """Product, person-days, price and amount of each line of all drafts."""
    return [
        (line.product, line.units // 10_000, line.price, line.amount)
        for draft in found.settlement.drafts
        for line in draft.lines
    ]


def test_the_due_of_a_round_is_person_days_by_the_rate_of_the_contract():
    """R36, R38, R45: two stays of 22 dates, one with a day on leave."""
    away = leave("2026-03-08 10:00", "2026-03-08 23:00")
    found = settled(report(stay("1"), stay("2", absences=(away,))))
    (draft,) = found.settlement.drafts
    assert (draft.month, draft.corrects, draft.amount) == (Month(2026, 3), None, 41 * RATE)
    assert lines(found) == [(PRODUCT, 41, RATE, 41 * RATE)]
    assert all(line.adds_up and line.unit_name == "osobodzień" for line in draft.lines)
    assert [one.person_days for one in found.stays] == [21, 20]
    assert (found.person_days, found.total, codes(found)) == (41, 41 * RATE, [])


def test_a_price_that_changes_inside_a_round_holds_from_its_day():
    """R38, SC-1, R43: ten days of April and eleven of May; the last date is joined to 21 April."""
    asleep = stay(
        arrived="2026-04-21", discharged="2026-05-12", patient=person(1, date(2016, 1, 1)), exemption=CHILD
    )
    found = settled(report(asleep, period=SPRING))
    assert lines(found) == [
        (PRODUCT, 10, RATE, 10 * RATE),
        (PRODUCT, 11, SUMMER_RATE, 11 * SUMMER_RATE),
        (BOARD_AND_LODGING, 10, 1_420, 14_200),
        (BOARD_AND_LODGING, 11, 1_950, 21_450),
    ]
    (one,) = found.stays
    assert one.lodging.amount == 35_650
    assert one.lodging.days == one.person_days
    assert found.settlement.drafts[0].month == Month(2026, 5)


def test_a_day_lost_by_leave_is_lost_for_board_and_lodging_too():
    """R43, R46."""
    away = leave("2026-05-03 08:00", "2026-05-03 22:00")
    asleep = stay(
        arrived="2026-04-21",
        discharged="2026-05-12",
        patient=person(1, date(2016, 1, 1)),
        exemption=CHILD,
        absences=(away,),
    )
    assert [line[1] for line in lines(settled(report(asleep, period=SPRING)))] == [10, 10, 10, 10]


def test_the_reading_of_a_day_is_a_policy_of_the_branch():
    """PD-05, R46: 24 hours from noon to noon."""
    noon_to_noon = leave("2026-03-08 12:00", "2026-03-09 12:00")
    of = report(stay(absences=(noon_to_noon,)))
    assert [settled(of).person_days, settled(of, policy=ANY_24_HOURS).person_days] == [21, 20]


def test_a_guardian_is_never_financed():
    """R41."""
    guardian = GuardianStay(person=person(50), arrived_on=date(2026, 3, 1), discharged_on=date(2026, 3, 22))
    alone, accompanied = settled(report(stay())), settled(report(stay(guardians=(guardian,))))
    assert lines(alone) == lines(accompanied)
    (cap,) = accompanied.settlement.caps
    assert dict(cap.explanation.step("spa.guardians").figures) == {"guardians": 1, "due": 0}
    both = settled(report(stay(guardians=(guardian,)), stay("2", patient=person(50))))
    assert codes(both) == ["UZ-306"]
    assert not both.settlement.refusals[0].stops_the_bill


def test_only_a_stay_on_a_confirmed_referral_is_settled():
    """R64: the number alone is not enough, the branch that confirmed it must be the one that is named."""
    first, second, third = stay("1"), stay("2"), stay("3")
    confirmed = {first.referral, SpaReferral(number=second.referral.number, confirmed_by="11")}
    found = settled(report(first, second, third), confirmed=confirmed)
    assert [one.person_days for one in found.stays] == [21, 0, 0]
    assert codes(found) == ["UZ-203", "UZ-203"]
    assert [refusal.field for refusal in found.settlement.refusals] == [
        "stays.1.referral",
        "stays.2.referral",
    ]


# ---- outpatient treatment ------------------------------------------------------------------------------------------

MARCH = OutpatientMonth(treatment=SpaTreatment.OUTPATIENT_ADULTS, month=Month(2026, 3))


def treated(*days: str, procedures: int = 2) -> tuple[TreatmentDay, ...]:
    given = tuple(Procedure(code="93.31", count=1) for _ in range(procedures))
    return tuple(TreatmentDay(day=date.fromisoformat(day), procedures=given) for day in days)


@pytest.mark.parametrize("kind", [SpaTreatment.OUTPATIENT_ADULTS, SpaTreatment.OUTPATIENT_CHILDREN])
def test_outpatient_treatment_is_paid_by_the_day_of_treatment(kind):
    """R36, R38: first and last day are not joined, since the period is the month and not the round."""
    days = treated("2026-02-27", "2026-03-02", "2026-03-02", "2026-03-03")
    one = stay(arrived="2026-02-27", discharged="2026-03-03", days=days)
    found = settled(report(one, period=replace(MARCH, treatment=kind)))
    assert lines(found) == [(PRODUCT, 3, RATE, 3 * RATE)]
    assert found.settlement.drafts[0].month == Month(2026, 3)


@pytest.mark.parametrize(
    ("arrived", "discharged", "days", "paid", "expected"),
    [
        pytest.param("2026-03-02", "2026-04-01", ("2026-03-02",), 0, ["UZ-206"], id="ended-in-April-R48"),
        pytest.param("2026-03-02", "2026-03-04", ("2026-03-02", "2026-03-09"), 1, ["UZ-305"], id="too-late"),
        pytest.param("2026-03-02", "2026-03-04", (), 0, [], id="no-treatment"),
    ],
)
def test_days_that_an_outpatient_month_does_not_pay(arrived, discharged, days, paid, expected):
    one = stay(arrived=arrived, discharged=discharged, days=treated(*days))
    found = settled(report(one, period=MARCH))
    assert (found.person_days, codes(found)) == (paid, expected)


def test_a_day_without_procedures_is_no_day_of_treatment():
    """R47."""
    one = stay(arrived="2026-03-02", discharged="2026-03-04", days=treated("2026-03-02", procedures=0))
    assert settled(report(one, period=MARCH)).person_days == 0


# ---- rates, persons, bills -------------------------------------------------------------------------------------


def test_without_rates_the_price_is_that_of_the_plan():
    found = settled(report(stay()), terms=contract(scopes=(scope(rates=()),)))
    assert lines(found) == [(PRODUCT, 21, 1_000, 21_000)]


def test_stays_of_one_person_that_meet_on_a_day_are_both_settled():
    """Interrupted and taken up again: the day of the change belongs to the second, nothing is paid twice."""
    first = stay("1", "2026-03-01", "2026-03-10", patient=person(1))
    second = stay("2", "2026-03-10", "2026-03-22", patient=person(1))
    found = settled(report(first, second))
    assert [one.person_days for one in found.stays] == [9, 12]
    later = stay("2", "2026-03-09", "2026-03-22", patient=person(1))
    assert codes(settled(report(first, later))) == ["UZ-202"]


def test_a_day_is_taken_by_any_earlier_stay_of_the_person():
    """The third stay meets the first two: neither is forgotten, also where one between is refused."""
    one = stay("1", "2026-03-01", "2026-03-10", patient=person(1))
    refused = stay("2", "2026-03-03", "2026-03-05", patient=person(1))
    third = stay("3", "2026-03-08", "2026-03-12", patient=person(1))
    found = settled(report(one, refused, third))
    assert (found.person_days, codes(found)) == (9, ["UZ-202", "UZ-202"])


def test_persons_whom_no_identifier_tells_apart_are_not_taken_for_one():
    unknown = Person(id_type=PersonIdType.UNKNOWN, id="NN")
    assert codes(settled(report(stay("1", patient=unknown), stay("2", patient=unknown)))) == []


def test_a_person_of_another_state_has_a_bill_of_their_own():
    """R61."""
    card = EntitlementDocument(kind="EKUZ", number="80276000001", country="DE")
    found = settled(report(stay("1"), stay("2", entitlement=card)))
    assert [(draft.bill, draft.country, draft.amount) for draft in found.settlement.drafts] == [
        ("", "", 21 * RATE),
        ("80276000001", "DE", 21 * RATE),
    ]
    (cap,) = found.settlement.caps
    assert cap.due == 42 * RATE


def test_what_the_patient_pays_is_told_and_is_on_no_bill():
    """SPA-17: double room with full bathroom in the first season."""
    room = RoomUse(kind=RoomKind.DOUBLE_FULL_BATHROOM, first_day=date(2026, 3, 1), last_day=date(2026, 3, 22))
    found = settled(report(stay(rooms=(room,))))
    assert found.stays[0].payment.amount == 40_950
    assert found.settlement.amount == 21 * RATE
    incomplete = replace(room, last_day=date(2026, 3, 20))
    assert codes(settled(report(stay(rooms=(incomplete,))))) == ["UZ-307"]
    in_hospital = planned(treatment=SpaTreatment.SPA_HOSPITAL)
    assert settled(report(stay(rooms=(room,)), period=in_hospital)).stays[0].payment is None


@settings(max_examples=40)
@given(order=st.permutations(range(4)))
def test_the_order_of_stays_in_a_report_does_not_matter(order):
    stays = [stay(str(n), f"2026-03-0{n}", "2026-03-15") for n in (1, 2, 3)]
    stays.append(stay("4", "2026-03-10", "2026-03-22", patient=person(3)))
    found = settled(report(*(stays[n] for n in order)))
    assert [one.stay.number for one in found.stays] == ["1", "2", "3", "4"]
    assert (found.person_days, codes(found)) == (39, ["UZ-202"])
