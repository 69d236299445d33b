"""Every record of each message that is read as a stream, held against the bare parser over the same file."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench import world
from bench.pure import bare, timed
from rozlicz.messages.kinds import opened_message

RECORDS = 50_000
_EXAMPLES = Path(__file__).parents[1] / "examples"


class Streamed(NamedTuple):
    """A rich example of a kind, and the element of which a long message has many."""

    example: str
    element: str


STREAMED = {
    "SWIAD-AMBSZP": Streamed("raport.swx", "zestaw-swiadczen"),
    "SWIAD-WYKBAD": Streamed("raport-badan.swx", "nfz:zestaw-wyk-bad-poz"),
    "P_SWI": Streamed("odpowiedz.swz", "pozycja"),
    "DEKL": Streamed("deklaracje.pdx", "deklaracja"),
    "ZPOSP": Streamed("zaopatrzenie.zpx", "pozycja"),
    "P_ZPOSP": Streamed("odpowiedz-zaopatrzenie.zpz", "pozycja"),
    "SIMP": Streamed("profilaktyka.smx", "badanie"),
}


def write(code: str, records: int) -> float:
    """The example with the run of its first records repeated until there are so many."""

    def work() -> None:
        example, element = STREAMED[code]
        text = (_EXAMPLES / example).read_text(encoding="utf-8")
        one = rf"\s*<{element}(?: [^<>]*)?(?:/>|>.*?</{element}>)"
        run = re.search(f"(?:{one})+", text, re.DOTALL)
        assert run is not None, code
        together = len(re.findall(one, run[0], re.DOTALL))
        with _file(code).open("w", encoding="utf-8") as file:
            file.write(text[: run.start()])
            for _ in range(records // together):
                file.write(run[0])
            file.write(text[run.end() :])

    _file(code).parent.mkdir(parents=True, exist_ok=True)
    return timed(work)


def parse(code: str, _records: int) -> float:
    """The parser alone."""
    with _file(code).open("rb") as file:
        return timed(lambda: bare(file))


def read(code: str, records: int) -> float:
    """Every record as typed values, as `rozlicz message` reads it."""
    count = 0

    def work() -> None:
        nonlocal count
        _, message = opened_message(_file(code))
        with message:
            count = sum(1 for _ in message.records)

    seconds = timed(work)
    assert count >= records // 2, (code, count)
    return seconds


def _file(code: str) -> Path:
    return world.FOLDER / "messages" / f"{code}.xml"


MEASURES = {
    f"{name} {code}": partial(measure, code)
    for code in STREAMED
    for name, measure in (("write", write), ("parse", parse), ("records of", read))
}
