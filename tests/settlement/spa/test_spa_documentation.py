"""docs/settlement.md on spa treatment: its steps are those of the explanations, its table of rates the parameter."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from rozlicz.kernel.money import format_amount
from rozlicz.messages.spa_stays import Exemption, GuardianStay, RoomKind, RoomUse, SpaExemption
from rozlicz.settlement.spa.lodging_rates import LODGING_RATES
from tests.settlement.spa.resort import leave, person, report, settled, stay

DOCUMENT = (Path(__file__).parents[3] / "docs" / "settlement.md").read_text(encoding="utf-8")
LISTED = dict(re.findall(r"^\| `(spa\.[a-z-]+)` \| (.*) \|$", DOCUMENT, re.MULTILINE))


def test_every_step_and_figure_is_listed():
    guardian = GuardianStay(person=person(9), arrived_on=date(2026, 3, 1), discharged_on=date(2026, 3, 22))
    exempt = stay(
        patient=person(1, date(2016, 1, 1)),
        exemption=Exemption(ground=SpaExemption.CHILD, statement_number="1", stated_on=date(2026, 3, 1)),
        absences=(leave("2026-03-08 08:00", "2026-03-08 22:00"),),
        guardians=(guardian,),
    )
    room = RoomUse(kind=RoomKind.DOUBLE_PLAIN, first_day=date(2026, 3, 1), last_day=date(2026, 3, 22))
    found = settled(report(exempt, stay("2", rooms=(room,)), stay("3", "2026-03-22", "2026-03-01")))
    (cap,) = found.settlement.caps
    steps = [step for explanation in (*found.explanations, cap.explanation) for step in explanation.steps]
    assert {step.rule for step in steps} == set(LISTED)
    for step in steps:
        named = {
            re.sub(r"\.\d{1,2}$", ".n", re.sub(r"\.\d{8}$", ".yyyymmdd", name)) for name, _ in step.figures
        }
        if "the same" not in LISTED[step.rule]:
            assert named <= set(re.findall(r"`([a-z.-]+)`", LISTED[step.rule])), step.rule


def test_the_table_of_rates_is_the_parameter():
    rows = re.findall(r"^\| \**(?:single|double|shared)[^|]*\| (.*) \|$", DOCUMENT, re.MULTILINE)
    assert len(rows) == len(RoomKind)
    for room, row in zip(RoomKind, rows, strict=True):
        for ruling, cell in zip(LODGING_RATES.rulings, row.split(" | "), strict=True):
            rates = ruling.value.get(room)
            shown = "–" if rates is None else " / ".join(format_amount(rate, "en")[4:] for rate in rates)
            assert cell.strip("*") == shown
