"""A second report corrects the first: what it should find, and what counts after both."""

from collections import Counter
from io import BytesIO

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad.columns import RAW_COLUMNS
from rozlicz.sample.corrections import CorrectionShares, write_corrections
from rozlicz.sample.reports import every_kind, possible_kinds, write_report
from rozlicz.verification.checker import Checker, Terms
from tests.sample.world import MONTH, NOW, REPORTING, TODAY, provider_of


class Remembered:
    """The portal's memory of earlier reports, for one provider, as verification asks for it."""

    def __init__(self):
        self.versions = {}
        self.counting = {}

    def latest_versions(self, service_ids):
        known = [(one, self.versions[one]) for one in service_ids if one in self.versions]
        return pl.DataFrame(known, schema={"service_id": pl.String, "latest_version": pl.Int64}, orient="row")

    def same_service(self, keys):
        services = {}
        for service, positions in self.counting.items():
            for position in positions:
                services.setdefault(position["duplicate_key"], set()).add(service)
        found = [(row, service) for row, key in keys.iter_rows() for service in sorted(services.get(key, ()))]
        return pl.DataFrame(found, schema={"row": pl.Int64, "other_service_id": pl.String}, orient="row")

    def take(self, positions):
        services = {}
        for position in positions.iter_rows(named=True):
            services.setdefault((position["service_id"], position["service_version_number"]), []).append(
                position
            )
        for (service, version), of in services.items():
            accepted = [one for one in of if one["accepted"] and not one["deleted"]]
            if version is None or not any(one["accepted"] for one in of):
                self.versions.setdefault(service, version or 0)
                continue
            self.versions[service] = version
            self.counting[service] = accepted

    def performed(self):
        units = Counter()
        for positions in self.counting.values():
            for one in positions:
                key = (
                    one["contract"],
                    one["scope"],
                    one["distinguisher_number"],
                    one["product"],
                    one["price"],
                )
                units[key] += one["units"]
        return units


def two_reports(provider, *, positions=400, share=0.3, corrections, seed=2):
    contracts = provider.contracts_in(MONTH)
    errors = every_kind(share, possible_kinds(contracts, MONTH, TODAY))
    same = {"contracts": contracts, "month": MONTH, "positions": positions, "seed": seed, "errors": errors}
    sent = {"installation": provider.installation, "generated_at": NOW}
    first, second = BytesIO(), BytesIO()
    write_report(first, **same, **sent, generation=1)
    expected = write_corrections(
        second, **same, **sent, generation=2, first_generated_on=TODAY, corrections=corrections
    )
    return first, second, expected


def checked(report, provider, history):
    with SwiadReader(report) as reader:
        checker = Checker(
            terms=Terms.of(provider.contracts_in(MONTH)),
            provider=provider.party.code,
            branch="05",
            received_on=TODAY,
            history=history,
        )
        nothing = pl.DataFrame(schema=RAW_COLUMNS)
        results = [checker.check(batch) for batch in reader] or [checker.check(nothing)]
    return pl.concat(one.positions for one in results), pl.concat(one.findings for one in results)


def assert_both_agree(provider, first, second, expected):
    history = Remembered()
    positions, _ = checked(first, provider, history)
    history.take(positions)
    positions, findings = checked(second, provider, history)
    # A planted twin of another service may be corrected: then it resembles what was reported before, which is only
    # a warning.
    assert set(findings["code"]) <= {"59908005"}
    report = expected.report
    assert positions["deleted"].sum() == report.deletions
    assert positions.filter(~pl.col("deleted")).height == report.accepted
    assert report.rejected == 0
    assert positions.filter(~pl.col("deleted"))["value"].sum() == report.accepted_value
    history.take(positions)
    after = {tuple(line[:5]): line.units for line in expected.performed if line.units}
    assert +history.performed() == after


@pytest.mark.slow
@pytest.mark.parametrize("provider", REPORTING, ids=lambda provider: provider.kind)
def test_corrections_are_accepted_and_change_what_counts(provider):
    corrections = CorrectionShares(put_right=0.8, changed=0.2, deleted=0.1)
    first, second, expected = two_reports(provider, corrections=corrections)
    assert expected.report.deletions > 0
    assert expected.report.accepted > 50
    assert_both_agree(provider, first, second, expected)


@pytest.mark.slow
@settings(max_examples=10)
@given(
    seed=st.integers(0, 9999),
    put_right=st.floats(0, 1),
    changed=st.floats(0, 0.5),
    deleted=st.floats(0, 0.5),
)
def test_both_agree_for_any_shares(seed, put_right, changed, deleted):
    provider = provider_of("dentists")
    corrections = CorrectionShares(put_right=put_right, changed=changed, deleted=deleted)
    first, second, expected = two_reports(provider, corrections=corrections, seed=seed, positions=80)
    assert_both_agree(provider, first, second, expected)


@pytest.mark.slow
def test_everything_can_be_deleted():
    provider = provider_of("clinic")
    everything = CorrectionShares(put_right=0, changed=0, deleted=1)
    first, second, expected = two_reports(provider, corrections=everything, share=0)
    assert expected.performed == ()
    assert_both_agree(provider, first, second, expected)


@pytest.mark.slow
def test_the_same_corrections_come_out_again():
    corrections = CorrectionShares()
    one, other = (two_reports(provider_of("doctor"), corrections=corrections)[1].getvalue() for _ in range(2))
    assert one == other
