"""However a message is damaged, it is read or refused with a sentence, soon and in little memory."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from rozlicz.messages.kinds import opened_message
from rozlicz.messages.wire.envelope import MessageRefused
from tests.messages.endings import MEGABYTES, SECONDS, ending
from tests.messages.example_files import examples
from tests.messages.mutations import OF_ARCHIVES, OF_XML, Mutated, mutated, spoilt_ones

FILES = 10_000


@pytest.mark.slow
def test_ten_thousand_damaged_files_are_read_or_refused_in_two_seconds_and_200_mb_each() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.messages.endings", "0", str(FILES)],
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    )
    told = json.loads(ended.stdout)
    assert not told["faults"]
    assert told["seconds"] < SECONDS
    assert told["megabytes"] < MEGABYTES
    assert sum(told["outcomes"].values()) == FILES
    # the damage is not of one sort only: many files are still read, and the others fail for many reasons
    assert told["outcomes"]["read"] > FILES / 20
    assert len(told["outcomes"]) > 25


@pytest.mark.parametrize("seed", range(FILES, FILES + 400, 8))
def test_a_damaged_file_is_read_or_refused(seed: int) -> None:
    for of_eight in range(seed, seed + 8):
        ending(mutated(of_eight))


@pytest.mark.slow
def test_a_seed_always_gives_the_same_file() -> None:
    assert [mutated(seed) for seed in range(100)] == [mutated(seed) for seed in range(100)]


@pytest.mark.slow
def test_every_example_is_damaged_in_every_way() -> None:
    files: list[Mutated] = [mutated(seed) for seed in range(2000)]
    assert {one.example for one in files} == set(spoilt_ones())
    assert {way for one in files for way in one.ways} == {way.__name__ for way in (*OF_XML, *OF_ARCHIVES)}
    assert sum(one.content == spoilt_ones()[one.example] for one in files) < len(files) / 20


@pytest.mark.parametrize("name", examples())
def test_an_example_is_read_whole(name: str) -> None:
    assert ending(Mutated(name, (), examples()[name])) == "read"


@pytest.mark.parametrize("name", examples())
def test_every_cut_is_refused(name: str) -> None:
    content = examples()[name].rstrip()
    for length in range(0, len(content), len(content) // 100):
        with pytest.raises(MessageRefused):
            with opened_message(io.BytesIO(content[:length]))[1] as message:
                list(message.records)
