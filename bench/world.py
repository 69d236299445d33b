"""What is measured: a sample clinic with room for all it reports, and its reports, the same every time."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract, Scope
from rozlicz.sample.branch import SampleProvider, make_branch
from rozlicz.sample.reports import every_kind, possible_kinds, write_report

FOLDER = Path(os.environ.get("ROZLICZ_DATA", "build/bench"), "bench").absolute()
"""Everything that the benchmark leaves, beside whatever else lies in the data folder."""
MONTH = Month(2026, 10)
NOON = datetime(2026, 11, 3, 12, tzinfo=ZoneInfo("Europe/Warsaw"))
SHARE_OF_MISTAKES = 0.02
SEED = 7
_ROOM = 10**13  # units ×10,000 a month and scope: more than three million positions need


def clinic() -> SampleProvider:
    """The provider."""
    today = NOON.date()
    return next(one for one in make_branch(SEED, today=today).providers if one.kind == "clinic")


def contract() -> Contract:
    """Its contract, with a plan that no report exhausts: every accepted position is billed."""
    terms = next(one for one in clinic().contracts_in(MONTH) if one.kind == "AOS")
    return replace(terms, scopes=tuple(_with_room(scope) for scope in terms.scopes))


def _with_room(scope: Scope) -> Scope:
    return replace(scope, plan=tuple(replace(month, units=_ROOM) for month in scope.plan))


def report(positions: int) -> Path:
    """Where the report of that size lies: plain XML."""
    return FOLDER / "reports" / f"{positions}.xml"


def write(positions: int) -> None:
    """Write it, with all kinds of mistakes on a share of its positions."""
    terms, day = contract(), date(2026, 11, 3)
    report(positions).parent.mkdir(parents=True, exist_ok=True)
    write_report(
        report(positions),
        contracts=[terms],
        month=MONTH,
        positions=positions,
        seed=SEED,
        errors=every_kind(SHARE_OF_MISTAKES, possible_kinds([terms], MONTH, day)),
        installation=clinic().installation,
        generation=1,
        generated_at=NOON.replace(tzinfo=None),
        zipped=False,
    )
