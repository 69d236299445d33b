"""Chance that repeats: the same seed gives the same choices on every machine and Python version."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """A source of choices named by a seed and what it is for.

    Only `Random.random()` is used: it is the one method whose sequence Python promises to keep.
    """

    def __init__(self, *names: object) -> None:
        self.random = Random("/".join(str(name) for name in names)).random  # noqa: S311  (sample data, no secret)

    def below(self, bound: int) -> int:
        """A whole number from 0 to `bound` − 1."""
        return int(self.random() * bound)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[int(self.random() * len(items))]

    def chance(self, share: float) -> bool:
        """True in that share of the calls."""
        return self.random() < share

    def digits(self, count: int) -> str:
        """A run of decimal digits."""
        return "".join(str(self.below(10)) for _ in range(count))

    def characters(self, alphabet: str, count: int) -> str:
        """A run of characters of an alphabet."""
        return "".join(self.pick(alphabet) for _ in range(count))
