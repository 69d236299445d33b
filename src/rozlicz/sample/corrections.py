"""A later report that corrects an earlier one: mistakes put right, services changed, services deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract
from rozlicz.messages.swiad.service_rows import service_of
from rozlicz.messages.swiad.writer import SwiadWriter
from rozlicz.sample.coefficients import plain
from rozlicz.sample.dice import Dice
from rozlicz.sample.expectation import Expectation, Performed, Tally
from rozlicz.sample.identities import Installation
from rozlicz.sample.patients import Shares
from rozlicz.sample.reports import Progress, ReportPlan, counted, make_maker, report_header, services_of_plan
from rozlicz.sample.services import Maker, Position, Row

_NO_SHARES = Shares()
_IDENTITY = (
    "set_type",
    "patient_id_type",
    "patient_id",
    "patient_sex",
    "patient_birth_date",
    "patient_surname",
    "patient_first_name",
    "service_id",
)
_NEXT_VERSION = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionShares:
    """Shares of services: `put_right` of those with a mistake that can be; `changed`, `deleted` of the right ones."""

    put_right: float = 0.9
    changed: float = 0.02
    deleted: float = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedExpectation:
    """The verdict a correcting report deserves (`report`), and what counts as performed after both reports."""

    report: Expectation
    performed: tuple[Performed, ...]

    def to_json(self) -> dict[str, object]:
        """As an object for a JSON file."""
        after = [line._asdict() | {"amount": line.amount} for line in self.performed]
        return self.report.to_json() | {"performed_after_both": after}


_USUAL = CorrectionShares()


def write_corrections(
    target: Path | BinaryIO,
    *,
    contracts: Iterable[Contract],
    month: Month,
    positions: int,
    seed: int,
    errors: Mapping[str, float],
    first_generated_on: date,
    installation: Installation,
    generation: int,
    generated_at: datetime,
    shares: Shares = _NO_SHARES,
    corrections: CorrectionShares = _USUAL,
    zipped: bool = True,
    progress: Progress | None = None,
) -> CorrectedExpectation:
    """Write version 2 of some services of an earlier report, which is named by what it was made of.

    `contracts`, `month`, `positions`, `seed`, `errors`, `shares` and `first_generated_on` are those of the first
    report (see `write_report`); `generation` and `generated_at` are of this one. Nothing is read: the first report
    is made once more, and what is to be corrected is written. Progress counts its positions.
    """
    plan = ReportPlan(
        contracts=tuple(contracts),
        month=month,
        positions=positions,
        seed=seed,
        last_day=first_generated_on,
        errors=errors,
        shares=shares,
    )
    header = report_header(
        plan.contracts, installation=installation, generation=generation, generated_at=generated_at
    )
    maker = make_maker(plan)
    dice = Dice("corrections", seed, generation)
    written, after = Tally(), Tally()
    with SwiadWriter(target, header, zipped=zipped) as writer:
        for service, _ in counted(services_of_plan(plan, maker), progress):
            corrected = _corrected(service, maker, dice, corrections)
            if corrected is None:
                after.add(service, "")
                continue
            rows = [position.row for position in corrected] or [_deletion(service)]
            of, text = service_of(rows)
            writer.write_service(text, of=of)
            if corrected:
                written.add(corrected, "")
                after.add(corrected, "")
            else:
                written.add_deletion()
    report = written.expectation(provider=header.sender, month=str(month), generation=generation, seed=seed)
    return CorrectedExpectation(report=report, performed=after.performed())


def _corrected(
    service: list[Position], maker: Maker, dice: Dice, shares: CorrectionShares
) -> list[Position] | None:
    """The next version of a service: no positions for a deletion, None when it stays as it was."""
    drawn = dice.random()
    wrong = [position for position in service if position.codes]
    if wrong:
        if drawn < shares.put_right and all(position.can_be_put_right for position in wrong):
            return _next_version([position.copied() for position in service])
        return None
    if any(position.warnings for position in service):
        return None
    if drawn < shares.deleted:
        return []
    if drawn < shares.deleted + shares.changed:
        return _changed(service, maker, dice)
    return None


def _next_version(service: list[Position]) -> list[Position]:
    for position in service:
        position.row["service_version"] = _NEXT_VERSION
    return service


def _changed(service: list[Position], maker: Maker, dice: Dice) -> list[Position]:
    """The first position with another product of the scope; where there is none, done for nothing (statistics)."""
    first, *rest = [position.copied() for position in service]
    used = {position.offer.product.code for position in service}
    referred = first.row["referral_issuer"] is not None
    others = [
        other
        for other in maker.offers.beside(first.offer)
        if other.product.code not in used and (referred or not other.product.referral_required)
    ]
    row = first.row | {"coefficients": None, "actual_multiplicity": "1"}
    if others:
        other = dice.pick(others)
        changed = row | {"product": other.product.code, "multiplicity": plain(UNIT_SCALE)}
        return _next_version([Position(changed, other, UNIT_SCALE), *rest])
    return _next_version([Position(row | {"multiplicity": "0"}, first.offer, 0), *rest])


def _deletion(service: list[Position]) -> Row:
    row = service[0].row
    return {name: row[name] for name in _IDENTITY} | {"service_version": _NEXT_VERSION, "deleted": "T"}
