"""Reports are read piece by piece: exact lines, batches of their size, memory that stays flat."""

import gc
import io
import tracemalloc
import warnings
from pathlib import Path

import polars as pl
import pytest

from rozlicz.messages.services import Service, SettledUnder
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad.typed import ServiceReader
from rozlicz.messages.swiad.writer import SwiadWriter
from rozlicz.messages.wire.envelope import MessageRefused
from rozlicz.messages.wire.limits import MIB, Limits
from tests.messages.reports import ONE_SET, header, one_service, position, small, written


@pytest.mark.slow
@pytest.mark.parametrize("batch_size", [1, 7, 999, 1000, 1001, 5000, 100_000])
def test_batches_have_their_size_also_inside_one_service(batch_size: int) -> None:
    content = one_service(5000)
    frames = list(SwiadReader(io.BytesIO(content), batch_size=batch_size))
    assert {one.height for one in frames[:-1]} <= {batch_size}
    found = pl.concat(frames)
    assert found["row"].to_list() == list(range(1, 5001))
    assert found["position"].to_list() == [str(n) for n in range(1, 5001)]
    assert found["coefficients"].unique().to_list() == ["R01=1.2"]


@pytest.mark.slow
def test_lines_are_exact_in_a_long_file() -> None:
    content = one_service(70_000)
    lines = content.split(b"\n")
    found = pl.concat(SwiadReader(io.BytesIO(content)))
    for row in found[:: 70_000 // 50].to_dicts():
        assert f'lp="{row["position"]}"'.encode() in lines[row["line"] - 1]
    assert found["line"][-1] > 65_535


READINGS = {
    "columns": lambda path: sum(one.height for one in SwiadReader(path, batch_size=1000)),
    "typed": lambda path: sum(1 for _ in ServiceReader(path)),
}


@pytest.mark.slow
@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
def test_memory_does_not_grow_with_the_report(tmp_path: Path, reading) -> None:
    path = tmp_path / "raport.swx"
    peaks = []
    for services in (1_000, 8_000):
        with SwiadWriter(path, header(), zipped=True) as writer:
            for number in range(services):
                settled = SettledUnder(contract="05/1", month="2026-10", positions=(position(1),))
                writer.write_service(Service(id=str(number), settled=(settled,)), of=ONE_SET)
        tracemalloc.start()
        assert reading(path) == services
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + MIB


def test_too_many_records_are_refused() -> None:
    limits = Limits(max_records=2000)
    services = written(*(Service(id=str(number)) for number in range(2001)))
    for reader in (
        SwiadReader(io.BytesIO(one_service(3000)), limits=limits),
        ServiceReader(io.BytesIO(services), limits=limits),
    ):
        with pytest.raises(MessageRefused) as raised:
            list(reader)
        assert raised.value.code == "too-many-elements"
        assert "2000" in raised.value.text.pl


@pytest.mark.slow
def test_a_service_without_end_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(MessageRefused) as raised:
        list(ServiceReader(io.BytesIO(one_service(30_000))))
    assert raised.value.code == "barren"


def test_progress_grows_to_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "raport.swx"
    path.write_bytes(one_service(5000))
    reader = SwiadReader(path, batch_size=1000)
    shares = [reader.bytes_read / (reader.total_bytes or 1) for _ in reader]
    assert shares == sorted(shares)
    assert (reader.bytes_read, reader.rows_read) == (path.stat().st_size, 5000)


@pytest.mark.slow
def test_a_reader_that_is_forgotten_closes_its_file(tmp_path: Path) -> None:
    path = tmp_path / "raport.swx"
    path.write_bytes(small())
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert SwiadReader(path).header.generation == 7
        assert next(iter(SwiadReader(path, batch_size=1))).height == 1
        assert next(iter(ServiceReader(path))).service.id == "S1"
        gc.collect()
    assert caught == []
