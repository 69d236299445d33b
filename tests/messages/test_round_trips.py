"""Whatever is written is read back as it was, plain and zipped, and fits its published schema."""

import io
from dataclasses import replace

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.p_swi import ReplyReader, write_p_swi
from rozlicz.messages.root import recognise
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad_columns import RAW_COLUMNS
from rozlicz.messages.swiad_writer import SwiadWriter
from tests.messages import strategies as some
from tests.messages.rows import rows_of
from tests.messages.schemas import assert_fits

ROUNDS = settings(max_examples=60, deadline=None)


@ROUNDS
@given(
    some.RECEIPTS, some.SUMMARIES, some.short(some.REPLY_POSITIONS, 4), some.headers("P_SWI"), st.booleans()
)
def test_a_reply_comes_back(receipt, summary, positions, header, zipped) -> None:
    target = io.BytesIO()
    write_p_swi(
        receipt=receipt,
        summary=summary,
        positions=iter(positions),
        header=header,
        target=target,
        zipped=zipped,
    )
    with ReplyReader(target) as reply:
        assert (reply.header, reply.receipt, reply.summary) == (header, receipt, summary)
        assert tuple(reply) == positions
    assert recognise(target) == "P_SWI"
    if not zipped:
        assert_fits(target.getvalue(), "p_swi")


def written(report, header, *, zipped: bool = False) -> io.BytesIO:
    target = io.BytesIO()
    with SwiadWriter(target, header, zipped=zipped) as writer:
        for of, service in report:
            writer.write_service(service, of=of)
    return target


@ROUNDS
@given(some.REPORTS, some.headers("SWIAD"), st.booleans(), st.integers(1, 4))
def test_a_report_comes_back_as_rows(report, header, zipped, batch_size) -> None:
    target = written(report, header, zipped=zipped)
    reader = SwiadReader(target, batch_size=batch_size)
    assert reader.header == header
    frames = list(reader)
    expected = rows_of(report)
    assert [frame.height for frame in frames] == _batches(len(expected), batch_size)
    assert all(dict(frame.schema) == RAW_COLUMNS for frame in frames)
    found = pl.concat(frames).to_dicts() if frames else []
    for row in found:
        row["line"] = None
    assert found == expected
    assert reader.rows_read == len(expected)
    assert reader.bytes_read == reader.total_bytes
    assert not reader.unread
    assert recognise(target) == "SWIAD"


@ROUNDS
@given(some.RIGHT_REPORTS, some.headers("SWIAD"))
def test_a_report_whose_values_have_their_forms_fits_the_schema(report, header) -> None:
    assert_fits(written(report, replace(header, receiver="05")).getvalue(), "swiad")


def _batches(rows: int, size: int) -> list[int]:
    return [size] * (rows // size) + ([rows % size] if rows % size else [])
