"""The payer's checks of a report without the portal, batch by batch, in memory that does not grow with the report.

Findings are counted by rule as they come and handed on; only the first records of each rule are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, Protocol

import polars as pl

from rozlicz.cli.installation import Installation
from rozlicz.cli.progress import Moved
from rozlicz.messages.contracts import Contract
from rozlicz.messages.header import Header
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.wire.header_checks import HeaderRefusal, check_header
from rozlicz.messages.wire.places import Unread
from rozlicz.messages.wire.refusals import MessageRefused
from rozlicz.verification.catalogue import RULES, rule_of
from rozlicz.verification.checker import Checked, Checker, Terms
from rozlicz.verification.findings import FINDINGS
from rozlicz.verification.history import LATEST_VERSIONS, SAME_SERVICE
from rozlicz.verification.rule import Circumstances, Rule, Severity

KIND = "SWIAD"

_RECORD = ("row", "line", "service_id", "service_version", "position")
_FOREIGN_CONTRACTS_NAMED = 20
_BATCH = 10_000
"""Positions checked at once: as fast as larger batches, in a third less memory than 50,000."""


class Found(NamedTuple):
    """One finding with the place of its record; what the provider wrote is None where it is missing."""

    row: int
    line: int
    service_id: str | None
    service_version: str | None
    position: str | None
    code: str
    severity: str
    parameters: str
    value: int


class Taker(Protocol):
    """Who gets every finding as it comes, in the order of the report."""

    def take(self, found: Sequence[Found]) -> None:
        """The next findings."""
        ...


@dataclass(slots=True)
class RuleTally:
    """What one rule found so far: records, value at stake in grosze, and the first records."""

    rule: Rule
    records: int = 0
    value: int = 0
    first: list[Found] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """Counts of positions and their values in grosze, and the findings by rule.

    `foreign_contracts`: contracts of the report that were not given, at most twenty. `kept`: how many first
    records of each rule are remembered.
    """

    kept: int
    known_contracts: frozenset[str]
    accepted: int = 0
    rejected: int = 0
    accepted_value: int = 0
    rejected_value: int = 0
    foreign_contracts: set[str] = field(default_factory=set)
    _by_rule: dict[str, RuleTally] = field(default_factory=dict)

    @property
    def positions(self) -> int:
        """All positions."""
        return self.accepted + self.rejected

    @property
    def by_rule(self) -> list[RuleTally]:
        """Errors first, then the costliest."""
        return sorted(
            self._by_rule.values(),
            key=lambda one: (one.rule.severity is not Severity.ERROR, -one.value, one.rule.code),
        )

    def add(self, positions: pl.DataFrame, found: pl.DataFrame) -> None:
        """Count a batch: its positions and its findings with their records."""
        accepted = positions.filter("accepted")
        value, accepted_value = int(positions["value"].sum()), int(accepted["value"].sum())
        self.accepted += accepted.height
        self.rejected += positions.height - accepted.height
        self.accepted_value += accepted_value
        self.rejected_value += value - accepted_value
        self._note_contracts(positions)
        for code, records, at_stake in (
            found.group_by("code").agg(pl.len(), pl.col("value").sum()).iter_rows()
        ):
            tally = self._by_rule.setdefault(code, RuleTally(rule_of(code)))
            tally.records += records
            tally.value += at_stake
            if len(tally.first) < self.kept:
                more = found.filter(code=code).head(self.kept - len(tally.first))
                tally.first += map(Found._make, more.iter_rows())

    def _note_contracts(self, positions: pl.DataFrame) -> None:
        room = _FOREIGN_CONTRACTS_NAMED - len(self.foreign_contracts)
        if room > 0:
            named = positions["contract"].drop_nulls().unique().to_list()
            foreign = sorted(set(named) - self.known_contracts - self.foreign_contracts)
            self.foreign_contracts.update(foreign[:room])


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What is to be checked, and under which circumstances: `now` is naive Warsaw time."""

    source: Path
    contracts: tuple[Contract, ...]
    installation: Installation | None
    now: datetime

    @property
    def provider(self) -> str:
        """The code of the provider whose contracts were given."""
        return self.contracts[0].provider.code

    @property
    def branch(self) -> str:
        """The branch whose contracts were given."""
        return self.contracts[0].branch

    @property
    def received_on(self) -> date:
        """The day on which the report is taken to be sent."""
        return self.now.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result: `header` is None and `refused` tells why when the file could not be read as a report.

    A report that is refused as a whole, for its header or because it cannot be read to its end, has no
    accepted position in the portal, whatever the tally says. `unread`: what the report holds and no rule sees.
    """

    header: Header | None
    header_refusals: tuple[HeaderRefusal, ...]
    refused: MessageRefused | None
    tally: Tally
    unread: tuple[Unread, ...] = ()

    @property
    def accepted(self) -> bool:
        """Whether the portal would reject nothing."""
        return self.refused is None and not self.header_refusals and not self.tally.rejected


def run(
    check: Check,
    *,
    kept: int,
    takers: Sequence[Taker] = (),
    moved: Moved,
    checked_too: Callable[[pl.DataFrame], None] | None = None,
) -> Outcome:
    """Check a report. `kept` records of each rule stay in the tally, all findings go to the takers.

    `checked_too` is given the positions of each batch, as `Checked` has them.
    """
    tally = Tally(kept=kept, known_contracts=frozenset(one.code for one in check.contracts))
    checker = Checker(
        terms=Terms.of(check.contracts),
        provider=check.provider,
        branch=check.branch,
        received_on=check.received_on,
    )
    header: Header | None = None
    refusals: tuple[HeaderRefusal, ...] = ()
    unread: tuple[Unread, ...] = ()
    try:
        with SwiadReader(check.source, _BATCH) as reader:
            header = reader.header
            refusals = _header_refusals(check, header)
            for batch in reader:
                checked = checker.check(batch)
                found = with_records(checked)
                tally.add(checked.positions, found)
                if checked_too is not None:
                    checked_too(checked.positions)
                if takers:
                    rows = list(map(Found._make, found.iter_rows()))
                    for taker in takers:
                        taker.take(rows)
                moved(reader.bytes_read, reader.total_bytes, reader.rows_read)
            unread = tuple(reader.unread.values())
    except MessageRefused as refused:
        return Outcome(header=header, header_refusals=refusals, refused=refused, tally=tally)
    return Outcome(header=header, header_refusals=refusals, refused=None, tally=tally, unread=unread)


def with_records(checked: Checked) -> pl.DataFrame:
    """The findings of a batch with the place of their records: the columns of `Found`."""
    places = checked.positions.select(_RECORD)
    return checked.findings.join(places, on="row", how="left", maintain_order="left").select(
        *_RECORD, *(name for name in FINDINGS if name != "row")
    )


def rules_left_to_the_portal(check: Check) -> list[Rule]:
    """The rules that compare with earlier reports, recognised by the columns they ask for."""
    of_history = {LATEST_VERSIONS[1], SAME_SERVICE[1]}
    at_the_portal = Circumstances(
        received_on=check.received_on, provider=check.provider, branch=check.branch, history_known=True
    )
    return [
        rule for rule in RULES if of_history.intersection(rule.check(at_the_portal).where.meta.root_names())
    ]


def _header_refusals(check: Check, header: Header) -> tuple[HeaderRefusal, ...]:
    """What the portal would refuse the report for; without an installation the report's own is taken for right."""
    known = check.installation
    return check_header(
        header,
        branch=check.branch,
        provider=check.provider,
        installation_long=known.long_id if known else header.installation,
        installation_short=known.short_id if known else header.short_installation,
        last_generation=known.last_generation if known else None,
        now=check.now,
        expected_kind=KIND,
    )
