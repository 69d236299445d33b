"""Reports of services (SWIAD) of any size, with chosen mistakes and the verdict they deserve."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, TextIO

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract
from rozlicz.messages.header import Header, new_header
from rozlicz.messages.swiad.service_rows import service_of
from rozlicz.messages.swiad.services_csv import CsvWriter
from rozlicz.messages.swiad.writer import SwiadWriter
from rozlicz.sample.dice import Dice
from rozlicz.sample.expectation import Expectation, Tally
from rozlicz.sample.faults.catalogue import FAULTS
from rozlicz.sample.identities import Installation
from rozlicz.sample.offers import Offers
from rozlicz.sample.patients import Patients, Shares
from rozlicz.sample.people import People
from rozlicz.sample.services import Maker, Position

PROGRAM = "Rozlicz sample"
_LARGEST_SERVICE = 4
_PROGRESS_EVERY = 1_000
_ROUNDING = 1e-9
_NO_SHARES = Shares()

Progress = Callable[[int], None]
"""Told how many positions are written so far."""

Service = tuple[list[Position], str]
"""A service as it is reported, and the kind of mistake planted on it (empty: none)."""


class NotPlantable(ValueError):
    """A kind of mistake is unknown, or these contracts and this month offer no opportunity for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPlan:
    """What a report is made of. The same plan gives the same services.

    `errors`: kind of mistake → share of positions that carry it; together at most 1. `last_day`: no service ends
    later. Reports of one provider and month need different seeds (below 10,000), or their identifiers meet.
    """

    contracts: tuple[Contract, ...]
    month: Month
    positions: int
    seed: int
    last_day: date
    errors: Mapping[str, float]
    shares: Shares = _NO_SHARES


def write_report(
    target: Path | BinaryIO,
    *,
    contracts: Iterable[Contract],
    month: Month,
    positions: int,
    seed: int,
    errors: Mapping[str, float],
    installation: Installation,
    generation: int,
    generated_at: datetime,
    shares: Shares = _NO_SHARES,
    csv_target: TextIO | None = None,
    zipped: bool = True,
    progress: Progress | None = None,
) -> Expectation:
    """Write a report of exactly so many positions, and say what verification should find in it.

    `contracts`: one provider's, in their newest state. `errors`: see `ReportPlan` and `faults.catalogue`; a kind
    that is named is planted at least once. `generated_at`: naive Warsaw time; services end on that day at the
    latest. `csv_target`: the same services as a flat file too. Memory does not grow with the number of positions.
    Raises NotPlantable.
    """
    plan = ReportPlan(
        contracts=tuple(contracts),
        month=month,
        positions=positions,
        seed=seed,
        last_day=generated_at.date(),
        errors=errors,
        shares=shares,
    )
    header = report_header(
        plan.contracts, installation=installation, generation=generation, generated_at=generated_at
    )
    tally = Tally()
    with ExitStack() as stack:
        writer = stack.enter_context(SwiadWriter(target, header, zipped=zipped))
        flat = CsvWriter(csv_target) if csv_target else None
        for service, kind in counted(services_of_plan(plan, make_maker(plan)), progress):
            tally.add(service, kind)
            rows = [position.row for position in service]
            of, written = service_of(rows)
            writer.write_service(written, of=of)
            if flat:
                flat.write(rows)
    return tally.expectation(provider=header.sender, month=str(month), generation=generation, seed=seed)


def report_header(
    contracts: tuple[Contract, ...], *, installation: Installation, generation: int, generated_at: datetime
) -> Header:
    """The header of a report under a provider's contracts."""
    return new_header(
        kind="SWIAD",
        receiver=contracts[0].branch,
        sender=contracts[0].provider.code,
        installation=installation.long,
        generation=generation,
        generated_at=generated_at,
        program=PROGRAM,
    )


def possible_kinds(contracts: Iterable[Contract], month: Month, last_day: date) -> tuple[str, ...]:
    """The kinds of mistakes for which these contracts and this month offer an opportunity."""
    plan = ReportPlan(
        contracts=tuple(contracts), month=month, positions=0, seed=0, last_day=last_day, errors={}
    )
    maker = make_maker(plan)
    return tuple(kind for kind, fault in FAULTS.items() if fault.possible(maker))


def every_kind(share: float, kinds: Iterable[str]) -> dict[str, float]:
    """A share of mistakes spread evenly over some kinds."""
    chosen = tuple(kinds)
    return {kind: share / len(chosen) for kind in chosen} if share > 0 else {}


def make_maker(plan: ReportPlan) -> Maker:
    """The maker of a plan's services, at its beginning."""
    provider = plan.contracts[0].provider.code
    names = (plan.seed, provider, str(plan.month))
    # Nobody is born in the two months before: a stay may have begun in the month before the reported one.
    people = People(Dice("people", *names), plan.month.plus(-1).first_day)
    return Maker(
        Dice("services", *names),
        offers=Offers(plan.contracts, plan.month),
        patients=Patients(Dice("patients", *names), people, plan.shares),
        last_day=plan.last_day,
        name=f"{plan.month.year % 100:02d}{plan.month.month:02d}{plan.seed % 10_000:04d}",
    )


def services_of_plan(plan: ReportPlan, maker: Maker) -> Iterator[Service]:
    """The services of a plan, one after the other, by a fresh maker. Raises NotPlantable before the first."""
    due = _due(plan, maker)
    dice = Dice("schedule", plan.seed)
    remaining = plan.positions
    outstanding = sum(due.values())
    while remaining > 0:
        if outstanding and dice.random() * remaining < outstanding:
            kind = _drawn(due, outstanding, dice)
            service = FAULTS[kind].plant(maker, min(remaining, _LARGEST_SERVICE))
            hit = min(due[kind], sum(bool(p.codes or p.warnings) for p in service))
            due[kind] -= hit
            outstanding -= hit
        else:
            kind, service = "", maker.next(min(remaining, _LARGEST_SERVICE))
        remaining -= len(service)
        yield service, kind


def _due(plan: ReportPlan, maker: Maker) -> dict[str, int]:
    """How many positions each kind of mistake is to be on."""
    if sum(plan.errors.values()) > 1 + _ROUNDING:
        raise NotPlantable("the shares of mistakes add up to more than all positions")
    for kind in plan.errors:
        if kind not in FAULTS:
            raise NotPlantable(f"there is no mistake called {kind}")
        if not FAULTS[kind].possible(maker):
            raise NotPlantable(f"these contracts offer no opportunity for {kind} in {plan.month}")
    return {kind: max(1, round(share * plan.positions)) for kind, share in plan.errors.items() if share > 0}


def _drawn(due: Mapping[str, int], outstanding: int, dice: Dice) -> str:
    """A kind, each as likely as it has positions left."""
    place = dice.below(outstanding)
    for kind, count in due.items():
        place -= count
        if place < 0:
            return kind
    raise AssertionError("the counts add up to their sum")


def counted(services: Iterable[Service], progress: Progress | None) -> Iterator[Service]:
    """The same services, telling the progress every thousand positions."""
    done = told = 0
    for service, kind in services:
        yield service, kind
        done += len(service)
        if progress and done - told >= _PROGRESS_EVERY:
            progress(done)
            told = done
    if progress:
        progress(done)
