"""R28: what always holds of lump sums: additive over scopes and days, exact, conserved through any corrections."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.messages.rates import Rate, RatePer
from rozlicz.settlement.lump_sums.due import settle_lump_sums
from rozlicz.settlement.lump_sums.facts import ScopeFacts
from rozlicz.settlement.lump_sums.parameters import LumpSumPolicy
from tests.settlement.lump_sum_world import (
    DENTAL,
    NIGHT,
    WARD,
    amount_again,
    holds,
    issued,
    lump_contract,
    lump_scope,
    year_rate,
)
from tests.settlement.test_explanation import leaves

POLICY = LumpSumPolicy()
days_of_2026 = st.dates(date(2026, 1, 1), date(2026, 12, 31))
months = st.builds(Month, st.just(2026), st.integers(1, 12))
prices = st.integers(1, 10**8)


@st.composite
def day_rates(draw, per=RatePer.DAY) -> tuple[Rate, ...]:
    """Rates that hold one after the other from the first to the last day of the year."""
    changes = sorted(draw(st.sets(days_of_2026, max_size=4)) | {date(2026, 1, 1)})
    ends = [*(day - timedelta(days=1) for day in changes[1:]), date(2026, 12, 31)]
    return tuple(
        Rate(per=per, amount=draw(prices), valid_from=first, valid_to=last)
        for first, last in zip(changes, ends, strict=True)
    )


def settled(*scopes, month, first=None, last=None, **more):
    contract = lump_contract(*scopes, first=first, last=last)
    return settle_lump_sums(contract=contract, month=month, policy=POLICY, **more)


@settings(max_examples=60)
@given(
    rates=day_rates(),
    month=months,
    validity=st.tuples(days_of_2026, days_of_2026),
    closed=st.sets(days_of_2026),
)
def test_a_daily_lump_sum_is_the_sum_of_the_rates_of_its_days_and_of_none_outside(
    rates, month, validity, closed
):
    """R28, R63: never a lump sum for a day outside the contract."""
    first, last = sorted(validity)
    settlement = settled(
        lump_scope(WARD, *rates),
        month=month,
        first=first,
        last=last,
        facts={WARD: ScopeFacts(closed=frozenset(closed))},
    )
    expected = 0
    for number in range(1, calendar.monthrange(2026, month.month)[1] + 1):
        day = date(2026, month.month, number)
        if first <= day <= last and day not in closed:
            expected += next(r.amount for r in rates if r.valid_from <= day <= r.valid_to)
    assert settlement.amount == expected
    assert amount_again(settlement.explanations[WARD]) == expected
    assert all(line.adds_up for draft in settlement.drafts for line in draft.lines)


@settings(max_examples=40)
@given(rates=day_rates(), month=months, cut=st.integers(1, 27))
def test_a_month_parted_anywhere_sums_to_the_whole(rates, month, cut):
    last = month.first_day + timedelta(days=cut - 1)
    scope = lump_scope(WARD, *rates)
    parts = (
        settled(scope, month=month, last=last),
        settled(scope, month=month, first=last + timedelta(days=1)),
    )
    assert sum(part.amount for part in parts) == settled(scope, month=month).amount


@settings(max_examples=40)
@given(amount=prices, month=months, cut=st.integers(2, 28))
def test_a_rate_written_in_two_pieces_is_one_line(amount, month, cut):
    day = date(2026, month.month, cut)
    for per in (RatePer.DAY, RatePer.MONTH):
        whole = year_rate(per, amount, 2026)
        pieces = (
            Rate(per=per, amount=amount, valid_from=whole.valid_from, valid_to=day - timedelta(days=1)),
            Rate(per=per, amount=amount, valid_from=day, valid_to=whole.valid_to),
        )
        lines = [
            settled(lump_scope(WARD, *rates), month=month).drafts[0].lines for rates in ((whole,), pieces)
        ]
        assert lines[0] == lines[1]


@settings(max_examples=40)
@given(rates=day_rates(per=RatePer.MONTH), month=months)
def test_a_month_at_several_monthly_rates_is_off_by_half_a_grosz_a_line_at_most(rates, month):
    settlement = settled(lump_scope(NIGHT, *rates), month=month)
    exact = sum(
        next(r.amount for r in rates if r.valid_from <= day <= r.valid_to)
        for day in (month.first_day + timedelta(days=n) for n in range(month.days))
    )
    lines = sum(len(draft.lines) for draft in settlement.drafts) or 1
    assert abs(2 * (settlement.amount * month.days - exact)) <= max(lines, 1) * month.days
    assert amount_again(settlement.explanations[NIGHT]) == settlement.amount


@settings(max_examples=30)
@given(rates=st.tuples(day_rates(), day_rates(), day_rates(per=RatePer.MONTH)), month=months)
def test_lump_sums_are_additive_over_scopes(rates, month):
    scopes = [lump_scope(unit, *of) for unit, of in zip((WARD, DENTAL, NIGHT), rates, strict=True)]
    together = settled(*scopes, month=month)
    apart = [settled(scope, month=month) for scope in scopes]
    assert together.amount == sum(one.amount for one in apart)
    assert [cap.due for cap in together.caps] == [
        cap.due for cap in sorted((cap for one in apart for cap in one.caps), key=lambda cap: cap.unit)
    ]


@settings(max_examples=40)
@given(
    history=st.lists(
        st.tuples(
            months, st.one_of(day_rates(), day_rates(per=RatePer.MONTH)), st.sets(days_of_2026, max_size=5)
        ),
        min_size=1,
        max_size=6,
    )
)
def test_through_any_changes_of_rates_the_templates_of_a_month_hold_what_its_last_calculation_says(history):
    """Totals conserved, nothing paid twice; a difference goes into a template of its own month."""
    templates = []
    for month, rates, closed in history:
        facts = {WARD: ScopeFacts(closed=frozenset(day for day in closed if day in month))}
        scope = lump_scope(WARD, *rates)
        before = len(templates)
        templates = issued(settled(scope, month=month, facts=facts, issued=templates), templates)
        fresh = settled(scope, month=month, facts=facts)
        of_month = [template for template in templates if template.month == month]
        assert holds(of_month, WARD) == fresh.amount
        assert all(template.month == month for template in templates[before:])
        assert all(templates[t.corrects - 1].month == t.month for t in templates if t.corrects)
        assert not settled(scope, month=month, facts=facts, issued=templates).drafts


@settings(max_examples=20)
@given(rates=day_rates(), month=months)
def test_there_is_no_float_in_a_lump_sum(rates, month):
    settlement = settled(
        lump_scope(WARD, *rates), lump_scope(NIGHT, year_rate(RatePer.MONTH, 7, 2026)), month=month
    )
    assert not any(isinstance(leaf, float) for leaf in leaves(settlement))
