"""R20: units are weight × multiplicity with coefficients; reductions act on units and explain themselves."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.money import UNIT_SCALE, round_half_up
from rozlicz.kernel.months import Quarter
from rozlicz.kernel.refusals import Refusal
from rozlicz.messages.contracts import CoefficientUse
from rozlicz.settlement.counted_units import CountedUnits, counted_units
from rozlicz.settlement.dental_packages import DentalPosition, reduce_packages
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.first_visits import (
    FirstVisitPosition,
    FirstVisits,
    first_visit_factor,
    reduce_quarter,
)
from rozlicz.verification.coefficients import Used
from tests.settlement.ledger import FEB, JAN, NEUROLOGY, UNIT, Ledger, contract_of, new_amount, plan_of

S, M, N = (CoefficientUse(letter) for letter in "SMN")
DAY = date(2026, 2, 3)
PACKAGES = {"PA", "PB", "PC"}


def used(*pairs: tuple[CoefficientUse, str]) -> list[Used]:
    return [Used(use, Decimal(value), f"W{n}") for n, (use, value) in enumerate(pairs)]


def counted(weight: str, actual: str, *pairs, statistics_only: bool = False) -> CountedUnits | Refusal:
    return counted_units(
        weight=int(Decimal(weight) * UNIT),
        actual=int(Decimal(actual) * UNIT),
        used=used(*pairs),
        day=DAY,
        statistics_only=statistics_only,
    )


@pytest.mark.parametrize(
    ("weight", "actual", "pairs", "multiplicity", "units"),
    [
        pytest.param("1", "1", [(S, "1.2"), (S, "1.3")], 15_000, 15_000, id="KOEF-01 R20"),
        pytest.param("10", "3", [], 30_000, 300_000, id="KOEF-04 R20"),
        pytest.param("1", "1", [(M, "1.2345678")], 12_346, 12_346, id="KOEF-05 R20"),
        pytest.param("30", "1", [(M, "1.2")], 12_000, 360_000, id="KOEF-06 R20"),
        pytest.param("44", "1", [(M, "0.75")], 7_500, 330_000, id="KOEF-09 R20 one visit"),
        pytest.param("7.14", "1", [(S, "1.2"), (S, "1.19"), (M, "1.02")], 14_178, 101_231, id="sums first"),
    ],
)
def test_units_of_a_position(weight, actual, pairs, multiplicity, units):
    found = counted(weight, actual, *pairs)
    assert isinstance(found, CountedUnits)
    assert (found.multiplicity, found.units) == (multiplicity, units)


def test_statistics_only_is_worth_nothing_whatever_was_done():
    """Krotność 0."""
    found = counted("30", "2", (M, "1.2"), statistics_only=True)
    assert isinstance(found, CountedUnits)
    assert (found.multiplicity, found.units) == (0, 0)


def test_coefficients_that_exclude_each_other_have_no_amount():
    """KOEF-10: an error with its sentence in both languages."""
    found = counted("30", "1", (S, "1.2"), (N, "1.1"))
    assert isinstance(found, Refusal)
    assert "W0 W1" in found.text.pl
    assert "W0 W1" in found.text.en
    assert found.basis.reference.pl


def units_again(explanation: Explanation) -> int:
    """The units as a clerk would calculate them, from the figures alone."""
    data = [dict(step["figures"]) for step in json.loads(json.dumps(explanation.to_json()))["steps"]]
    factor = Fraction(1)
    groups = [step for step in data if any(name.startswith("sum.") for name in step)]
    alone = sum(len(group) - 1 for group in groups) == 1
    for group in groups:
        values = [Fraction(v, 10**8) for name, v in group.items() if name.startswith("coefficient.")]
        factor *= max(sum(values) - (len(values) - 1), Fraction(0))
    if groups and not alone:
        factor = Fraction(round_half_up(int(factor * 10**12), scale=10**8), 10**4)
    times = next(step for step in data if "actual.units" in step)
    settled = round_half_up(int(times["actual.units"] * factor * 10**8), scale=10**8)
    settled = 0 if times["statistics"] else settled
    weight = next(step for step in data if "weight.units" in step)["weight.units"]
    return round_half_up(weight * settled)


@settings(max_examples=150)
@given(
    weight=st.integers(0, 3_000_000),
    actual=st.integers(0, 200_000),
    pairs=st.lists(
        st.tuples(st.sampled_from([S, M]), st.integers(1, 20_000).map(lambda n: str(Decimal(n).scaleb(-4)))),
        max_size=3,
    ),
    statistics_only=st.booleans(),
)
def test_the_units_follow_from_the_explanation_alone(weight, actual, pairs, statistics_only):
    found = counted_units(
        weight=weight, actual=actual, used=used(*pairs), day=DAY, statistics_only=statistics_only
    )
    assert isinstance(found, CountedUnits)
    assert units_again(found.explanation) == found.units
    assert Explanation.from_json(found.explanation.to_json()) == found.explanation


def position(number: int, product: str, units: int, *, visit="V1", day=DAY, pieces=1) -> DentalPosition:
    return DentalPosition(("S", number), visit, day, product, units * UNIT, pieces)


def reduced(*positions: DentalPosition) -> dict[int, int]:
    found = {p.key: p.units for p in positions}
    for reduction in reduce_packages(positions, packages=PACKAGES):
        found |= reduction.units
    return {number: units for (_, number), units in found.items()}


@pytest.mark.parametrize(
    ("positions", "expected"),
    [
        pytest.param(
            [position(1, "PA", 100), position(2, "PB", 250), position(3, "PC", 50)],
            {1: 800_000, 2: 2_500_000, 3: 400_000},
            id="R20 the highest in full, each further one at 0.8",
        ),
        pytest.param(
            [position(1, "PA", 100), position(2, "single", 30), position(3, "single", 300)],
            {1: 1_000_000, 2: 300_000, 3: 3_000_000},
            id="single services are not touched, and are never the highest",
        ),
        pytest.param(
            [position(1, "PA", 100), position(2, "PA", 80, visit="V2")],
            {1: 1_000_000, 2: 800_000},
            id="each visit has its own highest",
        ),
        pytest.param(
            [position(2, "PA", 100), position(1, "PB", 100)],
            {1: 1_000_000, 2: 800_000},
            id="of equal ones the first position stays",
        ),
        pytest.param(
            [position(1, "PA", 200, pieces=2), position(2, "PB", 90)],
            {1: 1_800_000, 2: 720_000},
            id="a position of two packages: one in full, one at 0.8",
        ),
        pytest.param(
            [position(1, "PA", 180, pieces=2), position(2, "PB", 100)],
            {1: 1_440_000, 2: 1_000_000},
            id="the highest is the highest single one",
        ),
        pytest.param(
            [position(1, "PA", 100, day=date(2023, 3, 31)), position(2, "PB", 90, day=date(2023, 4, 1))],
            {1: 1_000_000, 2: 720_000},
            id="the last day of the visit decides",
        ),
        pytest.param(
            [position(1, "PA", 0), position(2, "PB", 90)],
            {1: 0, 2: 900_000},
            id="statistics only is no package",
        ),
        pytest.param(
            [position(1, "PA", 100, day=date(2023, 3, 31)), position(2, "PB", 90, day=date(2023, 3, 31))],
            {1: 1_000_000, 2: 900_000},
            id="the last day before packages",
        ),
        pytest.param(
            [position(1, "PA", 100, day=date(2023, 4, 1)), position(2, "PB", 90, day=date(2023, 4, 1))],
            {1: 1_000_000, 2: 720_000},
            id="the first day of packages",
        ),
    ],
)
def test_dental_packages_of_a_visit(positions, expected):
    assert reduced(*positions) == expected


def test_a_position_holds_at_least_one_package():
    with pytest.raises(ValueError, match="0 packages"):
        reduced(position(1, "PA", 100, pieces=0))


def test_the_reduction_opens_the_explanation_of_the_amount():
    """The line keeps the contract's price; the reduced units are what is settled."""
    (reduction,) = reduce_packages([position(1, "PA", 3), position(2, "PB", 2)], packages=PACKAGES)
    ledger = Ledger(contract_of(plan_of(100 * UNIT, 100 * UNIT)))
    keys = ledger.perform(JAN, *reduction.units.values())
    explanation = ledger.settled(JAN, {NEUROLOGY: [reduction.step]}).explanations[NEUROLOGY]
    assert explanation.steps[0] == reduction.step
    assert new_amount(ledger.calculate(JAN)) == 3_000 + 1_600
    # The highest package is deleted: the other one is the highest now, and its difference is paid.
    ledger.delete(keys[:1])
    ledger.change(keys[1], units=reduced(position(2, "PB", 2))[2])
    assert [draft.amount for draft in ledger.calculate(FEB).drafts] == [-3_000, 400]
    assert ledger.paid_up_to(FEB) == 2_000


