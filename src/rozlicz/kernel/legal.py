"""The law has dates: every number that comes from a rule is a dated parameter with its legal basis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from rozlicz.kernel.texts import Text

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule stands, as a reader would look it up.

    `reference` names act and place. `confirmed` is False where the place was only remembered or is a
    policy of this house: what is shown to users says so.
    """

    reference: Text
    confirmed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling(Generic[Value]):
    """A parameter's value from one day on, for all branches or for one."""

    value: Value
    since: date
    basis: Basis
    branch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Generic[Value]):
    """A named number, term or policy and the values it has had."""

    name: str
    meaning: Text
    rulings: tuple[Ruling[Value], ...]

    def on(self, day: date, branch: str | None = None) -> Ruling[Value]:
        """The ruling in force on a day; a branch's own goes before the general one, the newest first.

        Raises LookupError when there is none: a parameter without a value is a programmer's mistake.
        """
        fitting = [r for r in self.rulings if r.since <= day and r.branch in (None, branch)]
        if not fitting:
            raise LookupError(f"parameter {self.name} has no value on {day} for branch {branch}")
        return max(fitting, key=lambda r: (r.branch is not None, r.since))
