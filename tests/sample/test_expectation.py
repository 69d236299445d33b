"""The strongest mutual check: what the generator planted is what the payer's checks find, and nothing else."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.sample.branch import make_branch
from rozlicz.sample.faults.catalogue import FAULTS
from rozlicz.sample.patients import Shares
from rozlicz.sample.reports import every_kind, possible_kinds, write_report
from rozlicz.verification.catalogue import RULES
from tests.sample.world import MONTH, NOW, REPORTING, TODAY, provider_of, verdict_on

WITH_FOREIGNERS = Shares(coordinated=0.05, decisions=0.03)

NOT_PLANTED = {
    "50101009": "a contract of another provider cannot be in the provider's own files",
    "59902009": "ended in 2012",
    "59904008": "the branch has closed the month, which no report shows",
    "59904009": "likewise, for services named in an unlocking",
    "59902010": "a number of that length is nobody's mistake, but an attack",
    "59907002": "nor one of another branch",
    "59907003": "the sample's contracts are all signed",
    "59908004": "needs earlier reports",
    "59908005": "needs earlier reports",
    "59908006": "needs earlier reports",
    "59908007": "cannot be said in a report: a deleted service has no data",
}


def write(provider, errors, *, positions=200, seed=1, month=MONTH, now=NOW, shares=WITH_FOREIGNERS):
    target = BytesIO()
    contracts = provider.contracts_in(month)
    expected = write_report(
        target,
        contracts=contracts,
        month=month,
        positions=positions,
        seed=seed,
        errors=errors,
        installation=provider.installation,
        generation=1,
        generated_at=now,
        shares=shares,
        zipped=False,
    )
    return target.getvalue(), contracts, expected


def assert_agree(found, expected):
    assert found.findings == expected.findings
    assert (found.accepted, found.rejected) == (expected.accepted, expected.rejected)
    assert found.accepted_value == expected.accepted_value
    assert found.rejected_value == expected.rejected_value
    assert found.deletions == expected.deletions
    assert +found.at_stake == {code: value for code, value in expected.at_stake.items() if value}
    units = {tuple(line[:5]): line.units for line in expected.performed}
    assert dict(found.performed) == units


def opportunity_for(kind):
    """A provider and a month of the sample in which that mistake can be made."""
    for month in (MONTH, Month(2026, 3)):
        for provider in REPORTING:
            if kind in possible_kinds(provider.contracts_in(month), month, TODAY):
                return provider, month
    raise AssertionError(f"no sample provider can make the mistake {kind}")


@pytest.mark.slow
@pytest.mark.parametrize("kind", FAULTS)
def test_each_kind_of_mistake_is_found_by_exactly_its_rules(kind):
    provider, month = opportunity_for(kind)
    report, contracts, expected = write(provider, {kind: 0.2}, month=month)
    assert set(expected.findings) == set(FAULTS[kind].codes)
    assert expected.planted[kind] >= 1
    assert_agree(verdict_on(report, contracts), expected)


@pytest.mark.parametrize("provider", REPORTING, ids=lambda provider: provider.kind)
def test_a_report_without_mistakes_is_accepted_whole(provider):
    report, contracts, expected = write(provider, {}, positions=500)
    assert expected.findings == {}
    assert expected.accepted == 500
    assert_agree(verdict_on(report, contracts), expected)


@pytest.mark.slow
@pytest.mark.parametrize("provider", REPORTING, ids=lambda provider: provider.kind)
def test_all_mistakes_mixed_are_found_each_where_it_is(provider):
    kinds = possible_kinds(provider.contracts_in(MONTH), MONTH, TODAY)
    report, contracts, expected = write(provider, every_kind(0.6, kinds), positions=1500)
    assert set(expected.planted) == set(kinds)
    assert_agree(verdict_on(report, contracts, batch_size=333), expected)


@pytest.mark.slow
@settings(max_examples=15)
@given(
    seed=st.integers(0, 9999),
    number=st.integers(0, 6),
    month=st.integers(1, 11),
    share=st.floats(0, 1),
    chosen=st.sets(st.sampled_from(sorted(FAULTS)), max_size=12),
)
def test_both_agree_for_any_seed_month_and_mixture(seed, number, month, share, chosen):
    provider = make_branch(seed, today=TODAY).providers[number]
    at = Month(2026, month)
    kinds = chosen & set(possible_kinds(provider.contracts_in(at), at, TODAY))
    errors = every_kind(share, sorted(kinds)) if kinds else {}
    report, contracts, expected = write(provider, errors, seed=seed, month=at, positions=150)
    assert_agree(verdict_on(report, contracts), expected)


def test_the_running_month_is_reported_up_to_today():
    report, contracts, expected = write(provider_of("clinic"), {}, month=Month(2026, 11), positions=300)
    verdict = verdict_on(report, contracts)
    assert_agree(verdict, expected)
    assert max(verdict.frames[0]["day_to"]) <= TODAY


def test_every_rule_that_can_be_broken_by_a_report_alone_is_broken_by_some_mistake():
    planted = {code for fault in FAULTS.values() for code in fault.codes}
    assert {rule.code for rule in RULES} == planted | set(NOT_PLANTED)
