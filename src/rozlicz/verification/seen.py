"""What a report has shown so far, in flat memory: sorted runs of 64-bit hashes, merged like a log-structured tree.

Each key is kept with the payload of its first row: 8 bytes and the payload. A batch is looked up in each run. There
are few: their number grows with the logarithm of the keys, and by one a million. Two different keys share a hash
with a chance of about n² ÷ 2⁶⁵: for three million keys, in one of four million reports.
"""

from __future__ import annotations

import polars as pl

_LARGEST_RUN = 1_000_000
"""Rows of the largest merged run: while two are merged, both and their sum are in memory."""


class Seen:
    """First occurrences by hash. `payload` names the further columns that are kept of the first row."""

    def __init__(self, payload: dict[str, pl.DataType]) -> None:
        self._payload = payload
        self._runs: list[pl.DataFrame] = []

    def first_of(self, rows: pl.DataFrame) -> pl.DataFrame:
        """For `hash` UInt64 (null: not asked) and the payload columns: the payload of the first row with that hash.

        The answer has the same rows in the same order; a row that is itself the first (or was not asked)
        has nulls. Afterwards all rows asked about have been seen.
        """
        numbered = rows.with_row_index("order")
        asked = numbered.filter(pl.col("hash").is_not_null()).sort("hash", "order")
        is_first = pl.col("hash") != pl.col("hash").shift(1)
        heads = asked.filter(is_first.fill_null(value=True)).select("hash", *self._payload)
        known = self._look_up(heads)
        self._add(heads.filter(~known["found"]))
        later = asked.select("order", "hash", later=(~is_first).fill_null(value=False))
        repeated = later.join(known, on="hash", how="left").filter(pl.col("later") | pl.col("found"))
        return (
            numbered.select("order")
            .join(repeated.select("order", *self._payload), on="order", how="left", maintain_order="left")
            .drop("order")
        )

    def _look_up(self, heads: pl.DataFrame) -> pl.DataFrame:
        """The sorted distinct heads with the payload of the earlier batches instead, and whether it was found."""
        found = heads.with_columns(pl.lit(value=False).alias("found"))
        for run in self._runs:
            place = run["hash"].search_sorted(heads["hash"]).clip(0, run.height - 1)
            there = run[place]
            hit = there["hash"] == heads["hash"]
            found = found.with_columns(
                *(pl.when(hit).then(there[name]).otherwise(name).alias(name) for name in self._payload),
                (hit | found["found"]).alias("found"),
            )
        return found

    def _add(self, run: pl.DataFrame) -> None:
        """Keep a sorted run; runs of like size are merged, so that there are few and each key moves rarely."""
        if run.is_empty():
            return
        while self._runs and self._runs[-1].height <= min(2 * run.height, _LARGEST_RUN - run.height):
            run = self._runs.pop().merge_sorted(run, key="hash")
        self._runs.append(run)
