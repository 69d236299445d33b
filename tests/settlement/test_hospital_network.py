"""A6: the lump sum of the hospital network: thresholds of execution, what counts, deleted profiles, instalments."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel.legal import Ruling
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.refusals import Refusal
from rozlicz.settlement.lump_sums import hospital_network, network_parameters
from rozlicz.settlement.lump_sums.hospital_network import (
    DeletedProfile,
    EntitlementDocument,
    Execution,
    NetworkPosition,
    NextLumpSum,
    executed,
    instalments,
    next_lump_sum,
    one_off_payment,
)

YEAR_2026 = SettlementPeriod(Month(2026, 1), Month(2026, 12))
YEAR_2030 = SettlementPeriod(Month(2030, 1), Month(2030, 12))
PREVIOUS, CONTRACTED = 100_000_00, 1_000_0000


def executing(units: int) -> Execution:
    return executed([NetworkPosition(units, verified=True)])


def next_of(units: int, *, planned=YEAR_2026, **more) -> NextLumpSum:
    found = next_lump_sum(
        planned=planned,
        previous=PREVIOUS,
        contracted=CONTRACTED,
        execution=executing(units),
        **more,
    )
    assert isinstance(found, NextLumpSum)
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("units", "least", "most"),
    [
        (800_0000, 80_000_00, 80_000_00),
        (1_200_0000, 100_000_00, 120_000_00),
        (979_9999, 97_999_99, 97_999_99),
        (980_0000, 100_000_00, 100_000_00),
        (1_000_0000, 100_000_00, 100_000_00),
        (1_019_9999, 100_000_00, 100_000_00),
        (1_020_0000, 100_000_00, 102_000_00),
        (0, 0, 0),
    ],
    ids=["LUMP-04 80 %", "LUMP-05 120 %", "below 98 %", "98 %", "100 %", "below 102 %", "102 %", "nothing"],
)
def test_execution_decides_about_the_next_lump_sum(units, least, most):
    found = next_of(units)
    assert (found.least, found.most, found.amount) == (least, most, least)


def test_lump_05_what_the_voivodeship_can_pay_is_added_up_to_what_was_executed():
    assert next_of(1_200_0000, granted=5_000_00).amount == 105_000_00
    assert next_of(1_200_0000, granted=20_000_00).amount == 120_000_00


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes",
    [
        {"granted": 1},
        {"granted": -1},
        {"previous": 0},
        {"contracted": 0},
        {"execution": executing(1_200_0000), "granted": 20_000_01},
    ],
    ids=["nothing to grant", "negative", "no lump sum", "no units", "too much"],
)
def test_numbers_that_cannot_be_are_refused_in_both_languages(changes):
    terms = {
        "planned": YEAR_2026,
        "previous": PREVIOUS,
        "contracted": CONTRACTED,
        "execution": executing(CONTRACTED),
    }
    found = next_lump_sum(**(terms | changes))
    assert isinstance(found, Refusal)
    assert "{" not in found.text.pl + found.text.en + found.remedy.pl + found.remedy.en


def test_only_verified_positions_with_a_correct_document_count():
    """Positions of EU/EFTA/UK persons with a missing or wrong document are no execution."""
    done = executed(
        [
            NetworkPosition(10, verified=True),
            NetworkPosition(20, verified=True, document=EntitlementDocument.CORRECT),
            NetworkPosition(40, verified=True, document=EntitlementDocument.MISSING),
            NetworkPosition(80, verified=True, document=EntitlementDocument.WRONG),
            NetworkPosition(160, verified=False, document=EntitlementDocument.CORRECT),
            NetworkPosition(320, verified=False),
        ]
    )
    assert done.units == 30
    assert dict(done.step.figures) == {
        "counted.positions": 2,
        "counted.units": 30,
        "rejected.positions": 2,
        "rejected.units": 480,
        "undocumented.positions": 2,
        "undocumented.units": 120,
    }


def test_half_of_a_deleted_profile_counts_in_the_two_periods_after_it():
    """§ 3d: executed 95 %, the deleted profile had 8 %: 95 + 4 = 99 %, so the lump sum stays."""
    profile = DeletedProfile(units=80_0000, periods_since=1)
    for periods, due in ((0, 95_000_00), (1, 100_000_00), (2, 100_000_00), (3, 95_000_00)):
        assert next_of(950_0000, deleted=replace(profile, periods_since=periods)).amount == due
    step = next_of(950_0000, deleted=profile).explanation.step("hospital-network.deleted-profile")
    assert step.figure("profile") * step.figure("share") == step.figure("added") * 10_000


def test_a_deleted_profile_counts_in_2026_to_2029_and_only_below_the_threshold():
    profile = DeletedProfile(units=80_0000, periods_since=1)
    assert next_of(950_0000, deleted=profile, planned=YEAR_2030).amount == 95_000_00
    above = next_of(1_010_0000, deleted=profile)
    assert above.most == 100_000_00
    assert next_of(900_0000, deleted=profile).amount == 94_000_00


def test_a_branch_may_have_thresholds_of_its_own(monkeypatch):
    ruling = network_parameters.LOWER_THRESHOLD.rulings[0]
    own: Ruling[int] = replace(ruling, value=9_000, branch="05")
    parameter = replace(network_parameters.LOWER_THRESHOLD, rulings=(ruling, own))
    monkeypatch.setattr(hospital_network, "LOWER_THRESHOLD", parameter)
    assert next_of(950_0000, branch="05").amount == PREVIOUS
    assert next_of(950_0000, branch="04").amount == 95_000_00


@pytest.mark.parametrize(
    ("month", "paid"),
    [
        (Month(2022, 11), 0),
        (Month(2022, 12), 6_000_00),
        (Month(2023, 1), 0),
        (Month(2025, 6), 2_700_00),
        (Month(2026, 1), 0),
    ],
)
def test_one_off_payments_for_over_execution_had_their_months(month, paid):
    """A6: 60 % in December 2022, 27 % announced in 2025. 100 units above the lump sum at 100.00."""
    found = one_off_payment(execution=executing(1_100_0000), contracted=CONTRACTED, price=100_00, month=month)
    assert found.amount == paid
    figures = dict(found.step.figures)
    assert figures["over"] * figures["price"] * figures["share"] == paid * 10_000 * 10_000
    under = one_off_payment(execution=executing(1), contracted=CONTRACTED, price=100_00, month=month)
    assert under.amount == 0


@given(
    units=st.integers(0, 3_000_0000), contracted=st.integers(1, 2_000_0000), previous=st.integers(1, 10**12)
)
def test_the_next_lump_sum_can_be_calculated_again_from_its_explanation(units, contracted, previous):
    found = next_lump_sum(
        planned=YEAR_2026, previous=previous, contracted=contracted, execution=executing(units)
    )
    assert isinstance(found, NextLumpSum)
    f = dict(found.explanation.step("hospital-network.next").figures)
    scaled = (2 * f["previous"] * f["executed"] + f["contracted"]) // (2 * f["contracted"])
    if f["executed"] * 10_000 < f["lower"] * f["contracted"]:
        again = (scaled, scaled)
    elif f["executed"] * 10_000 >= f["upper"] * f["contracted"]:
        again = (f["previous"], scaled)
    else:
        again = (f["previous"], f["previous"])
    assert (found.least, found.most) == again
    assert found.amount == f["amount"] == f["least"] + f["granted"]


@given(units=st.integers(0, 2_000_0000), more=st.integers(0, 100_0000))
def test_more_execution_never_lowers_the_next_lump_sum(units, more):
    low, high = next_of(units), next_of(units + more)
    assert low.least <= high.least
    assert low.most <= high.most


@given(amount=st.integers(0, 10**12), first=st.integers(1, 12), length=st.integers(0, 11))
def test_instalments_add_up_to_the_lump_sum_and_differ_by_a_grosz_at_most(amount, first, length):
    period = SettlementPeriod(Month(2026, first), Month(2026, first).plus(length))
    parts = instalments(amount, period)
    assert list(parts) == list(period.months())
    assert sum(parts.values()) == amount
    assert max(parts.values()) - min(parts.values()) <= 1
