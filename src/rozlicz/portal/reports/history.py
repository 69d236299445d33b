"""What was reported before, as verification asks for it: one query a batch, never one a position."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl
from django.db import connection

from rozlicz.portal.reports import sql


class ReportedBefore:
    """verification.checker.History over the accepted positions of one provider, one report left out.

    Asked inside the caller's transaction and context.
    """

    def __init__(self, *, provider_id: int, report_id: int) -> None:
        self._keys = {"provider": provider_id, "report": report_id}

    def latest_versions(self, service_ids: pl.Series) -> pl.DataFrame:
        """service_id, latest_version: the highest version accepted before; services never accepted are absent."""
        rows = self._rows(sql.LATEST_VERSIONS, services=array_text(service_ids.drop_nulls().unique()))
        return pl.DataFrame(rows, schema={"service_id": pl.String, "latest_version": pl.Int64}, orient="row")

    def same_service(self, keys: pl.DataFrame) -> pl.DataFrame:
        """row, other_service_id: rows whose patient, product and day an accepted service in force already has."""
        known = keys.drop_nulls("key")
        rows = self._rows(sql.SAME_SERVICE, rows=array_text(known["row"]), keys=array_text(known["key"]))
        return pl.DataFrame(rows, schema={"row": pl.Int64, "other_service_id": pl.String}, orient="row")

    def places_in(self, service_ids: pl.Series, months: Collection[int]) -> pl.DataFrame:
        """Contract, scope, distinguisher_number, month_number of what stands in these months of these services."""
        rows = self._rows(
            sql.PLACES_IN,
            services=array_text(service_ids.drop_nulls().unique()),
            months=array_text(pl.Series(sorted(months), dtype=pl.Int64)),
        )
        schema = {
            "service_id": pl.String,
            "contract": pl.String,
            "scope": pl.String,
            "distinguisher_number": pl.Int64,
            "month_number": pl.Int64,
        }
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _rows(self, query: str, **values: str) -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, self._keys | values)
            found: list[tuple[object, ...]] = cursor.fetchall()
            return found


def array_text(values: pl.Series) -> str:
    """Values without nulls as PostgreSQL writes an array: the driver would look at each of thousands in Python."""
    escaped = values.cast(pl.String).str.replace_all("\\", "\\\\", literal=True)
    escaped = escaped.str.replace_all('"', '\\"', literal=True)
    return "{" + ",".join(f'"{value}"' for value in escaped) + "}"
