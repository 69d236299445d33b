"""Runs all measurements, round after round, and prints medians and ratios; see docs/bench.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.messages import RECORDS, STREAMED

SIZES = (10_000, 100_000, 300_000)
LARGE = (1_000_000, 3_000_000)
"""With --full; one round only."""
ROUNDS = 3
CANDIDATES = 1_000_000
OF_A_YEAR = 12_000_000
YEAR = ("year_polars", "year_loop", "year", "year_explained")
RESULTS = Path(os.environ.get("ROZLICZ_DATA", "build/bench"), "bench", "results.json")

Results = dict[tuple[str, int], list[dict[str, float]]]


class Line(NamedTuple):
    """A line of the table: a measurement, what it is compared with, and which of its numbers."""

    title: str
    name: str
    against: str = ""
    number: str = "seconds"


LINES = (
    Line("write sample report", "write"),
    Line("bare expat loop", "expat_alone"),
    Line("bare lxml.iterparse loop", "iterparse_alone", "expat_alone"),
    Line("read report", "read", "expat_alone"),
    Line("rules alone", "check", "read", "rules"),
    Line("read and check off-line", "check", "iterparse_alone"),
    Line("the same rows by COPY", "copy_alone"),
    Line("receive, verify, store", "whole_way", "copy_alone"),
    Line("receive, verify, store", "whole_way", "iterparse_alone"),
    Line("calculate and bill", "calculate", "whole_way"),
    Line("the law alone", "law"),
    Line("sums of a year by Polars", "year_polars"),
    Line("sums of a year in Python", "year_loop", "year_polars"),
    Line("year of a branch", "year", "year_loop"),
    Line("year of a branch, explained", "year_explained", "year"),
    Line("read contract", "contract", "contract_alone"),
    *(Line(f"records of {code}", f"records of {code}", f"parse {code}") for code in STREAMED),
)
"""In the order in which a round measures them; each measurement once."""


def main() -> None:
    options = argparse.ArgumentParser(prog="make bench ARGUMENTS=…", description=__doc__)
    options.add_argument("--full", action="store_true", help="also 1,000,000 and 3,000,000 positions, once")
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="POSITIONS")
    options.add_argument("--year", action="store_true", help="only the year of a branch")
    chosen = options.parse_args()
    if "ROZLICZ_PG_SOCKET" not in os.environ:
        sys.exit(
            "The benchmark makes databases of its own: run it beside the embedded one, without DATABASE_URL."
        )
    print(machine(), flush=True)
    results: Results = {}
    for _ in range(chosen.rounds):
        for name in YEAR:
            measure(results, name, OF_A_YEAR)
        if chosen.year:
            continue
        for size in chosen.sizes:
            measure_size(results, size)
        measure(results, "contract_alone", 0)
        measure(results, "contract", 0)
        measure(results, "law", CANDIDATES)
        for code in STREAMED:
            for name in ("write", "parse", "records of"):
                measure(results, f"{name} {code}", RECORDS)
    for size in LARGE if chosen.full and not chosen.year else ():
        measure_size(results, size)
    print(table(results))
    RESULTS.write_text(json.dumps(as_json(results), indent=1) + "\n", encoding="utf-8")
    print(f"{RESULTS} has every number.")


def measure_size(results: Results, size: int) -> None:
    """One round: the same report through everything, ending with an empty database."""
    for name in ("write", "expat_alone", "iterparse_alone", "read", "check"):
        measure(results, name, size)
    for name in ("prepare", "whole_way", "copy_alone", "calculate"):
        measure(results, name, size)


def measure(results: Results, name: str, size: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{name} {size:,}", end="", file=sys.stderr, flush=True)
    command = (sys.executable, "-m", "bench.measure", name, str(size))
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    results.setdefault((name, size), []).append(json.loads(done.stdout))
    if sys.stderr.isatty():
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def table(results: Results) -> str:
    """Medians; a ratio is the median of the rounds' ratios, since rounds differ more than neighbours in one."""
    rows = [("", "positions", "seconds", "positions/s", "ratio", "to", "peak memory")]
    for line in LINES:
        for (name, size), rounds in sorted(results.items()):
            if name == line.name:
                rows.append(
                    row(line, size, rounds, results.get((line.against, size)) or _alone(results, line))
                )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place in (0, 5) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(one, widths, strict=True))
        ).rstrip()
        for one in rows
    )


def _alone(results: Results, line: Line) -> list[dict[str, float]]:
    return results.get((line.against, 0), [])


def row(
    line: Line, size: int, rounds: list[dict[str, float]], against: list[dict[str, float]]
) -> tuple[str, ...]:
    seconds = median(one[line.number] for one in rounds)
    ratios = [one[line.number] / other["seconds"] for one, other in zip(rounds, against, strict=False)]
    of = next((other.title for other in LINES if other.name == line.against), "bare expat loop")
    return (
        line.title,
        f"{size:,}" if size else "",
        f"{seconds:.2f}" if seconds > 0.1 else f"{seconds:.4f}",
        f"{size / seconds:,.0f}" if size else "",
        f"{median(ratios):.2f}" if ratios else "",
        of if ratios else "",
        f"{max(one['memory'] for one in rounds) / 2**20:,.0f} MiB",
    )


def machine() -> str:
    """When, and on what: numbers of different machines are no more than ratios to each other."""
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {models[0] if models else platform.machine()}, {os.cpu_count()} cores, "
        f"{memory:.0f} GiB, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f} at the start"
    )


def as_json(results: Results) -> dict[str, object]:
    return {
        "machine": machine(),
        "results": [
            {"measure": name, "positions": size, "rounds": rounds}
            for (name, size), rounds in sorted(results.items())
        ],
    }


if __name__ == "__main__":
    main()
