"""The positions behind a line come out as they went in, however many there are."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.settlement.books import Key
from rozlicz.settlement.drafts import Allocations

ENTRIES = st.lists(
    st.tuples(
        st.tuples(
            st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), st.integers(0, 99)
        ),
        st.integers(-(10**12), 10**12),
    ),
    max_size=20,
)


def filled(entries: list[tuple[Key, int]]) -> Allocations:
    """Allocations with these entries."""
    allocations = Allocations()
    for key, units in entries:
        allocations.add(key, units)
    return allocations


@given(ENTRIES)
def test_positions_come_out_as_they_went_in(entries: list[tuple[Key, int]]) -> None:
    assert list(filled(entries)) == entries
    assert len(filled(entries)) == len(entries)


@pytest.mark.parametrize("count", [0, 999, 1_000, 1_001, 2_000, 2_500])
def test_a_line_may_be_iterated_more_than_once_whatever_its_length(count: int) -> None:
    entries = [((f"S{n}" if n % 7 else "", n % 3), n) for n in range(count)]
    allocations = filled(entries)
    assert list(allocations) == list(allocations) == entries
    assert len(allocations) == count


@pytest.mark.slow
def test_a_position_of_a_line_takes_less_memory_than_its_identifier_alone_would() -> None:
    count = 50_000
    tracemalloc.start()
    try:
        allocations = Allocations()
        for n in range(count):
            allocations.add((f"26100007-{n:07d}", 1), 450_000)
        used, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert used / count < 60
