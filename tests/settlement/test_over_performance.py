"""Services above the contract after the year's end (LUMP-07), and bills without a template in 2020 (CAPS-06)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rozlicz.kernel.legal import Ruling
from rozlicz.kernel.money import round_half_up
from rozlicz.kernel.months import Month
from rozlicz.settlement import over_performance
from rozlicz.settlement.over_performance import SHARES, Above, paid_above
from rozlicz.settlement.twelfths import TWELFTH_WITHOUT_PERFORMANCE, without_template


@pytest.mark.parametrize(
    ("year", "what", "value", "paid"),
    [
        pytest.param(2026, Above.DIAGNOSTICS, 10_000_000, 4_000_000, id="LUMP-07 R21 CT and MR of 2026"),
        pytest.param(2025, Above.DIAGNOSTICS, 10_000_000, 10_000_000, id="LUMP-07 the year before: in full"),
        pytest.param(2026, Above.DIAGNOSTICS, 3, 1, id="rounded half-up once: 1.2"),
        pytest.param(2026, Above.UNLIMITED, 10_000_000, 10_000_000, id="unlimited services in full"),
        pytest.param(2026, Above.DRUGS, 10_000_000, 10_000_000, id="drugs in full"),
        pytest.param(2026, Above.LIMITED, 10_000_000, 0, id="limited services: no commitment"),
    ],
)
def test_what_is_paid_above_the_contract(year, what, value, paid):
    found = paid_above(year=year, what=what, value=value)
    (step,) = found.explanation.steps
    assert found.amount == paid == round_half_up(step.figure("value") * step.figure("share"))


def test_a_branch_pays_limited_services_as_its_plan_allows(monkeypatch):
    ruling = Ruling(
        value=3_000, since=date(2025, 1, 1), basis=SHARES[Above.LIMITED].rulings[0].basis, branch="05"
    )
    parameter = SHARES[Above.LIMITED]
    monkeypatch.setitem(
        over_performance.SHARES, Above.LIMITED, replace(parameter, rulings=(*parameter.rulings, ruling))
    )
    assert paid_above(year=2025, what=Above.LIMITED, value=1_000, branch="05").amount == 300
    assert paid_above(year=2025, what=Above.LIMITED, value=1_000, branch="08").amount == 0


def test_the_project_of_2026_is_marked_as_not_confirmed():
    assert not SHARES[Above.DIAGNOSTICS].on(date(2026, 12, 31)).basis.confirmed


def test_less_than_nothing_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="-1"):
        paid_above(year=2026, what=Above.DRUGS, value=-1)


@pytest.mark.parametrize(
    ("month", "templates", "expected"),
    [
        pytest.param(Month(2020, 4), 200_000, 400_000, id="CAPS-06 limit 6,000, executed 2,000"),
        pytest.param(Month(2020, 4), 700_000, 0, id="more executed than planned"),
        pytest.param(Month(2020, 2), 200_000, 0, id="before the epidemic"),
        pytest.param(Month(2020, 8), 200_000, 400_000, id="the last month"),
        pytest.param(Month(2020, 9), 200_000, 0, id="after it"),
        pytest.param(Month(2026, 4), 200_000, 0, id="today"),
    ],
)
def test_a_twelfth_without_performance(month, templates, expected):
    """Asked in public, never confirmed: the parameter says so."""
    found = without_template(month=month, plan=600_000, templates=templates)
    (step,) = found.explanation.steps
    again = max(0, step.figure("plan") - step.figure("templates")) * step.figure("allowed")
    assert found.amount == expected == again
    assert not TWELFTH_WITHOUT_PERFORMANCE.on(date(2020, 4, 1)).basis.confirmed
