"""How reading a spoiled file ends.

`python -m tests.messages.endings FIRST COUNT` opens that many spoiled examples as the registry of kinds opens any
file, reads every record and tells as JSON how many ended how, the longest time, the largest memory, and what went
wrong.
"""

from __future__ import annotations

import io
import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rozlicz.messages.kinds import opened_message
from rozlicz.messages.signatures.xades import signatures_of
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.wire.refusals import SENTENCES, MessageRefused
from tests.memory import forget_peak, peak
from tests.messages.mutations import Mutated, mutated

SECONDS = 2.0
"""Of the processor, so that a busy machine changes nothing."""
MEGABYTES = 200
"""Of the whole process, Python and its libraries included."""


class TooLong(BaseException):
    """Reading took more than its time. Not an Exception: no reader may take it for a fault of the file."""


def ending(one: Mutated) -> str:
    """`read`, or the code of the refusal; every other door of its kind must end in one of these too."""
    for read in OTHER_DOORS.get(Path(one.example).suffix, ()):
        _outcome(read, one.content)
    return _outcome(_every_record, one.content)


def _every_record(file: io.BytesIO) -> None:
    _kind, message = opened_message(file)
    with message:
        for _record in message.records:
            pass


def _report_in_columns(file: io.BytesIO) -> None:
    for _frame in SwiadReader(file, batch_size=3):
        pass


OTHER_DOORS: dict[str, tuple[Callable[[io.BytesIO], object], ...]] = {
    ".swx": (_report_in_columns,),
    ".efx": (signatures_of,),
}
"""How else files with these extensions are read: reports into columns, bills for their signatures."""


def _outcome(read: Callable[[io.BytesIO], object], content: bytes) -> str:
    try:
        read(io.BytesIO(content))
    except MessageRefused as refused:
        _check(refused)
        return refused.code
    return "read"


def _check(refused: MessageRefused) -> None:
    """A refusal is a sentence in both languages, and its gaps are filled."""
    form = SENTENCES[refused.code]
    for said, empty in ((refused.text.pl, form.pl), (refused.text.en, form.en)):
        if len(said) < 10 or ("{" in empty and said == empty):
            raise ValueError(f"{refused.code}: {said}")


class Ending(NamedTuple):
    """How a file ended: the outcome, processor seconds, MB, and what was wrong with that (empty: nothing)."""

    outcome: str
    seconds: float
    megabytes: int
    fault: str


def _told(seed: int) -> Ending:
    one = mutated(seed)
    who = f"{seed} {one.example} {' '.join(one.ways)}"
    forget_peak()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    begun = time.process_time()
    try:
        outcome, fault = ending(one), ""
    except TooLong:
        outcome, fault = "too long", f"{who}: not finished in {SECONDS} s"
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told with the seed that repeats it
        outcome, fault = "raised", f"{who}: {error!r}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    megabytes = peak()
    if megabytes > MEGABYTES:
        fault = fault or f"{who}: took {megabytes} MB"
    return Ending(outcome, time.process_time() - begun, megabytes, fault)


def main(first: int, count: int) -> None:
    """Open the files of these seeds and print how they ended."""

    def stop(_signal: int, _frame: object) -> None:
        raise TooLong

    signal.signal(signal.SIGPROF, stop)
    ends = [_told(seed) for seed in range(first, first + count)]
    told = {
        "outcomes": Counter(one.outcome for one in ends),
        "seconds": max(one.seconds for one in ends),
        "megabytes": max(one.megabytes for one in ends),
        "faults": [one.fault for one in ends if one.fault],
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
