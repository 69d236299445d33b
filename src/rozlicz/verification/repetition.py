"""The same thing twice: inside one report, and against what was reported before."""

from __future__ import annotations

import polars as pl

from rozlicz.verification.closed_periods import NOTHING_CLOSED, Aim, ClosedPeriods
from rozlicz.verification.history import LATEST_VERSIONS, REPORTED_PLACES, SAME_SERVICE, History
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

_MARKS = {"row": pl.UInt32(), "service_id": pl.String(), "position": pl.String(), "content": pl.UInt32()}
"""What is kept of the rows of a service that may go on in the next batch."""

_REPLACING: tuple[Aim, ...] = ("changes", "deletes")

_DUPLICATE_KEY = ("patient_id_type", "patient_id", "scope", "product", "date_from", "date_to")


class Repetition:
    """Remembers, over the batches of one report, its services and what was done for whom and when.

    The positions of one service follow each other, since a service is one element of the message. So only
    services and duplicate keys need be remembered to the end; positions only while their service goes on.
    """

    def __init__(self) -> None:
        self._services = Seen({"first_content": pl.UInt32(), "first_row": pl.UInt32()})
        self._keys = Seen({"first_row": pl.UInt32()})
        self._going_on = pl.DataFrame(schema=_MARKS)

    def compared(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with `duplicate_key`, and the row where the report had the same before (null: it had not).

        `repeated_row`: the same service again, or the same position of it. `other_content_row`: the same
        service identifier with other data. `same_key_row`: the same duplicate key in another service.
        """
        frame = frame.with_columns(duplicate_key=_duplicate_key())
        fresh = frame.select(
            "service_id",
            # a deletion has no positions, and stands for all of them
            position=pl.when("deleted").then(pl.lit("")).otherwise("position"),
            row=pl.col("row").cast(pl.UInt32),
            content=_short(pl.struct(SERVICE_COLUMNS).hash()),
        )
        marks = self._with_first_of_service(
            _in_blocks(pl.concat([self._going_on, fresh.select(list(_MARKS))]))
        )
        self._going_on = _last_service(marks)
        marks = marks.tail(frame.height)
        key = self._keys.first_of(frame.select(hash=_hashed("duplicate_key"), first_row=marks["row"]))
        return frame.with_columns(
            *marks.select(
                repeated_row=pl.when(pl.col("content") == pl.col("first_content")).then(
                    pl.when("is_again").then("first_row").otherwise("position_row")
                ),
                other_content_row=pl.when(pl.col("content") != pl.col("first_content")).then("first_row"),
            ),
            pl.when((key["first_row"] < marks["head_row"]) & ~marks["is_again"])
            .then(key["first_row"])
            .alias("same_key_row"),
        )

    def _with_first_of_service(self, marks: pl.DataFrame) -> pl.DataFrame:
        """For each row what its service began with in this report: here, or (`is_again`) in an earlier place."""
        heads = marks.filter(pl.col("row") == pl.col("head_row"))
        earlier = self._services.first_of(
            heads.select(hash=_hashed("service_id"), first_content="content", first_row="row")
        )
        # a service that goes on from the batch before is asked about again, and found as itself
        known = earlier.select(
            first_content=pl.coalesce("first_content", heads["content"]),
            first_row=pl.coalesce("first_row", heads["row"]),
            is_again=(pl.col("first_row") != heads["row"]).fill_null(value=False),
        )
        return marks.hstack(known[marks["block"] - 1])


def _in_blocks(marks: pl.DataFrame) -> pl.DataFrame:
    """Rows that follow each other and have one service identifier are a block.

    `head_row` is the first row of the block, `position_row` an earlier row of it with the same position number.
    """
    service = pl.col("service_id")
    begins = service.ne_missing(service.shift(1)) | service.is_null() | (pl.int_range(pl.len()) == 0)
    marks = marks.with_columns(
        block=begins.cum_sum(), head_row=pl.when(begins).then("row").forward_fill()
    ).with_columns(is_first=pl.struct("block", "position").is_first_distinct())
    repeated = marks.filter(~pl.col("is_first") & pl.col("position").is_not_null())
    firsts = marks.filter("is_first").select("block", "position", position_row="row")
    earlier = repeated.select("row", "block", "position").join(firsts, on=["block", "position"])
    return marks.join(earlier.select("row", "position_row"), on="row", how="left", maintain_order="left")


def _last_service(marks: pl.DataFrame) -> pl.DataFrame:
    """The first row of each position of the last block: the next batch may go on with it."""
    last = marks.filter(pl.col("block") == pl.col("block").last(), pl.col("service_id").is_not_null())
    return last.select(list(_MARKS)).unique(subset="position", keep="first", maintain_order=True)


class EarlierReports:
    """Compares with what was reported before: two questions a batch, one more while a month is closed.

    Without a history nothing is found.
    """

    def __init__(self, history: History | None, closed: ClosedPeriods = NOTHING_CLOSED) -> None:
        self._history, self._closed = history, closed

    def compared(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with `latest_version` of its service (null: never reported) and `other_service_id`.

        `other_service_id`: another service, reported before and still counting, with the same duplicate key.
        `locked_month`: a closed month in which the row would change or delete what was reported, against the locks.
        """
        if self._history is None:
            return frame.with_columns(
                latest_version=pl.lit(None, pl.Int64),
                other_service_id=pl.lit(None, pl.String),
                locked_month=pl.lit(None, pl.Int64),
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
        compared = frame.join(versions, on="service_id", how="left", maintain_order="left").join(
            others, on="row", how="left", maintain_order="left"
        )
        return self._with_locked_months(compared, services)

    def _with_locked_months(self, frame: pl.DataFrame, services: pl.Series) -> pl.DataFrame:
        """What the row would do to a closed month beside its own: delete what stands there, or take it elsewhere."""
        if self._history is None or not self._closed.months:
            return frame.with_columns(locked_month=pl.lit(None, pl.Int64))
        places = self._history.places_in(services, self._closed.months).select(REPORTED_PLACES)
        locked = [
            places.filter(self._closed.locked(aim))
            .group_by("service_id")
            .agg(pl.col("month_number").min().alias(f"locked_{aim}"))
            for aim in _REPLACING
        ]
        for found in locked:
            frame = frame.join(found, on="service_id", how="left", maintain_order="left")
        month = pl.when("deleted").then("locked_deletes").otherwise("locked_changes")
        return frame.with_columns(locked_month=month).drop([f"locked_{aim}" for aim in _REPLACING])


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
