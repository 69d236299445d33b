"""From columns to tables: one batch of checked positions, its verdicts and findings, in the caller's transaction."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.db import connection

from rozlicz.messages.swiad.columns import RAW_COLUMNS
from rozlicz.portal.reports import sql
from rozlicz.verification.checker import Checked

_STORED = {
    "row": "row",
    "line": "line",
    "contract": "contract",
    "service_id": "service_id",
    "service_version": "service_version_number",
    "position": "position_number",
    "deleted": "deleted",
    "month": "month_number",
    "scope": "scope",
    "distinguisher": "distinguisher_number",
    "product": "product",
    "day_from": "day_from",
    "day_to": "day_to",
    "units": "units",
    "price": "price",
    "value": "value",
    "duplicate_key": "duplicate_key",
    "entitlement_basis": "entitlement_basis",
    "entitlement_document": "entitlement_document",
    "entitlement_number": "entitlement_number",
    "entitlement_country": "entitlement_country",
    "entitlement_from": "entitlement_day_from",
    "entitlement_to": "entitlement_day_to",
    "accepted": "accepted",
}
"""Column of the temporary table → column of the checked frame."""
_FINDING_COLUMNS = ["row", "code", "severity", "parameters", "value"]
_INDEXED_TEXTS = ("service_id", "contract")
_LONGEST_INDEXED = 100
"""Characters. PostgreSQL indexes at most 2,704 bytes. Who writes more is rejected, and the whole is in the record."""
_SLICE = 8192


def store_batch(checked: Checked, *, provider_id: int, report_id: int, run_id: int) -> None:
    """Add positions, verdicts and findings of one batch. The caller holds the transaction and the context."""
    keys = {"provider": provider_id, "report": report_id, "run": run_id}
    with connection.cursor() as cursor:
        cursor.execute(sql.INCOMING)
        cursor.execute(sql.INCOMING_FINDINGS)
        _copy(cursor, "incoming", _with_records(checked))
        _copy(cursor, "incoming_finding", checked.findings.select(_FINDING_COLUMNS))
        cursor.execute(sql.STORE_POSITIONS, keys)
        cursor.execute(sql.STORE_VERDICTS, keys)
        cursor.execute(sql.STORE_FINDINGS, keys)
        cursor.execute("truncate incoming, incoming_finding")


def _with_records(checked: Checked) -> pl.DataFrame:
    """The stored columns, and the record as it was reported for the rows that have a finding."""
    faulty = checked.positions.join(checked.findings.select("row"), on="row", how="semi")
    records = faulty.select("row", record=pl.struct(list(RAW_COLUMNS)).struct.json_encode())
    return (
        checked.positions.select(pl.col(column).alias(name) for name, column in _STORED.items())
        .with_columns(pl.col(_INDEXED_TEXTS).str.head(_LONGEST_INDEXED))
        .join(records, on="row", how="left", maintain_order="left")
    )


def _copy(cursor: Any, table: str, frame: pl.DataFrame) -> None:
    columns = ", ".join(frame.columns)
    with cursor.copy(f"copy {table} ({columns}) from stdin (format csv)") as copy:
        for part in frame.iter_slices(_SLICE):
            copy.write(part.write_csv(include_header=False).encode())
