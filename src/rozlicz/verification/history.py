"""What was reported before, as verification asks for it: twice a batch, for all its rows at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

import polars as pl

from rozlicz.verification.closed_periods import PLACE

LATEST_VERSIONS = ("service_id", "latest_version")
SAME_SERVICE = ("row", "other_service_id")
REPORTED_PLACES = ("service_id", *PLACE)


class History(Protocol):
    """Earlier reports of the same provider. The report under verification itself is never part of it."""

    def latest_versions(self, service_ids: pl.Series) -> pl.DataFrame:
        """`service_id` String, `latest_version` Int64: the highest version accepted of each, deletions included.

        Asked with the distinct identifiers of a batch; one that was never accepted is left out of the answer.
        """
        ...

    def same_service(self, keys: pl.DataFrame) -> pl.DataFrame:
        """For `row` Int64 and `key` String: `row`, `other_service_id` of accepted positions with that duplicate key.

        Only positions that now count (latest version, accepted, not deleted). A row may be answered several
        times; services that have the asked row's own identifier are dropped by the caller.
        """
        ...

    def places_in(self, service_ids: pl.Series, months: Collection[int]) -> pl.DataFrame:
        """REPORTED_PLACES of the accepted positions in force of these services in these months (yyyymm).

        Asked only when a month is closed: a deletion or a new version changes what the closed month holds.
        """
        ...


class NoHistory:
    """Off-line: nothing is known of earlier reports, and the rules that compare with them keep silent."""

    def latest_versions(self, service_ids: pl.Series) -> pl.DataFrame:
        """No service is known."""
        return service_ids.clear().to_frame("service_id").with_columns(latest_version=pl.lit(None, pl.Int64))

    def same_service(self, keys: pl.DataFrame) -> pl.DataFrame:
        """No position is known."""
        return keys.clear().select("row", other_service_id="key")

    def places_in(self, service_ids: pl.Series, months: Collection[int]) -> pl.DataFrame:  # noqa: ARG002 - Protocol
        """No position is known."""
        return service_ids.clear().to_frame("service_id").with_columns(NO_PLACES)


NO_PLACES = (
    pl.lit(None, pl.String).alias("contract"),
    pl.lit(None, pl.String).alias("scope"),
    pl.lit(None, pl.Int64).alias("distinguisher_number"),
    pl.lit(None, pl.Int64).alias("month_number"),
)
"""The columns of PLACE for rows that have none."""
