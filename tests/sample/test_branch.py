"""The demonstration branch: several kinds of providers, well-formed numbers, real-looking contracts."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.identifiers import (
    LONG_INSTALLATION_ID,
    PRODUCT_CODE,
    PROVIDER_CODE,
    SCOPE_CODE,
    SHORT_INSTALLATION_ID,
    is_bank_account,
    is_nip,
    is_regon,
)
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import LegalForm, SettledBy
from rozlicz.sample.branch import SampleBranch, make_branch

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def branch() -> SampleBranch:
    return make_branch(7, today=TODAY)


def test_same_seed_gives_the_same_branch(branch):
    assert make_branch(7, today=TODAY) == branch


def test_another_seed_gives_other_numbers(branch):
    other = make_branch(8, today=TODAY)
    assert {p.party.nip for p in other.providers}.isdisjoint({p.party.nip for p in branch.providers})


def test_it_has_every_kind_of_provider_and_every_legal_form_of_r15(branch):
    assert [p.kind for p in branch.providers] == [
        "hospital",
        "clinic",
        "health-centre",
        "dentists",
        "doctor",
        "doctors",
        "nurse",
        "spa",
    ]
    assert {p.party.legal_form for p in branch.providers} == set(LegalForm)
    for provider in branch.providers:
        # R15: where the names of unit and company differ, both are known; a practice is named after a person.
        assert bool(provider.party.company_name) == (provider.party.legal_form is LegalForm.NON_PUBLIC_UNIT)


@pytest.mark.slow
@settings(max_examples=25)
@given(
    seed=st.integers(0, 10**9),
    code=st.sampled_from(["04", "05", "16"]),
    today=st.dates(date(2020, 1, 1), date(2030, 12, 31)),
)
def test_numbers_are_well_formed_and_nobody_shares_one(seed, code, today):
    branch = make_branch(seed, branch=code, today=today, providers=20)
    for provider in branch.providers:
        assert _matches(PROVIDER_CODE, provider.party.code)
        assert provider.party.code.startswith(code)
        assert is_nip(provider.party.nip)
        assert is_regon(provider.party.regon)
        assert is_bank_account(provider.bank_account)
        assert _matches(SHORT_INSTALLATION_ID, provider.installation.short)
        assert _matches(LONG_INSTALLATION_ID, provider.installation.long)
        assert provider.installation.long.startswith(code)
    for unique in (
        lambda p: p.party.code,
        lambda p: p.party.name,
        lambda p: p.party.nip,
        lambda p: p.party.regon,
        lambda p: p.bank_account,
        lambda p: p.installation.short,
    ):
        assert len({unique(p) for p in branch.providers}) == 20
    current = [c for p in branch.providers for c in p.current_contracts]
    assert len({c.code for c in current}) == len(current)


def test_contracts_cover_the_year_of_today(branch):
    for contract in branch.contracts():
        assert (contract.valid_from, contract.valid_to) == (date(2026, 1, 1), date(2026, 12, 31))
        assert len(contract.code) <= 24
        for scope in contract.scopes:
            assert _matches(SCOPE_CODE, scope.code)
            assert [row.month.month for row in scope.plan] == list(range(1, len(scope.plan) + 1))
            assert len(scope.unit_name) <= 10
            assert all(row.units > 0 and row.price > 0 for row in scope.plan)
            assert all(_matches(PRODUCT_CODE, product.code) for product in scope.products)


def test_in_january_the_contracts_of_the_year_before_are_there_too():
    branch = make_branch(7, today=date(2027, 1, 5))
    years = {contract.valid_from.year for contract in branch.contracts()}
    assert years == {2026, 2027}
    assert branch.providers[0].contracts_in(Month(2026, 12))


def test_contracts_show_what_verification_and_settlement_must_handle(branch):
    scopes = [scope for contract in branch.contracts() for scope in contract.scopes]
    assert any(scope.unlimited for scope in scopes)
    assert {len(scope.plan) for scope in scopes} == {6, 12}
    assert any(scope.settled_by is SettledBy.SPA_SYSTEM for scope in scopes)
    assert any(product.min_age for scope in scopes for product in scope.products)
    assert any(product.max_age is not None for scope in scopes for product in scope.products)
    hospital = branch.provider("050101")
    women = [s.distinguisher for s in hospital.contracts[0].scopes if s.code == "03.4450.260.02"]
    assert women == [1, 2]
    assert {c.use.value for c in hospital.contracts[0].coefficients} == {"S", "M", "N", "I"}
    halves = branch.provider("050106").contracts[0].settlement_periods
    assert halves == (
        SettlementPeriod(Month(2026, 1), Month(2026, 6)),
        SettlementPeriod(Month(2026, 7), Month(2026, 12)),
    )


def test_the_annex_raises_the_plan_after_it_was_signed_and_not_before(branch):
    before, after, _ = branch.provider("050102").contracts
    assert (before.annex, after.annex) == (0, 1)
    assert before.code == after.code
    assert after.amount > before.amount
    for old, new in zip(before.scopes[0].plan, after.scopes[0].plan, strict=True):
        assert (new.units > old.units) == (new.month > Month.of(after.annexed_on))
    assert branch.provider("050102").current_contracts[0] is after


def _matches(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern.strip("^$"), text) is not None
