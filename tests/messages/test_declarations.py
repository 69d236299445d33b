"""Which list of declarations replaces which (R26): after the Fund's rules, and so that none is lost unseen."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.messages.declaration_replies import CATEGORY_NAMES, list_findings
from rozlicz.messages.declarations import Category, DeclarationList, Supersession, supersedes

ROUNDS = settings(max_examples=150)
NOVEMBER = Month(2026, 11)


def one(category: str, version: int, *, contract: str = "05/1", month: Month = NOVEMBER) -> DeclarationList:
    return DeclarationList(contract=contract, month=month, category=Category(category), version=version)


def test_a_first_report_is_taken_whole() -> None:
    arriving = (one("L", 1), one("P", 1))
    assert supersedes(arriving, []) == Supersession(taken=arriving)


def test_a_higher_version_replaces_the_list_of_its_category() -> None:
    outcome = supersedes([one("L", 2), one("P", 2)], [one("L", 1), one("P", 1)])
    assert outcome.taken == (one("L", 2), one("P", 2))
    assert outcome.replaced == (one("L", 1), one("P", 1))
    assert not outcome.deleted


def test_a_higher_list_alone_deletes_the_others_of_its_contract_and_month() -> None:
    outcome = supersedes([one("L", 2)], [one("L", 1), one("P", 1), one("O", 1)])
    assert outcome.replaced == (one("L", 1),)
    assert outcome.deleted == (one("P", 1), one("O", 1))


@pytest.mark.parametrize("version", [1, 2])
def test_a_version_that_is_not_higher_is_stale(version: int) -> None:
    outcome = supersedes([one("L", version)], [one("L", 2), one("P", 2)])
    assert outcome.stale == ((one("L", version), one("L", 2)),)
    assert outcome.kept == (one("L", 2), one("P", 2))
    assert not outcome.taken


def test_one_stale_list_keeps_the_whole_report_out() -> None:
    """Only the physicians' list was raised: by the letter of the rule the nurses' list would be lost."""
    standing = (one("L", 2), one("P", 2))
    outcome = supersedes([one("L", 3), one("P", 2)], standing)
    assert outcome == Supersession(stale=((one("P", 2), one("P", 2)),), kept=standing)


def test_a_new_category_that_is_not_higher_is_added() -> None:
    outcome = supersedes([one("M", 1)], [one("L", 2)])
    assert outcome.taken == (one("M", 1),)
    assert outcome.kept == (one("L", 2),)


def test_a_new_category_that_is_higher_deletes_the_others() -> None:
    assert supersedes([one("M", 3)], [one("L", 2)]).deleted == (one("L", 2),)


def test_other_contracts_and_months_are_not_touched() -> None:
    standing = (one("L", 1, contract="05/2"), one("P", 1, month=Month(2026, 10)))
    outcome = supersedes([one("L", 9)], standing)
    assert outcome.kept == standing


def test_a_category_twice_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="two lists"):
        supersedes([one("L", 1), one("L", 2)], [])


KEYS = st.tuples(st.sampled_from(["05/1", "05/2"]), st.sampled_from([10, 11]), st.sampled_from(Category))


def lists(contracts=KEYS):
    keyed = st.dictionaries(contracts, st.integers(1, 4), max_size=6)
    return keyed.map(
        lambda found: tuple(
            DeclarationList(contract=contract, month=Month(2026, month), category=category, version=version)
            for (contract, month, category), version in found.items()
        )
    )


REPORTS = lists(st.tuples(st.just("05/1"), st.just(11), st.sampled_from(Category)))


@pytest.mark.slow
@ROUNDS
@given(REPORTS, lists())
def test_every_standing_list_has_exactly_one_fate(arriving, standing) -> None:
    outcome = supersedes(arriving, standing)
    fates = (*outcome.replaced, *outcome.deleted, *outcome.kept)
    assert sorted(map(repr, fates)) == sorted(map(repr, standing))
    assert outcome.taken in ((), arriving)
    if outcome.stale:
        assert outcome.kept == standing
    for gone in (*outcome.replaced, *outcome.deleted):
        assert any(new.version > gone.version for new in arriving)


@pytest.mark.slow
@ROUNDS
@given(REPORTS.filter(bool), lists())
def test_the_same_report_is_never_taken_twice(arriving, standing) -> None:
    outcome = supersedes(arriving, standing)
    if outcome.taken:
        after = (*outcome.kept, *outcome.taken)
        assert len({(found.contract, found.month, found.category) for found in after}) == len(after)
        assert len(supersedes(arriving, after).stale) == len(arriving)


def test_a_provider_is_told_what_is_stale_and_what_goes() -> None:
    [(of, stale)] = list_findings(supersedes([one("L", 1)], [one("L", 2)]))
    assert (of, stale.code, stale.severity) == (one("L", 1), "dekl-list-stale", "error")
    assert "lekarza POZ za listopad 2026 ma wersję 1" in stale.message.pl
    assert "co najmniej 3" in stale.remedy.pl
    [(of, gone)] = list_findings(supersedes([one("L", 3)], [one("P", 2)]))
    assert (of, gone.code, gone.severity) == (one("P", 2), "dekl-list-deleted", "warning")
    assert "of nurses for November 2026 (version 2)" in gone.message.en
    assert not list_findings(supersedes([one("L", 3)], [one("L", 2)]))


def test_every_category_has_a_name() -> None:
    assert set(CATEGORY_NAMES) == set(Category)