Q3, Q4, Q1, Q2 = (Quarter(2025, 3).plus(number) for number in range(4))


def clinic(first: int, visits: int = 100) -> FirstVisits:
    return FirstVisits(first=first, visits=visits, median=2_000)


@pytest.mark.parametrize(
    ("quarter", "counted", "factor"),
    [
        pytest.param(Q1, {Q3: clinic(10), Q4: clinic(12)}, 7_500, id="KOEF-09 under and not improved"),
        pytest.param(Q1, {Q3: clinic(10), Q4: clinic(13)}, 10_000, id="improved by three percentage points"),
        pytest.param(Q1, {Q3: clinic(19), Q4: clinic(20)}, 10_000, id="improved to the median"),
        pytest.param(Q1, {Q3: clinic(20), Q4: clinic(10)}, 10_000, id="first warned: a quarter to improve"),
        pytest.param(Q1, {Q4: clinic(10)}, 10_000, id="not counted"),
        pytest.param(Q1, {Q3: clinic(10), Q4: clinic(0, 0)}, 10_000, id="no visit"),
        pytest.param(
            Quarter(2024, 4),
            {Quarter(2024, 2): clinic(10), Quarter(2024, 3): clinic(10)},
            10_000,
            id="before the rule",
        ),
    ],
)
def test_too_few_first_visits(quarter, counted, factor):
    found = first_visit_factor(quarter=quarter, counted=counted)
    assert found.factor == factor
    assert found.step.figure("factor") == factor
    assert quarter.name.pl in found.step.outcome.pl


