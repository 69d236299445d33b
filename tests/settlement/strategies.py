"""Random contracts, performances and histories for the invariants of settlement by unit price."""

from __future__ import annotations

from hypothesis import strategies as st

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.settlement.unit_price import Policy
from tests import world
from tests.settlement.ledger import Ledger, contract_of, plan_of

YEAR_START = Month(world.YEAR, 1)
MONTHS = tuple(YEAR_START.plus(number) for number in range(4))

units = st.one_of(st.integers(2, 60_000), st.integers(1, 6).map(lambda whole: whole * 10_000))
planned_units = st.one_of(
    st.just(0), st.integers(0, 150_000), st.integers(0, 12).map(lambda whole: whole * 10_000)
)
prices = st.one_of(st.sampled_from([107, 1000, 1001, 129, 33, 1]), st.integers(1, 30_000))
policies = st.builds(Policy, carry_over=st.booleans(), boundary_position=st.sampled_from(["split", "whole"]))
bills = st.sampled_from([("", ""), ("EHIC-1", "DE"), ("EHIC-2", "IT")])
products = st.sampled_from([world.VISIT, world.SPECIALIST_VISIT])
months = st.sampled_from(MONTHS)

periods = st.sampled_from(
    [
        (SettlementPeriod(MONTHS[0], MONTHS[3]),),
        (SettlementPeriod(MONTHS[0], MONTHS[1]), SettlementPeriod(MONTHS[2], MONTHS[3])),
    ]
)


limited = st.just(value=False)


@st.composite
def ledgers(draw, policy=policies, unlimited=limited):
    """A ledger of four months in one or two settlement periods, nothing performed yet."""
    scope = plan_of(*draw(st.tuples(*[planned_units] * 4)), price=draw(prices), unlimited=draw(unlimited))
    return Ledger(contract_of(scope, periods=draw(periods)), draw(policy))


performance = st.lists(st.tuples(months, units, products, bills), max_size=14)


def perform(ledger: Ledger, positions) -> None:
    """Accept positions of one unit cap."""
    for month, amount, product, (bill, country) in positions:
        ledger.perform(month, amount, product=product, bill=bill, country=country)


acts = st.lists(
    st.one_of(
        st.tuples(st.just("perform"), months, units, products, bills),
        st.tuples(st.just("delete"), st.integers(0, 20)),
        st.tuples(st.just("units"), st.integers(0, 20), units),
        st.tuples(st.just("product"), st.integers(0, 20), products),
        st.tuples(st.just("bill"), st.integers(0, 20), bills),
        st.tuples(st.just("month"), st.integers(0, 20), months),
        st.tuples(st.just("plan"), months, planned_units, prices),
        st.tuples(st.just("calculate"), months),
        st.tuples(st.just("calculate"), months),
        st.tuples(st.just("calculate"), months),
    ),
    min_size=3,
    max_size=25,
)
"""What can happen to a contract, in any order; the numbers choose among the positions there are."""
