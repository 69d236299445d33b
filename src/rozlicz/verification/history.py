"""What was reported before, as verification asks for it: twice a batch, for all its rows at once."""

from __future__ import annotations

from typing import Protocol

import polars as pl

LATEST_VERSIONS = ("service_id", "latest_version")
SAME_SERVICE = ("row", "other_service_id")


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


class NoHistory:
    """Off-line: nothing is known of earlier reports, and the rules that compare with them keep silent."""

    def latest_versions(self, service_ids: pl.Series) -> pl.DataFrame:
        """No service is known."""
        return service_ids.clear().to_frame("service_id").with_columns(latest_version=pl.lit(None, pl.Int64))

    def same_service(self, keys: pl.DataFrame) -> pl.DataFrame:
        """No position is known."""
        return keys.clear().select("row", other_service_id="key")
