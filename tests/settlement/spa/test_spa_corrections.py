"""R37: a later version of a report corrects the templates of the earlier ones, and sums are conserved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.messages.persons import EntitlementDocument
from rozlicz.messages.spa_stays import Exemption, SpaExemption
from tests.settlement.spa.resort import (
    RATE,
    SUMMER_RATE,
    contract,
    issue,
    leave,
    person,
    planned,
    report,
    scope,
    settled,
    stay,
)

CARD = EntitlementDocument(kind="EKUZ", number="80276000001", country="DE")


def test_a_later_version_gives_the_difference():
    """Stay 2 is deleted and stay 1 shortened by a day: 42 person-days become 20."""
    first = settled(report(stay("1"), stay("2")))
    issued = issue(first.settlement.drafts)
    second = settled(report(stay("1", discharged="2026-03-21"), version=2), issued=issued)
    (draft,) = second.settlement.drafts
    assert (draft.corrects, draft.month, draft.amount) == (1, Month(2026, 3), -22 * RATE)
    (cap,) = second.settlement.caps
    assert (cap.due, cap.corrected) == (0, -22 * RATE)


def test_the_same_version_again_gives_nothing():
    of = report(stay("1"), stay("2"))
    issued = issue(settled(of).settlement.drafts)
    assert settled(of, issued=issued).settlement.drafts == ()


def test_a_withdrawn_report_takes_everything_back():
    issued = issue(settled(report(stay("1"), stay("2", entitlement=CARD))).settlement.drafts)
    gone = settled(report(stay("1"), version=2, withdrawn=True), issued=issued)
    assert [(draft.corrects, draft.bill, draft.amount) for draft in gone.settlement.drafts] == [
        (1, "", -21 * RATE),
        (2, "80276000001", -21 * RATE),
    ]


def test_each_bill_corrects_its_own_template():
    """R61: a stay that turns out to be that of a person of another state moves to a bill of its own."""
    issued = issue(settled(report(stay("1"), stay("2"))).settlement.drafts)
    second = settled(report(stay("1"), stay("2", entitlement=CARD), version=2), issued=issued)
    assert [(draft.corrects, draft.bill, draft.amount) for draft in second.settlement.drafts] == [
        (1, "", -21 * RATE),
        (None, "80276000001", 21 * RATE),
    ]
    issued = issue(second.settlement.drafts, after=issued)
    third = settled(report(stay("1"), stay("2"), version=3), issued=issued)
    assert [(draft.corrects, draft.bill, draft.amount) for draft in third.settlement.drafts] == [
        (1, "", 21 * RATE),
        (3, "80276000001", -21 * RATE),
    ]


def test_an_annex_with_another_rate_corrects_by_the_difference():
    of = report(stay())
    issued = issue(settled(of).settlement.drafts)
    rates = tuple(replace(rate, amount=rate.amount + 100) for rate in scope().rates)
    found = settled(of, terms=contract(scopes=(scope(rates=rates),)), issued=issued)
    (draft,) = found.settlement.drafts
    assert (draft.corrects, draft.amount) == (1, 21 * 100)


def test_a_settled_report_stays_in_its_month():
    """A version that moves the round's end to April corrects the template of March."""
    issued = issue(settled(report(stay())).settlement.drafts)
    later = report(stay(discharged="2026-04-02"), period=planned(ends="2026-04-02"), version=2)
    (draft,) = settled(later, issued=issued).settlement.drafts
    assert (draft.corrects, draft.month, draft.amount) == (1, Month(2026, 3), 11 * RATE)


def test_a_version_that_is_wrong_as_a_whole_leaves_what_is_issued():
    issued = issue(settled(report(stay())).settlement.drafts)
    wrong = report(stay(), scope="01.0000.000.00", version=2)
    assert settled(wrong, issued=issued).settlement.drafts == ()


@st.composite
def reports(draw):
    stays = []
    for number in draw(st.lists(st.integers(1, 5), max_size=4, unique=True)):
        begins, ends = sorted(draw(st.tuples(st.integers(0, 21), st.integers(0, 24))))
        first = date(2026, 4, 21).toordinal()
        absences = (leave("2026-05-03 08:00", "2026-05-03 22:00"),) if draw(st.booleans()) else ()
        stays.append(
            stay(
                str(number),
                date.fromordinal(first + begins).isoformat(),
                date.fromordinal(first + ends).isoformat(),
                patient=person(number, date(2016, 1, 1)),
                absences=absences,
                entitlement=replace(CARD, number=str(number)) if draw(st.integers(0, 3)) == 0 else None,
                exemption=Exemption(
                    ground=SpaExemption.CHILD, statement_number="1", stated_on=date(2026, 4, 1)
                )
                if draw(st.booleans())
                else None,
            )
        )
    withdrawn = draw(st.integers(0, 9)) == 0
    return report(
        *(() if withdrawn else stays), period=planned("2026-04-21", "2026-05-12"), withdrawn=withdrawn
    )


def counted_by_hand(of) -> int:
    """What a report is worth, without templates: each person-day of each stay at its own rate."""
    total = 0
    for one in settled(of).stays:
        for day in one.days:
            total += RATE if day < date(2026, 5, 1) else SUMMER_RATE
            if one.stay.exemption:
                total += 1_420 if day < date(2026, 5, 1) else 1_950
    return total


@pytest.mark.slow
@settings(max_examples=80)
@given(versions=st.lists(reports(), min_size=1, max_size=5))
def test_templates_hold_what_the_last_version_says(versions):
    """Nothing is paid twice, nothing is lost: through any versions the templates are worth the last one."""
    issued = []
    for version, of in enumerate(versions, 1):
        found = settled(replace(of, version=version), issued=issued)
        before = sum(template.amount for template in issued)
        issued = issue(found.settlement.drafts, after=issued)
        worth = sum(template.amount for template in issued)
        assert worth == found.total == counted_by_hand(of)
        assert worth - before == found.settlement.amount
        (cap,) = found.settlement.caps
        assert cap.due + cap.corrected == found.settlement.amount
        for draft in found.settlement.drafts:
            assert all(line.adds_up for line in draft.lines)
            if draft.corrects is not None:
                corrected = next(t for t in issued if t.number == draft.corrects)
                assert (corrected.person, corrected.country) == (draft.bill, draft.country)