def test_koef_09_two_hundred_visits_at_75_percent():
    """KOEF-09: 200 × 44 × 1.60 × 0.75 = 10,560.00; what belongs to the next quarter is not touched."""
    factor = first_visit_factor(quarter=Q1, counted={Q3: clinic(10), Q4: clinic(12)})
    positions = [FirstVisitPosition(("S", n), JAN.number, 44 * UNIT) for n in range(200)]
    later = FirstVisitPosition(("T", 1), Q2.first.number, 44 * UNIT)
    reduction = reduce_quarter([*positions, later], factor=factor)
    assert later.key not in reduction.units
    ledger = Ledger(contract_of(plan_of(10_000 * UNIT, price=160)))
    ledger.perform(JAN, *reduction.units.values())
    settlement = ledger.settled(JAN, {NEUROLOGY: [factor.step, reduction.step]})
    assert new_amount(settlement) == 1_056_000
    assert [s.rule for s in settlement.explanations[NEUROLOGY].steps[:2]] == [
        "units.first-visits-share",
        "units.first-visits",
    ]


def test_more_first_visits_than_visits_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="3 first visits of 2"):
        clinic(3, 2)


@settings(max_examples=100)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["V1", "V2"]),
            st.sampled_from(["PA", "PB", "x"]),
            st.integers(0, 99_999),
            st.integers(1, 3),
        ),
        max_size=8,
    ),
    order=st.randoms(use_true_random=False),
)
def test_a_reduction_explains_itself_and_knows_no_order(rows, order):
    """No position grows, each visit keeps its highest package, the figures give the units again."""
    positions = [DentalPosition(("S", n), v, DAY, p, u, c) for n, (v, p, u, c) in enumerate(rows)]
    found = reduce_packages(positions, packages=PACKAGES)
    order.shuffle(positions)
    assert reduce_packages(positions, packages=PACKAGES) == found
    for reduction in found:
        before = {p.key: p.units for p in positions}
        assert all(0 <= units <= before[key] for key, units in reduction.units.items())
        numbers = dict(reduction.step.figures)
        kinds = [int(name.rsplit(".", 1)[1]) for name in numbers if name.startswith("positions.")]
        again = 0
        for n in kinds:
            pieces, full = numbers[f"pieces.{n}"], numbers[f"full.{n}"]
            weights = full * UNIT_SCALE + (pieces - full) * numbers["factor"]
            one = round_half_up(numbers[f"before.units.{n}"] * weights, scale=pieces * UNIT_SCALE)
            assert one == numbers[f"after.units.{n}"]
            again += one * numbers[f"positions.{n}"]
        assert again == sum(reduction.units.values())
