"""Board and lodging: by the Fund for exempt persons in a sanatorium (R42–R44), by the patient for all others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.spa_stays import (
    Exemption,
    ExemptionProof,
    ProofOfExemption,
    RoomKind,
    RoomUse,
    SpaExemption,
    SpaTreatment,
)
from rozlicz.settlement.spa.board_and_lodging import BoardAndLodging, board_and_lodging
from rozlicz.settlement.spa.lodging_rates import (
    EXEMPT_ROOM,
    LODGING_RATES,
    Season,
    rate_of,
    season_of,
)
from rozlicz.settlement.spa.partial_payment import partial_payment, resort_tax
from rozlicz.settlement.spa.person_days import count_person_days
from tests.settlement.spa.resort import CALENDAR

WINTER, SUMMER = date(2026, 1, 12), date(2026, 7, 1)


def days_of(first: str, last: str) -> tuple[date, ...]:
    arrived, discharged = date.fromisoformat(first), date.fromisoformat(last)
    return count_person_days(
        arrived_on=arrived, discharged_on=discharged, begins_on=arrived, ends_on=discharged, policy=CALENDAR
    ).days


def run(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


def exempt(ground: SpaExemption, *proofs: ExemptionProof, valid_to: date | None = None) -> Exemption:
    return Exemption(
        ground=ground,
        statement_number="Z4/1",
        stated_on=date(2026, 1, 2),
        proofs=tuple(
            ProofOfExemption(kind=kind, number="1", issued_on=date(2020, 1, 1), valid_to=valid_to)
            for kind in proofs
        ),
    )


def paid(
    days: tuple[date, ...] | list[date],
    exemption: Exemption,
    *,
    born_on: date | None = None,
    treatment: SpaTreatment = SpaTreatment.SANATORIUM,
) -> BoardAndLodging:
    return board_and_lodging(
        stay="1", treatment=treatment, days=days, exemption=exemption, born_on=born_on, branch="05"
    )


ASBESTOS = exempt(SpaExemption.ASBESTOS, ExemptionProof.ASBESTOS_DOCUMENT)
CHILD = exempt(SpaExemption.CHILD)


# ---- what the Fund pays --------------------------------------------------------------------------------------------


def test_each_day_has_the_rate_of_its_season():
    """SC-1, R43: 21–30 April at 14.20, 1–11 May at 19.50; 12 May is joined to 21 April."""
    found = paid(days_of("2026-04-21", "2026-05-12"), ASBESTOS)
    assert [(part.days, part.rate.amount) for part in found.parts] == [(10, 1_420), (11, 1_950)]
    assert (found.amount, found.days, found.refusals) == (35_650, 21, ())


def test_the_rate_is_that_of_the_table_in_force():
    """SPA-19, R43: twenty person-days of the first season under the table of 2021."""
    found = paid(run(date(2022, 1, 10), 20), ASBESTOS)
    assert found.amount == 27_000
    (part,) = found.parts
    assert "2021 poz. 480" in part.rate.basis.reference.pl


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        pytest.param(SpaTreatment.SPA_HOSPITAL, 0, id="SC-4-R42"),
        pytest.param(SpaTreatment.REHABILITATION_IN_SPA_HOSPITAL, 0, id="rehabilitation-in-a-hospital-R42"),
        pytest.param(SpaTreatment.OUTPATIENT_CHILDREN, 0, id="outpatient-R42"),
        pytest.param(SpaTreatment.SANATORIUM, 21 * 1_950, id="sanatorium-R42"),
        pytest.param(SpaTreatment.REHABILITATION_IN_SANATORIUM, 21 * 1_950, id="rehabilitation-in-one-R42"),
    ],
)
def test_it_is_paid_in_a_sanatorium_only(treatment, expected):
    found = paid(days_of("2026-07-01", "2026-07-22"), CHILD, born_on=date(2016, 2, 3), treatment=treatment)
    assert found.amount == expected
    assert [refusal.code for refusal in found.refusals] == ([] if expected else ["UZ-401"])
    assert not any(refusal.stops_the_bill for refusal in found.refusals)


EDUCATION = exempt(SpaExemption.IN_EDUCATION, ExemptionProof.EDUCATION_DOCUMENT)
DISABLED = exempt(SpaExemption.SEVERE_DISABILITY, ExemptionProof.DISABILITY_CERTIFICATE)


@pytest.mark.parametrize(
    ("exemption", "born_on", "days", "codes"),
    [
        pytest.param(CHILD, date(2016, 2, 3), 10, [], id="a-child-R42"),
        pytest.param(CHILD, date(2008, 7, 6), 5, ["UZ-403"], id="18th-birthday-on-the-6th-day-R42"),
        pytest.param(CHILD, date(2008, 7, 1), 0, ["UZ-403"], id="18-on-the-first-day-R42"),
        pytest.param(CHILD, date(2008, 7, 11), 10, [], id="18-on-the-day-after-R42"),
        pytest.param(CHILD, None, 0, ["UZ-402"], id="a-child-of-unknown-age-R42"),
        pytest.param(EDUCATION, date(2000, 7, 6), 5, ["UZ-403"], id="26th-birthday-R42"),
        pytest.param(EDUCATION, date(2004, 1, 1), 10, [], id="in-education-R42"),
        pytest.param(EDUCATION, None, 0, ["UZ-402"], id="in-education-of-unknown-age-R42"),
        pytest.param(exempt(SpaExemption.IN_EDUCATION), date(2004, 1, 1), 0, ["UZ-404"], id="no-proof-R44"),
        pytest.param(DISABLED, date(1995, 1, 1), 10, [], id="disabled-at-31-R42"),
        pytest.param(DISABLED, None, 10, [], id="disabled-at-any-age-R42"),
        pytest.param(
            exempt(
                SpaExemption.SEVERE_DISABILITY,
                ExemptionProof.DISABILITY_CERTIFICATE,
                valid_to=date(2026, 7, 4),
            ),
            None,
            4,
            ["UZ-404"],
            id="certificate-to-the-4th-day-R49",
        ),
        pytest.param(
            exempt(SpaExemption.ASBESTOS, ExemptionProof.EDUCATION_DOCUMENT),
            None,
            0,
            ["UZ-404"],
            id="another-ground's-proof-R49",
        ),
        pytest.param(ASBESTOS, None, 10, [], id="asbestos-worker-R42"),
    ],
)
def test_the_grounds_of_exemption(exemption, born_on, days, codes):
    found = paid(run(SUMMER, 10), exemption, born_on=born_on)
    assert (found.days, found.amount) == (days, days * 1_950)
    assert [refusal.code for refusal in found.refusals] == codes


def test_before_2021_the_rate_is_not_known_and_a_sentence_says_so():
    found = paid(run(date(2019, 7, 1), 3), ASBESTOS)
    assert (found.amount, [refusal.code for refusal in found.refusals]) == (0, ["UZ-405"])
    assert "1.07.2019" in found.refusals[0].text.pl.replace("01.07", "1.07")


def test_without_person_days_nothing_is_paid_and_nothing_is_wrong():
    assert paid([], ASBESTOS) == BoardAndLodging()


@settings(max_examples=60)
@given(first=st.dates(date(2021, 5, 1), date(2028, 12, 31)), count=st.integers(0, 40))
def test_days_of_board_and_lodging_are_the_billed_person_days(first, count):
    """R43: each billed day once, at its season's rate."""
    days = run(first, count)
    found = paid(days, ASBESTOS)
    assert found.days == count
    table = (
        {1: 1_350, 2: 1_860} if first + timedelta(days=count) <= date(2022, 5, 1) else {1: 1_420, 2: 1_950}
    )
    if first >= date(2022, 5, 1) or first + timedelta(days=count) <= date(2022, 5, 1):
        assert found.amount == sum(table[season_of(day)] for day in days)


