"""Every amount explains itself: the due can be calculated again from the explanation's data alone (R20–R23)."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.money import round_half_up
from rozlicz.kernel.texts import Text
from rozlicz.settlement.drafts import Allocations
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.unit_price import Policy
from tests.settlement.ledger import FEB, JAN, NEUROLOGY, UNIT, Ledger, contract_of, plan_of
from tests.settlement.strategies import acts, ledgers, months, perform, performance
from tests.settlement.test_unit_price_histories import play

HUNDRED = 100 * UNIT


def of_february() -> Ledger:
    """UP-09a: 30 of January's billed positions were deleted before February is calculated."""
    ledger = Ledger(contract_of(plan_of(HUNDRED, HUNDRED, HUNDRED)))
    january = ledger.perform_visits(JAN, 110)
    ledger.calculate(JAN)
    ledger.delete(january[:30])
    ledger.perform_visits(FEB, 130)
    return ledger


def figures(data: dict, rule: str) -> dict[str, int]:
    steps = [step for step in data["steps"] if step["rule"] == f"unit-price.{rule}"]
    return dict(steps[0]["figures"]) if steps else {}


def by_month(numbers: dict[str, int], name: str) -> dict[int, int]:
    return {
        int(label.removeprefix(f"{name}.")): n for label, n in numbers.items() if label.startswith(f"{name}.")
    }


def room_again(data: dict, month: int) -> int | None:
    """The room, calculated as a clerk would: plan and templates summed up month by month."""
    if "room" not in figures(data, "room"):
        return None
    plan, paid = by_month(figures(data, "plan"), "plan"), by_month(figures(data, "paid-before"), "paid")
    corrected = by_month(figures(data, "corrections"), "corrected")
    last = max([month, *(m for m in paid if paid[m] or corrected.get(m))])
    left, allowed, spent = [], 0, 0
    for j in sorted(plan):
        allowed += plan[j]
        spent += paid[j] + corrected.get(j, 0)
        if month <= j <= last:
            left.append(allowed - spent)
    return max(0, min(left))


def amounts_again(data: dict, rule: str, name: str) -> int:
    """Σ of the lines, each its units × price rounded once."""
    numbers = figures(data, rule)
    count = sum(label.startswith(f"{name}.price.") for label in numbers)
    return sum(
        round_half_up(numbers[f"{name}.units.{n}"] * numbers[f"{name}.price.{n}"])
        for n in range(1, count + 1)
    )


@pytest.mark.slow
@settings(max_examples=100)
@given(ledger=ledgers(unlimited=st.booleans()), history=acts, positions=performance, month=months)
def test_the_due_follows_from_the_explanation_alone(ledger, history, positions, month):
    for act in history:
        play(ledger, act)
    perform(ledger, positions)
    settlement = ledger.settled(month)
    (cap,) = settlement.caps
    data = json.loads(json.dumps(cap.explanation.to_json()))
    assert room_again(data, month.number) == cap.room == figures(data, "room").get("room")
    assert amounts_again(data, "lines", "line") == cap.due == figures(data, "due")["due"]
    assert (
        amounts_again(data, "corrections", "correction") == cap.corrected == figures(data, "due")["corrected"]
    )
    boundary = figures(data, "boundary")
    if boundary and boundary["taken.units"]:
        assert boundary["taken.units"] == boundary["left"] * UNIT // boundary["price"]
    waiting = by_month(figures(data, "waiting"), "waiting.exact")
    assert round_half_up(sum(waiting.values())) == cap.waiting
    corrected = by_month(figures(data, "corrections"), "corrected")
    in_period = sum(corrected.get(row["month"], 0) for row in data["months"])
    assert sum(row["due_now"] for row in data["months"]) == cap.due + in_period
    assert Explanation.from_json(data) == cap.explanation


def test_the_steps_and_the_month_table_of_a_worked_case():
    """UP-09a with 30 positions more in February than there is room for."""
    (cap,) = of_february().settled(FEB).caps
    explanation = cap.explanation
    assert [step.rule.removeprefix("unit-price.") for step in explanation.steps] == [
        "performed",
        "plan",
        "paid-before",
        "corrections",
        "room",
        "candidates",
        "boundary",
        "lines",
        "due",
        "waiting",
    ]
    assert explanation.step("unit-price.room").figures == (("left.202602", 130_000), ("room", 130_000))
    assert explanation.step("unit-price.paid-before").inputs == (
        (
            Text(pl="Szablon nr 1 (styczeń 2026)", en="Template no. 1 (January 2026)"),
            Text(pl="1\u202f000,00\u202fzł", en="PLN\u202f1,000.00"),
        ),
    )
    table = [(r.performed, r.plan_cumulated, r.paid_before, r.due_now, r.waiting) for r in explanation.months]
    assert table == [(80_000, 100_000, 100_000, -30_000, 0), (130_000, 200_000, 0, 130_000, 10_000)]


def test_a_line_shows_its_exact_value_before_it_is_rounded():
    """UP-14 R20."""
    ledger = Ledger(contract_of(plan_of(3 * UNIT, price=1001)))
    ledger.perform(JAN, 3333, 3333, 3333)
    step = ledger.settled(JAN).explanations[NEUROLOGY].step("unit-price.lines")
    ((label, value),) = step.inputs
    assert label.pl.endswith("0,9999 × 10,01\u202fzł = 10,008999\u202fzł")
    assert label.en.endswith("0.9999 × PLN\u202f10.01 = PLN\u202f10.008999")
    assert value.pl == "10,01\u202fzł"


def test_each_step_names_its_rule_demand_and_basis_in_both_languages():
    ledger = of_february()
    ledger.policy = Policy(boundary_position="whole")
    for cap in ledger.settled(FEB).caps:
        for step in cap.explanation.steps:
            assert step.demand.startswith("R2")
            said = [
                step.title,
                step.outcome,
                step.basis.reference,
                *(text for pair in step.inputs for text in pair),
            ]
            assert all(text.pl and text.en and "{" not in text.pl + text.en for text in said)


def test_a_person_is_not_named_in_an_explanation():
    """R61: the line of an individual bill shows the state, the template the document."""
    ledger = Ledger(contract_of(plan_of(HUNDRED)))
    ledger.perform(JAN, UNIT, bill="EHIC-80276001", country="DE")
    settlement = ledger.settled(JAN)
    told = json.dumps(settlement.explanations[NEUROLOGY].to_json())
    assert "EHIC-80276001" not in told
    assert "(DE)" in told
    assert [(draft.bill, draft.country) for draft in settlement.drafts] == [("EHIC-80276001", "DE")]


def leaves(value: object):
    """Everything inside a result, down to the last number."""
    if is_dataclass(value):
        for field in fields(value):
            yield from leaves(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (*leaves(key), *leaves(item))
    elif isinstance(value, list | tuple | Allocations):
        for item in value:
            yield from leaves(item)
    else:
        yield value


@pytest.mark.slow
@settings(max_examples=100)
@given(ledger=ledgers(), history=acts, month=months)
def test_there_is_no_float_in_a_settlement(ledger, history, month):
    """R20: money is whole grosze, units are whole ten-thousandths, from end to end."""
    for act in history:
        play(ledger, act)
    settlement = ledger.settled(month)
    found = list(leaves(settlement)) + [
        leaf for cap in settlement.caps for leaf in leaves(cap.explanation.to_json())
    ]
    assert found
    assert not any(isinstance(leaf, float) for leaf in found)
