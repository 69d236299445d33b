"""The books of a calculation made off-line: what one report and the templates given as files say, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from rozlicz.cli.progress import Moved
from rozlicz.kernel.countries import normal_country
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Contract
from rozlicz.messages.templates import Template
from rozlicz.settlement.books import Candidate, CapUnit, Issued
from rozlicz.settlement.coordination import Finding, Route, route
from rozlicz.settlement.drafts import Settlement
from rozlicz.settlement.parameters import policy_for
from rozlicz.settlement.unit_price import cap_units, period_to_settle, settle_contract

_TOLD_EVERY = 20_000
_HOME = ("", "PL")

_WANTED = (
    pl.col("scope"),
    pl.col("distinguisher_number").alias("distinguisher"),
    pl.col("month_number").alias("month"),
    pl.col("day_to"),
    pl.col("service_id"),
    pl.col("position_number").alias("position"),
    "product",
    "price",
    "units",
    pl.col("entitlement_document").fill_null("").alias("document"),
    pl.col("entitlement_country").fill_null("").alias("state"),
    pl.col("entitlement_number").fill_null("").alias("bill"),
)


@dataclass(slots=True)
class Accepted:
    """What the check left of one contract: its accepted positions, and how many were rejected, of what value.

    `rejected_value` in grosze. Deletions hold no positions and are not kept.
    """

    contract: str
    rejected: int = 0
    rejected_value: int = 0
    _batches: list[pl.DataFrame] = field(default_factory=list)

    def take(self, positions: pl.DataFrame) -> None:
        """The positions of the next batch, checked."""
        own = positions.filter(contract=self.contract)
        rejected = own.filter(~pl.col("accepted"))
        self.rejected += rejected.height
        self.rejected_value += int(rejected["value"].sum())
        self._batches.append(own.filter(pl.col("accepted") & ~pl.col("deleted")).select(_WANTED))

    def positions(self) -> pl.DataFrame:
        """All accepted positions in the order in which the law takes them; those on no lawful bill are left out."""
        if not self._batches:
            return pl.DataFrame(schema={"month": pl.Int64()})
        return _billed(pl.concat(self._batches)).sort("month", "day_to", "service_id", "position")


def settled(
    *, contract: Contract, month: Month, positions: pl.DataFrame, templates: Sequence[Template], moved: Moved
) -> Settlement:
    """Settle the positions of a report for a month, the templates counted as issued. Raises UnableToSettle.

    No position is taken to be in a template, since templates do not say which positions they hold.
    """
    period = period_to_settle(contract, month)
    found = _in_period(positions, period)
    counted = _Counted(moved, found.height)
    by_unit = {
        CapUnit(*name): part
        for name, part in found.partition_by("scope", "distinguisher", as_dict=True).items()
    }
    settled_units = set(cap_units(contract))
    return settle_contract(
        contract=contract,
        month=month,
        candidates_by_cap={
            unit: counted(_candidates(part)) for unit, part in by_unit.items() if unit in settled_units
        },
        billed_by_cap={},
        issued_by_cap=_issued(templates),
        performed_by_cap=_performed(found),
        policy=policy_for(month=month, branch=contract.branch),
        ordered=True,
    )


def last_month(positions: pl.DataFrame) -> Month | None:
    """The newest reporting month; None without positions."""
    return max(map(Month.from_number, positions["month"].unique().to_list()), default=None)


@dataclass(slots=True)
class _Counted:
    """Tells how many candidates have been taken, of how many."""

    moved: Moved
    total: int
    done: int = 0

    def __call__(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        for one in candidates:
            self.done += 1
            if self.done % _TOLD_EVERY == 0:
                self.moved(self.done, self.total, self.done)
            yield one


def _in_period(positions: pl.DataFrame, period: SettlementPeriod) -> pl.DataFrame:
    return positions.filter(pl.col("month").is_between(period.first.number, period.last.number))


def _candidates(part: pl.DataFrame) -> Iterator[Candidate]:
    rows = part.select(
        "service_id", "position", "month", "day_to", "product", "price", "units", "bill", "country"
    )
    for service, position, *rest in rows.iter_rows():
        yield Candidate((service, position), *rest)


def _performed(found: pl.DataFrame) -> dict[CapUnit, dict[int, int]]:
    """The exact value by cap unit and month; summed in 128 bits, as many large positions may be reported."""
    value = (pl.col("units").cast(pl.Int128) * pl.col("price")).sum()
    performed: dict[CapUnit, dict[int, int]] = {}
    for scope, distinguisher, month, exact in (
        found.group_by("scope", "distinguisher", "month").agg(value).iter_rows()
    ):
        performed.setdefault(CapUnit(scope, distinguisher), {})[month] = int(exact)
    return performed


def _issued(templates: Iterable[Template]) -> dict[CapUnit, list[Issued]]:
    """What templates hold in each cap unit; the same template in two files counts once."""
    issued: dict[CapUnit, list[Issued]] = {}
    for one in {template.number: template for template in templates}.values():
        sums: dict[CapUnit, int] = {}
        for line in one.lines:
            unit = CapUnit(line.scope, line.distinguisher)
            sums[unit] = sums.get(unit, 0) + line.amount
        for unit, amount in sums.items():
            issued.setdefault(unit, []).append(Issued(one.number, one.month.number, amount, one.corrects))
    return issued


def _billed(positions: pl.DataFrame) -> pl.DataFrame:
    """The positions with `bill` and `country`: empty for the general bill, else those of the person (R59, R61)."""
    keys = ["document", "state", "month"]
    foreign = positions.filter(~pl.col("state").is_in(_HOME)).select(keys).unique()
    routes = [
        (document, state, month, *_way(document, state, month))
        for document, state, month in foreign.iter_rows()
    ]
    schema = {
        "document": pl.String(),
        "state": pl.String(),
        "month": pl.Int64(),
        "country": pl.String(),
        "lawful": pl.Boolean(),
    }
    ways = pl.DataFrame(routes, schema=schema, orient="row")
    routed = positions.join(ways, on=keys, how="left", maintain_order="left")
    return (
        routed.filter(pl.col("lawful").fill_null(value=True))
        .with_columns(pl.col("country").fill_null(""))
        .with_columns(bill=pl.when(pl.col("country") != "").then("bill").otherwise(pl.lit("")))
        .drop("lawful", "document", "state")
    )


def _way(document: str, state: str, month: int) -> tuple[str, bool]:
    """The state of a bill of one's own, empty for the general bill; and whether there is a bill at all."""
    match route(country=state, document=document, month=Month.from_number(month)):
        case Route(is_individual=True):
            return normal_country(state), True
        case Finding():
            return "", False
    return "", True
