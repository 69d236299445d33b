"""Tiny reports as tables: a correct position of the small world, and what is changed in it.

`report(visit(), visit(date_to="2026-10-06"))` are two visits of which the second is wrong.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import polars as pl

from rozlicz.messages.contracts import Contract
from rozlicz.messages.swiad.columns import RAW_COLUMNS
from rozlicz.verification.checker import Checked, Checker
from rozlicz.verification.closed_periods import NOTHING_CLOSED, ClosedPeriods
from rozlicz.verification.history import History
from rozlicz.verification.terms import Terms
from tests.world import CELL, CLINIC, NEUROLOGY, VISIT, contract

CONTRACT = contract()
RECEIVED = date(2026, 11, 5)
PESEL = "44051499774"
"""A valid PESEL of nobody: a man born on 14 May 1944."""

Row = dict[str, Any]

_VISIT: Row = dict.fromkeys(RAW_COLUMNS) | {
    "set_type": "A",
    "patient_id_type": "P",
    "patient_id": PESEL,
    "service_version": "1",
    "deleted": False,
    "service_code": "11",
    "admission_mode": "6",
    "date_from": "2026-10-05",
    "date_to": "2026-10-05",
    "diagnosis": "G43.0",
    "cell": CELL,
    "staff_id_type": "1",
    "staff_id": "2999999",
    "entitlement_basis": "1",
    "entitlement_document": "EWUS",
    "entitlement_number": "L2609M01000000001",
    "contract": CONTRACT.code,
    "month": "2026-10",
    "position": "1",
    "scope": NEUROLOGY,
    "distinguisher": "1",
    "product": VISIT,
    "actual_multiplicity": "1",
    "multiplicity": "1",
}


def visit(**changes: object) -> Row:
    """One correct position, with these columns changed. Its service identifier is given by `report`."""
    unknown = changes.keys() - RAW_COLUMNS.keys()
    assert not unknown, unknown
    return _VISIT | changes


def foreigner(**changes: object) -> Row:
    """A correct position of a person insured in Germany, with the European card."""
    return visit(
        **(
            {
                "patient_id_type": "T",
                "patient_id": "C01X00T47",
                "patient_sex": "K",
                "patient_birth_date": "1990-02-28",
                "patient_surname": "Muster",
                "patient_first_name": "Erika",
                "entitlement_document": "EKUZ",
                "entitlement_number": "80276000000000000001",
                "entitlement_country": "DE",
                "entitlement_from": "2026-01-01",
                "entitlement_to": "2026-12-31",
            }
            | changes
        )
    )


def deletion(service_id: str, **changes: object) -> Row:
    """A correct deletion of a service, version 2."""
    kept = {"service_id": service_id, "service_version": "2", "set_type": "A", "patient_id_type": "P"}
    return dict.fromkeys(RAW_COLUMNS) | kept | {"patient_id": PESEL, "deleted": True} | changes


def report(*rows: Row) -> pl.DataFrame:
    """The rows as the reader of SWIAD gives them: row 1, 2, … on lines 101, 102, …

    A row without a service identifier becomes service S1, S2, …
    """
    numbered = []
    for number, row in enumerate(rows, start=1):
        named = {"row": number, "line": 100 + number}
        numbered.append(row | named | ({"service_id": f"S{number}"} if row["service_id"] is None else {}))
    return pl.DataFrame(numbered, schema=RAW_COLUMNS)


def checker(
    *contracts: Contract,
    received_on: date = RECEIVED,
    history: History | None = None,
    provider: str = CLINIC.code,
    closed: ClosedPeriods = NOTHING_CLOSED,
) -> Checker:
    """A checker of the small world's clinic."""
    terms = Terms.of(contracts or (CONTRACT,))
    return Checker(
        terms=terms,
        provider=provider,
        branch="05",
        received_on=received_on,
        history=history,
        closed=closed,
    )


def check(frame: pl.DataFrame, *contracts: Contract, **circumstances: Any) -> Checked:
    """The frame checked in one batch."""
    return checker(*contracts, **circumstances).check(frame)


def codes(checked: Checked) -> dict[int, set[str]]:
    """Row → codes of its findings; rows without findings are left out."""
    found: dict[int, set[str]] = {}
    for row, code in checked.findings.select("row", "code").iter_rows():
        found.setdefault(row, set()).add(code)
    return found


def parameters(checked: Checked, code: str) -> list[dict[str, str]]:
    """The parameters of every finding of a rule, in the order of rows."""
    texts = checked.findings.filter(pl.col("code") == code)["parameters"].to_list()
    return [json.loads(text) for text in texts]
