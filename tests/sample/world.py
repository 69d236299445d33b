"""What the tests of the generator share: a branch, a month, and the payer's checks as the other opinion."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO

import polars as pl

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract
from rozlicz.messages.swiad import SwiadReader
from rozlicz.sample.branch import SampleProvider, make_branch
from rozlicz.verification.checker import Checker, History, Terms

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 10, 0)
MONTH = Month(2026, 10)
BRANCH = make_branch(7, today=TODAY)
REPORTING = tuple(provider for provider in BRANCH.providers if provider.kind != "spa")


def provider_of(kind: str) -> SampleProvider:
    return next(provider for provider in BRANCH.providers if provider.kind == kind)


@dataclass
class Verdict:
    """What verification says of a report, in the words of an expectation."""

    accepted: int = 0
    rejected: int = 0
    accepted_value: int = 0
    rejected_value: int = 0
    deletions: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    at_stake: Counter[str] = field(default_factory=Counter)
    performed: Counter[tuple[object, ...]] = field(default_factory=Counter)
    frames: list[pl.DataFrame] = field(default_factory=list)


def verdict_on(
    report: bytes,
    contracts: tuple[Contract, ...],
    *,
    received_on: date = TODAY,
    history: History | None = None,
    batch_size: int = 50_000,
) -> Verdict:
    verdict = Verdict()
    with SwiadReader(BytesIO(report), batch_size=batch_size) as reader:
        checker = Checker(
            terms=Terms.of(contracts),
            provider=reader.header.sender,
            branch=reader.header.receiver,
            received_on=received_on,
            history=history,
        )
        for batch in reader:
            checked = checker.check(batch)
            _add(verdict, checked.positions, checked.findings)
    return verdict


def _add(verdict: Verdict, positions: pl.DataFrame, findings: pl.DataFrame) -> None:
    verdict.frames.append(positions)
    verdict.deletions += positions["deleted"].sum()
    reported = positions.filter(~pl.col("deleted"))
    accepted, rejected = reported.filter("accepted"), reported.filter(~pl.col("accepted"))
    verdict.accepted += accepted.height
    verdict.rejected += rejected.height
    verdict.accepted_value += accepted["value"].sum()
    verdict.rejected_value += rejected["value"].sum()
    for code, value in findings.select("code", "value").iter_rows():
        verdict.findings[code] += 1
        verdict.at_stake[code] += value
    keys = ("contract", "scope", "distinguisher_number", "product", "price")
    for *key, units in accepted.select(*keys, "units").iter_rows():
        verdict.performed[tuple(key)] += units
