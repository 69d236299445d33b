"""The same thing twice: inside one report, and against what was reported before."""

from __future__ import annotations

import polars as pl

from rozlicz.verification.history import LATEST_VERSIONS, SAME_SERVICE, History
from rozlicz.verification.seen import Seen

SERVICE_COLUMNS = (
    "patient_id_type",
    "patient_id",
    "service_version",
    "deleted",
    "service_code",
    "date_from",
    "date_to",
    "diagnosis",
    "cell",
)
"""What is one for all positions of a service: where it differs, two services carry one identifier."""

_SEPARATOR = "\x1f"
"""A character that no XML text can contain."""

_DUPLICATE_KEY = ("patient_id_type", "patient_id", "scope", "product", "date_from", "date_to")


class Repetition:
    """Remembers, over the batches of one report, its services, its positions, and what was done for whom and when."""

    def __init__(self) -> None:
        self._positions = Seen({"repeated_line": pl.UInt32()})
        self._services = Seen({"service_content": pl.UInt32(), "service_line": pl.UInt32()})
        self._keys = Seen({"key_service": pl.UInt32(), "key_line": pl.UInt32()})

    def compared(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with `duplicate_key`, and the line where the report had the same before (null: it had not).

        `repeated_line`: the same service, version and position. `other_content_line`: the same service
        identifier with other data. `same_key_line`: the same duplicate key under another identifier.
        """
        frame = frame.with_columns(duplicate_key=_duplicate_key())
        marks = frame.select(
            position=_hashed("service_id", "service_version", "position"),
            service=_hashed("service_id"),
            content=_short(pl.struct(SERVICE_COLUMNS).hash()),
            key=_hashed("duplicate_key"),
            line=pl.col("line").cast(pl.UInt32),
        ).with_columns(short_service=_short(pl.col("service")))
        position = self._positions.first_of(marks.select(hash="position", repeated_line="line"))
        service = self._services.first_of(
            marks.select(hash="service", service_content="content", service_line="line")
        )
        key = self._keys.first_of(marks.select(hash="key", key_service="short_service", key_line="line"))
        return frame.with_columns(
            position["repeated_line"],
            pl.when(service["service_content"] != marks["content"])
            .then(service["service_line"])
            .alias("other_content_line"),
            pl.when(key["key_service"] != marks["short_service"])
            .then(key["key_line"])
            .alias("same_key_line"),
        )


class EarlierReports:
    """Compares with what was reported before: two questions a batch. Without a history nothing is found."""

    def __init__(self, history: History | None) -> None:
        self._history = history

    def compared(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with `latest_version` of its service (null: never reported) and `other_service_id`.

        `other_service_id`: another service, reported before and still counting, with the same duplicate key.
        """
        if self._history is None:
            return frame.with_columns(
                latest_version=pl.lit(None, pl.Int64), other_service_id=pl.lit(None, pl.String)
            )
        services = frame.filter(pl.col("service_id") != "")["service_id"].unique(maintain_order=True)
        versions = self._history.latest_versions(services).select(LATEST_VERSIONS)
        keys = frame.filter(pl.col("duplicate_key").is_not_null()).select("row", key="duplicate_key")
        others = (
            self._history.same_service(keys)
            .select(SAME_SERVICE)
            .join(frame.select("row", "service_id"), on="row")
            .filter(pl.col("other_service_id") != pl.col("service_id"))
            .group_by("row")
            .agg(pl.col("other_service_id").min())
        )
        return frame.join(versions, on="service_id", how="left", maintain_order="left").join(
            others, on="row", how="left", maintain_order="left"
        )


def _duplicate_key() -> pl.Expr:
    """Patient, scope, product and days as one text; null for deletions, statistics and malformed positions."""
    counts = (
        ~pl.col("deleted")
        & (pl.col("multiplicity_number") > 0)
        & pl.col("day_from").is_not_null()
        & pl.col("day_to").is_not_null()
        & (pl.col("patient_id") != "")
    )
    return pl.when(counts).then(pl.concat_str(_DUPLICATE_KEY, separator="|"))


def _hashed(*columns: str) -> pl.Expr:
    """A hash of the columns together; null where one is null."""
    together = pl.concat_str(columns, separator=_SEPARATOR)
    return pl.when(together.is_not_null()).then(together.hash())


def _short(hashed: pl.Expr) -> pl.Expr:
    """The lower half of a hash, where a rare mistake only hides a warning."""
    return (hashed % 2**32).cast(pl.UInt32)
