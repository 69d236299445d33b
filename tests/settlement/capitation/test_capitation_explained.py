"""R24: every amount of capitation, of the coordinator and of enrolments follows from its explanation alone."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.money import round_half_up
from rozlicz.settlement.capitation.parameters import DIAGNOSTICS_VARIANT, CapitationPolicy
from rozlicz.settlement.explanation import Explanation
from tests.settlement.capitation.clinic import (
    HEADS,
    PHYSICIAN,
    Books,
    coefficient,
    contract_of,
    numbers,
    rate,
    scope,
)
from tests.settlement.test_explanation import leaves


def figures(data: dict, rule: str) -> dict[str, int]:
    steps = [step for step in data["steps"] if step["rule"] == f"capitation.{rule}"]
    return dict(steps[0]["figures"]) if steps else {}


def amounts_again(data: dict) -> list[int]:
    """Each line as a clerk would calculate it, from persons, coefficients, rate and days told before the lines."""
    persons, coefficients = figures(data, "count"), figures(data, "coefficients")
    annual, part = figures(data, "rate").get("rate", 0), figures(data, "part-of-month")
    found = []
    for n in range(1, len([name for name in persons if name.startswith("persons.")]) + 1):
        coefficient = round_half_up(coefficients[f"coefficient.{n}"] * coefficients["scope-coefficient"])
        year = persons[f"persons.{n}"] * coefficient * annual
        days, of_days = (part["days"], part["of-days"]) if part.get("of-days") else (1, 1)
        found.append(round_half_up(year * days, 120_000 * of_days))
    return [amount for amount in found if amount]


def line_amounts(data: dict) -> list[int]:
    return [n for name, n in figures(data, "lines").items() if name.startswith("line.amount.")]


@settings(max_examples=80)
@given(
    before=st.none() | st.dictionaries(st.sampled_from(sorted(HEADS)), st.integers(0, 900)),
    heads=st.dictionaries(st.sampled_from(sorted(HEADS)), st.integers(0, 900)),
    last=st.none() | st.dates(date(2026, 3, 1), date(2026, 4, 2)),
    reading=st.sampled_from(["working-days", "calendar-days", "whole-month"]),
    factor=st.none() | st.integers(5_000, 15_000),
)
def test_the_due_follows_from_the_explanation_alone(before, heads, last, reading, factor):
    contract = contract_of(scope(coefficients=(coefficient(factor),) if factor else ()))
    books = Books(contract, CapitationPolicy(provisional=True, part_of_month=reading))
    if before is not None:
        books.calculate(None, previous=numbers(before))
    settlement = books.settled(numbers(heads), last_days={PHYSICIAN: last} if last else {})
    (cap,) = settlement.caps
    data = json.loads(json.dumps(cap.explanation.to_json()))
    assert amounts_again(data) == line_amounts(data)
    due = figures(data, "due")
    assert due["total"] == sum(amounts_again(data))
    assert due["total"] == figures(data, "earlier")["held"] + due["due"] + due["corrected"]
    assert (due["due"], due["corrected"]) == (cap.due, cap.corrected)
    assert Explanation.from_json(data) == cap.explanation
    assert not any(isinstance(leaf, float) for leaf in (*leaves(settlement), *leaves(data)))


def test_the_steps_are_taken_in_the_order_of_the_rule():
    books = Books(contract_of(scope(rates=(rate(22_068), rate(22_680, variant=DIAGNOSTICS_VARIANT)))))
    settlement = books.settled(
        numbers(holders=2), diagnostics_index=31_000_000, last_days={PHYSICIAN: date(2026, 3, 16)}
    )
    explanation = settlement.explanations[PHYSICIAN]
    assert [step.rule for step in explanation.steps] == [
        "capitation.count",
        "capitation.coefficients",
        "capitation.rate",
        "capitation.part-of-month",
        "capitation.lines",
        "capitation.earlier",
        "capitation.due",
    ]
    for step in explanation.steps:
        assert step.demand in {"R24", "R25, R27"}
        said = [
            step.title,
            step.outcome,
            step.basis.reference,
            *(text for pair in step.inputs for text in pair),
        ]
        assert all(text.pl and text.en and "{" not in text.pl + text.en for text in said)
    variant = explanation.step("capitation.rate").inputs[-1][1]
    assert variant.pl == DIAGNOSTICS_VARIANT


def test_a_line_is_told_as_a_clerk_writes_it():
    """CA-1."""
    books = Books(contract_of(scope(rates=(rate(10_000),))))
    (cap,) = books.settled(numbers({"LEK-40-65": 7})).caps
    ((label, amount),) = cap.explanation.step("capitation.lines").inputs
    assert label.pl == "osoby od 40 do 65 lat: 7 × 1,34 × 100,00\u202fzł ÷ 12"
    assert amount.pl == "78,17\u202fzł"


def test_a_provisional_count_says_so():
    books = Books(policy=CapitationPolicy(provisional=True))
    (cap,) = books.settled(None, previous=numbers()).caps
    step = cap.explanation.step("capitation.count")
    assert step.figure("provisional") == 1
    assert step.figure("counted-on") == 20260201
    assert "tymczasowo" in step.outcome.pl
    assert not step.basis.confirmed
