"""docs/settlement.md: its example runs, and every step it lists is one the explanation takes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from rozlicz.kernel.months import Month
from tests import world
from tests.settlement.ledger import FEB
from tests.settlement.test_explanation import of_february

DOCUMENT = (Path(__file__).parents[2] / "docs" / "settlement.md").read_text(encoding="utf-8")


def test_the_example_for_callers_runs(capsys):
    (example,) = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    exec(example, {"Month": Month, "date": date, "contract": world.contract()})
    assert capsys.readouterr().out.splitlines()[0] == "None 2026-02  7140"


def test_the_steps_of_the_explanation_are_the_listed_ones():
    listed = re.findall(r"^\| `(unit-price\.[a-z-]+)` \|", DOCUMENT, re.MULTILINE)
    (cap,) = of_february().settled(FEB).caps
    assert [step.rule for step in cap.explanation.steps] == listed
