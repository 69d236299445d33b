"""Points of hospital groups (R20), every row of the worked examples, and groups of order 46/2026/DSOZ."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.refusals import Refusal
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.hospital_groups import GroupPoints, HospitalGroup, StayKind, group_points
from tests.settlement.ledger import UNIT

ADMITTED = date(2026, 5, 4)


def group(code: str, points: int, **more) -> HospitalGroup:
    numbers = {name: more.pop(name) * UNIT for name in ("planned", "one_day", "extra_day") if name in more}
    if "short" in more:
        numbers["short"] = tuple(p if p is None else p * UNIT for p in more.pop("short"))
    return HospitalGroup(
        code=code,
        product="5.51.01.0000000",
        name=code,
        points=points * UNIT,
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        **numbers,
        **more,
    )


K60 = group("K60", 3676, short=(1839, 2451, 3064), financed_days=19, extra_day=167)
A49 = group("A49", 6381, financed_days=18, extra_day=542)
C22 = group("C22", 8833, planned=8126, short=(8126, 8362, 8597), financed_days=18, extra_day=346)
J33 = group("J33", 2077, planned=1911, one_day=708, short=(711, 1166, 1622))
DAY_SURGERY = group("X01", 100, one_day=50, financed_days=0, extra_day=7)
P04 = group("P04", 3523, planned=3241)


def stay(entry: HospitalGroup, days: int, kind=StayKind.ORDINARY) -> GroupPoints:
    found = group_points(entry, admitted=ADMITTED, discharged=ADMITTED + timedelta(days=days), kind=kind)
    assert isinstance(found, GroupPoints)
    return found


@pytest.mark.parametrize(
    ("entry", "days", "points"),
    [
        pytest.param(K60, 10, 3676, id="JGP-01 R20 10 days"),
        pytest.param(K60, 0, 1839, id="JGP-02 R20 admission = discharge"),
        pytest.param(K60, 1, 2451, id="JGP-03 R20 1 day"),
        pytest.param(K60, 2, 3064, id="JGP-03 R20 2 days"),
        pytest.param(K60, 3, 3676, id="K60 3 days are no short stay"),
        pytest.param(K60, 19, 3676, id="K60 the last financed day"),
        pytest.param(K60, 20, 3676 + 167, id="K60 a day over"),
        pytest.param(K60, 29, 3676 + 10 * 167, id="K60 ten days over"),
        pytest.param(A49, 0, 6381, id="A49 has no points of short stays"),
        pytest.param(A49, 20, 6381 + 2 * 542, id="A49 two days over"),
        pytest.param(P04, 200, 3523, id="P04 finances any number of days"),
    ],
)
def test_points_by_length_of_stay(entry, days, points):
    assert stay(entry, days).units == points * UNIT


@pytest.mark.parametrize(
    ("entry", "days", "kind", "points"),
    [
        pytest.param(C22, 5, StayKind.PLANNED, 8126, id="C22 planned"),
        pytest.param(C22, 1, StayKind.PLANNED, 8126, id="C22 planned and short: not more than planned"),
        pytest.param(J33, 0, StayKind.PLANNED, 711, id="J33 planned and short"),
        pytest.param(J33, 0, StayKind.ONE_DAY, 708, id="J33 one-day treatment"),
        pytest.param(DAY_SURGERY, 3, StayKind.ONE_DAY, 50, id="one-day treatment has no days above"),
        pytest.param(C22, 20, StayKind.PLANNED, 8126 + 2 * 346, id="C22 planned and two days over"),
        pytest.param(K60, 5, StayKind.PLANNED, 3676, id="K60 has no planned points: an ordinary stay"),
    ],
)
def test_planned_and_one_day_stays(entry, days, kind, points):
    assert stay(entry, days, kind).units == points * UNIT


@pytest.mark.parametrize(
    ("entry", "admitted", "discharged", "kind", "code"),
    [
        pytest.param(K60, ADMITTED, date(2026, 5, 3), StayKind.ORDINARY, "G-1", id="ends before it begins"),
        pytest.param(
            K60, date(2026, 12, 20), date(2027, 1, 1), StayKind.ORDINARY, "G-2", id="next year's group"
        ),
        pytest.param(K60, ADMITTED, ADMITTED, StayKind.ONE_DAY, "G-3", id="no one-day treatment"),
    ],
)
def test_a_stay_that_the_group_does_not_fit_is_told_why(entry, admitted, discharged, kind, code):
    refusal = group_points(entry, admitted=admitted, discharged=discharged, kind=kind)
    assert isinstance(refusal, Refusal)
    assert refusal.code == code
    said = (refusal.text, refusal.remedy, refusal.found, refusal.expected)
    assert all(text.pl and text.en and "{" not in text.pl + text.en for text in said)
    assert entry.code in refusal.text.pl


def points_again(explanation: Explanation) -> int:
    """The points, from the figures alone."""
    base, over = (dict(step["figures"]) for step in explanation.to_json()["steps"])
    days = base["days"]
    short = base.get(f"short.units.{days}")
    found = base["points.units"] if short is None else short
    if base.get("one-day"):
        found = base["one-day.units"]
    elif base.get("planned") and "planned.units" in base:
        found = base["planned.units"] if short is None else min(base["planned.units"], short)
    extra = 0 if base.get("one-day") or "financed" not in base else max(0, days - base["financed"])
    return found + extra * over["extra-day.units"]


@settings(max_examples=100)
@given(
    entry=st.sampled_from([K60, A49, C22, J33, P04]),
    days=st.integers(0, 100),
    kind=st.sampled_from(StayKind),
)
def test_the_points_follow_from_the_explanation_alone(entry, days, kind):
    """And a longer ordinary stay is never worth less."""
    if kind is StayKind.ONE_DAY and entry.one_day is None:
        kind = StayKind.ORDINARY
    found = stay(entry, days, kind)
    assert points_again(found.explanation) == found.units
    assert Explanation.from_json(found.explanation.to_json()) == found.explanation
    assert stay(entry, days + 1, kind).units >= found.units
