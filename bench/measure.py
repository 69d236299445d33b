"""One measurement in a process of its own: `python -m bench.measure NAME POSITIONS` prints JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench import messages, portal, pure, year

MEASURES = {
    function.__name__: function
    for function in (
        *(pure.write, pure.expat_alone, pure.iterparse_alone, pure.read, pure.check),
        *(pure.contract_alone, pure.contract, pure.law),
        *(year.year, year.year_explained, year.year_loop, year.year_polars),
        *(portal.prepare, portal.whole_way, portal.copy_alone, portal.calculate),
    )
} | messages.MEASURES


def peak_memory() -> int:
    """The most memory this process has had so far, in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


if __name__ == "__main__":
    result = MEASURES[sys.argv[1]](int(sys.argv[2]))
    seconds, more = result if isinstance(result, tuple) else (result, {})
    print(json.dumps({"seconds": seconds, "memory": peak_memory(), **more}))
