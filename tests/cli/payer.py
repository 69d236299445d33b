"""The payer's part of the road, played without a portal: from a report to the file of templates."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from pathlib import Path

import polars as pl

from rozlicz.kernel.money import exact_value
from rozlicz.kernel.months import Month
from rozlicz.messages.header import new_header
from rozlicz.messages.r_umx import write_r_umx
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.templates import Template
from rozlicz.messages.umx import read_umx
from rozlicz.settlement.books import Candidate, CapUnit
from rozlicz.settlement.parameters import policy_for
from rozlicz.settlement.unit_price import settle_contract
from rozlicz.verification.checker import Checker, Terms

FIRST_NUMBER = 700_001


def settle(report: Path, contract: Path, target: Path, *, at: datetime) -> tuple[Template, ...]:
    """Write the templates for the accepted positions of a report, the first of its provider, as R_UMX.

    Everybody in the report must be insured in Poland: no bill of its own is made for anyone.
    """
    _, terms = read_umx(contract)
    checker = Checker(
        terms=Terms.of([terms]),
        provider=terms.provider.code,
        branch=terms.branch,
        received_on=at.date(),
    )
    accepted = checker.check(pl.concat(list(SwiadReader(report)))).positions.filter("accepted")
    candidates: defaultdict[CapUnit, list[Candidate]] = defaultdict(list)
    performed: defaultdict[CapUnit, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in accepted.iter_rows(named=True):
        unit = CapUnit(row["scope"], row["distinguisher_number"])
        one = Candidate(
            key=(row["service_id"], row["position_number"]),
            month=row["month_number"],
            last_day=row["day_to"],
            product=row["product"],
            price=row["price"],
            units=row["units"],
        )
        candidates[unit].append(one)
        performed[unit][one.month] += exact_value(units=one.units, price=one.price)
    month = Month.from_number(max(one.month for found in candidates.values() for one in found))
    settlement = settle_contract(
        contract=terms,
        month=month,
        candidates_by_cap=candidates,
        billed_by_cap={},
        issued_by_cap={},
        performed_by_cap=performed,
        policy=policy_for(month=month, branch=terms.branch),
    )
    templates = tuple(
        Template(
            number=number,
            contract=terms.code,
            annex=terms.annex,
            branch=terms.branch,
            provider=terms.provider.code,
            month=draft.month,
            issued_at=at,
            lines=draft.lines,
        )
        for number, draft in enumerate(settlement.drafts, start=FIRST_NUMBER)
    )
    header = new_header(
        kind="R_UMX",
        receiver=terms.provider.code,
        sender=terms.branch,
        generation=1,
        generated_at=at,
    )
    write_r_umx(templates, header=header, target=target)
    return templates
