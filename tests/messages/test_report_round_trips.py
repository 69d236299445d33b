"""Whatever is written into a report is read back as it was, as typed values and as columns, and fits the schema."""

import io
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad.columns import RAW_COLUMNS
from rozlicz.messages.swiad.typed import ExaminationReader, ServiceReader
from rozlicz.messages.swiad.writer import SwiadWriter, write_examinations
from rozlicz.messages.wire.root import recognise
from tests.messages import strategies_reports as some
from tests.messages.rows import rows_of
from tests.messages.schemas import assert_published
from tests.messages.strategies import headers

ROUNDS = settings(max_examples=60)
EXAMINATION_HEADERS = headers("SWIAD").map(lambda header: replace(header, area="WYKBAD"))


def written(report, header, *, zipped: bool = False) -> io.BytesIO:
    target = io.BytesIO()
    with SwiadWriter(target, header, zipped=zipped) as writer:
        for one in report:
            writer.write_service(one.service, of=one.of)
    return target


@pytest.mark.slow
@ROUNDS
@given(some.REPORTS, headers("SWIAD"), st.booleans())
def test_a_report_comes_back_complete(report, header, zipped) -> None:
    target = written(report, header, zipped=zipped)
    with ServiceReader(target) as reader:
        assert reader.header == header
        assert tuple(reader) == report
    assert reader.rows_read == len(report)
    assert not reader.unread
    assert recognise(target) == "SWIAD"


@pytest.mark.slow
@ROUNDS
@given(some.REPORTS, headers("SWIAD"), st.booleans(), st.integers(1, 4))
def test_a_report_comes_back_as_rows(report, header, zipped, batch_size) -> None:
    reader = SwiadReader(written(report, header, zipped=zipped), batch_size=batch_size)
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


@pytest.mark.slow
@ROUNDS
@given(some.RIGHT_REPORTS, headers("SWIAD"))
def test_a_report_whose_values_have_their_forms_fits_the_schema(report, header) -> None:
    assert_published(written(report, replace(header, receiver="05")), "SWIAD")


@ROUNDS
@given(some.PERIODS, some.short(some.EXAMINATION_SETS, 4), EXAMINATION_HEADERS, st.booleans())
def test_examinations_come_back_complete(period, sets, header, zipped) -> None:
    target = io.BytesIO()
    write_examinations(period=period, sets=iter(sets), header=header, target=target, zipped=zipped)
    with ExaminationReader(target) as reader:
        assert (reader.header, reader.period) == (header, period)
        assert tuple(reader) == sets
    assert not reader.unread


@ROUNDS
@given(some.RIGHT_PERIODS, some.short(some.RIGHT_EXAMINATION_SETS, 4), EXAMINATION_HEADERS)
def test_examinations_whose_values_have_their_forms_fit_the_schema(period, sets, header) -> None:
    target = io.BytesIO()
    write_examinations(period=period, sets=sets, header=replace(header, receiver="05"), target=target)
    assert_published(target, "SWIAD")


def _batches(rows: int, size: int) -> list[int]:
    return [size] * (rows // size) + ([rows % size] if rows % size else [])