# ---- what a patient pays -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("room", "day", "rate", "expected"),
    [
        pytest.param(RoomKind.SINGLE_FULL_BATHROOM, date(2020, 2, 1), 2_880, 60_480, id="SPA-01"),
        pytest.param(RoomKind.SINGLE_FULL_BATHROOM, date(2020, 7, 1), 3_610, 75_810, id="SPA-02"),
        pytest.param(RoomKind.DOUBLE_FULL_BATHROOM, date(2020, 2, 1), 1_730, 36_330, id="SPA-03"),
        pytest.param(RoomKind.DOUBLE_FULL_BATHROOM, date(2020, 7, 1), 2_410, 50_610, id="SPA-04"),
        pytest.param(RoomKind.DOUBLE_STUDIO, date(2020, 2, 1), 1_460, 30_660, id="SPA-05"),
        pytest.param(RoomKind.DOUBLE_STUDIO, date(2020, 7, 1), 2_200, 46_200, id="SPA-06"),
        pytest.param(RoomKind.DOUBLE_FULL_BATHROOM, date(2022, 2, 1), 1_860, 39_060, id="table-2021-I"),
        pytest.param(RoomKind.DOUBLE_STUDIO, date(2021, 7, 1), 2_370, 49_770, id="table-2021-II"),
        pytest.param(RoomKind.SINGLE_FULL_BATHROOM, WINTER, 3_260, 68_460, id="SPA-11"),
        pytest.param(RoomKind.SINGLE_FULL_BATHROOM, SUMMER, 4_090, 85_890, id="SPA-12"),
        pytest.param(RoomKind.DOUBLE_FULL_BATHROOM, WINTER, 1_950, 40_950, id="SPA-17-TRAP-not-462.70"),
    ],
)
def test_a_stay_of_21_days_at_the_rate_of_its_room(room, day, rate, expected):
    use = RoomUse(kind=room, first_day=day, last_day=day + timedelta(days=21))
    found = partial_payment(days=run(day, 21), rooms=[use])
    assert [part.rate.amount for part in found.parts] == [rate]
    assert (found.amount, found.unknown) == (expected, ())


