"""Why an amount or a day is what it is: steps a clerk can follow and recompute by hand, as data.

Whoever calculates makes the explanation beside the result; it is stored with the result as JSON and shown
in the language of the reader. Amounts are grosze, units ×10,000, months yyyymm in JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text

Json = dict[str, Any]
"""A JSON object, ready for `json.dumps`: strings, whole numbers, booleans, lists and objects; no floats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what went in, by which rule, what came out.

    `rule` is a stable id such as `unit-price.room`; `demand` the number of the demand the rule meets (`R23`).
    `inputs` are pairs of label and value for people. `figures` are the same numbers for machines: pairs of a
    name and a whole number, enough to calculate `outcome` again from the explanation alone.
    """

    rule: str
    title: Text
    inputs: tuple[tuple[Text, Text], ...]
    basis: Basis
    outcome: Text
    demand: str = ""
    figures: tuple[tuple[str, int], ...] = ()

    def figure(self, name: str) -> int:
        """The number of that name. Raises KeyError."""
        return dict(self.figures)[name]

    def to_json(self) -> Json:
        """The step as a JSON object."""
        return {
            "rule": self.rule,
            "demand": self.demand,
            "title": self.title.to_json(),
            "inputs": [[label.to_json(), value.to_json()] for label, value in self.inputs],
            "figures": [[name, number] for name, number in self.figures],
            "basis": {"reference": self.basis.reference.to_json(), "confirmed": self.basis.confirmed},
            "outcome": self.outcome.to_json(),
        }

    @classmethod
    def from_json(cls, data: Json) -> Self:
        """The reverse of `to_json`."""
        basis = data["basis"]
        return cls(
            rule=data["rule"],
            demand=data["demand"],
            title=Text.from_json(data["title"]),
            inputs=tuple((Text.from_json(label), Text.from_json(value)) for label, value in data["inputs"]),
            figures=tuple((name, number) for name, number in data["figures"]),
            basis=Basis(Text.from_json(basis["reference"]), confirmed=basis["confirmed"]),
            outcome=Text.from_json(data["outcome"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """One month of the settlement period in one cap unit, in grosze.

    `performed` and `waiting` belong to the reporting month of the positions; `paid_before` (issued templates,
    corrections included) and `due_now` to the month of the template. `plan_cumulated` is the plan up to and
    including this month.
    """

    month: Month
    performed: int
    plan: int
    plan_cumulated: int
    paid_before: int
    due_now: int
    waiting: int

    def to_json(self) -> Json:
        """The row as a JSON object."""
        return {
            "month": self.month.number,
            "performed": self.performed,
            "plan": self.plan,
            "plan_cumulated": self.plan_cumulated,
            "paid_before": self.paid_before,
            "due_now": self.due_now,
            "waiting": self.waiting,
        }

    @classmethod
    def from_json(cls, data: Json) -> Self:
        """The reverse of `to_json`."""
        return cls(**(data | {"month": Month.from_number(data["month"])}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The steps in the order in which they were taken, and the month table where there is one."""

    title: Text
    steps: tuple[Step, ...]
    months: tuple[MonthRow, ...] = ()

    def step(self, rule: str) -> Step:
        """The step of that rule. Raises KeyError when it was not taken."""
        return {step.rule: step for step in self.steps}[rule]

    def to_json(self) -> Json:
        """The explanation as a JSON object."""
        return {
            "title": self.title.to_json(),
            "steps": [step.to_json() for step in self.steps],
            "months": [row.to_json() for row in self.months],
        }

    @classmethod
    def from_json(cls, data: Json) -> Self:
        """The reverse of `to_json`."""
        return cls(
            title=Text.from_json(data["title"]),
            steps=tuple(Step.from_json(step) for step in data["steps"]),
            months=tuple(MonthRow.from_json(row) for row in data["months"]),
        )
