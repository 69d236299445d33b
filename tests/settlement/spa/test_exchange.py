"""R40: places for the exchange, never more than patients who did not come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.messages.spa_notices import NoticeKind, OfferOfPlaces, SpaNotice
from rozlicz.messages.spa_stays import SpaTreatment
from rozlicz.settlement.spa.exchange import check_offers, check_used_places
from tests.settlement.spa.resort import SCOPE, contract, person, report, stay

NOTICE = SpaNotice(
    number="Z/1",
    version=1,
    kind=NoticeKind.NO_SHOW,
    referral="05/2026/9",
    patient=person(9),
    contract=contract().code,
    treatment=SpaTreatment.SANATORIUM,
    planned_from=date(2026, 3, 1),
    planned_to=date(2026, 3, 22),
    happened_on=date(2026, 3, 1),
    reason="choroba",
)
OFFER = OfferOfPlaces(
    number="G/1",
    version=1,
    contract=contract().code,
    scope=SCOPE,
    distinguisher=1,
    treatment=SpaTreatment.SANATORIUM,
    places=1,
    begins_on=date(2026, 4, 7),
    ends_on=date(2026, 4, 28),
    no_shows=("Z/1",),
)


def codes(*offers: OfferOfPlaces, notices: tuple[SpaNotice, ...] = (NOTICE,)) -> list[str]:
    return [refusal.code for refusal in check_offers(offers, notices=notices)]


def test_a_place_for_each_no_show_is_in_order():
    assert codes(OFFER) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"places": 2}, ["UZ-501"], id="more-places-R40"),
        pytest.param({"places": 2, "no_shows": ("Z/1", "Z/1")}, ["UZ-501"], id="one-notice-twice-R40"),
        pytest.param({"no_shows": ("Z/2",)}, ["UZ-502", "UZ-501"], id="no-such-notice-R40"),
        pytest.param({"contract": "other"}, ["UZ-503", "UZ-501"], id="another-contract"),
        pytest.param({"treatment": SpaTreatment.SPA_HOSPITAL}, ["UZ-503", "UZ-501"], id="another-treatment"),
        pytest.param({"begins_on": date(2026, 3, 1)}, ["UZ-505", "UZ-501"], id="not-later-R40"),
        pytest.param({"places": 0}, ["UZ-506"], id="no-places"),
        pytest.param({"ends_on": date(2026, 4, 1)}, ["UZ-506"], id="ends-before-it-begins"),
        pytest.param({"withdrawn": True, "places": 9}, [], id="withdrawn"),
    ],
)
def test_what_is_wrong_with_an_offer(change, expected):
    assert codes(replace(OFFER, **change)) == expected


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"kind": NoticeKind.WILFUL_INTERRUPTION}, id="an-interruption"),
        pytest.param({"withdrawn": True}, id="withdrawn"),
    ],
)
def test_only_a_no_show_that_stands_gives_a_place(change):
    assert codes(OFFER, notices=(replace(NOTICE, **change),)) == ["UZ-502", "UZ-501"]


def test_the_highest_version_holds():
    later = replace(NOTICE, version=2, withdrawn=True)
    assert codes(OFFER, notices=(later, NOTICE)) == ["UZ-502", "UZ-501"]
    assert codes(replace(OFFER, version=2), replace(OFFER, places=5)) == []


def test_a_place_is_offered_once():
    assert codes(OFFER, replace(OFFER, number="G/2")) == ["UZ-504", "UZ-501"]
    assert codes(OFFER, replace(OFFER, withdrawn=True, version=2), replace(OFFER, number="G/2")) == []


@given(places=st.integers(1, 6), no_shows=st.integers(0, 6))
def test_never_more_places_than_no_shows(places, no_shows):
    notices = tuple(replace(NOTICE, number=f"Z/{n}") for n in range(no_shows))
    offer = replace(OFFER, places=places, no_shows=tuple(notice.number for notice in notices))
    assert bool(codes(offer, notices=notices)) == (places > no_shows)


def test_no_more_patients_come_through_an_offer_than_it_has_places():
    came = [stay(str(n), exchange_offer="G/1") for n in (1, 2)]
    assert check_used_places([OFFER], reports=[report(came[0])]) == ()
    (refusal,) = check_used_places([OFFER], reports=[report(*came)])
    assert (refusal.code, refusal.found.pl, refusal.expected.pl) == ("UZ-507", "2", "1")
    (unknown,) = check_used_places([], reports=[report(came[0])])
    assert unknown.code == "UZ-507"
    assert check_used_places([OFFER], reports=[replace(report(*came), withdrawn=True)]) == ()