def test_the_resort_tax_is_days_by_rate():
    """SPA-20."""
    assert resort_tax(daily=350, days=21) == 7_350


def test_a_change_of_rooms_and_days_without_one():
    rooms = [
        RoomUse(kind=RoomKind.SHARED_PLAIN, first_day=date(2026, 7, 1), last_day=date(2026, 7, 5)),
        RoomUse(kind=RoomKind.SINGLE_PLAIN, first_day=date(2026, 7, 5), last_day=date(2026, 7, 8)),
    ]
    found = partial_payment(days=run(SUMMER, 9), rooms=rooms)
    assert [(part.days, part.rate.amount) for part in found.parts] == [(4, 1_190), (4, 3_320)]
    assert found.unknown == (date(2026, 7, 9),)


# ---- the tables ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "season"),
    [
        pytest.param("2026-04-30", Season.FIRST, id="30-April-R43"),
        pytest.param("2026-05-01", Season.SECOND, id="1-May-R43"),
        pytest.param("2026-09-30", Season.SECOND, id="30-September-R43"),
        pytest.param("2026-10-01", Season.FIRST, id="1-October-R43"),
        pytest.param("2026-12-31", Season.FIRST, id="31-December-R43"),
    ],
)
def test_the_seasons(day, season):
    assert season_of(date.fromisoformat(day)) is season


def test_each_table_holds_from_its_day_and_tells_its_source():
    assert [(ruling.since, ruling.basis.confirmed) for ruling in LODGING_RATES.rulings[1:]] == [
        (date(2021, 5, 1), True),
        (date(2022, 5, 1), True),
    ]
    assert not LODGING_RATES.rulings[0].basis.confirmed
    for ruling in LODGING_RATES.rulings[1:]:
        assert set(ruling.value) == set(RoomKind)
    room = EXEMPT_ROOM.on(SUMMER).value
    assert [rate_of(day, room).amount for day in (date(2022, 4, 30), date(2022, 5, 1))] == [1_350, 1_950]
    for day, missing in ((date(2021, 4, 30), True), (date(2021, 5, 1), False)):
        assert (rate_of(day, room) is None) is missing
