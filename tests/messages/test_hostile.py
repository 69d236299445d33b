"""A hostile report of services ends in a refusal with a sentence, whoever reads it: soon, and in little memory."""

import io
import re
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad.typed import ServiceReader
from rozlicz.messages.wire.envelope import MessageRefused
from rozlicz.messages.wire.limits import MIB
from rozlicz.messages.wire.refusals import SENTENCES
from rozlicz.messages.wire.root import recognise
from tests.messages.hostile import endless, refusal_of
from tests.messages.hostile_reports import CASES, OPEN, POSITION, in_service

MEMORY = 48 * MIB
Read = Callable[[object], int]


def read_columns(source: object) -> int:
    """Read all of it as the worker does; the number of rows."""
    with SwiadReader(source, batch_size=1000) as reader:
        return sum(frame.height for frame in reader)


def read_typed(source: object) -> int:
    """Read all of it as services; their number."""
    with ServiceReader(source) as reader:
        return sum(1 for _ in reader)


# one value of a service is held once there, and not in each of its rows
OF_COLUMNS_ONLY = {"values without end"}
every_reader = pytest.mark.parametrize("read", [read_columns, read_typed])


@every_reader
def test_a_report_that_is_not_hostile_is_read(read: Read) -> None:
    assert read(io.BytesIO(in_service(POSITION))) == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
@every_reader
def test_a_hostile_report_is_refused_soon(read: Read, name: str, tmp_path: Path) -> None:
    if read is read_typed and name in OF_COLUMNS_ONLY:
        return
    make, code = CASES[name]
    refusal = refusal_of(read, make(tmp_path))
    assert refusal.code == code, str(refusal)
    assert not re.search(r"\{[a-z]+\}", refusal.text.pl + refusal.text.en)
    assert refusal.text.pl != refusal.text.en


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "10 GB of blanks inside",
        "10 GB of comments",
        "10 GB in one attribute",
        "10 GB of opening unknown tags",
        "10 GB of coefficients in one position",
    ],
)
@every_reader
def test_memory_stays_flat(read: Read, name: str, tmp_path: Path, traced: None) -> None:
    stream = CASES[name][0](tmp_path)
    with pytest.raises(MessageRefused):
        read(stream)
    assert tracemalloc.get_traced_memory()[1] < MEMORY


def test_an_endless_stream_is_left_early() -> None:
    with pytest.raises(MessageRefused) as raised:
        read_columns(endless(OPEN, b" "))
    assert raised.value.line == 4
    assert raised.value.path == "/komunikat/swiadczeniodawca"


def test_a_stream_of_10_gb_is_recognised_by_its_first_bytes() -> None:
    assert recognise(endless(OPEN, b" ")) == "SWIAD"


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"<a/>", b"<komunikat/>", b'<komunikat typ="', b"PK\x03\x04"]
)
def test_what_is_no_message_is_not_recognised(content: bytes) -> None:
    with pytest.raises(MessageRefused):
        recognise(io.BytesIO(content))


@pytest.mark.parametrize("length", range(0, 900, 13))
@every_reader
def test_a_report_cut_anywhere_is_refused(read: Read, length: int) -> None:
    whole = in_service(POSITION).rstrip()
    with pytest.raises(MessageRefused):
        read(io.BytesIO(whole[: min(length, len(whole) - 1)]))


def test_every_sentence_can_be_filled() -> None:
    for code, sentence in SENTENCES.items():
        assert sentence.pl, code
        assert sentence.en not in ("", sentence.pl), code
