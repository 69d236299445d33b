"""When an examination is billed (R34), and the bill of a month's approved examinations (R35)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import same
from rozlicz.messages.persons import EntitlementDocument
from rozlicz.messages.prevention import PreventionBill
from rozlicz.messages.replies import ReplyFinding
from rozlicz.messages.simp_bill import read_simp_bill
from rozlicz.settlement.prevention.due import billed_examinations
from tests.settlement.prevention.cabinet import (
    BREAST,
    CARDIO,
    CERVICAL,
    NOV,
    OCT,
    PRICE,
    contract,
    examination,
    issued,
    settle,
)

EXAMPLE = Path(__file__).parents[3] / "examples/rachunek-profilaktyki.smr"
DONE, DAY, LATER = date(2026, 10, 6), date(2026, 10, 13), date(2026, 10, 20)


def codes(settled) -> list[str]:
    return [why.code for why in settled.settlement.refusals]


@pytest.mark.parametrize("code", [CERVICAL, BREAST, CARDIO], ids=["R34 cervical", "R34 breast", "R34 cardio"])
@pytest.mark.parametrize(
    ("days", "billed"),
    [
        ((DAY, LATER), True),
        ((DAY, DAY), True),
        ((LATER, DAY), False),
        ((None, DAY), False),
        ((DAY, None), False),
        ((DONE - timedelta(1), DAY), False),
    ],
    ids=["after", "on the day", "approved too early", "no result", "not approved", "before it was done"],
)
def test_r34_the_condition_of_a_bill(code, days, billed):
    met, approved = days
    settled = settle(examination(code=code, met=met, approved=approved))
    assert settled.settlement.amount == (PRICE[code] if billed else 0)
    assert bool(settled.settlement.refusals) != billed


def test_by_policy_an_approval_on_the_day_of_the_result_is_too_early():
    settled = settle(examination(met=DAY, approved=DAY), same_day=False)
    assert codes(settled) == ["PR-305"]
    assert settle(examination(met=DAY, approved=LATER), same_day=False).settlement.amount == 9_200


MISSING = {
    "cervical": (CERVICAL, ["PR-302", "PR-301"]),
    "breast": (BREAST, ["PR-303", "PR-301"]),
    "cardio": (CARDIO, ["PR-304", "PR-301"]),
}


@pytest.mark.parametrize("case", MISSING.values(), ids=MISSING)
def test_everything_that_is_missing_is_named_at_once(case):
    code, expected = case
    assert codes(settle(examination(code=code, met=None, approved=None))) == expected


def test_r35_numbers_times_prices_by_scope_and_product():
    settled = settle(
        examination("P1"),
        examination("P2", pesel="52091904127"),
        examination("P3", CERVICAL, pesel="90081704223"),
        examination("P4", CARDIO, pesel="79022803197"),
    )
    (draft,) = settled.settlement.drafts
    assert [(line.scope, line.product, line.units, line.price, line.amount) for line in draft.lines] == [
        (CARDIO, "", UNIT_SCALE, 11_000, 11_000),
        (CERVICAL, "", UNIT_SCALE, 3_900, 3_900),
        (BREAST, "5.10.00.0000043", 2 * UNIT_SCALE, 9_200, 18_400),
    ]


def test_r35_the_month_is_the_one_in_which_the_condition_was_met():
    late = examination(met=date(2026, 10, 30), approved=date(2026, 11, 2))
    assert settle(late, month=OCT).settlement.amount == 0
    assert settle(late, month=NOV).settlement.amount == 9_200


def test_r35_the_bill_is_made_after_the_months_end():
    early, over = (settle(examination(), on=day) for day in (date(2026, 10, 31), date(2026, 11, 1)))
    assert codes(early) == ["PR-101"]
    assert not early.settlement.drafts
    assert over.settlement.amount == 9_200


def test_an_examination_approved_after_the_contracts_end_is_billed_in_its_last_month():
    december = examination(performed=date(2026, 12, 28), met=date(2027, 1, 7), approved=date(2027, 1, 7))
    settled = settle(december, month=Month(2026, 12), on=date(2027, 2, 1))
    assert settled.settlement.amount == 9_200


OUTSIDE = {
    "R30 programme of SWIAD": ({"code": "10.4450.159.02"}, "PR-203"),
    "R63 scope": ({"distinguisher": 2}, "PR-201"),
    "R63 day": ({"performed": date(2025, 12, 31)}, "PR-201"),
    "other programme": ({"programme": "RSM"}, "PR-202"),
    "unknown product": ({"product": "5.10.00.0000099"}, "PR-201"),
}


@pytest.mark.parametrize("case", OUTSIDE.values(), ids=OUTSIDE)
def test_what_does_not_belong_there_is_named_and_not_billed(case):
    wrong, code = case
    terms = contract(CERVICAL, BREAST, CARDIO, "10.4450.159.02")
    settled = settle(examination(**wrong), examination("P2", CARDIO), contract=terms)
    assert codes(settled) == [code]
    assert settled.settlement.amount == 11_000


def test_an_examination_with_errors_is_not_billed():
    error = ReplyFinding(code="1", severity="error", message=same("x"), basis=same("x"), remedy=same("x"))
    assert codes(settle(examination(findings=(error,)))) == ["PR-204"]
    assert not codes(settle(examination(findings=(replace(error, severity="warning"),))))


def test_nothing_is_billed_twice():
    again = examination("P0")
    settled = settle(examination("P1"), again)
    assert settled.settlement.amount == 9_200
    assert codes(settled) == ["PR-205"]
    october = settle(examination("P1"))
    later = settle(examination("P1"), again, templates=issued(october))
    assert not later.settlement.drafts, "what is billed stays billed"


def test_a_withdrawn_examination_goes_back_on_its_template():
    october = settle(examination())
    withdrawn = examination(version=2, withdrawn=True)
    later = settle(examination(), withdrawn, month=NOV, templates=issued(october))
    assert [(d.corrects, d.month, d.amount) for d in later.settlement.drafts] == [(1, OCT, -9_200)]


def test_r61_a_person_insured_elsewhere_has_a_bill_of_their_own():
    right = EntitlementDocument(kind="S1", number="S1-4711", country="DE")
    settled = settle(examination("P1"), examination("P2", CARDIO, entitlement=right))
    assert [(d.bill, d.country, d.amount) for d in settled.settlement.drafts] == [
        ("", "", 9_200),
        ("S1-4711", "DE", 11_000),
    ]


def test_a_limited_plan_pays_whole_examinations_and_the_rest_later():
    two = [examination(f"P{n}", pesel=pesel) for n, pesel in enumerate(["63052106445", "52091904127"])]
    terms = contract(BREAST, unlimited=False, plan=1)
    (only,) = terms.scopes
    plan = tuple(row for row in only.plan if row.month >= OCT)
    terms = replace(terms, scopes=(replace(only, plan=plan),))
    first = settle(*two, contract=terms)
    assert first.settlement.amount == 9_200
    assert settle(*two, contract=terms, month=NOV, templates=issued(first)).settlement.amount == 9_200


def test_r8_the_bill_of_a_draft_adds_up():
    found = [examination(f"P{n}", code, pesel=f"6305210644{n}") for n, code in enumerate(PRICE)]
    (draft,) = settle(*found).settlement.drafts
    bill = read_simp_bill(EXAMPLE)[1].bill
    lines = tuple(
        replace(
            bill.lines[0],
            number=number,
            scope=line.scope,
            units=line.units,
            price=line.price,
            amount=line.amount,
        )
        for number, line in enumerate(draft.lines, 1)
    )
    listed = billed_examinations(draft, {one.id: one for one in found})
    whole = replace(bill, lines=lines, amount=draft.amount)
    assert PreventionBill(bill=whole, examinations=listed).adds_up
    assert sorted(one.id for one in listed) == ["P0", "P1", "P2"]


DAYS = st.dates(date(2026, 10, 1), date(2026, 11, 30))
EXAMINATIONS = st.lists(
    st.builds(
        examination,
        st.sampled_from([f"P{n}" for n in range(8)]),
        st.sampled_from(list(PRICE)),
        performed=DAYS,
        met=st.none() | DAYS,
        approved=st.none() | DAYS,
        withdrawn=st.booleans(),
        pesel=st.sampled_from(["63052106445", "52091904127"]),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@pytest.mark.slow
@settings(max_examples=50)
@given(found=EXAMINATIONS, seed=st.integers(0, 100))
def test_order_plays_no_part(found, seed):
    mixed = random.Random(seed).sample(found, len(found))
    one, other = settle(*found), settle(*mixed)
    assert one.examinations == other.examinations
    assert [d.lines for d in one.settlement.drafts] == [d.lines for d in other.settlement.drafts]
    assert one.settlement.refusals == other.settlement.refusals


@pytest.mark.slow
@settings(max_examples=50)
@given(rounds=st.lists(EXAMINATIONS, min_size=1, max_size=4))
def test_after_any_changes_templates_hold_what_is_approved_now(rounds):
    templates: list = []
    for found in rounds:
        for month in (OCT, NOV):
            templates = issued(settle(*found, month=month, templates=templates), templates)
    total = sum(template.draft.amount for template in templates)
    last = settle(*rounds[-1], month=NOV, templates=templates)
    assert total == sum(one.price for one in last.examinations if one.month is not None)
    assert not last.settlement.drafts
    same_ones = [
        (one.examination.patient.id, one.entry.programme, one.examination.performed_on)
        for one in last.examinations
        if one.month is not None
    ]
    assert len(same_ones) == len(set(same_ones))


@settings(max_examples=50)
@given(found=EXAMINATIONS)
def test_the_bill_follows_from_the_explanations_alone(found):
    settled = settle(*found)
    months = [
        dict(explanation.step("prevention.month").figures)
        for explanation in settled.explanations
        if any(step.rule == "prevention.month" for step in explanation.steps)
    ]
    assert all(one["approved"] // 100 == one["month"] for one in months)
    assert settled.settlement.amount == sum(one["price"] for one in months if one["month"] == OCT.number)
    for cap in settled.settlement.caps:
        steps = {step.rule: dict(step.figures) for step in cap.explanation.steps}
        counted = steps.get("prevention.examinations", {})
        numbers = [name.split(".")[1] for name in counted if name.startswith("month.")]
        assert cap.due == sum(
            counted[f"examinations.{n}"] * counted[f"price.{n}"]
            for n in numbers
            if counted[f"month.{n}"] == OCT.number
        )


def test_every_examination_is_explained_whether_billed_or_not():
    settled = settle(
        examination("P1"), examination("P2", CARDIO, met=None), examination("P3", CERVICAL, withdrawn=True)
    )
    assert [[step.rule for step in one.steps] for one in settled.explanations] == [
        ["prevention.condition", "prevention.month"],
        ["prevention.finding.1"],
        ["prevention.withdrawn"],
    ]
